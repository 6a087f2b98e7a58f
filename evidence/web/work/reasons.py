"""The reasons of a finding as rows: what fails and what is doubtful first, each with the place that proves it."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.messages import Message
from evidence.model.assessment import Finding, Reason
from evidence.model.geometry import Box

AROUND = 3.0  # points between what was read and its frame


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """``index``: its place among the finding's reasons; ``ok``: None for doubt; ``frame``: left, top, width and height
    of the box on its page, in points."""

    index: int
    rule: str
    ok: bool | None
    message: Message
    document: str | None
    page: int | None
    box: Box | None

    @property
    def frame(self) -> str:
        if self.box is None:
            return ""
        left, top, right, bottom = self.box
        sides = (left - AROUND, top - AROUND, right - left + 2 * AROUND, bottom - top + 2 * AROUND)
        return " ".join(f"{side:.1f}" for side in sides)


@dataclass(frozen=True, slots=True)
class ReasonRows:
    """``open``: what fails or is doubtful; ``met``: what holds; ``others``: why other documents do not count, where the
    finding rests on some."""

    open: tuple[ReasonRow, ...]
    met: tuple[ReasonRow, ...]
    others: tuple[ReasonRow, ...] = ()

    def find(self, index: int) -> ReasonRow | None:
        """The one of that place; without it the first that has a place on a page, what is open first."""
        every = (*self.open, *self.met, *self.others)
        chosen = next((row for row in every if row.index == index), None)
        return chosen or next((row for row in every if row.document and row.box), None) or next(iter(every), None)


def list_reasons(finding: Finding) -> ReasonRows:
    """Failures before doubts, in the order in which the rules were held against the documents."""
    every = [_row(index, reason) for index, reason in enumerate(finding.reasons)]
    others = tuple(row for row in every if finding.documents and row.document and row.document not in finding.documents)
    rows = [row for row in every if row not in others]
    failed = [row for row in rows if row.ok is False]
    doubtful = [row for row in rows if row.ok is None]
    return ReasonRows((*failed, *doubtful), tuple(row for row in rows if row.ok), others)


def _row(index: int, reason: Reason) -> ReasonRow:
    return ReasonRow(index, reason.rule, reason.ok, reason.message, reason.document, reason.page, reason.box)
