"""The rows of an annex's tables, laid together over pages: one ``Row`` a criterion, with all the text that is its own.

A row with a code begins a criterion. A row without one belongs to the criterion above it: the bands of its scoring, the
rest of a row that a page break cut, a further piece of evidence. A merged cell of evidence is shared by the criteria
beside it. What fits nowhere is a fault or a remark with its place, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from evidence.criteria.annex import amounts, codes, columns
from evidence.criteria.annex.codes import Code
from evidence.criteria.annex.columns import Cells, Header, Role
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.messages import Message
from evidence.model.document import Page, Table

TOTAL = re.compile(r"(tong cong|tong( so)? diem|tong|cong|cong diem)( (toi da|chuan|so|cong|diem))*(\W.*)?$")
BULLET = re.compile(r"[-+*•–—▪➢]|\(?[a-zđ\d]{1,2}\)|(?:Nếu|Yêu cầu|Trường hợp|Đạt|Từ|Dưới|Trên|Có|Không)\b|\d")
TEXTS = ((Role.RULE, "rule"), (Role.EVIDENCE, "evidence"), (Role.NOTE, "note"), (Role.OWNER, "owner"))
BULLETS = set("-+*•–—.o▪➢")


class AnnexForm(StrEnum):
    """What a place counts by: pages of print, sheets, tables of a text."""

    PAGE = "page"
    SHEET = "sheet"
    TABLE = "table"


@dataclass(frozen=True, slots=True, order=True)
class AnnexPlace:
    """Where a row stands: ``number`` of the page, sheet or table, and the row in its table, both from 1."""

    number: int
    row: int
    form: AnnexForm = AnnexForm.PAGE
    table: int = 1

    @property
    def where(self) -> Message:
        """The place in words."""
        return Message(f"annex-at-{self.form}", {"number": str(self.number), "row": str(self.row)})

    def message(self, name: str, /, **params: object) -> Message:
        """A sentence about what stands there."""
        return Message(name, {key: str(value) for key, value in params.items()})


@dataclass(slots=True)
class AnnexRow:
    """A criterion as the table has it. Texts are pieces, one a cell; ``shared`` cells are the same list in several."""

    place: AnnexPlace
    code: Code
    points: Decimal | None = None
    title: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    rule: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    owner: list[str] = field(default_factory=list)
    weight: Decimal | None = None
    taken: bool = False  # its points are printed as taken: -5
    self_points: Decimal | None = None
    borrowed: bool = False  # its evidence is a merged cell that began with a criterion above


@dataclass(slots=True)
class AnnexTable:
    """One set's rows, from its header on; ``total`` is the maximum that its last row names."""

    header: Header
    place: AnnexPlace
    rows: list[AnnexRow] = field(default_factory=list)
    total: tuple[AnnexPlace, Decimal] | None = None
    closed: bool = False  # the total stands above: what follows without a code belongs to no criterion
    faults: list[tuple[AnnexPlace, Message]] = field(default_factory=list)
    remarks: list[tuple[AnnexPlace, Message]] = field(default_factory=list)


def read_annex_tables(pages: Sequence[Page], form: AnnexForm) -> list[AnnexTable]:
    """Every set that the tables hold, in order."""
    sheets: list[AnnexTable] = []
    for place, table, fresh in _tables(pages, form):
        _read_table(place, table, fresh, sheets)
    return sheets


def _tables(pages: Sequence[Page], form: AnnexForm) -> Iterator[tuple[AnnexPlace, Table, bool]]:
    """Each table with its place, and whether prose stands above it."""
    for page in pages:
        for at, table in enumerate(page.tables):
            number = at + 1 if form is AnnexForm.TABLE else page.number
            yield AnnexPlace(number, 0, form, at + 1), table, _stands_below_prose(page, at)


def _stands_below_prose(page: Page, at: int) -> bool:
    """Whether a line of words stands between this table and the one before it."""
    box = page.tables[at].box
    if box is None:
        return True
    top = page.tables[at - 1].box if at else None
    above = top[3] if top else 0.0
    lines = [line.text for line in page.lines if line.box and above <= line.box[1] and line.box[3] <= box[1] + 2]
    return any(len(re.findall(r"[^\W\d_]{2,}", line)) >= 2 for line in lines)


