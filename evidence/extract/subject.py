"""Kind and subject (NĐ 30/2020, Phụ lục I, ô 5a and 5b).

A document with a name of its kind bears it in capitals, centred, with the subject under it. A công văn bears neither:
its subject stands under the number, after ``V/v``. The suffix of the number is a second witness for the kind.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, replace

from evidence.extract import opinions
from evidence.extract.header import DATE, SUFFIX
from evidence.extract.strips import Strip, found_text
from evidence.extract.zones import Zones, capital_share, kind_of_title, letters
from evidence.model import Found
from evidence.text import canon, fold, strip_marks
from evidence.values import kind as kinds
from evidence.values.kind import Kind
from evidence.values.number import Number

CLEAR = 0.8  # mean confidence of the words: below it even agreeing engines may share a smear
BELIEVED = 0.91  # one engine believes every word, the other read the same letters but not all marks
FREQUENT = 0.15  # of the wide lines of a page: so many begin at its left margin at least
SHORTER = 12.0  # points: a centred line ends before the right margin, a justified one at it
SEEN = 0.5  # confidence of a word of one sign that is no speck
SPECKS = " *_|`~^"  # rules and dust around a line
ABOUT = re.compile(r"\W{0,3}(v\s?[/il1|]\s?v|vv|ve viec)\b\s*[:.]?\s*", re.IGNORECASE)
SUBJECT_OVER = re.compile(
    r"\s*(k[il1]nh\s*g[uư]i|can\s*cu\b|theo de nghi|xet de nghi"
    r"|thuc hien (?:cong van|quyet dinh|ke hoach|chi thi|nghi|chuong|y kien)"
    r"|dieu\s*1|chuong\s*[i1]\b|phan\s*(?:thu|[i1])|[i1]\s*[.,/]\s|[a-z]\)\s|-\s|\+\s|trong thoi gian"
    r"|hien nay|\(?\s*(?:ban hanh )?kem theo|noi nhan|quyet dinh:|quyet nghi:)"
)
# "Để triển khai …", "Nhằm …", not "Đề án …", "Nhâm Dần": the marks tell
PURPOSE = re.compile(r"\W{0,2}(?:để|đế|nhằm|nhắm)\s")
# "BỘ TRƯỞNG BỘ NỘI VỤ", "ỦY BAN NHÂN DÂN TỈNH …": who issues, between subject and legal bases
AUTHORITY = re.compile(
    r"(UYBANNHANDAN|CHUTICH|BOTRUONG|THUTUONG|GIAMDOC|CHINHPHU|HOIDONG|TONGGIAMDOC|CUCTRUONG|TRUONGBAN|VIENTRUONG"
    r"|CHANHAN|BAN[A-Z]+|QUOCHOI|UYBANTHUONGVU|TONGCUC|HIEUTRUONG|CHANHVANPHONG|TONGTHANHTRA|BO[A-Z]{4}|SO[A-Z]{4}|VANPHONG|CHUNHIEM|THONGDOC)"
)


def read_kind(zones: Zones, number: Found[Number]) -> Found[Kind]:
    """The kind: from the title, else công văn where there is ``V/v``, else from the number's suffix."""
    if zones.title:
        kind = next((kind for text in opinions.texts(zones.title) if (kind := kind_of_title(text))), None)
        if kind:
            certain = 0.98 if not zones.title.is_ocr else min(0.97, 0.6 + 0.4 * zones.title.confidence)
            certain = certain if zones.motto else min(certain, 0.85)
            return Found(kind, zones.title.text, zones.title.span(), certain)
    letter = kinds.by_name("Công văn")
    about = next((strip for strip in zones.left if ABOUT.match(strip.plain)), None)
    if about is not None:
        return Found(letter, about.text, about.span(), 0.96 if not about.is_ocr else 0.92)
    named = _kind_of_number(number)
    if named:
        return Found(named, number.raw, number.span, 0.7)
    if number.raw and any(re.search(r"kinh\s*gui", strip.plain) for strip in zones.below):
        return Found(letter, number.raw, number.span, 0.8)
    return Found()


