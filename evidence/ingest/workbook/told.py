"""What a person should know of a workbook: what of it is hidden, what is not read, what was lost."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS
from evidence.ingest.workbook.sheet import RawSheet
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode

MOST = 8  # rows, columns or sheets that a sentence names


def of_sheet(sheet: RawSheet, name: str, page: int, has_notes: bool) -> list[Problem]:
    """Of one sheet that is read: hidden rows and columns that say something, notes, rows beyond the limit, formulas
    without a value."""
    problems: list[Problem] = []
    rows, columns = hidden_places(sheet)
    if rows:
        problems.append(_hidden("hidden-rows", page, name=name, rows=_listed(str(row + 1) for row in rows)))
    if columns:
        problems.append(_hidden("hidden-columns", page, name=name, columns=_listed(map(column_name, columns))))
    if has_notes:
        problems.append(_hidden("sheet-notes", page, name=name))
    if sheet.cut:
        message = Message("sheet-too-large", {"name": name, "rows": str(ROWS), "columns": str(COLUMNS)})
        problems.append(Problem(ProblemCode.TOO_LARGE, message, page))
    count = sum(cell.formula is not None and cell.value is None and not cell.text for cell in sheet.cells.values())
    if count:
        message = Message("formulas-without-value", {"name": name, "count": str(count)})
        problems.append(Problem(ProblemCode.DOUBTFUL_TEXT, message, page))
    return problems


def of_hidden_sheets(names: list[str]) -> list[Problem]:
    """Of the sheets that are left out because nobody sees them."""
    return [_hidden("hidden-sheets", None, names=_listed(names))] if names else []


def of_lost_formats(sheet: RawSheet, styles: int, name: str, page: int) -> list[Problem]:
    """Of numbers whose style the workbook has lost: a day among them comes as a number."""
    numbers = [cell for cell in sheet.cells.values() if cell.kind == "n" and cell.value]
    return of_lost_numbers(sum(cell.style >= max(1, styles) for cell in numbers), name, page)


def of_lost_numbers(count: int, name: str, page: int) -> list[Problem]:
    """Of so many numbers of a sheet whose formats cannot be read."""
    message = Message("formats-lost", {"name": name, "count": str(count)})
    return [Problem(ProblemCode.DOUBTFUL_TEXT, message, page)] if count else []


def of_lost_sheet(name: str) -> list[Problem]:
    """Of a sheet whose part is damaged or missing."""
    return [Problem(ProblemCode.DAMAGED, Message("sheet-lost", {"name": name}))]


def hides_cells(sheet: RawSheet) -> bool:
    """Whether any row or column is hidden at all."""
    return bool(sheet.hidden_rows or sheet.hidden_columns or sheet.hides_by_default)


def hidden_places(sheet: RawSheet) -> tuple[list[int], list[int]]:
    """The rows and columns, from 0, that are hidden though cells in them say something."""
    if not hides_cells(sheet):
        return [], []
    said = [place for place, cell in sheet.cells.items() if cell.value or cell.text]
    rows = sorted({row for row, _ in said if sheet.is_row_hidden(row)})
    columns = sorted({column for _, column in said if sheet.is_column_hidden(column)})
    return rows, columns


def column_name(column: int) -> str:
    """A column by its letters.

    >>> column_name(0), column_name(26)
    ('A', 'AA')
    """
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _hidden(message: str, page: int | None, **params: str) -> Problem:
    return Problem(ProblemCode.HIDDEN_TEXT, Message(message, params), page)


def _listed(names: Iterable[str]) -> str:
    """The names, up to as many as a person reads."""
    every = list(names)
    return ", ".join(every[:MOST]) + (", …" if len(every) > MOST else "")
