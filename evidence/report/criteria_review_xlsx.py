"""The workbook in which a person reviews the proposals of a criteria set: one row a proposal.

What tells a row (code, words, page) is locked, without a password; what a person decides is open, with lists to choose
from. The words in the lists are those that are understood when the workbook comes back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from evidence.messages import Language, Message, say
from evidence.model.criteria import Sureness
from evidence.model.review import ReviewField, ReviewRow, ReviewSheet, ShownRow
from evidence.report.xlsx_sheet import SheetWriter, Value

# name of the column and its width in digits; those named after a field are open to the person
COLUMNS: Sequence[tuple[str, float]] = (
    ("criterion", 8), ("criterion-title", 28), ("points", 7), ("words", 42), ("page", 7), ("sureness", 26),
    ("decision", 12), ("title", 30), ("kind", 14), ("issuer", 18), ("subject", 28), ("not-subject", 18), ("year", 7),
    ("period", 14), ("count", 7), ("due", 18), ("due-note", 36), ("any-of", 28), ("optional", 10), ("rule", 18),
    ("rule-text", 72), ("remembered", 24), ("note", 22), ("requirement", 10),
)  # fmt: skip
NAMES = tuple(name for name, _ in COLUMNS)
FIELDS = {field.value: field for field in ReviewField}
OPEN = frozenset({"decision", "note", *FIELDS})
STRICT = frozenset({"decision", "optional", "rule"})  # what only the list may hold
CENTRED = frozenset({"criterion", "points", "page", "year", "count", "optional", "decision", "requirement"})
OPEN_FILL = PatternFill("solid", fgColor="FFFDEB")
SURE_FILLS = {Sureness.LIKELY: "FFF3CD", Sureness.DOUBTFUL: "FBE0DE"}
LONGEST_WORDS = 400  # letters of the annex that a cell shows: a row must fit on the screen
SPARE_ROWS = 20
GUIDE_LINES = ("decide", "edit", "add", "due", "lists", "any-of", "accept")


def render_review(sheet: ReviewSheet, language: Language) -> bytes:
    """The workbook as bytes."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    _write_rows(book, sheet, language)
    _write_guide(book, language)
    _write_lists(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _say(code: str, language: Language, **params: str) -> str:
    return say(Message(code, params), language)


def _write_rows(book: Workbook, sheet: ReviewSheet, language: Language) -> None:
    writer = SheetWriter(book, _say("review-sheet", language), [width for _, width in COLUMNS], across=7)
    writer.first = 1
    writer.write_line(_say("review-heading", language), bold=True, size=14)
    writer.write_line(f"{sheet.title} [{sheet.criteria_set} · {sheet.mark}]")
    writer.write_line(_say("review-how", language))
    writer.write_header([_say(f"review-col-{name}", language) for name in NAMES], freeze=2)
    first, seen = writer.row + 1, ""
    for shown in sheet.rows:
        values = [_value(name, shown, shown.row.criterion != seen, language) for name in NAMES]
        _open_cells(writer.write_row(values), OPEN)
        _mark_sureness(writer, shown.row)
        seen = shown.row.criterion
    for _ in range(SPARE_ROWS):
        _open_cells(writer.write_row([""] * len(NAMES)), OPEN | {"criterion"})
    _add_lists(writer, sheet, first)
    _protect(writer, first - 1)
    writer.set_up_printing(wide=2)
    writer.sheet.print_title_cols = "A:B"


def _value(name: str, shown: ShownRow, leads: bool, language: Language) -> Value:
    """What stands in that column; ``leads``: the first row of its criterion, which alone shows how it is scored."""
    row = shown.row
    if name in FIELDS:
        text = shown.texts.get(FIELDS[name], "")
        return int(text) if name in ("year", "count") and text.isdigit() else text
    values: dict[str, Value] = {
        "criterion": row.criterion,
        "criterion-title": row.criterion_title,
        "points": row.points,
        "words": _shorten(row.words),
        "page": _page(row, language),
        "sureness": _sureness(shown, language),
        "decision": shown.decision,
        "due-note": shown.due_note,
        "rule-text": _shorten(row.rule_text) if leads else "",
        "remembered": shown.remembered,
        "note": row.answer.note if row.answer else "",
        "requirement": row.requirement,
    }
    return values[name]


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"


def _page(row: ReviewRow, language: Language) -> str:
    pages = [str(row.page)] if row.page is not None else []
    if row.guide_page is not None:
        pages.append(_say("review-guide-page", language, page=str(row.guide_page)))
    return "\n".join(pages)


def _sureness(shown: ShownRow, language: Language) -> str:
    """How sure, and why not; where nothing is proposed, that."""
    if not shown.row.requirement:
        return _say("review-nothing", language)
    sureness = shown.row.sureness or Sureness.SURE
    return "\n".join([_say(f"review-sure-{sureness.value}", language), *(f"- {doubt}" for doubt in shown.doubts)])


def _open_cells(cells: Sequence[Cell], opened: frozenset[str]) -> None:
    for name, cell in zip(NAMES, cells, strict=True):
        if name in opened:
            cell.protection = Protection(locked=False)
            cell.fill = OPEN_FILL
        if name in CENTRED:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")


def _mark_sureness(writer: SheetWriter, row: ReviewRow) -> None:
    if row.requirement and row.sureness in SURE_FILLS:
        cell = writer.sheet.cell(writer.row, NAMES.index("sureness") + 1)
        cell.fill = PatternFill("solid", fgColor=SURE_FILLS[row.sureness])


def _add_lists(writer: SheetWriter, sheet: ReviewSheet, first: int) -> None:
    """Drop-down lists, and the colour of a decision that is not "accept"."""
    for at, (name, options) in enumerate(_lists(sheet), start=1):
        source, column = get_column_letter(at), get_column_letter(NAMES.index(name) + 1)
        span = f"{column}{first}:{column}{writer.row}"
        validation = DataValidation(
            "list", formula1=f"'{LISTS}'!${source}$1:${source}${len(options)}", allow_blank=True
        )
        validation.showErrorMessage = name in STRICT
        validation.add(span)
        writer.sheet.add_data_validation(validation)
        if name == "decision":
            _, edit, drop, add, remembered = options
            for word, colour in ((edit, "FDEED6"), (drop, "FBE0DE"), (add, "E1EDF8"), (remembered, "ECE4F7")):
                fill = PatternFill("solid", bgColor=colour)
                rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=fill)  # type: ignore[no-untyped-call]
                writer.sheet.conditional_formatting.add(span, rule)


