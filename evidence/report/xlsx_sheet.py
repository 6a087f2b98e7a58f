"""One sheet of a workbook: safe cells, the look of an official form, what a printer needs.

Times New Roman, since that is the font of administrative papers (Nghị định 30/2020/NĐ-CP, Phụ lục I). A text is always
stored as a text: what begins like a formula came from strangers and must not run. Row heights are worked out here,
since no program reading the file may be trusted to do it, and a text that is cut off misleads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evidence.model.assessment import Verdict

Value = str | int | Decimal | None
FONT, SIZE = "Times New Roman", 11
LINE = 15.0  # points that a line of that size takes
TALLEST = 400.0  # Excel draws no row higher than 409 points
NARROW = 1.12  # letters that fit on one unit of width: most are narrower than the digit that a unit is measured by
NAME_LIMIT = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST = 32_000  # letters in a cell; Excel takes 32,767
FILLS = {
    Verdict.MET: "E3F2E6",
    Verdict.LATE: "FDEED6",
    Verdict.MISSING: "FBE0DE",
    Verdict.UNCLEAR: "ECE4F7",
    Verdict.WRONG: "F9DFEA",
    Verdict.NOT_DUE: "E1EDF8",
    Verdict.NOT_APPLICABLE: "ECEEF1",
}
STRONG = frozenset({Verdict.MISSING, Verdict.WRONG})  # bold, so that a print in black and white shows them too
_THIN = Side(style="thin", color="808080")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
GROUP_FILL = PatternFill("solid", fgColor="F2F2F2")


def replace_illegal(text: str) -> str:
    """The text without what a spreadsheet cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("�", text)[:LONGEST]


def write_cell(cell: Cell, value: Value, bold: bool = False, size: float = SIZE, centre: bool = False) -> None:
    """Writes the value: a number as a number, a text as a text and nothing else."""
    if isinstance(value, str):
        cell.value = replace_illegal(value)
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip()[:1] in ("=", "+", "-", "@")
    else:
        cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = "0.00" if value.as_tuple().exponent else "0"
    across = "center" if centre or not isinstance(value, str) else "left"
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="center" if centre else "top", horizontal=across)


def fill_by_status(cell: Cell, verdict: Verdict) -> None:
    """The colour of a status; the word stands in the cell besides."""
    cell.fill = PatternFill("solid", fgColor=FILLS[verdict])
    if verdict in STRONG:
        cell.font = Font(name=FONT, size=cell.font.size, bold=True)


class SheetWriter:
    """A sheet that is written row by row. ``widths`` are those of its columns, in digits; ``across`` of them make up
    the first printed page."""

    def __init__(self, book: Workbook, name: str, widths: Sequence[float], across: int | None = None) -> None:
        self.sheet: Worksheet = book.create_sheet(_name(book, name))
        self.widths = tuple(widths)
        self.across = across or len(self.widths)
        self.first = 3 if self.across < len(self.widths) else 1
        self.row = 0
        for number, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    def write_line(self, text: str, bold: bool = False, size: float = SIZE, centre: bool = False) -> None:
        """A row of one text over the width of the first printed page, without the columns that each page repeats."""
        self.row += 1
        cell = self.sheet.cell(self.row, self.first)
        assert isinstance(cell, Cell)
        write_cell(cell, text, bold, size, centre)
        self.sheet.merge_cells(
            start_row=self.row, start_column=self.first, end_row=self.row, end_column=max(self.first, self.across)
        )
        lines = _lines(text, sum(self.widths[self.first - 1 : self.across]), size)
        self.sheet.row_dimensions[self.row].height = lines * LINE * size / SIZE + 3

    def write_header(self, titles: Sequence[str], freeze: int = 0, size: float = SIZE) -> None:
        """The header of the table: it stays in view and is repeated on each printed page, with ``freeze`` columns."""
        cells = self.write_row(titles, bold=True, size=size, centre=True)
        for cell in cells:
            cell.fill = HEAD_FILL
        self.sheet.freeze_panes = f"{get_column_letter(freeze + 1)}{self.row + 1}"
        self.sheet.print_title_rows = f"{self.row}:{self.row}"
        if freeze:
            self.sheet.print_title_cols = f"A:{get_column_letter(freeze)}"

    def write_row(
        self,
        values: Sequence[Value],
        bold: bool = False,
        size: float = SIZE,
        centre: bool = False,
        group: bool = False,
    ) -> list[Cell]:
        """A row of the table, as high as its tallest cell."""
        self.row += 1
        cells: list[Cell] = []
        lines = 1
        for number, value in enumerate(values, start=1):
            cell = self.sheet.cell(self.row, number)
            assert isinstance(cell, Cell)
            write_cell(cell, value, bold, size, centre)
            cell.border = BORDER
            if group:
                cell.fill = GROUP_FILL
            if isinstance(value, str):
                lines = max(lines, _lines(value, self.widths[number - 1], size * (1.06 if bold else 1)))
            cells.append(cell)
        self.sheet.row_dimensions[self.row].height = min(TALLEST, lines * LINE * size / SIZE + 4)
        return cells

    def set_up_printing(self, wide: int = 1) -> None:
        """A4 landscape, ``wide`` pages across, as many down as it takes; page numbers at the foot."""
        setup = self.sheet.page_setup
        setup.paperSize, setup.orientation = 9, "landscape"
        setup.fitToWidth, setup.fitToHeight = wide, 0
        properties = self.sheet.sheet_properties
        if properties.pageSetUpPr is not None:
            properties.pageSetUpPr.fitToPage = True
        margins = self.sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.55
        margins.header = margins.footer = 0.25
        foot = self.sheet.oddFooter
        assert foot is not None and foot.center is not None and foot.left is not None
        foot.center.text, foot.left.text = "&P/&N", self.sheet.title.replace("&", "&&")
        self.sheet.print_options.horizontalCentered = True


def _lines(text: str, width: float, size: float) -> int:
    """How many lines the text takes in a column of that width."""
    room = max(1.0, width * NARROW * SIZE / size)
    return sum(max(1, _wrapped(part, room)) for part in text.split("\n")) if text else 1


def _wrapped(text: str, room: float) -> int:
    """Lines of one paragraph, broken at blanks; a word longer than the line is broken anywhere."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        size = len(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0.0
        if size > room:
            lines += ceil(size / room) - 1
            size = int(size % room)
        used += size + (1 if used else 0)
    return lines


def _name(book: Workbook, wanted: str) -> str:
    """A name that a sheet may bear, and that no other bears."""
    base = FORBIDDEN.sub("-", replace_illegal(wanted)).strip("' ")[:NAME_LIMIT] or "-"
    taken = {name.casefold() for name in book.sheetnames}
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" ({number})"
        name, number = base[: NAME_LIMIT - len(ending)] + ending, number + 1
    return name
