"""The manifest: a CSV that says of each file which unit hands it in for which criterion.

Columns ``file, unit, criterion, number, date, received, page``; only ``file`` is required, a path below one of the
given folders or beside the manifest. As spreadsheets write it: UTF-8 with or without BOM, commas or semicolons.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import CriteriaError
from evidence.ingest.sources.paths import display, find_paths, is_plain_file
from evidence.messages import Message
from evidence.values import date as dates

COLUMNS = ("file", "unit", "criterion", "number", "date", "received", "page")
DELIMITERS = (",", ";", "\t")
Fault = tuple[int, Message]


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file. ``number`` and ``date`` are claims, to be held against the document."""

    path: Path
    unit: str | None = None
    criterion: str | None = None
    number: str | None = None
    date: str | None = None
    received: datetime.date | None = None
    page: int | None = None


def read_manifest(file: Path, folders: Sequence[Path]) -> tuple[ManifestRow, ...]:
    """All rows. CriteriaError lists every fault with its line."""
    text = _text(file)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    rows: list[ManifestRow] = []
    faults: list[Fault] = []
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise _error(file, [(1, Message("manifest-not-csv", {"detail": str(error)}))]) from error
    header = [name.strip().casefold() for name in lines[0][1]] if lines else []
    faults += _header_faults(header)
    if not any(message.code == "manifest-no-file-column" for _, message in faults):
        for number, cells in lines[1:]:
            row, wrong = _row(number, header, cells, [*folders, file.parent])
            faults += wrong
            rows += [row] if row else []
    if faults:
        raise _error(file, faults)
    return tuple(rows)


def _error(file: Path, faults: Sequence[Fault]) -> CriteriaError:
    return CriteriaError("manifest-wrong", tuple(faults), path=display(file), count=len(faults))


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CriteriaError("manifest-missing", path=display(file)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _error(file, [(line, Message("manifest-not-utf8"))]) from error


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield first, cells
        first = reader.line_num + 1


def _header_faults(header: list[str]) -> list[Fault]:
    faults: list[Fault] = []
    if "file" not in header:
        faults.append((1, Message("manifest-no-file-column", {"known": ", ".join(COLUMNS)})))
    for name in sorted({name for name in header if name and name not in COLUMNS}):
        faults.append((1, Message("manifest-unknown-column", {"name": name, "known": ", ".join(COLUMNS)})))
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        faults.append((1, Message("manifest-column-twice", {"name": name})))
    return faults


def _row(
    line: int, header: list[str], cells: list[str], folders: Sequence[Path]
) -> tuple[ManifestRow | None, list[Fault]]:
    faults: list[Fault] = []
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        faults.append((line, Message("manifest-too-many-cells", {"expected": str(len(header))})))
    value = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
    paths = _paths(value.get("file", ""), folders)
    path = paths[0] if len(paths) == 1 else None
    if path is None:
        code = "manifest-file-ambiguous" if paths else "manifest-file-missing"
        faults.append((line, Message(code, {"path": value.get("file", "")})))
    claimed, received, page = value.get("date"), value.get("received"), value.get("page")
    if claimed and dates.parse(claimed) is None:
        faults.append((line, Message("manifest-bad-date", {"name": "date", "value": claimed})))
    arrived = dates.parse(received) if received else None
    day = arrived.to_date() if arrived else None
    if received and day is None:
        faults.append((line, Message("manifest-bad-date", {"name": "received", "value": received})))
    if page and not (page.isascii() and page.isdigit() and int(page) > 0):
        faults.append((line, Message("manifest-bad-page", {"value": page})))
    if faults or path is None:
        return None, faults
    unit, criterion, number = (value.get(name) for name in ("unit", "criterion", "number"))
    return ManifestRow(path, unit, criterion, number, claimed, day, int(page) if page else None), []


def _paths(text: str, folders: Sequence[Path]) -> tuple[Path, ...]:
    """The file named, or all that are shown by that name; backslashes of a Windows path count as slashes."""
    if not text:
        return ()
    names = (text, text.replace("\\", "/"))
    places = [Path(folder) / name for name in names for folder in folders]
    matches = (tuple(path for path in find_paths(place) if is_plain_file(path)) for place in places)
    return next((paths for paths in matches if paths), ())