LISTS = "Danh muc"  # of the hidden sheet, in formulas; nobody reads it


def _lists(sheet: ReviewSheet) -> list[tuple[str, tuple[str, ...]]]:
    return [("decision", sheet.decisions), *((field.value, options) for field, options in sheet.choices.items())]


def _protect(writer: SheetWriter, header: int) -> None:
    """Identity is locked against slips; columns may be made wider, rows sorted and filtered."""
    protection = writer.sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False
    writer.sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(NAMES))}{writer.row}"


def _write_guide(book: Workbook, language: Language) -> None:
    writer = SheetWriter(book, _say("review-guide", language), (110,))
    writer.write_line(_say("review-guide", language), bold=True, size=14)
    for name in GUIDE_LINES:
        writer.write_line(f"- {_say(f'review-guide-{name}', language)}")
    writer.set_up_printing()


def _write_lists(book: Workbook, sheet: ReviewSheet) -> None:
    """The hidden sheet that the drop-down lists are taken from."""
    hidden = book.create_sheet(LISTS)
    hidden.sheet_state = "hidden"
    for column, (_, options) in enumerate(_lists(sheet), start=1):
        for row, option in enumerate(options, start=1):
            cell = hidden.cell(row, column)
            cell.value, cell.data_type = option, "s"