def _read_table(place: AnnexPlace, table: Table, fresh: bool, sheets: list[AnnexTable]) -> None:
    header = columns.find_header(table.rows, table.columns)
    now = sheets[-1] if sheets else None
    if now and header and _repeats(table.rows[header.first], now.header) and continues_table(table, now.header):
        _read_rows(place, table, header.first, now.header, sheets, fresh)
    elif header:
        sheets.append(AnnexTable(header, _at(place, header.first)))
        _read_rows(place, table, header.end, header, sheets, False)
    elif now and continues_table(table, now.header):
        _read_rows(place, table, 0, now.header, sheets, False)


def continues_table(table: Table, header: Header) -> bool:
    """Whether a table without a header goes on where the one before ended: the same columns at the same places."""
    width = max((len(row) for row in table.rows), default=0)
    if width != header.width:
        return False
    pairs = zip(table.columns, header.edges, strict=False)
    return all(abs(edge - other) < 12 for edge, other in pairs)


def _at(place: AnnexPlace, row: int) -> AnnexPlace:
    return AnnexPlace(place.number, row + 1, place.form, place.table)


def _read_rows(
    place: AnnexPlace, table: Table, first: int, header: Header, sheets: list[AnnexTable], fresh: bool
) -> None:
    top = True
    for at in range(first, len(table.rows)):
        row = table.rows[at]
        if not any(row) or _repeats(row, header) or columns.is_numbering(row):
            continue
        sheet = sheets[-1]
        here = _at(place, at)
        code = find_code(row, header)
        if code and sheet.rows and str(code) == str(sheet.rows[0].code) and (sheet.total or fresh):
            sheets.append(AnnexTable(header, here))
            sheet, fresh = sheets[-1], False
        _RowReader(sheet, header, here, row, top).take(code)
        top = False


def _repeats(row: Cells, header: Header) -> bool:
    """A header's row again, whole or in part."""
    cells = [plain_letters(cell) for cell in row if cell]
    return len(cells) > 1 and all(cell in header.texts for cell in cells)


def find_code(row: Cells, header: Header) -> Code | None:
    """The row's code: behind a word such as TCTP in its title, in the column of codes, or before its title."""
    title = find_title(row, header)
    named = codes.split_leading_code(title, named=True)
    if named:
        return named[0]
    if Role.CODE in header.columns:
        cell = header.cell(row, Role.CODE)
        own = codes.parse_code(cell) if cell else None
        inner = codes.split_leading_code(title) if own and len(own.parts) == 1 else None
        if inner and len(inner[0].parts) > 1:  # a running number beside "4.1.3 - Thực hiện …"
            return inner[0]
        if own or cell is None or title:
            return own
        before = codes.split_leading_code(cell)
        return before[0] if before else None
    before = codes.split_leading_code(title)
    return before[0] if before else None


def find_title(row: Cells, header: Header) -> str:
    """The first of the row's titles."""
    return next((cell for at in header.titles if at < len(row) and (cell := row[at])), "")


