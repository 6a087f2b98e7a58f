"""Figures that people give for the score rules: a CSV with the columns unit, criterion, name, value.

A rate or a count that no document is read for: ``SNV;1.1.4;ty_le;92,5``. Commas, semicolons and tabs separate; the
value may have a decimal comma. A further column ``window`` may say the days that a figure is counted over
(2025-07-01..2025-11-30): where they are not those of the set's ``window``, the figure is another round's and refused.
Every fault is told with its line, and then nothing is taken over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from evidence.criteria.applicability import DEDUCTED, FULL_POINTS, NOT_APPLICABLE
from evidence.criteria.score_rule_reader import READY, YEARS
from evidence.criteria.yaml_section import MAX_BYTES, Fault, Faults
from evidence.errors import CriteriaError
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule
from evidence.vietnamese.text import fold, nfc

WINDOW = "window"  # the optional column
COLUMNS = ("unit", "criterion", "name", "value")
SEPARATOR = re.compile('\ufeff?"?sep=(.)', re.IGNORECASE)  # a first line by which Excel tells the sign between cells
HEADINGS = {
    "unit": ("đơn vị", "mã đơn vị", "tên đơn vị"),
    "criterion": ("tiêu chí", "mã tiêu chí"),
    "name": ("tên", "tên số liệu", "số liệu", "chỉ tiêu"),
    "value": ("giá trị", "trị số"),
    WINDOW: ("kỳ", "kỳ số liệu"),
}
_VALUE = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?")


def decode_utf8(data: bytes) -> str | None:
    """The text of such bytes; None where they are no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def load_figures(
    path: Path, criteria: CriteriaSet, decode: Callable[[bytes], str | None] = decode_utf8
) -> tuple[Figure, ...]:
    """The figures of that file. ``decode``: its bytes as text, None where they are none.

    CriteriaError with all faults, or with the reason why it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CriteriaError("figures-unopened", path=path, detail=error.strerror or error) from error
    if len(data) > MAX_BYTES:
        raise CriteriaError("figures-unopened", path=path, detail=f"> {MAX_BYTES // 1_000_000} MB")
    text = decode(data)
    if text is None:
        raise CriteriaError("figures-unopened", path=path, detail="CSV, UTF-8")
    figures, rows = parse_figures(text, criteria)
    if rows:
        raise CriteriaError("figures-faults", rows, path=path, count=len(rows))
    return figures


def parse_figures(text: str, criteria: CriteriaSet) -> tuple[tuple[Figure, ...], tuple[Fault, ...]]:
    """Figures and faults; no figure counts where there is a fault."""
    faults = Faults()
    head, _, body = text.partition("\n")
    if told := SEPARATOR.match(head):
        head = body.partition("\n")[0]
    separator = told[1] if told else max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(nfc(text), newline=""), delimiter=separator)
    if told:
        next(reader, [])
    names = [_column(cell) for cell in next(reader, [])]
    if any(name not in names for name in COLUMNS):
        faults.add(1, "figures-columns", columns=", ".join(COLUMNS))
        return (), faults.rows()
    figures: dict[tuple[str, str, str], Figure] = {}
    units = {fold(name): unit.code for unit in criteria.units for name in (unit.code, unit.name)}
    criteria_by_code = {fold(criterion.code): criterion for criterion in walk_criteria(criteria.criteria)}
    for line, cells in _rows(reader, names, first=3 if told else 2):
        _check_window(line, cells[WINDOW], criteria, faults)
        figure = _figure(line, cells, units, criteria_by_code, faults)
        if figure is not None and (key := (figure.unit, figure.criterion, figure.name)) in figures:
            faults.add(line, "figures-twice", name=figure.name, criterion=figure.criterion, unit=figure.unit)
        elif figure is not None:
            figures[key] = figure
    return tuple(figures.values()), faults.rows()


def _column(heading: str) -> str:
    """Our name of the column that a heading means; the heading itself where it is none."""
    bare = " ".join(heading.split()).lower()
    return next((name for name, headings in HEADINGS.items() if fold(bare) in map(fold, headings)), bare)


def _rows(reader: Iterator[list[str]], names: list[str], first: int) -> Iterator[tuple[int, dict[str, str]]]:
    for at, row in enumerate(reader, start=first):
        if any(cell.strip() for cell in row):
            padded = [*row, *[""] * len(names)]
            cells = {name: padded[names.index(name)].strip() for name in COLUMNS}
            yield at, cells | {WINDOW: padded[names.index(WINDOW)].strip() if WINDOW in names else ""}


def _check_window(line: int, given: str, criteria: CriteriaSet, faults: Faults) -> None:
    days = [day.isoformat() if day else "" for day in (criteria.window_from, criteria.window_to)]
    if given and any(days) and "".join(given.split()) != "..".join(days):
        faults.add(line, "figures-other-window", value=given, window="..".join(days))


def _figure(
    line: int, cells: dict[str, str], units: dict[str, str], asked: dict[str, Criterion], faults: Faults
) -> Figure | None:
    unit, criterion = units.get(fold(cells["unit"])), asked.get(fold(cells["criterion"]))
    if unit is None:
        faults.add(line, "figures-unknown-unit", value=cells["unit"])
    if criterion is None:
        faults.add(line, "figures-unknown-criterion", value=cells["criterion"])
    elif cells["name"] not in (wanted := figures_of_rule(criterion)):
        faults.add(line, "figures-unknown-name", value=cells["name"], criterion=criterion.code,
                   options=", ".join(wanted) or "–")  # fmt: skip
    if not _VALUE.fullmatch(cells["value"]):
        faults.add(line, "figures-bad-value", value=cells["value"])
        return None
    if unit is None or criterion is None:
        return None
    return Figure(unit, criterion.code, cells["name"], Decimal(cells["value"].replace(",", ".")))


def figures_of_rule(criterion: Criterion) -> tuple[str, ...]:
    """The figures that the rule of a criterion waits for, and the answers to its clauses (1 holds, 0 does not)."""
    scoring = criterion.scoring
    names = [*scoring.figures]
    if criterion.score is ScoreRule.YEAR_ON_YEAR:
        names += YEARS
    elif scoring.of:
        names.append(scoring.of)
    for part in scoring.parts:
        names += part.figures if part.formula else (part.name,)
    clauses = {
        NOT_APPLICABLE: criterion.not_applicable_if, FULL_POINTS: criterion.full_points_if, DEDUCTED: scoring.deduct,
    }  # fmt: skip
    names += [name for name, clause in clauses.items() if clause]
    return tuple(name for name in dict.fromkeys(names) if name not in READY)