def consolidated_kind(number: Found[Number]) -> Found[Kind]:
    """A consolidated text is one by its number or the gazette's heading; page 1 bears the kind of what was merged."""
    return Found(kinds.by_name("Văn bản hợp nhất"), number.raw, number.span, 0.95 if number.raw else 0.8)


def _kind_of_number(number: Found[Number]) -> Kind | None:
    printed = str(number.value) if number.value else (number.raw or "")
    group = re.search(r"[/\-\s]([A-ZĐ][A-Za-zĐđ]{0,4})\s*[-/]", printed)
    return kinds.by_code(group[1]) if group else None


def read_subject(zones: Zones) -> Found[str]:
    """The subject: under the title, or after ``V/v`` in the left column; with its ``Về việc`` as printed."""
    if zones.title:
        below = _below_title(zones)
        own = _after_kind(zones.title)
        if own and (not below.strips or capital_share(below.strips[0].text) > 0.8):
            return _subject(Lines([own, *_shouted(below.strips)], False), zones)
        return _subject(Lines(_without_issuer(zones.title, below.strips), below.whole), zones)
    return _subject(Lines(_about_lines(zones), True), zones)


def _after_kind(title: Strip) -> Strip | None:
    """What stands after the kind on its line, where that is the subject: ``LUẬT CÔNG ĐOÀN``, not ``… CỦA QUỐC HỘI``."""
    kind = kind_of_title(title.text)
    size = len(kind.name.split()) if kind else 0
    if not 0 < size < len(title.words) or re.match(r"\W*(cua|so)\b", strip_marks(title.words[size].text).lower()):
        return None
    rest = title.cut(size)[1]
    return rest if len(letters(rest.text)) >= 3 else None


def _shouted(lines: list[Strip]) -> list[Strip]:
    """The first lines in capitals."""
    stop = next((at for at, strip in enumerate(lines) if capital_share(strip.text) <= 0.8), len(lines))
    return lines[:stop]


def _without_issuer(title: Strip, lines: list[Strip]) -> list[Strip]:
    """``NGHỊ QUYẾT CỦA HỘI ĐỒNG`` / ``QUẢN LÝ QUỸ``: capitals that finish the title are no part of the subject."""
    shouted = [strip for strip in lines if capital_share(strip.text) > 0.8]
    if re.search(r"\bcua\b", title.plain) and len(shouted) < len(lines) and lines[: len(shouted)] == shouted:
        return lines[len(shouted) :]
    return lines


@dataclass(frozen=True, slots=True)
class Lines:
    """``whole``: what follows the strips is certainly no part of the subject, and nothing between was left out."""

    strips: list[Strip]
    whole: bool


def _subject(lines: Lines, zones: Zones) -> Found[str]:
    """The lines joined; where engines differ, the words that the rest of the page uses win."""
    strips = lines.strips
    if not strips:
        return Found()
    own = {strip.start for strip in strips}
    printed = not any(strip.is_ocr for strip in strips)  # then there is nothing to settle
    rest = opinions.NO_USAGE if printed else opinions.usage(s for s in zones.below if s.start not in own)
    settled = [opinions.settle(strip, rest) for strip in strips]
    text = re.sub(r"\s+", " ", " ".join(one.text.strip(SPECKS) for one in settled)).strip()
    text = re.sub(r"\s*[_–—-]{3,}\s*$", "", text).strip()
    text = re.sub(r"[_|~^]\W*$|^\W*[_|~^`…]\W*|^\W*\.\.\W*", "", text) if strips[0].is_ocr else text
    text = re.sub(r"^([Vv]ề)(?=việc\b)", r"\1 ", text)
    text = re.sub(r"^[VvYy]\s?/\s?(?:[vyuVY]\b)?\s*", "V/v ", text) if strips[0].is_ocr else text
    text = text.replace('"', "").strip() if strips[0].is_ocr and text.count('"') == 1 else text  # a speck
    words = [word.confidence for strip in strips for word in strip.words]
    mean = sum(words) / len(words)
    if not strips[0].is_ocr:
        certain = 0.95
    elif lines.whole and mean > CLEAR and all(one.sure for one in settled):
        certain = opinions.AGREED
    elif lines.whole and mean > CLEAR and all(one.sure or one.clear for one in settled):
        certain = BELIEVED
    else:
        certain = min(opinions.SETTLED, mean)
    return replace(found_text(strips, text, certain), value=text)


