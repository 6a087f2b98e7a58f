"""The manifest: a CSV that says of each file which unit hands it in for which criterion.

Columns ``file, unit, criterion, number, date, received, page``; only ``file`` is required, a path below one of the
given folders or beside the manifest; Vietnamese headings (Tệp, Đơn vị, Tiêu chí, Ngày nhận) mean the same. As
spreadsheets write it: UTF-8, UTF-16 or Windows-1258; commas, semicolons or tabs. A letter that Windows-1258 could not
hold stands there as ``?``: such a name is that of the one file that it fits.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import CriteriaError
from evidence.ingest.sources.csv_text import decode_csv, split_separator
from evidence.ingest.sources.paths import display, find_lossy_paths, find_paths, fits_lossy, is_folder, is_plain_file
from evidence.messages import Message
from evidence.values import date as dates
from evidence.vietnamese.text import fold

COLUMNS = ("file", "unit", "criterion", "number", "date", "received", "page")
# headings, folded; the first of each is ours
HEADINGS = {
    "file": ("file", "tệp", "tên tệp", "tập tin", "tên tập tin", "tên file", "đường dẫn"),
    "unit": ("unit", "đơn vị", "mã đơn vị", "tên đơn vị", "cơ quan, đơn vị"),
    "criterion": ("criterion", "tiêu chí", "mã tiêu chí", "tiêu chí số"),
    "number": ("number", "số", "số hiệu", "số văn bản", "số ký hiệu", "số, ký hiệu", "số và ký hiệu", "số/ký hiệu"),
    "date": ("date", "ngày", "ngày văn bản", "ngày ban hành", "ngày tháng"),
    "received": ("received", "ngày nhận", "ngày nộp", "ngày đến", "ngày tiếp nhận"),
    "page": ("page", "trang"),
    "": ("stt", "tt", "ghi chú", "note"),  # stand in office lists, and say nothing to us
}
COLUMN_OF = {fold(heading): column for column, headings in HEADINGS.items() for heading in headings}
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


def read_manifest(file: Path, roots: Sequence[Path], outside: bool = False) -> tuple[ManifestRow, ...]:
    """All rows. Files are looked for below the folders among ``roots`` and beside the manifest; they must be roots or
    lie below them, unless ``outside``: a list from somebody else would have any file of this machine taken in.

    CriteriaError lists every fault with its line.
    """
    folders = [*(root for root in roots if is_folder(root)), file.parent]
    text = _text(file)
    delimiter, text = split_separator(text)
    rows: list[ManifestRow] = []
    faults: list[Fault] = []
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise _error(file, [(1, Message("manifest-not-csv", {"detail": str(error)}))]) from error
    header = [_column(name) for name in lines[0][1]] if lines else []
    faults += _header_faults(header)
    if not any(message.code == "manifest-no-file-column" for _, message in faults):
        for number, cells in lines[1:]:
            row, wrong = _row(number, header, cells, folders)
            faults += wrong
            if row and not outside and not _is_below(row.path, roots):
                faults.append((number, Message("manifest-file-outside", {"path": display(row.path)})))
            elif row:
                rows.append(row)
    if faults:
        raise _error(file, faults)
    return tuple(rows)


def _is_below(path: Path, roots: Sequence[Path]) -> bool:
    """Whether the file is one of the roots or lies below one, by where its folder really is; it may be a link itself,
    as those that the walk takes."""
    place = Path(os.path.realpath(path.parent), path.name)
    real = [Path(os.path.realpath(root.parent), root.name) for root in roots]
    return any(
        place == given or place.is_relative_to(Path(os.path.realpath(root)))
        for root, given in zip(roots, real, strict=True)
    )


def _column(heading: str) -> str:
    """Our name of the column; the heading itself where it is none of ours."""
    bare = " ".join(heading.split())
    if "?" in bare:
        meant = {column for known, column in COLUMN_OF.items() if fits_lossy(bare, known)}
        return meant.pop() if len(meant) == 1 else bare.casefold()
    return COLUMN_OF.get(fold(bare), bare.casefold())


def _error(file: Path, faults: Sequence[Fault]) -> CriteriaError:
    return CriteriaError("manifest-wrong", tuple(faults), path=display(file), count=len(faults))


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CriteriaError("manifest-missing", path=display(file)) from error
    text = decode_csv(data)
    if text is None:
        raise _error(file, [(1, Message("manifest-not-utf8"))])
    return text


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
    for find in (find_paths, find_lossy_paths):
        for place in places:
            if paths := tuple(path for path in find(place) if is_plain_file(path)):
                return paths
    return ()