class _RowReader:
    """One row on its way into the sheet."""

    def __init__(self, sheet: AnnexTable, header: Header, place: AnnexPlace, row: Cells, top: bool) -> None:
        self.sheet, self.header, self.place, self.row, self.top = sheet, header, place, row, top
        self.last = sheet.rows[-1] if sheet.rows else None
        self.title = find_title(row, header)
        self.points, self.taken = amounts.parse_signed(header.cell(row, Role.POINTS))

    def take(self, code: Code | None) -> None:
        code_cell = (self.header.cell(self.row, Role.CODE) or "").strip()
        bullet = set(code_cell) <= BULLETS
        if self._total(code_cell):
            return
        if code:
            self._begin(code)
        elif not bullet and self.title:
            moved = amounts.parse_points(self.title) is not None or len(code_cell.split()) > 3
            self._fault(
                "annex-shifted" if moved else "annex-bad-code", value=shorten(code_cell), title=shorten(self.title)
            )
        elif bullet and codes.parse_code(self.title) and len(self.title) > 1:
            self._fault("annex-shifted", value=self.title, title=shorten(self.header.cell(self.row, Role.POINTS) or ""))
        elif self.last is None or self.sheet.closed:
            self.sheet.remarks.append((self.place, self.place.message("annex-row-aside", text=self._all())))
        else:
            self._belongs(self.last)

    def _total(self, code_cell: str) -> bool:
        """The row that sums the table up."""
        named = any(TOTAL.match(plain_letters(text)) for text in (code_cell, self.title))
        if not named or self.points is None or codes.parse_code(code_cell):
            return False
        self.sheet.total = (self.place, self.points)
        self.sheet.closed = bool(self.sheet.rows)
        return True

    def _begin(self, code: Code) -> None:
        cell = self.header.cell(self.row, Role.POINTS) or ""
        title = self.title or (self.header.cell(self.row, Role.CODE) or "")
        before = codes.split_leading_code(title)
        if before and str(before[0]) == str(code):
            title = before[1]
        row = AnnexRow(self.place, code, self.points, [title] if self.title or codes.parse_code(title) is None else [])
        if self.points is None and cell.strip():
            self._fault("annex-bad-points", value=shorten(cell), code=code)
        elif self.points is None:
            row.points = amounts.points_in_brackets(title)
        row.taken, row.weight = self.taken, amounts.parse_percent(self.header.cell(self.row, Role.WEIGHT))
        row.self_points = amounts.parse_points(self.header.cell(self.row, Role.SELF))
        row.rule += [self.row[at] or "" for at in self.header.titles if at < len(self.row)][1:]
        self.sheet.rows.append(row)
        self.sheet.closed = False
        self._texts(row)

    def _belongs(self, row: AnnexRow) -> None:
        """A row without a code: more of the criterion above."""
        text = self.title or (self.header.cell(self.row, Role.CODE) or "").strip("".join(BULLETS) + " ")
        if text and self.points is not None:
            text = f"{text.rstrip(' :.')}: {self.header.cell(self.row, Role.POINTS)}"
        held = row.below or row.title
        if text and self.top and self.points is None and held and _is_cut_cell(held[-1], text, bool(row.below)):
            held[-1] = f"{held[-1]}{_joining(held[-1], text)}{text}"
        elif text:
            row.below.append(text)
        self._texts(row, again=True)

    def _texts(self, row: AnnexRow, again: bool = False) -> None:
        for role, name in TEXTS:
            cell = self.header.cell(self.row, role)
            own: list[str] = getattr(row, name)
            if cell:
                self._join(own, cell, again)
            elif cell is None and not again and self.last is not None and not own:
                setattr(row, name, getattr(self.last, name))
                row.borrowed = row.borrowed or (role is Role.EVIDENCE and bool(self.last.evidence))

    def _join(self, own: list[str], cell: str, again: bool) -> None:
        """A cell that a page break cut goes on in the middle of its sentence."""
        if again and self.top and own and _is_cut_cell(own[-1], cell, True):
            own[-1] = f"{own[-1]}{_joining(own[-1], cell)}{cell}"
        else:
            own.append(cell)

    def _fault(self, name: str, /, **params: object) -> None:
        self.sheet.faults.append((self.place, self.place.message(name, **params)))

    def _all(self) -> str:
        return shorten(" | ".join(cell for cell in self.row if cell))


def _is_cut_cell(before: str, after: str, wordy: bool) -> bool:
    """Whether a page break cut one cell into these two. A title alone may end without a stop; prose does not."""
    if after[:1].islower():
        return True
    prose = wordy or "\n" in before
    return prose and before.rstrip()[-1:] not in ".;:)" and not BULLET.match(after)


def _joining(before: str, after: str) -> str:
    """A cut sentence goes on behind a blank; a new item of a list on its own line (``b1 là số …``)."""
    starts = re.match(r"[a-zđ]\d?\s*(là|=|:)", after) or before.rstrip()[-1:] in ".;:"
    return "\n" if starts else " "


def shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else f"{plain[:79]}…"
