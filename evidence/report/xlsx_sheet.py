"""One sheet of a workbook: safe cells, the look of an official form, what a printer needs.

Times New Roman, since that is the font of administrative papers (Nghị định 30/2020/NĐ-CP, Phụ lục I). A text is always
stored as a text: what begins like a formula came from strangers and must not run. Row heights are worked out here,
since no program reading the file may be trusted to do it, and a text that is cut off misleads: what is too long for one
row goes on in the next. A number stays a number; its format asks for the decimal comma of Vietnamese.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evidence.messages import Language
from evidence.model.assessment import Verdict
from evidence.report.text.width import WrappedLine, wrap_text

Value = str | int | Decimal | None
FONT, SIZE = "Times New Roman", 11
LINE = 15.0  # points that a line of that size takes
TALLEST = 400.0  # Excel draws no row higher than 409 points
MOST_LINES = 16  # of a row that may go on in rows below
PLACES = 2  # decimals that a number shows at most
LOCALES = {Language.VI: "[$-42A]", Language.EN: ""}  # 0x042A: Vietnamese, in which 0.5 is shown as 0,5
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
HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
GROUP_FILL = PatternFill("solid", fgColor="F2F2F2")


def replace_illegal(text: str) -> str:
    """The text without what a spreadsheet cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("�", text)[:LONGEST]


def use_font(book: Workbook) -> None:
    """Makes the workbook's own font that of its cells: column widths are counted in its digits, in every program."""
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # openpyxl has no other way to it
    normal.font = Font(name=FONT, size=SIZE)
    normal.bind(book)


def number_format(value: Decimal, language: Language) -> str:
    """The format that shows the number without idle zeros, as sentences write it.

    >>> number_format(Decimal("0.50"), Language.VI), number_format(Decimal("84.00"), Language.EN)
    ('[$-42A]0.0', '0')
    """
    exponent = value.normalize().as_tuple().exponent
    places = min(PLACES, max(0, -exponent)) if isinstance(exponent, int) else 0
    return LOCALES[language] + ("0." + "0" * places if places else "0")


def write_cell(
    cell: Cell, value: Value, bold: bool = False, size: float = SIZE, centre: bool = False,
    language: Language = Language.VI,
) -> None:  # fmt: skip
    """Writes the value: a number as a number, a text as a text and nothing else."""
    if isinstance(value, str):
        cell.value = replace_illegal(value)
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip()[:1] in ("=", "+", "-", "@")
    else:
        cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = number_format(value, language)
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
    the first printed page. ``continued``: a row with too much text for one goes on in rows below; not for a sheet that
    is read back row by row."""

    def __init__(
        self, book: Workbook, name: str, widths: Sequence[float], across: int | None = None,
        language: Language = Language.VI, continued: bool = False,
    ) -> None:  # fmt: skip
        self.sheet: Worksheet = book.create_sheet(_name(book, name))
        self.widths = tuple(widths)
        self.language = language
        self.most_lines = MOST_LINES if continued else sys.maxsize
        self.across = across or len(self.widths)
        self.first = 3 if self.across < len(self.widths) else 1
        self.row = 0
        for number, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    def write_line(self, text: str, bold: bool = False, size: float = SIZE, centre: bool = False) -> None:
        """A row of one text over the width of the first printed page, without the columns that each page repeats."""
        width = sum(self.widths[self.first - 1 : self.across])
        for lines in _split(wrap_text(replace_illegal(text), width, size, bold), MOST_LINES):
            self.row += 1
            cell = self.sheet.cell(self.row, self.first)
            assert isinstance(cell, Cell)
            write_cell(cell, _join(lines), bold, size, centre)
            self.sheet.merge_cells(
                start_row=self.row, start_column=self.first, end_row=self.row, end_column=max(self.first, self.across)
            )
            self.sheet.row_dimensions[self.row].height = _height(len(lines), size)

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
        """A row of the table, as high as its tallest cell, or several without a line between them; the cells of the
        first."""
        parts = [
            _split(wrap_text(replace_illegal(value), width, size, bold), self.most_lines)
            if isinstance(value, str)
            else []
            for value, width in zip(values, self.widths, strict=True)
        ]
        count = max(1, *map(len, parts))
        rows = []
        for at in range(count):
            self.row += 1
            pieces = [part[at] if at < len(part) else () for part in parts]
            shown = [
                (value if at == 0 else None) if not isinstance(value, str) else _join(lines)
                for value, lines in zip(values, pieces, strict=True)
            ]
            border = _border(top=at == 0, bottom=at == count - 1)
            rows.append(self._write_cells(shown, border, bold, size, centre, group))
            self.sheet.row_dimensions[self.row].height = _height(max(1, *map(len, pieces)), size)
        return rows[0]

    def _write_cells(
        self, values: Sequence[Value], border: Border, bold: bool, size: float, centre: bool, group: bool
    ) -> list[Cell]:
        cells = []
        for number, value in enumerate(values, start=1):
            cell = self.sheet.cell(self.row, number)
            assert isinstance(cell, Cell)
            write_cell(cell, value, bold, size, centre, self.language)
            cell.border = border
            if group:
                cell.fill = GROUP_FILL
            cells.append(cell)
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


def _height(lines: int, size: float) -> float:
    return min(TALLEST, lines * LINE * size / SIZE + 4)


def _border(top: bool, bottom: bool) -> Border:
    return Border(left=_THIN, right=_THIN, top=_THIN if top else None, bottom=_THIN if bottom else None)


def _split(lines: tuple[WrappedLine, ...], most: int) -> list[tuple[WrappedLine, ...]]:
    """The lines by rows, of which each has as many as a row may have."""
    return [lines[at : at + most] for at in range(0, len(lines), most)]


def _join(lines: Sequence[WrappedLine]) -> str:
    """The text of the lines; what wraps by itself is not broken by force."""
    return "".join(line.text + line.end for line in lines).rstrip("\n ") if lines else ""


def _name(book: Workbook, wanted: str) -> str:
    """A name that a sheet may bear, and that no other bears."""
    base = FORBIDDEN.sub("-", replace_illegal(wanted)).strip("' ")[:NAME_LIMIT] or "-"
    taken = {name.casefold() for name in book.sheetnames}
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" ({number})"
        name, number = base[: NAME_LIMIT - len(ending)] + ending, number + 1
    return name
