"""The zones of an official document: who looks where.

Nghị định 30/2020/NĐ-CP, Phụ lục I, IV (the drawing of the boxes): top left the issuer (ô 2) with the number under it
(ô 3) and, for a công văn, ``V/v`` (ô 5b); top right the motto (ô 1) with place and date under it (ô 4); then kind and
subject, centred (ô 5a); at the end recipients on the left (ô 9b) and the signature block on the right (ô 7).
The motto is the anchor: printed large, the same on every state document, and found even in a poor scan. Relations
come before coordinates: stamps and signature texts stand anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from evidence.extract.layout.segments import Segment, read_segments, split_segment
from evidence.extract.voting import text_votes
from evidence.model.document import Document, Page
from evidence.values import kind as kinds
from evidence.values.motto import Motto, is_second_line, mottoes
from evidence.values.overlay import is_plain_overlay
from evidence.vietnamese.text import capital_letters, capital_share

HEAD_PAGES = 3  # the header stands on one of the first pages; a cover may come before it
UPPER_PART, UPPER_LINES = 0.6, 25  # of a page's height; of the lines of a text without boxes
HEAD_ROWS = 14  # header rows reach at most so many motto heights below the motto: NĐ 30 leaves far less
LINE_WORDS = 40  # more words than both columns of a header hold on one line
NO_MOTTO_DIVIDE = 0.46  # where the columns part when the motto is cut off, as a share of the page's width

# "Kính gửi:", "Căn cứ ...": the header is over
AFTER_HEADER = re.compile(r"\s*(k[il1]nh\s*g[uư]i|can\s*cu\b|dieu\s*1\b|chuong\s*[i1]\b)")
NUMBER_AND_DATE = re.compile(
    r"\s*so\s*:?[^,]{0,12}[/-][\w&/.,()\- ]{2,30}?\s"
    r"(?P<date>[a-z][a-z. -]{2,30}, ?(?:ngay\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}))"
)
BESIDE_ISSUER = 90.0  # of 100: how alike a motto's letters are where both columns stand on one line
NOISE_CONFIDENCE = 0.5  # a short segment that OCR itself hardly believes: ink of a stamp or a signature


@dataclass(frozen=True, slots=True)
class Zones:
    """The header of a document. ``below`` is what follows it on its page, title first."""

    page: Page
    motto: Segment | None
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    title: Segment | None
    below: tuple[Segment, ...]


@lru_cache(maxsize=16384)
def is_noise(segment: Segment) -> bool:
    """Whether a segment is no text of the document: a portal's line, or specks that OCR took for letters."""
    if is_plain_overlay(segment.plain):
        return True
    if not segment.is_ocr or _is_read_by_others(segment):
        return False
    count = sum(char.isalnum() for char in segment.text)
    mean = sum(word.confidence for word in segment.words) / len(segment.words)
    return count < 2 or (count <= 5 and mean < NOISE_CONFIDENCE)


def _is_read_by_others(segment: Segment) -> bool:
    """Whether a further engine read much the same there: ``LUẬT`` over which a stamp's rim runs is no speck."""
    return any(len(capital_letters(text)) >= 3 for text in text_votes.other_texts(segment))


def split_zones(document: Document) -> Zones | None:
    """The zones of the document's header; ``None`` where no page has a word."""
    pages = [page for page in document.pages if any(line.words for line in page.lines)]
    if not pages:
        return None
    for page in pages[:HEAD_PAGES]:
        segments = read_segments(page)
        motto = find_motto(_upper_part(page, segments))
        if motto:
            return _zones_of_page(page, segments, motto)
    return _zones_of_page(pages[0], read_segments(pages[0]), None)


def _upper_part(page: Page, segments: list[Segment]) -> list[Segment]:
    """Where a motto can stand: the upper part of a page, the first lines of a text without places."""
    if any(segment.box for segment in segments):
        return [segment for segment in segments if segment.box and segment.box[1] < UPPER_PART * page.height]
    return segments[:UPPER_LINES]


