"""A unit's self-assessment table -> its claims, or every fault with its place; nothing is taken by halves.

The columns are found by the words of their headers, since every province lays its table out in its own way:

>>> [name for name, _ in sorted(find_columns(("TT", "Tiêu chí", "Điểm chuẩn", "Điểm tự đánh giá", "TLKC")).items())]
['code', 'evidence', 'max', 'points', 'title']

A table may run over pages, with or without its header again; a row without a code that only goes on with text belongs
to the row before it. A cell that holds what its column cannot hold means that the columns are shifted: a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from evidence.messages import Message
from evidence.model.appraisal import Claim
from evidence.model.document import Table
from evidence.vietnamese.text import fold, nfc

# Words of a header, folded; the first column that fits takes the name, and a name is given once.
HEADERS: Mapping[str, re.Pattern[str]] = {
    "points": re.compile(r"tự (?:đánh giá|chấm)|self|điểm đơn vị"),
    "max": re.compile(r"(?:điểm|thang) ?(?:chuẩn|tối đa|điểm)|thang điểm|\bmax"),
    "explanation": re.compile(r"giải trình|diễn giải|ghi chú|explanation|note"),
    "evidence": re.compile(r"kiểm chứng|minh chứng|tlkc|evidence|căn cứ chấm"),
    "title": re.compile(r"tiêu chí|lĩnh vực|nội dung|title"),
    "code": re.compile(r"^(?:s?tt|số tt|mã(?: số)?|mã tiêu chí|ký hiệu|code|criterion|no\.?)$"),
}
# ``kiểm chứng`` stands in a header beside ``giải trình`` ("Tài liệu kiểm chứng (…, Phụ lục giải trình)"): it wins
ORDER = ("code", "points", "max", "evidence", "explanation", "title")
HEADER_ROWS = 6  # rows of a table among which its header is looked for
CODE = re.compile(r"(?:\d{1,2}(?:\.\d{1,3})*|[IVXLC]{1,5}|[A-ZĐ]|[a-zđ])(?:\.(?=\s|$)|[)])?$")
AMOUNT = re.compile(r"[-–]?\s*\d{1,4}(?:[.,]\d{1,4})?\s*(?:đ|điểm)?$")
TOTAL = re.compile(r"^(?:tổng|cộng)|tổng (?:số )?điểm|tổng cộng|^total")
EMPTY = frozenset({"", "-", "–", "—", "/", "x"})


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and where it stands."""

    page: int
    table: Table


Row = tuple[str, ...]
Fault = tuple[int, Message]


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """What was read. ``total`` is the row of the table's own total; ``faults`` has each fault with its row."""

    claims: tuple[Claim, ...]
    total: Claim | None
    faults: tuple[Fault, ...]


def read_claims(tables: Iterable[PlacedTable], unit: str) -> ClaimTable:
    """The claims of the table that has a header of criteria and self points."""
    reader = _TableReader(unit)
    for placed in tables:
        reader.read_table(placed)
    return reader.result()


def find_columns(header: Row) -> dict[str, int]:
    """Which column is which, by the words of the header."""
    folded = [fold(" ".join(cell.split())) for cell in header]
    columns: dict[str, int] = {}
    for name in ORDER:
        free = (at for at, cell in enumerate(folded) if at not in columns.values() and _fits(name, cell))
        if (place := next(free, None)) is not None:
            columns[name] = place
    return columns


def _fits(name: str, cell: str) -> bool:
    if not cell or not HEADERS[name].search(cell):
        return False
    return not (name == "evidence" and HEADERS["points"].search(cell))


def parse_amount(text: str) -> Decimal | None:
    """Points as people write them: ``1,50``, ``2.0``, ``0,5 điểm``; None for what is no amount.

    >>> parse_amount("1,50"), parse_amount("2 điểm"), parse_amount("đạt")
    (Decimal('1.50'), Decimal('2'), None)
    """
    bare = " ".join(text.split())
    if not AMOUNT.match(fold(bare)):
        return None
    try:
        return Decimal(re.sub(r"[^\d.,-]", "", bare.replace("–", "-")).replace(",", "."))
    except InvalidOperation:
        return None


