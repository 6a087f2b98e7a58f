"""Several documents in one file: a letter with its attached plan, two decisions scanned together.

A new document begins where a page opens like one (NĐ 30/2020, Phụ lục I): the motto at its top right, an issuer at its
top left and a number row and a date row of its own. What only looks like one stays where it is: annexes (they bear no
motto), forms (``Mẫu số 01`` over the motto, dotted blanks in its rows), consolidated texts (their own header may stand
at the end), a second copy of the same document.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extract.fields.consolidated import split_consolidated
from evidence.extract.fields.issuer_lines import find_issuer_lines
from evidence.extract.fields.number_date import read_date, read_number
from evidence.extract.layout.segments import Segment, read_segments
from evidence.extract.layout.zones import Zones, find_motto, split_zones
from evidence.model.document import Document, Page, Source
from evidence.model.problem import Problem
from evidence.values.motto import has_motto_candidate
from evidence.values.number import Number
from evidence.vietnamese.text import canon

TOP = 0.3  # of a page's height: where the motto of a first page stands, under a stamp or a portal's line at most
TOP_LINES = 10  # the same of a Word document, whose pages begin at a break with a letterhead
DOTTED = re.compile(r"…|\.\s?\.\s?\.|_{3}|\(\d{1,2}\)|\{|<|x{3}|\b20\s*(?:\.\.|_)", re.IGNORECASE)
FORM = re.compile(
    r"\W{0,3}(?:mau|bieu|phu luc|phu bieu|de cuong|bieu mau|vi du)(?:\s*[:.]|\s+(?:so|bieu|\d|[ivx]+\b|[a-z]?\d|phieu"
    r"|don|bao cao|quyet dinh|van ban|thong bao|ke hoach|bien ban|giay)|\s*$)"
)
NAMELESS = re.compile(
    r"\W*(?:ten (?:co quan|don vi|to chuc|doanh nghiep|cq)|co quan (?:chu quan|ban hanh|cap tren)|don vi\s*$)"
)
ENDED = re.compile(r"(?:^|\n)\W{0,3}(?:n[oơờớ]i\s+nh[aâăậấặ]n|l[uư]u\s*:)", re.IGNORECASE)
_NOWHERE = Source("", "", "", 0)  # a page is looked at by itself
FEW = 2  # pages of a file that can hold two documents


def split_document(document: Document) -> tuple[Document, ...]:
    """One document for each that the file holds, in order; the document itself where it is one."""
    pages = document.pages
    if len(pages) < FEW or split_consolidated(document) is not None:
        return (document,)
    starts = [0]
    own = _number(pages[0])
    for index, page in enumerate(pages):
        if index and (zones := _opening_zones(page)) is not None:
            number = read_number(zones).value
            if _is_new(zones, number, own, pages[starts[-1] : index]):
                starts.append(index)
                own = number
    if len(starts) == 1:
        return (document,)
    return tuple(_cut_part(document, low, high) for low, high in zip(starts, [*starts[1:], len(pages)], strict=True))


def _number(page: Page) -> Number | None:
    zones = _opening_zones(page)
    return read_number(zones).value if zones else None


def _opening_zones(page: Page) -> Zones | None:
    """The zones of a page that opens like a document; ``None`` for any other, and for a form."""
    if not has_motto_candidate(page.text):
        return None
    top = _top_segments(page, read_segments(page))
    if find_motto(top) is None:
        return None
    zones = split_zones(Document(_NOWHERE, (page,)))
    if zones is None or zones.motto is None:
        return None
    return None if _is_form(zones, top) else zones


def _top_segments(page: Page, segments: list[Segment]) -> list[Segment]:
    """Where the motto of a first page stands; of a text without places its first lines."""
    if any(segment.box for segment in segments):
        return [segment for segment in segments if segment.box and segment.box[1] < TOP * page.height]
    return segments[:TOP_LINES]


def _is_form(zones: Zones, top: list[Segment]) -> bool:
    """Whether the page is a form to be filled in: named so, or with dots in the rows of its header."""
    if any(FORM.match(segment.plain) or NAMELESS.match(segment.plain) for segment in top):
        return True
    rows = (*zones.left, *zones.right)
    return any(DOTTED.search(canon(segment.text)) for segment in rows if not segment.is_ocr and len(segment.text) < 90)


def _is_new(zones: Zones, number: Number | None, own: Number | None, before: tuple[Page, ...]) -> bool:
    """Whether the page that opens there is another document than the one on the pages before it.

    The header must have all its rows. A number that can be read is proof, if it is another one; without one (a draft,
    a handwritten number) the document before must have ended.
    """
    has_header = read_number(zones).raw is not None and read_date(zones).date.raw is not None
    if not has_header or not find_issuer_lines(zones):
        return False
    if number is not None:
        return own is None or number.key != own.key
    ended = any(ENDED.search(page.text) for page in before)
    return ended and (zones.title is not None or _is_letter(zones))


def _is_letter(zones: Zones) -> bool:
    return any(re.match(r"\W{0,2}(?:v/v|ve viec|kinh gui)", segment.plain) for segment in (*zones.left, *zones.below))


def _cut_part(document: Document, low: int, high: int) -> Document:
    pages = document.pages[low:high]
    kept = tuple(problem for problem in document.problems if _belongs(problem, pages, first=low == 0))
    return replace(document, pages=pages, problems=kept)


def _belongs(problem: Problem, pages: tuple[Page, ...], first: bool) -> bool:
    """A problem of a page belongs to the part with that page; one of the whole file to the first."""
    if problem.page is None:
        return first
    return any(page.number == problem.page for page in pages)
