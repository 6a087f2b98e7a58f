"""A citation in plain text, between its reading and its place on a page."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.extract.citations.lists import ListMember
from evidence.extract.citations.ranges import RangeEnd
from evidence.messages import Message
from evidence.values.date import PartialDate
from evidence.values.kind import Kind
from evidence.values.number import Number


@dataclass(frozen=True, slots=True)
class CitationMention:
    """A citation in plain text, before it is laid on pages."""

    start: int
    end: int
    kind: Kind | None
    number: Number | None
    date: PartialDate | None
    issuer: tuple[int, int] | None
    name: str | None
    confidence: float
    number_start: int = 0
    range_to: Number | None = None
    note: Message | None = None
    shared: bool = False

    @property
    def range_end(self) -> RangeEnd:
        return RangeEnd(self.start, self.number_start, self.stop, self.number)

    @property
    def list_member(self) -> ListMember:
        return ListMember(self.start, self.number_start, self.stop, self.number, self.date, self.shared)

    @property
    def stop(self) -> int:
        """Where it ends with its issuer."""
        return max(self.end, self.issuer[1]) if self.issuer else self.end