def _below_title(zones: Zones) -> Lines:
    """The lines under the title, to where the subject is over."""
    assert zones.title is not None
    lines: list[Strip] = []
    whole = True
    stamps: list[float] = []
    strips = [_trimmed(s) for s in zones.below if s is not zones.title and s.start != zones.title.start]
    margins = _margins(zones)
    for strip in sorted(strips, key=lambda s: (round(s.box[1] + s.box[3]) if s.box else 0, s.start)):
        if strip.box and zones.title.box and strip.box[1] < zones.title.box[3] - 0.6 * (strip.box[3] - strip.box[1]):
            continue
        if _rule(strip):
            if lines:
                break
            continue
        if _inside(strip, strips):
            continue
        runs_into = False
        if margins and strip.box and strip.box[0] < margins[0] - 25:
            stamps.append(strip.box[2])  # in the margin; it may reach into a line
            if not _runs_into(strip, zones, margins):
                continue
            whole, runs_into = False, True
        if _over(strip, lines, zones) or (lines and margins and _begins_paragraph(strip, margins)):
            break
        if lines and not runs_into and _apart(lines, strip, zones):
            whole = whole and bool(margins and _begins_paragraph(strip, margins))
            break
        lines.append(strip)
        if len(lines) == 10 or len(" ".join(s.text for s in lines)) > 600:
            whole = False
            break
    edge = min((strip.box[0] for strip in lines if strip.box), default=0.0)
    return Lines(lines, whole and all(stamp < edge - 5 for stamp in stamps))


def _trimmed(strip: Strip) -> Strip:
    """The strip without the specks at its ends: a seal's rim beside a line makes it stand off the middle."""
    if not strip.is_ocr:
        return strip
    for told in map(letters, opinions.others(strip)):
        for i in range(len(strip.words) - 1, 0, -1):
            if len(told) > 5 and letters(" ".join(word.text for word in strip.words[i:])) == told:
                return strip.cut(i)[1]
    worth = [i for i, word in enumerate(strip.words) if sum(map(str.isalnum, word.text)) > 1 or word.confidence > SEEN]
    if not worth or len(worth) == len(strip.words):
        return strip
    kept = strip.cut(worth[0])[1] if worth[0] else strip
    end = worth[-1] - worth[0] + 1
    return kept.cut(end)[0] if end < len(kept.words) else kept


def _inside(strip: Strip, others: list[Strip]) -> bool:
    """Whether a few letters stand within a longer line: what OCR made of the ink that runs through it."""
    if not strip.is_ocr or strip.box is None or sum(map(str.isalnum, strip.text)) > 3:
        return False
    x, y = strip.centre, (strip.box[1] + strip.box[3]) / 2
    wide = (one.box for one in others if one.box and len(one.text) > 4 * len(strip.text))
    return any(box[0] < x < box[2] and box[1] < y < box[3] + 2 for box in wide)


def _runs_into(strip: Strip, zones: Zones, margins: tuple[float, float]) -> bool:
    """Whether a line of the subject goes on from a stamp in the margin: over the middle, but not as far as the body."""
    reaches = strip.box is not None and 0.55 * zones.page.width < strip.box[2] < margins[1] - SHORTER
    return reaches and capital_share(strip.text) < 0.6 and len(letters(strip.text)) > 10


def _margins(zones: Zones) -> tuple[float, float] | None:
    """Left and right edge of the justified text; ``None`` where too little of it stands on the page."""
    wide = [s.box for s in zones.below if s.box and s.box[2] - s.box[0] > 0.6 * zones.page.width]
    if len(wide) < 3:
        return None
    lefts = Counter(round(box[0] / 4) * 4 for box in wide)
    # lines that begin a paragraph may be as many as those that go on
    often = [edge for edge, count in lefts.items() if count >= max(2, FREQUENT * len(wide))]
    if not often:
        return None
    left = min(often)
    return left, statistics.mode(round(box[2] / 4) * 4 for box in wide)


