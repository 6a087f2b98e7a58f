"""The lines under a title that are its subject (NĐ 30/2020, Phụ lục I, ô 5a), and where they are over.

They are centred under the kind and end where the legal bases, a paragraph or the issuer's authority begin; stamps and
seals beside them, and what OCR makes of their ink, are no part of them.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass

from evidence.extract.fields.body_openings import opens_body
from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones
from evidence.extract.voting import text_votes
from evidence.model.document import Origin
from evidence.vietnamese.text import capital_letters, capital_share, fold

FREQUENT = 0.15  # of the wide lines of a page: so many begin at its left margin at least
SHORTER = 12.0  # points: a centred line ends before the right margin, a justified one at it
CENTRED = 0.02  # of the page's width: how far the middle of a centred line is off the title's
SEEN = 0.5  # confidence of a word of one sign that is no speck
SPECKS = "|_'\"~^* "  # ink before a line; a dash before the first one is no bullet either
SUBJECT_OVER = re.compile(
    r"\s*(k[il1]nh\s*g[uư]i|can\s*cu\b|theo de nghi|xet de nghi"
    r"|thuc hien (?:cong van|quyet dinh|ke hoach|chi thi|nghi|chuong|y kien)"
    r"|dieu\s*1|chuong\s*[i1]\b|phan\s*(?:thu|[i1])|[i1]\s*[.,/]\s|[a-z]\)\s|-\s|\+\s|trong thoi gian"
    r"|(?:nhung )?(?:quy dinh|dieu khoan) chung\W*$"
    r"|hien nay|\(?\s*(?:ban hanh )?kem theo|noi nhan|quyet dinh:|quyet nghi:)"
)
# "Để triển khai …", "Nhằm …", not "Đề án …", "Nhâm Dần": the marks tell
PURPOSE = re.compile(r"\W{0,2}(?:để|đế|nhằm|nhắm)\s")
# "BỘ TRƯỞNG BỘ NỘI VỤ", "ỦY BAN NHÂN DÂN TỈNH …": who issues, between subject and legal bases
AUTHORITY = re.compile(
    r"(UYBANNHANDAN|CHUTICH|BOTRUONG|THUTUONG|GIAMDOC|CHINHPHU|HOIDONG|TONGGIAMDOC|CUCTRUONG|TRUONGBAN|VIENTRUONG"
    r"|CHANHAN|BAN[A-Z]+|QUOCHOI|UYBANTHUONGVU|TONGCUC|HIEUTRUONG|CHANHVANPHONG|TONGTHANHTRA|BO[A-Z]{4}|SO[A-Z]{4}|VANPHONG|CHUNHIEM|THONGDOC)"
)


@dataclass(frozen=True, slots=True)
class SubjectLines:
    """``whole``: what follows the segments is certainly no part of the subject, and nothing between was left out."""

    segments: list[Segment]
    whole: bool


def find_subject_lines(zones: Zones) -> SubjectLines:
    """The lines under the title, to where the subject is over."""
    assert zones.title is not None
    lines: list[Segment] = []
    whole = True
    stamps: list[float] = []
    segments = [_trim_specks(s) for s in zones.below if s is not zones.title and s.start != zones.title.start]
    margins = _margins(zones)
    for segment in sorted(segments, key=lambda s: (round(s.box[1] + s.box[3]) if s.box else 0, s.start)):
        if (
            segment.box
            and zones.title.box
            and segment.box[1] < zones.title.box[3] - 0.6 * (segment.box[3] - segment.box[1])
        ):
            continue
        if is_rule_line(segment):
            if lines:
                break
            continue
        if _is_inside_line(segment, segments):
            continue
        runs_into = False
        if margins and segment.box and segment.box[0] < margins[0] - 25 and not _is_centred(segment, zones):
            stamps.append(segment.box[2])  # in the margin; it may reach into a line
            if not _runs_into(segment, zones, margins):
                continue
            whole, runs_into = False, True
        if _ends_subject(segment, lines, zones) or (lines and margins and _begins_paragraph(segment, margins)):
            break
        if lines and not runs_into and _begins_body(lines, segment, zones):
            whole = whole and bool(margins and _begins_paragraph(segment, margins))
            break
        lines.append(segment)
        if len(lines) == 10 or len(" ".join(s.text for s in lines)) > 600:
            whole = False
            break
    edge = min((segment.box[0] for segment in lines if segment.box), default=0.0)
    return SubjectLines(lines, whole and all(stamp < edge - 5 for stamp in stamps))


def _trim_specks(segment: Segment) -> Segment:
    """The segment without the specks at its ends: a seal's rim beside a line makes it stand off the middle."""
    if not segment.is_ocr:
        return segment
    for other_letters in map(capital_letters, text_votes.other_texts(segment)):
        for i in range(len(segment.words) - 1, 0, -1):
            before, rest = segment.cut(i)
            if len(other_letters) > 5 and capital_letters(rest.text) == other_letters and _is_stamp(before, rest):
                return rest
    worth = [
        i for i, word in enumerate(segment.words) if sum(map(str.isalnum, word.text)) > 1 or word.confidence > SEEN
    ]
    if not worth or len(worth) == len(segment.words):
        return segment
    kept = segment.cut(worth[0])[1] if worth[0] else segment
    end = worth[-1] - worth[0] + 1
    return kept.cut(end)[0] if end < len(kept.words) else kept


