"""The document that a file of annexes belongs to.

NĐ 30/2020, Phụ lục I, III: an annex bears under its title ``(Kèm theo Quyết định số … ngày … của …)``. In an electronic
original these places stay blank; what names the parent is then the signature text at the top right of its first page:
``Số: 2775/SNV-CCHC&VTLT; 10/11/2025; 10:59:46 +07:00``. Some signing programs write ``&`` as ``&amp;``. The number and
the date there are the parent's, never the annex's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from evidence.extract.citations.context import kind_by_symbol
from evidence.extract.fields.annexes import HEADING
from evidence.extract.layout.segments import Segment, join_segments, read_segments
from evidence.extract.layout.zones import Zones
from evidence.model.document import Document, Page
from evidence.model.geometry import Box, enclose
from evidence.model.record import Citation, FieldValue, Record, Relation, Span
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.kind import Kind
from evidence.values.overlay import ANNEX_LINE
from evidence.vietnamese.text import capital_share, strip_marks

T = TypeVar("T")
ANNEX = Kind("Phụ lục")
# "(Kèm theo …", "(Ban hành kèm theo …": in brackets, under a title
ATTACHED = re.compile(r"[(\[]\s*(?:ban\s+hanh\s+)?(?:kem\s+theo|dinh\s+kem)(?!\w)", re.IGNORECASE)
BRACKET_END = re.compile(r"[)\]]|\n\s*\n")
BODY = re.compile(r"(?:^|\n)\s*(?:kinh\s+gui|can\s+cu|dieu\s+1\b|chuong\s+i\b)", re.IGNORECASE)
SECTION = re.compile(r"\s*(?:[IVX]{1,4}|[A-Z]|\d{1,2})[.)]\s")
TOP, LONGEST = 1500, 400  # characters: where the bracket may open, and how long it may be
HEAD_LINES = 12  # the heading of an annex stands among the first lines


def read_annex_parent(document: Document, cited: tuple[Citation, ...]) -> Citation | None:
    """The parent that the first page names; ``cited`` are the document's citations. ``None``: it stands for itself."""
    page = _first_page(document)
    if page is None:
        return None
    return _parent_in_signature(page) or _parent_in_brackets(page, cited)


def apply_annex_parent(record: Record, document: Document, zones: Zones) -> Record:
    """The record with what belongs to its parent taken out, and as an annex where it is headed as one."""
    page = _first_page(document)
    parent = record.annex_of
    if parent is not None and record.number.value is not None and not _is_read_from(record.number, parent):
        record, parent = replace(record, annex_of=None), None  # its own header bears a number: it stands for itself
    if parent is not None:
        record = replace(
            record,
            number=FieldValue() if _is_read_from(record.number, parent) else record.number,
            date=FieldValue() if _is_read_from(record.date, parent) else record.date,
        )
        if record.kind.value is None and record.number.value is None:
            record = replace(record, kind=FieldValue(ANNEX, parent.text, parent.span, 0.9))
    heading = _find_heading(page) if page else None
    if heading is None or page is None or _stands_above(zones.motto, heading):
        return record
    certain = min(0.97, heading.confidence)
    subject = _read_subject(page, heading)
    return replace(
        record,
        number=FieldValue(),
        date=FieldValue(),
        place=FieldValue(),
        issuer=FieldValue(),
        parent=FieldValue(),
        kind=FieldValue(ANNEX, heading.text, heading.span(), certain),
        subject=subject if subject.value else record.subject,
    )


def _first_page(document: Document) -> Page | None:
    return next((page for page in document.pages if any(line.words for line in page.lines)), None)


def _parent_in_signature(page: Page) -> Citation | None:
    """The parent in the signature text."""
    for match in ANNEX_LINE.finditer(page.text):
        number = numbers.parse(match["number"].replace("&amp;", "&").strip())
        date = dates.parse(match["date"])
        if number is None or date is None:
            continue
        span = Span(page.number, match.start(), match.end("date"), _box(page, match.start(), match.end("date")))
        text = page.text[span.start : span.end]
        kind = kind_by_symbol(number)
        return Citation(text, span, Relation.ATTACHED_TO, kind, number, date, confidence=0.97)
    return None


def _parent_in_brackets(page: Page, cited: tuple[Citation, ...]) -> Citation | None:
    """The citation in the first bracket under the title."""
    plain = strip_marks(page.text[: TOP + LONGEST])
    if len(plain) != min(len(page.text), TOP + LONGEST):
        return None
    opened = ATTACHED.search(plain, 0, TOP)
    if opened is None or BODY.search(plain, 0, opened.start()):
        return None
    closed = BRACKET_END.search(plain, opened.end(), opened.end() + LONGEST)
    end = closed.start() if closed else min(len(plain), opened.end() + LONGEST)
    for citation in cited:
        if (
            citation.span.page == page.number
            and opened.end() <= citation.span.start < end
            and citation.number is not None
        ):
            return replace(citation, relation=Relation.ATTACHED_TO)
    return None


def _stands_above(motto: Segment | None, heading: Segment) -> bool:
    """Whether the header's motto stands above the heading; one below it belongs to a form inside the annex."""
    return motto is not None and (motto.page, motto.start) < (heading.page, heading.start)


def _is_read_from(field: FieldValue[T], parent: Citation) -> bool:
    """Whether a value was read out of what names the parent."""
    own, other = field.span, parent.span
    return own is not None and own.page == other.page and own.start < other.end and own.end > other.start


def _find_heading(page: Page) -> Segment | None:
    """The heading ``Phụ lục …`` above everything but signature texts."""
    for segment in read_segments(page)[:HEAD_LINES]:
        if len(segment.text) < 30 and HEADING.match(segment.plain):
            return segment
        if ANNEX_LINE.search(segment.text) is None and len(segment.text) > 60:
            return None
    return None


def _read_subject(page: Page, heading: Segment) -> FieldValue[str]:
    """The title of the annex: the lines in capitals under its heading."""
    lines: list[Segment] = []
    for segment in read_segments(page):
        if segment.start <= heading.start:
            continue
        if capital_share(segment.text) < 0.8 or len(lines) == 6 or SECTION.match(segment.text):
            break
        lines.append(segment)
    if not lines:
        return FieldValue()
    text = " ".join(" ".join(segment.text.split()) for segment in lines)
    return join_segments(lines, text, min(0.9, min(segment.confidence for segment in lines)))


def _box(page: Page, start: int, end: int) -> Box | None:
    boxes = [segment.box_of(start - segment.start, end - segment.start) for segment in read_segments(page)]
    return enclose(tuple(box for box in boxes if box))
