"""A file of figures that a person went through: which rows are confirmed, and what shows each.

The file is that of ``figures propose -o`` or one typed: the columns unit, criterion, name, value; where it has a column
of confirmation, rows without a yes there are left out. The columns of places (document, page, box, words) are optional.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from evidence.criteria.figures import parse_figures
from evidence.criteria.yaml_section import MAX_BYTES
from evidence.errors import CriteriaError
from evidence.ingest.sources.csv_text import decode_csv, split_separator
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet
from evidence.model.scores.figures import FigureSource
from evidence.scoring.amounts import find_columns, parse_yes
from evidence.vietnamese.text import fold, nfc

PLACES = {
    "confirm": ("xác nhận", "đồng ý"), "unit": ("đơn vị", "mã đơn vị", "tên đơn vị"),
    "criterion": ("tiêu chí", "mã tiêu chí"), "name": ("tên", "tên số liệu", "số liệu", "chỉ tiêu"),
    "document": ("văn bản", "tài liệu"), "page": ("trang",), "box": ("khung",), "words": ("lời văn", "nguyên văn"),
    "confidence": ("độ tin cậy",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConfirmedFile:
    """What the file confirms; ``waiting``: rows that nobody said yes to."""

    figures: tuple[tuple[Figure, tuple[FigureSource, ...]], ...]
    waiting: int


def read_confirmed(file: Path, criteria: CriteriaSet) -> ConfirmedFile:
    """The confirmed figures of that file. CriteriaError with all faults by line; then nothing is to be kept."""
    text = _load(file)
    delimiter, text = split_separator(text)
    rows = list(csv.reader(io.StringIO(nfc(text), newline=""), delimiter=delimiter))
    heads = next((row for row in rows if any(cell.strip() for cell in row)), [])
    columns = find_columns([head.strip("\ufeff") for head in heads], PLACES)
    start = rows.index(heads) + 1 if heads else 0
    at = columns.get("confirm")
    kept = [row if at is None or parse_yes(_cell(row, at)) else [] for row in rows[start:]]
    filled = sum(any(cell.strip() for cell in row) for row in rows[start:])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([heads, *([] for _ in range(start - 1)), *([cell.lstrip("'") for cell in row] for row in kept)])
    figures, faults = parse_figures(out.getvalue(), criteria)
    if faults:
        raise CriteriaError("figures-faults", faults, path=file, count=len(faults))
    sources = _sources([row for row in kept if row], columns)
    names = {fold(name): unit.code for unit in criteria.units for name in (unit.code, unit.name)}
    shown = {(names.get(unit, unit), criterion, name): found for (unit, criterion, name), found in sources.items()}
    return ConfirmedFile(
        tuple((each, shown.get((each.unit, fold(each.criterion), each.name), ())) for each in figures),
        filled - sum(bool(row) for row in kept if any(cell.strip() for cell in row)),
    )


def _load(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CriteriaError("figures-unopened", path=file, detail=error.strerror or error) from error
    text = decode_csv(data) if len(data) <= MAX_BYTES else None
    if text is None:
        raise CriteriaError("figures-unopened", path=file, detail="CSV")
    return text


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _sources(rows: list[list[str]], columns: dict[str, int]) -> dict[tuple[str, str, str], tuple[FigureSource, ...]]:
    """What shows each figure, by folded unit, folded criterion, and name."""
    sources: dict[tuple[str, str, str], tuple[FigureSource, ...]] = {}
    for row in rows:
        cells = {name: _cell(row, at) for name, at in columns.items()}
        if cells.get("document") and cells.get("page", "").isdigit():
            key = (fold(cells.get("unit", "")), fold(cells.get("criterion", "")), cells.get("name", ""))
            source = FigureSource(
                cells["document"], int(cells["page"]), _box(cells.get("box", "")), cells.get("words", "").lstrip("'"),
                _confidence(cells.get("confidence", "")),
            )  # fmt: skip
            sources[key] = (source,)
    return sources


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        edges = [float(edge) for edge in text.split()]
    except ValueError:
        return None
    return (edges[0], edges[1], edges[2], edges[3]) if len(edges) == 4 else None


def _confidence(text: str) -> float:
    try:
        return min(max(float(text.replace(",", ".")), 0.0), 1.0)
    except ValueError:
        return 1.0
