"""A paper: what one administrative document says, as data.

The drawing (``sheet``, ``office``) and the expected record (``truth``) are both made from the same paper, so the
expected record is true by construction. The parts are those of Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cite:
    """Another document named in the text; ``style`` is how its date is written (``long``, ``short``, ``bare``)."""

    kind: str
    number: str
    date: datetime.date | None
    relation: str = "cites"
    style: str = "long"

    def __str__(self) -> str:
        head = f"{self.kind} số {self.number}"
        if self.date is None or self.style == "bare":
            return head
        return f"{head} ngày {written(self.date, self.style)}"


def written(day: datetime.date, style: str = "long") -> str:
    """A date as NĐ 30/2020 writes it: a leading zero for days below 10 and for months 1 and 2.

    >>> written(datetime.date(2025, 3, 5)), written(datetime.date(2025, 2, 5), "short")
    ('05 tháng 3 năm 2025', '05/02/2025')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    if style == "short":
        return f"{day.day:02d}/{month}/{day.year}"
    return f"{day.day:02d} tháng {month} năm {day.year}"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``style``: ``base`` (Căn cứ), ``para``, ``item``, ``head`` (bold), ``centre`` (bold, centred)."""

    parts: tuple[str | Cite, ...]
    style: str = "para"

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head row; ``widths`` are shares of the text width."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on its own page, after the signature."""

    title: str
    subject: str
    blocks: tuple[Text | Grid, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    title: str
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """``serial`` and ``date`` are ``None`` where the place is left blank for a hand that has not signed yet."""

    issuer: str
    issuer_lines: tuple[str, ...]
    parent: str | None
    parent_lines: tuple[str, ...]
    serial: int | None
    symbol: str
    date: datetime.date | None
    month: tuple[int, int]
    place: str
    kind: str
    subject: str
    blocks: tuple[Text | Grid, ...]
    signature: Signature
    recipients: tuple[str, ...]
    to: tuple[str, ...] = ()
    deciding: str | None = None  # the authority line of a decision, above its legal bases
    annexes: tuple[Annex, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def letter(self) -> bool:
        """A công văn: no kind printed, the subject under the number after "V/v"."""
        return self.kind == "Công văn"

    @property
    def number(self) -> str | None:
        return None if self.serial is None else f"{self.serial}/{self.symbol}"

    @property
    def number_line(self) -> str:
        """As printed; serials below 10 bear a leading zero."""
        printed = "       " if self.serial is None else f" {self.serial:02d}"
        return f"Số:{printed}/{self.symbol}"

    @property
    def date_line(self) -> str:
        if self.date is None:
            year, month = self.month
            return f"{self.place}, ngày        tháng {month:02d} năm {year}"
        return f"{self.place}, ngày {written(self.date)}"

    def texts(self) -> tuple[Text, ...]:
        """All paragraphs in reading order, those of the annexes last."""
        blocks = list(self.blocks)
        for annex in self.annexes:
            blocks.extend(annex.blocks)
        return tuple(block for block in blocks if isinstance(block, Text))

    def cites(self) -> tuple[Cite, ...]:
        """The documents that the text names, in reading order."""
        return tuple(part for text in self.texts() for part in text.parts if isinstance(part, Cite))


def base(*parts: str | Cite) -> Text:
    return Text(parts, "base")


def para(*parts: str | Cite) -> Text:
    return Text(parts)


def item(*parts: str | Cite) -> Text:
    return Text(parts, "item")


def head(*parts: str | Cite) -> Text:
    return Text(parts, "head")


def centre(*parts: str | Cite) -> Text:
    return Text(parts, "centre")
