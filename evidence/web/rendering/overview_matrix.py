"""The matrix of the overview: a row a unit, a column a field (or a criterion of one field), a cell its worst status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from evidence.messages import Language
from evidence.model.assessment import Verdict
from evidence.model.criteria import Criterion, Unit
from evidence.model.kept_finding import CHANGED, OPEN, TO_BE_DONE, FindingCount, UnitTotal
from evidence.report.labels import SIGNS, URGENCY
from evidence.web.rendering.templates import render_template
from evidence.web.work.address import PAGE as WORK


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A field or a criterion."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """``status``: the worst of what is left, of all where nothing is; None where there are no findings. ``left``: how
    many of that status a person has to look at."""

    status: Verdict | None
    left: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit with its points, ``left`` of its ``every`` findings that people look at, and its cells."""

    unit: Unit
    total: UnitTotal | None
    left: int
    every: int
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixFrame:
    """What the rows of one matrix share: its columns, the field whose criteria they are (empty: the fields themselves),
    the end of addresses that names the set."""

    columns: tuple[MatrixColumn, ...]
    field: str
    set_query: str


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many findings there are of a status: ``left`` of those that a person looks at, else all."""

    status: Verdict
    count: int


def make_rows(
    units: Iterable[Unit], columns: Sequence[MatrixColumn], counts: Iterable[FindingCount], totals: Iterable[UnitTotal]
) -> tuple[MatrixRow, ...]:
    """The rows, in order of the units."""
    cells: Mapping[tuple[str, str], list[FindingCount]] = defaultdict(list)
    for count in counts:
        cells[count.unit, count.field].append(count)
    total = {each.unit: each for each in totals}
    rows = []
    for unit in units:
        own = [cells.get((unit.code, column.code), []) for column in columns]
        looked_at = [count for counted in own for count in counted if count.status in OPEN]
        left = sum(count.count for count in looked_at if count.judged in TO_BE_DONE)
        every = sum(count.count for count in looked_at)
        rows.append(MatrixRow(unit, total.get(unit.code), left, every, tuple(make_cell(each) for each in own)))
    return tuple(rows)


def draw_rows(rows: Iterable[MatrixRow], frame: MatrixFrame, language: Language) -> list[Markup]:
    """The rows as they are drawn."""
    return [_draw_row(row, frame, language) for row in rows]


@lru_cache(maxsize=2048)
def _draw_row(row: MatrixRow, frame: MatrixFrame, language: Language) -> Markup:
    """Drawn once for the same row: few of 59 units change between two looks at them."""
    values = {"row": row, "frame": frame, "signs": SIGNS, "work": WORK}
    return Markup(render_template("parts/matrix_row.html", language, values))


def make_cell(counts: Iterable[FindingCount]) -> MatrixCell:
    """What stands in a cell with those findings.

    >>> make_cell([FindingCount("A", "1", Verdict.MET, "", 9), FindingCount("A", "1", Verdict.LATE, "", 2)])
    MatrixCell(status=<Verdict.LATE: 'late'>, left=2)
    """
    left: dict[Verdict, int] = {}
    every: set[Verdict] = set()
    for count in counts:
        every.add(count.status)
        if count.status in OPEN and count.judged in TO_BE_DONE:
            left[count.status] = left.get(count.status, 0) + count.count
    worst = next((status for status in URGENCY if status in left), None)
    if worst is not None:
        return MatrixCell(worst, left[worst])
    return MatrixCell(next((status for status in URGENCY if status in every), None), 0)


def count_statuses(counts: Sequence[FindingCount]) -> tuple[StatusCount, ...]:
    """What the chips say: of statuses that a person looks at what is left, of the others all; doubts first."""
    number: Counter[Verdict] = Counter()
    for count in counts:
        if count.status not in OPEN or count.judged in TO_BE_DONE:
            number[count.status] += count.count
    order = (Verdict.UNCLEAR, *(status for status in URGENCY if status is not Verdict.UNCLEAR))
    return tuple(StatusCount(status, number[status]) for status in order)


def count_changed(counts: Iterable[FindingCount]) -> int:
    """How many findings say something else since they were decided on."""
    return sum(count.count for count in counts if count.judged == CHANGED)


def list_columns(criteria: Iterable[Criterion], field: str) -> tuple[MatrixColumn, ...]:
    """The fields of a set; with ``field``, the criteria of that one that ask for evidence."""
    top = tuple(criteria)
    if not field:
        return tuple(MatrixColumn(each.code, each.title) for each in top)
    chosen = next((each for each in top if each.code == field), None)
    return tuple(MatrixColumn(each.code, each.title) for each in _leaves(chosen)) if chosen else ()


def _leaves(criterion: Criterion) -> list[Criterion]:
    below = [leaf for child in criterion.children for leaf in _leaves(child)]
    return [criterion, *below] if criterion.evidence or not criterion.children else below