class _TableReader:
    """Rows become claims one by one; what follows the table's total is left alone."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._columns: dict[str, int] = {}
        self._width = 0
        self._claims: list[Claim] = []
        self._total: Claim | None = None
        self._faults: list[Fault] = []
        self._rows: dict[str, int] = {}
        self._count = 0

    def read_table(self, placed: PlacedTable) -> None:
        rows = [_plain(row) for row in placed.table.rows]
        start, columns = _find_header(rows)
        if columns:
            if self._columns and columns != self._columns and self._claims:
                return  # another table with a header of its own: not this one going on
            self._columns, self._width = columns, len(rows[start - 1])
        elif not self._columns or not rows or len(rows[0]) != self._width:
            return
        for row in rows[start:]:
            self._count += 1
            if any(cell.strip() for cell in row):
                self._read_row(row, placed.page)

    def result(self) -> ClaimTable:
        if not self._columns:
            return ClaimTable((), None, ((0, Message("claims-no-table")),))
        if not self._claims and not self._faults:
            return ClaimTable((), None, ((0, Message("claims-no-rows")),))
        return ClaimTable(tuple(self._claims), self._total, tuple(self._faults))

    def _read_row(self, row: Row, page: int) -> None:
        code, title = self._cell(row, "code").rstrip(".)").strip(), self._cell(row, "title")
        texts = {name: self._cell(row, name) for name in ("evidence", "explanation")}
        if (TOTAL.search(fold(title)) and not code) or TOTAL.search(fold(code)):
            self._total = self._claim("", title or code, row, page, texts)
            return
        if not code:
            self._continue_row(row, title, texts, page)
            return
        if not CODE.match(code):
            self._fault("claims-bad-code", page, value=_short(code))
            return
        if code in self._rows:
            self._fault("claims-twice", page, value=code, first=self._rows[code])
            return
        self._rows[code] = self._count
        claim = self._claim(code, title, row, page, texts)
        if claim:
            self._claims.append(claim)

    def _claim(self, code: str, title: str, row: Row, page: int, texts: dict[str, str]) -> Claim | None:
        """The row as a claim; None, and a fault, where a column of points holds something else."""
        amounts: dict[str, Decimal | None] = {}
        for name in ("max", "points"):
            text = self._cell(row, name)
            amounts[name] = parse_amount(text)
            if amounts[name] is None and fold(text) not in EMPTY:
                self._fault(f"claims-bad-{name}", page, value=_short(text), criterion=code or title)
                return None
        return Claim(self._unit, code, self._count, title, amounts["max"], amounts["points"], **texts)

    def _continue_row(self, row: Row, title: str, texts: dict[str, str], page: int) -> None:
        """A row without a code: the rest of the row before it, cut by the end of a page."""
        if any(fold(self._cell(row, name)) not in EMPTY for name in ("max", "points")) or not self._claims:
            self._fault("claims-no-code", page, value=_short(" ".join(cell for cell in row if cell)))
            return
        last = self._claims[-1]
        self._claims[-1] = replace(
            last,
            title=_joined(last.title, title),
            evidence=_joined(last.evidence, texts["evidence"]),
            explanation=_joined(last.explanation, texts["explanation"]),
        )

    def _cell(self, row: Row, name: str) -> str:
        place = self._columns.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    def _fault(self, code: str, page: int, **params: object) -> None:
        values = {name: str(value) for name, value in params.items()}
        self._faults.append((self._count, Message(code, {"page": str(page), **values})))


def _find_header(rows: list[Row]) -> tuple[int, dict[str, int]]:
    """Where the rows below the header begin and which column is which; 0 and nothing where there is no header.

    A header of two rows (``Điểm`` over ``tối đa`` and ``tự đánh giá``) is read as one.
    """
    for at, row in enumerate(rows[:HEADER_ROWS]):
        after = rows[at + 1] if at + 1 < len(rows) else ()
        both = tuple(f"{over} {under}".strip() for over, under in zip(row, after, strict=False))
        for size, header in ((1, row), (2, both)):
            columns = find_columns(header)
            if "code" in columns and "points" in columns and not any(CODE.match(cell.strip()) for cell in row[:1]):
                return at + size, columns
    return 0, {}


def _plain(row: Iterable[str | None]) -> Row:
    return tuple(nfc(cell or "") for cell in row)


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}" if text and more else text or more


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 60 else bare[:59] + "…"


def group_by_parent(claims: Iterable[Claim]) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """Each claim with those right below it by its code: 1.2 with 1.2.1, 1.2.2."""
    rows = tuple(claims)
    below: dict[str, list[Claim]] = {}
    for claim in rows:
        if "." in claim.criterion:
            below.setdefault(claim.criterion.rpartition(".")[0], []).append(claim)
    for claim in rows:
        if claim.criterion in below:
            yield claim, tuple(below[claim.criterion])