def find_motto(segments: list[Segment]) -> Segment | None:
    """The motto, cut out of its line; ``None`` where no line bears one."""
    for motto in mottoes():
        for segment in segments:
            if motto.is_borne_by(segment.text) and not is_plain_overlay(segment.plain):
                return _from_best_word(segment, motto)
    return None


def _from_best_word(segment: Segment, motto: Motto) -> Segment:
    """The words from where the motto begins: an issuer may stand before it on the same line."""
    parts = [capital_letters(word.text) for word in segment.words[: 2 * LINE_WORDS]]
    scores = [fuzz.ratio(motto.letters, "".join(parts[i : i + LINE_WORDS])) for i in range(len(parts))]
    best = max(range(len(scores)), key=lambda i: scores[i])
    return segment.cut(best)[1] if best else segment


def _zones_of_page(page: Page, segments: list[Segment], motto: Segment | None) -> Zones:
    boxed = motto.box is not None if motto else any(segment.box for segment in segments)
    if not boxed:
        return _zones_without_boxes(page, segments, motto)
    return _zones_by_boxes(page, segments, motto)


# --- pages with boxes -----------------------------------------------------------------------------------------------


def _zones_by_boxes(page: Page, segments: list[Segment], motto: Segment | None) -> Zones:
    boxed = sorted((s for s in segments if s.box and not is_noise(s)), key=lambda s: (s.box or (0, 0))[1])
    if motto and motto.box:
        height = motto.box[3] - motto.box[1]
        divide, top = motto.box[0] - 0.3 * height, motto.box[1]
        if is_second_line(motto.text):
            divide -= 3 * height  # the second line of the motto is narrower than the first
    else:
        height, divide, top = 13.0, page.width * NO_MOTTO_DIVIDE, 0.0
    floor = top + HEAD_ROWS * 1.6 * height
    title = _find_title(boxed, top + 0.8 * height, page)
    end = _find_header_end(boxed, title, top + height, floor)
    left: list[Segment] = []
    right: list[Segment] = []
    below: list[Segment] = []
    for segment in boxed:
        box = segment.box or (0.0, 0.0, 0.0, 0.0)
        middle = (box[1] + box[3]) / 2
        if middle >= end:
            below.append(segment)
            continue
        for piece in _cut_header(segment, divide, height, motto):
            (left if piece.centre < divide else right).append(piece)
    return Zones(page, motto, tuple(left), tuple(right), title, tuple(below))


def _cut_header(segment: Segment, divide: float, height: float, motto: Segment | None) -> list[Segment]:
    if motto and segment.page == motto.page and segment.start < motto.start < segment.end:
        index = next(i for i, (_, at) in enumerate(segment.placed()) if segment.start + at >= motto.start)
        return [replace(segment.cut(index)[0], column=0), replace(segment.cut(index)[1], column=1)]
    pieces = split_segment(segment, divide, 0.8 * height)
    return [replace(piece, column=0 if piece.centre < divide else 1) for piece in pieces]


def _find_header_end(segments: list[Segment], title: Segment | None, top: float, floor: float) -> float:
    """The height at which the header is over: at the title, at "Kính gửi", or after so many rows."""
    if title and title.box:
        return title.box[1] - 0.5
    for segment in segments:
        if segment.box and segment.box[1] > top and AFTER_HEADER.match(segment.plain):
            return min(segment.box[1] - 0.5, floor)
    return floor


def _find_title(segments: list[Segment], top: float, page: Page) -> Segment | None:
    """The line that is the name of a kind, in capitals, about the middle of the page; alone, or with more words."""
    likely: Segment | None = None
    for segment in segments:
        if segment.box is None or segment.box[1] < top or segment.box[1] > 0.6 * page.height:
            continue
        if AFTER_HEADER.match(segment.plain):
            break
        if abs(segment.centre - page.width / 2) < 0.17 * page.width:
            if any(_kind_alone(text) for text in text_votes.all_texts(segment)):
                return segment
            likely = likely or (segment if kinds.read_title_line(segment.text.strip(" .:;,'\"`|")) else None)
    return likely