def _begins_paragraph(strip: Strip, margins: tuple[float, float]) -> bool:
    """A line indented on the left that runs to the right edge: no centred line does (NĐ 30: 1 or 1.27 cm)."""
    if strip.box is None:
        return False
    return 16 <= strip.box[0] - margins[0] <= 50 and abs(strip.box[2] - margins[1]) <= 8


def _rule(strip: Strip) -> bool:
    return len(letters(strip.text)) < 2 and not any(char.isdigit() for char in strip.text)


def _over(strip: Strip, lines: list[Strip], zones: Zones) -> bool:
    plain = strip.plain
    if re.match(r"\W{0,2}Ngày\s+\d", strip.text):
        return True  # a sentence; "ngày" in small letters goes on with the date of a cited document
    first = strip.text.lstrip()[:2]
    if lines and first.isalpha() and first.islower():
        return False  # "thực hiện Nghị quyết số …" goes on with a subject, "Thực hiện …" and "a) …" open the text
    if PURPOSE.match(fold(strip.text)):
        return bool(lines)
    if SUBJECT_OVER.match(plain.lstrip("|_'\"~^* ") if strip.is_ocr else plain):
        return not (not lines and plain.strip().startswith("thuc hien"))
    if capital_share(strip.text) > 0.8 and AUTHORITY.match(letters(strip.text)):
        return not lines or capital_share(lines[-1].text) < 0.8
    if lines and strip.box is None:
        return len(strip.text) > 150 or capital_share(lines[-1].text) > 0.8 > capital_share(strip.text)
    return False


def _apart(lines: list[Strip], strip: Strip, zones: Zones) -> bool:
    """Whether a paragraph of the body begins: a wide gap, or a line that is not centred as the subject is."""
    last, box, title = lines[-1].box, strip.box, zones.title.box if zones.title else None
    if last is None or box is None or title is None:
        return False
    height = last[3] - last[1]
    if box[1] - last[3] > 1.25 * height:
        return True
    middle = (title[0] + title[2]) / 2
    off = abs((box[0] + box[2]) / 2 - middle)
    narrow = (last[2] - last[0]) < 0.62 * zones.page.width
    return off > 0.045 * zones.page.width and narrow and abs((last[0] + last[2]) / 2 - middle) < 0.03 * zones.page.width


def _about_lines(zones: Zones) -> list[Strip]:
    ordered = sorted(zones.left, key=lambda s: s.box[1] if s.box else float(s.start))
    first = next((i for i, strip in enumerate(ordered) if ABOUT.match(strip.plain)), None)
    if first is None:
        first = _unmarked_about(ordered)
    if first is None:
        return []
    lines = [ordered[first]]
    for strip in ordered[first + 1 :]:
        last = lines[-1]
        if _rule(strip) or SUBJECT_OVER.match(strip.plain) or re.search(r"k[il1]nh\s*g[uư]i", strip.plain):
            break
        if capital_share(strip.text) > 0.9 and len(letters(strip.text)) > 3 and not re.search(r"\d", strip.text):
            break  # an urgency stamp: HỎA TỐC
        if last.box and strip.box and strip.box[1] - last.box[3] > 1.3 * (last.box[3] - last.box[1]):
            break
        if last.table is not None and strip.table != last.table:
            break
        lines.append(strip)
    return lines


def _unmarked_about(ordered: list[Strip]) -> int | None:
    """Where ``V/v`` itself could not be read: the first line in small letters under the number row."""
    row = next((i for i, strip in enumerate(ordered) if SUFFIX.search(canon(strip.text))), None)
    if row is None or not ordered[row].is_ocr:
        return None
    for i, strip in enumerate(ordered[row + 1 :], row + 1):
        if capital_share(strip.text) < 0.4 and len(strip.words) >= 3 and not DATE.search(strip.plain):
            return i
    return None
