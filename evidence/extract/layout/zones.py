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

from evidence.extract.layout import alternatives as opinions
from evidence.extract.layout.segments import Strip, cut_at, strips_of
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
NUMBER_AND_DATE = re.compile(r"\s*so\s*:?[^,]{0,12}[/-][\w&/.\- ]{2,30}?\s(?P<date>[a-z][a-z. ]{2,30}, ?ngay\b)")
BESIDE_ISSUER = 90.0  # of 100: how alike a motto's letters are where both columns stand on one line
NOISE_CONFIDENCE = 0.5  # a short strip that OCR itself hardly believes: ink of a stamp or a signature


@dataclass(frozen=True, slots=True)
class Zones:
    """The header of a document. ``below`` is what follows it on its page, title first."""

    page: Page
    motto: Strip | None
    left: tuple[Strip, ...]
    right: tuple[Strip, ...]
    title: Strip | None
    below: tuple[Strip, ...]


@lru_cache(maxsize=16384)
def is_noise(strip: Strip) -> bool:
    """Whether a strip is no text of the document: a portal's line, or specks that OCR took for letters."""
    if is_plain_overlay(strip.plain):
        return True
    if not strip.is_ocr or _is_read_by_others(strip):
        return False
    count = sum(char.isalnum() for char in strip.text)
    mean = sum(word.confidence for word in strip.words) / len(strip.words)
    return count < 2 or (count <= 5 and mean < NOISE_CONFIDENCE)


def _is_read_by_others(strip: Strip) -> bool:
    """Whether a further engine read much the same there: ``LUẬT`` over which a stamp's rim runs is no speck."""
    return any(len(capital_letters(text)) >= 3 for text in opinions.others(strip))


def split_zones(document: Document) -> Zones | None:
    """The zones of the document's header; ``None`` where no page has a word."""
    pages = [page for page in document.pages if any(line.words for line in page.lines)]
    if not pages:
        return None
    for page in pages[:HEAD_PAGES]:
        strips = strips_of(page)
        motto = find_motto(_upper_part(page, strips))
        if motto:
            return _zones_of_page(page, strips, motto)
    return _zones_of_page(pages[0], strips_of(pages[0]), None)


def _upper_part(page: Page, strips: list[Strip]) -> list[Strip]:
    """Where a motto can stand: the upper part of a page, the first lines of a text without places."""
    if any(strip.box for strip in strips):
        return [strip for strip in strips if strip.box and strip.box[1] < UPPER_PART * page.height]
    return strips[:UPPER_LINES]


def find_motto(strips: list[Strip]) -> Strip | None:
    """The motto, cut out of its line; ``None`` where no line bears one."""
    for motto in mottoes():
        for strip in strips:
            if motto.is_borne_by(strip.text) and not is_plain_overlay(strip.plain):
                return _from_best_word(strip, motto)
    return None


def _from_best_word(strip: Strip, motto: Motto) -> Strip:
    """The words from where the motto begins: an issuer may stand before it on the same line."""
    parts = [capital_letters(word.text) for word in strip.words[: 2 * LINE_WORDS]]
    scores = [fuzz.ratio(motto.letters, "".join(parts[i : i + LINE_WORDS])) for i in range(len(parts))]
    best = max(range(len(scores)), key=lambda i: scores[i])
    return strip.cut(best)[1] if best else strip


def _zones_of_page(page: Page, strips: list[Strip], motto: Strip | None) -> Zones:
    boxed = motto.box is not None if motto else any(strip.box for strip in strips)
    if not boxed:
        return _zones_without_boxes(page, strips, motto)
    return _zones_by_boxes(page, strips, motto)


# --- pages with boxes -----------------------------------------------------------------------------------------------


def _zones_by_boxes(page: Page, strips: list[Strip], motto: Strip | None) -> Zones:
    boxed = sorted((s for s in strips if s.box and not is_noise(s)), key=lambda s: (s.box or (0, 0))[1])
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
    left: list[Strip] = []
    right: list[Strip] = []
    below: list[Strip] = []
    for strip in boxed:
        box = strip.box or (0.0, 0.0, 0.0, 0.0)
        middle = (box[1] + box[3]) / 2
        if middle >= end:
            below.append(strip)
            continue
        for piece in _cut_header(strip, divide, height, motto):
            (left if piece.centre < divide else right).append(piece)
    return Zones(page, motto, tuple(left), tuple(right), title, tuple(below))


