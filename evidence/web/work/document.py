"""The document beside a finding: values as the machine read, a person corrected and the unit claims them; its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.archive.document_pages.document_pages import DocumentValues
from evidence.model.assessment import Finding
from evidence.model.criteria import Clock
from evidence.model.geometry import Box
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.web.rendering.document_title import format_day, title_of
from evidence.web.rendering.field_rows import ShownField, list_field_rows
from evidence.web.rendering.page_sheet import PageSheet, make_sheet

EDITED = ("number", "date", "issuer", "kind", "subject")
DOUBTFUL = ("doubtful", "unreadable", "absent")
MARGIN = (12.0, 7.0)  # points left and right of a cut-out, above and below
RULES = {"kind": "kind", "subject": "subject", "issuer": "issuer", "date": "date", "number": "number", "due": "date"}


@dataclass(frozen=True, slots=True)
class DocumentTab:
    """A document of the finding, to switch to."""

    sha256: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class CutOut:
    """A part of a page: ``view_box`` in points of the page."""

    page: int
    view_box: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class WorkDocument:
    """The document shown. ``claims``: by field, what the unit says of it; ``first_doubtful``: the field that ``e``
    leads to; ``clock``: the field by which the deadline is held."""

    values: DocumentValues
    title: str
    rows: tuple[ShownField, ...]
    claims: Mapping[str, str]
    submission: Submission | None
    sheet: PageSheet | None
    first_doubtful: str
    clock: str
    chosen: Box | None

    @property
    def record(self) -> Record:
        return self.values.record

    def agrees(self, name: str) -> bool:
        """Whether what holds is what the unit claims."""
        held = next((row.value for row in self.rows if row.name == name), "")
        return bool(held) and held.casefold() == self.claims.get(name, "").casefold()

    def cut_out(self, name: str) -> CutOut | None:
        """The line of that field; where it was not found, the upper part of its page, where such fields stand."""
        row = next((each for each in self.rows if each.name == name), None)
        number = (row.page if row else None) or 1
        page = next((each for each in self.record.pages if each.number == number), None)
        if page is None:
            return None
        width, height = page.width or 595.0, page.height or 842.0
        box = row.box if row and row.box else (width * 0.06, height * 0.05, width * 0.97, height * 0.2)
        left, top = box[0] - MARGIN[0], box[1] - MARGIN[1]
        view = (left, top, box[2] - left + MARGIN[0], min(box[3] - top + MARGIN[1], height))
        return CutOut(number, " ".join(f"{side:.1f}" for side in view), width, height)


def show_document(
    values: DocumentValues, finding: Finding, submissions: Iterable[Submission], page: int, box: Box | None
) -> WorkDocument:
    """That document for that finding, at that page with that box."""
    record = values.record
    every = list_field_rows(record, values.machine, values.corrections)
    rows = tuple(sorted((row for row in every if row.name in EDITED), key=lambda row: EDITED.index(row.name)))
    handed = next((each for each in submissions if each.sha256 == record.source.sha256), None)
    failing = [RULES[each.rule] for each in finding.reasons if not each.ok and each.rule in RULES]
    doubtful = [row.name for row in rows if row.state in DOUBTFUL]
    first = next((name for name in doubtful if name in failing), None) or next(iter((*doubtful, *failing)), EDITED[0])
    return WorkDocument(
        values=values,
        title=title_of(record),
        rows=rows,
        claims=_claims(handed),
        submission=handed,
        sheet=make_sheet(record, page, every, box),
        first_doubtful=first,
        clock={Clock.ISSUED: "date", Clock.SIGNED: "signed", Clock.RECEIVED: "received"}[finding.clock],
        chosen=box,
    )


def list_tabs(records: Mapping[str, Record], current: str) -> tuple[DocumentTab, ...]:
    """The documents that the finding names, in its order."""
    return tuple(
        DocumentTab(sha256, str(record.number.value or "") or title_of(record), sha256 == current)
        for sha256, record in records.items()
    )


def _claims(handed: Submission | None) -> dict[str, str]:
    if handed is None:
        return {}
    claimed = {"number": handed.claimed_number or "", "date": format_day(handed.claimed_date or "")}
    return {name: text for name, text in claimed.items() if text}