def parse_title_kind(text: str) -> kinds.Kind | None:
    """The kind that a heading names; ``None`` where it is no such heading.

    >>> parse_title_kind("QUYÉT ĐỊNH").name, parse_title_kind("NGHỊ QUYẾT CỦA HỘI ĐỒNG QUẢN LÝ").name
    ('Quyết định', 'Nghị quyết')
    """
    return _kind_alone(text) or kinds.read_title_line(text.strip(" .:;,'\"`|"))


def _kind_alone(text: str) -> kinds.Kind | None:
    """The kind that is all of the heading, through lost diacritics and stray marks."""
    bare = text.strip(" .:;,-–_*'\"`|")
    if capital_share(bare) < 0.8 or not 4 <= len(capital_letters(bare)) <= 40:
        return None
    exact = kinds.by_name(re.sub(r"\s+", " ", bare))
    if exact:
        return exact
    best = max(kinds.kinds(), key=lambda kind: fuzz.ratio(capital_letters(kind.name), capital_letters(bare)))
    return best if fuzz.ratio(capital_letters(best.name), capital_letters(bare)) >= 88 else None


# --- office documents: tables instead of boxes ----------------------------------------------------------------------


def _zones_without_boxes(page: Page, segments: list[Segment], motto: Segment | None) -> Zones:
    after = motto.start if motto else -1
    whole = [segment for segment in segments if segment.column is None and segment.start > after]
    title = next((segment for segment in whole if _kind_alone(segment.text)), None) or _find_title_line(whole)
    end = _find_header_end_by_lines(segments, title, motto)
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in segments[:end]:
        if segment.column is not None:
            (left if segment.column == 0 else right).append(segment)
            continue
        halves = _cut_columns(segment)
        if halves:
            left.append(replace(halves[0], column=0))
            right.append(replace(halves[1], column=1))
        else:
            left.append(segment)
            right.append(segment)
    return Zones(page, motto, tuple(left), tuple(right), title, tuple(segments[end:]))


def _find_title_line(segments: list[Segment]) -> Segment | None:
    """A title with its subject on one line, before the text begins: ``LUẬT CÔNG ĐOÀN``."""
    for segment in segments[:UPPER_LINES]:
        if AFTER_HEADER.match(segment.plain):
            return None
        if kinds.read_title_line(segment.text.strip(" .:;,'\"`|")):
            return segment
    return None


def _cut_columns(segment: Segment) -> tuple[Segment, Segment] | None:
    """Both columns on one line, told apart by what the right one begins with: the motto, or the place and date."""
    text = capital_letters(segment.text)
    for motto in (motto for motto in mottoes() if not motto.party):
        if len(text) > len(motto.letters) and fuzz.partial_ratio(motto.letters, text) >= BESIDE_ISSUER:
            right = _from_best_word(segment, motto)
            index = len(segment.words) - len(right.words)
            return segment.cut(index) if index else None
    both = NUMBER_AND_DATE.match(segment.plain)
    if both:
        index = next(i for i, (_, at) in enumerate(segment.placed()) if at >= both.start("date"))
        return segment.cut(index)
    return None


def _find_header_end_by_lines(segments: list[Segment], title: Segment | None, motto: Segment | None) -> int:
    if title in segments:
        return segments.index(title)
    for i, segment in enumerate(segments):
        if AFTER_HEADER.match(segment.plain):
            return i
    tables = [
        i for i, segment in enumerate(segments) if motto and segment.table is not None and segment.table == motto.table
    ]
    return tables[-1] + 1 if tables else min(len(segments), 12)