def _is_stamp(before: Segment, rest: Segment) -> bool:
    """Whether what the other engine left out is no word it lost: capitals before small letters, or in doubt."""
    capitals = capital_share(before.text) > 0.6 and capital_share(rest.text) < 0.4
    return capitals or all(word.confidence < SEEN for word in before.words)


def _is_inside_line(segment: Segment, others: list[Segment]) -> bool:
    """Whether a few letters stand within a longer line: what OCR made of the ink that runs through it."""
    if not segment.is_ocr or segment.box is None or sum(map(str.isalnum, segment.text)) > 3:
        return False
    x, y = segment.centre, (segment.box[1] + segment.box[3]) / 2
    wide = (other.box for other in others if other.box and len(other.text) > 4 * len(segment.text))
    return any(box[0] < x < box[2] and box[1] < y < box[3] + 2 for box in wide)


def _is_centred(segment: Segment, zones: Zones) -> bool:
    """Whether a line stands under the middle of the title: then it is the subject's, however wide."""
    return zones.title is not None and abs(segment.centre - zones.title.centre) < CENTRED * zones.page.width


def _runs_into(segment: Segment, zones: Zones, margins: tuple[float, float]) -> bool:
    """Whether a line of the subject goes on from a stamp in the margin: over the middle, but not as far as the body."""
    reaches = segment.box is not None and 0.55 * zones.page.width < segment.box[2] < margins[1] - SHORTER
    return reaches and capital_share(segment.text) < 0.6 and len(capital_letters(segment.text)) > 10


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
    # the edges of a scan waver: there the usual one
    left = lefts.most_common(1)[0][0] if zones.page.origin is Origin.OCR else min(often)
    return left, statistics.mode(round(box[2] / 4) * 4 for box in wide)


def _begins_paragraph(segment: Segment, margins: tuple[float, float]) -> bool:
    """A line indented on the left that runs to the right edge: no centred line does (NĐ 30: 1 or 1.27 cm)."""
    if segment.box is None:
        return False
    return 16 <= segment.box[0] - margins[0] <= 50 and abs(segment.box[2] - margins[1]) <= 8


def is_rule_line(segment: Segment) -> bool:
    return len(capital_letters(segment.text)) < 2 and not any(char.isdigit() for char in segment.text)


def _ends_subject(segment: Segment, lines: list[Segment], zones: Zones) -> bool:
    plain = segment.plain
    if re.match(r"\W{0,2}Ngày\s+\d", segment.text):
        return True  # a sentence; "ngày" in small letters goes on with the date of a cited document
    first = segment.text.lstrip()[:2]
    if lines and first.isalpha() and first.islower():
        return False  # "thực hiện Nghị quyết số …" goes on with a subject, "Thực hiện …" and "a) …" open the text
    if PURPOSE.match(fold(segment.text)):
        return bool(lines)
    if zones.title is not None and opens_body(segment, lines, zones.title):
        return True
    if SUBJECT_OVER.match(plain.lstrip(SPECKS if lines else SPECKS + "-–—.,") if segment.is_ocr else plain):
        return not (not lines and plain.strip().startswith("thuc hien"))
    if capital_share(segment.text) > 0.8 and AUTHORITY.match(capital_letters(segment.text)):
        return not lines or capital_share(lines[-1].text) < 0.8
    if lines and segment.box is None:
        return len(segment.text) > 150 or capital_share(lines[-1].text) > 0.8 > capital_share(segment.text)
    return False


def _begins_body(lines: list[Segment], segment: Segment, zones: Zones) -> bool:
    """Whether a paragraph of the body begins: a wide gap, or a line that is not centred as the subject is."""
    last, box, title = lines[-1].box, segment.box, zones.title.box if zones.title else None
    if last is None or box is None or title is None:
        return False
    height = last[3] - last[1]
    if box[1] - last[3] > 1.25 * height:
        return True
    middle = (title[0] + title[2]) / 2
    off = abs((box[0] + box[2]) / 2 - middle)
    narrow = (last[2] - last[0]) < 0.62 * zones.page.width
    return off > 0.045 * zones.page.width and narrow and abs((last[0] + last[2]) / 2 - middle) < 0.03 * zones.page.width