def _cut_header(strip: Strip, divide: float, height: float, motto: Strip | None) -> list[Strip]:
    if motto and strip.page == motto.page and strip.start < motto.start < strip.end:
        index = next(i for i, (_, at) in enumerate(strip.placed()) if strip.start + at >= motto.start)
        return [replace(strip.cut(index)[0], column=0), replace(strip.cut(index)[1], column=1)]
    pieces = cut_at(strip, divide, 0.8 * height)
    return [replace(piece, column=0 if piece.centre < divide else 1) for piece in pieces]


def _find_header_end(strips: list[Strip], title: Strip | None, top: float, floor: float) -> float:
    """The height at which the header is over: at the title, at "Kính gửi", or after so many rows."""
    if title and title.box:
        return title.box[1] - 0.5
    for strip in strips:
        if strip.box and strip.box[1] > top and AFTER_HEADER.match(strip.plain):
            return min(strip.box[1] - 0.5, floor)
    return floor


def _find_title(strips: list[Strip], top: float, page: Page) -> Strip | None:
    """The line that is the name of a kind, in capitals, about the middle of the page; alone, or with more words."""
    likely: Strip | None = None
    for strip in strips:
        if strip.box is None or strip.box[1] < top or strip.box[1] > 0.6 * page.height:
            continue
        if AFTER_HEADER.match(strip.plain):
            break
        if abs(strip.centre - page.width / 2) < 0.17 * page.width:
            if any(_kind_alone(text) for text in opinions.texts(strip)):
                return strip
            likely = likely or (strip if kinds.title_line(strip.text.strip(" .:;,'\"`|")) else None)
    return likely


def parse_title_kind(text: str) -> kinds.Kind | None:
    """The kind that a heading names; ``None`` where it is no such heading.

    >>> kind_of_title("QUYÉT ĐỊNH").name, kind_of_title("NGHỊ QUYẾT CỦA HỘI ĐỒNG QUẢN LÝ").name
    ('Quyết định', 'Nghị quyết')
    """
    return _kind_alone(text) or kinds.title_line(text.strip(" .:;,'\"`|"))


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


def _zones_without_boxes(page: Page, strips: list[Strip], motto: Strip | None) -> Zones:
    after = motto.start if motto else -1
    whole = [strip for strip in strips if strip.column is None and strip.start > after]
    title = next((strip for strip in whole if _kind_alone(strip.text)), None) or _find_title_line(whole)
    end = _find_header_end_by_lines(strips, title, motto)
    left: list[Strip] = []
    right: list[Strip] = []
    for strip in strips[:end]:
        if strip.column is not None:
            (left if strip.column == 0 else right).append(strip)
            continue
        halves = _cut_columns(strip)
        if halves:
            left.append(replace(halves[0], column=0))
            right.append(replace(halves[1], column=1))
        else:
            left.append(strip)
            right.append(strip)
    return Zones(page, motto, tuple(left), tuple(right), title, tuple(strips[end:]))


def _find_title_line(strips: list[Strip]) -> Strip | None:
    """A title with its subject on one line, before the text begins: ``LUẬT CÔNG ĐOÀN``."""
    for strip in strips[:UPPER_LINES]:
        if AFTER_HEADER.match(strip.plain):
            return None
        if kinds.title_line(strip.text.strip(" .:;,'\"`|")):
            return strip
    return None


def _cut_columns(strip: Strip) -> tuple[Strip, Strip] | None:
    """Both columns on one line, told apart by what the right one begins with: the motto, or the place and date."""
    text = capital_letters(strip.text)
    for motto in (motto for motto in mottoes() if not motto.party):
        if len(text) > len(motto.letters) and fuzz.partial_ratio(motto.letters, text) >= BESIDE_ISSUER:
            right = _from_best_word(strip, motto)
            index = len(strip.words) - len(right.words)
            return strip.cut(index) if index else None
    both = NUMBER_AND_DATE.match(strip.plain)
    if both:
        index = next(i for i, (_, at) in enumerate(strip.placed()) if at >= both.start("date"))
        return strip.cut(index)
    return None


def _find_header_end_by_lines(strips: list[Strip], title: Strip | None, motto: Strip | None) -> int:
    if title in strips:
        return strips.index(title)
    for i, strip in enumerate(strips):
        if AFTER_HEADER.match(strip.plain):
            return i
    tables = [i for i, strip in enumerate(strips) if motto and strip.table is not None and strip.table == motto.table]
    return tables[-1] + 1 if tables else min(len(strips), 12)
