"""What a citing text does with a document: rests on it, carries it out, amends, replaces or repeals it.

The cue is the nearest one before the citation in its clause; a list after one head shares the head's cue. Only the
citing document's own acts count as acts: "X được sửa đổi, bổ sung bởi Y", a title inside another citation and new
wording between quotation marks are history or content, so the citation there merely cites.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from evidence.model import Relation

WINDOW = 260
_FLAGS = re.IGNORECASE
# Each cue with the longest gap, in characters, between it and the citation.
_CUES: tuple[tuple[Relation, re.Pattern[str], int], ...] = (
    (Relation.ATTACHED_TO, re.compile(r"(?<!\w)(?:ban\s+hành\s+)?kèm(?:\s+theo)?(?!\w)", _FLAGS), 12),
    (Relation.REPEALS, re.compile(r"(?<!\w)(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)(?!\w)", _FLAGS), 90),
    (Relation.REPLACES, re.compile(r"(?<!\w)thay\s+thế(?:\s+cho)?(?!\w)", _FLAGS), 90),
    (Relation.AMENDS, re.compile(r"(?<!\w)(?:sửa\s+đổi(?:,?\s*bổ\s+sung)?|đính\s+chính)(?!\w)", _FLAGS), 110),
    (
        Relation.GUIDES,
        re.compile(r"(?<!\w)(?:hướng\s+dẫn|quy\s+định\s+chi\s+tiết)(?:\s+(?:chi\s+tiết|thi\s+hành|thực\s+hiện))?(?!\w)", _FLAGS),
        110,
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(
            r"(?<!\w)(?:thực\s+hiện|triển\s+khai|thi\s+hành|chấp\s+hành|quán\s+triệt|cụ\s+thể\s+hóa)"
            r"(?:\s+(?:thực\s+hiện|hiện\s+tốt|tốt|nghiêm|nghiêm\s+túc|có\s+hiệu\s+quả|hiệu\s+quả|đúng|các|nội\s+dung|đầy\s+đủ))*(?!\w)",
            _FLAGS,
        ),
        6,
    ),
    (Relation.BASED_ON, re.compile(r"(?<!\w)(?:căn\s+cứ|theo|xét|chiếu\s+theo|thủ\s+tục\s+của|trên\s+cơ\s+sở)(?!\w)", _FLAGS), 200),
    (Relation.CITES, re.compile(r"(?<!\w)(?:nêu\s+tại|ghi\s+tại|so\s+với|thống\s+nhất\s+với|liên\s+quan\s+đến)(?!\w)", _FLAGS), 60),
)
ACTS = frozenset({Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.GUIDES})
_PASSIVE = re.compile(r"(?:được|bị)\s+$", _FLAGS)
_BY = re.compile(r"\s*(?:một\s+số\s+(?:điều|nội\s+dung)\s+)?(?:bởi|tại|theo)\s", _FLAGS)
_PART = re.compile(r"(?:cụm\s+từ|điểm|khoản|điều|mục|chương|phụ\s+lục|đoạn|một\s+số)(?!\w)", _FLAGS)
_ACTOR = re.compile(r"(?:luật|nghị\s+định|nghị\s+quyết|thông\s+tư|quyết\s+định|pháp\s+lệnh|văn\s+bản)[ ]+$", _FLAGS)
_BREAK = re.compile(r"[.;:!?]\s*\n|[.!?]\s+(?=[^\W\d_a-zđ])|\n\s*\n|\n(?=\s*(?:Điều\s+\d+\.|Căn cứ|Theo|Xét|[IVX]{1,4}\.)\s)")
_AFTER_REPEAL = re.compile(
    r"[^.;\n]{0,160}?hết\s+hiệu\s+lực|[^.;\n]{0,60}?(?:được\s+)?bãi\s+bỏ", _FLAGS
)
_LIST = re.compile(r"^[^.\n]{0,600}[;,]\s*(?:các\s+)?$|^\s*(?:,|;|và|hoặc|cùng|từ|đến|[,;]\s*(?:và|các|từ))\s*(?:các\s+|từ\s+)?$", _FLAGS)
_ITEM = re.compile(r"\n\s*(?:\d{1,3}[.)]|[a-zđ]{1,2}\)|[-+•–])\s*$", _FLAGS)
_HEADER = re.compile(
    r"(?P<verb>bãi\s+bỏ|hủy\s+bỏ|thay\s+thế|hết\s+hiệu\s+lực|sửa\s+đổi,?\s*bổ\s+sung)[^\n.;]{0,160}(?:sau|sau\s+đây|gồm)\s*(?:đây)?\s*:",
    _FLAGS,
)
_ARTICLE = re.compile(r"\n\s*Điều\s+\d", _FLAGS)


@dataclass(slots=True)
class Reader:
    """Goes through the citations of one text in their order."""

    text: str
    previous_end: int = 0
    previous: Relation = Relation.CITES
    _header: Relation | None = None
    _opened: list[int] | None = None

    def relation(self, start: int, end: int, quoted: bool) -> Relation:
        """The relation of the citation at ``start:end``; ``quoted``: it stands between quotation marks."""
        low = max(self.previous_end, start - WINDOW)
        between = self.text[low:start]
        whole = low == self.previous_end and self.previous_end > 0
        self._watch_headers(between)
        found = self._judge(between, whole, start, end)
        if quoted and found in ACTS:
            found = Relation.CITES
        self.previous, self.previous_end = found, end
        return found

    def _watch_headers(self, between: str) -> None:
        if _ARTICLE.search(between):
            self._header = None
        if header := _HEADER.search(between):
            verb = header.group("verb").lower()
            self._header = Relation.REPLACES if "thay" in verb else Relation.AMENDS if "sửa" in verb else Relation.REPEALS

    def _judge(self, between: str, whole: bool, start: int, end: int) -> Relation:
        if self._header and _ITEM.search(between):
            return self._header
        if whole and self._continues(between):
            return self.previous
        breaks = list(_BREAK.finditer(between))
        clause = between[breaks[-1].end() :] if breaks else between
        told_before = whole and not breaks  # another citation stands earlier in the same sentence
        found = _nearest(clause, told_before)
        if found in (None, Relation.CITES) and _AFTER_REPEAL.match(self.text, end, end + 180) and _own_act(self.text, end):
            return Relation.REPEALS
        return found or Relation.CITES

    def _continues(self, between: str) -> bool:
        """Whether only list marks, or the title of the citation before, stand between the two."""
        if not _LIST.match(between):
            return False
        return not any(pattern.search(between) for _, pattern, _ in _CUES[:1] + _CUES[1:4])


def _nearest(clause: str, told_before: bool) -> Relation | None:
    """The relation of the last cue of a clause that is near enough to the citation."""
    best: tuple[int, int, Relation] | None = None
    for relation, pattern, reach in _CUES:
        for match in pattern.finditer(clause):
            gap = clause[match.end() :]
            if len(gap) <= reach and (best is None or match.end() > best[1]):
                best = match.start(), match.end(), relation
    if best is None:
        return None
    start, end, relation = best
    if relation in ACTS:
        return _act(clause, start, end, relation, told_before)
    if relation is Relation.BASED_ON:
        return _basis(clause, start, end, told_before)
    return relation


def _act(clause: str, start: int, end: int, relation: Relation, told_before: bool) -> Relation:
    before, after = clause[:start], clause[end:]
    if told_before or _PASSIVE.search(before) or _BY.match(after) or _ACTOR.search(before):
        return Relation.CITES
    if relation is Relation.REPEALS and _PART.match(after.lstrip()):
        return Relation.AMENDS
    if relation is Relation.GUIDES and after.strip() and not re.search(r"(?:của|thi\s+hành|thực\s+hiện)\s*$|điều", after, _FLAGS):
        return Relation.CITES
    return relation


def _basis(clause: str, start: int, end: int, told_before: bool) -> Relation:
    """"sửa đổi, bổ sung theo Y" is history; "theo Báo cáo" tells a source, not a basis."""
    if re.search(r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|kèm)(?:\s+một\s+số\s+\w+(?:\s+\w+)?)?\s*$", clause[:start], _FLAGS):
        return Relation.CITES
    return Relation.BASED_ON


def _own_act(text: str, end: int) -> bool:
    """Whether "hết hiệu lực" behind the citation is the doing of the citing document ("… này có hiệu lực")."""
    window = text[end : end + 260]
    return re.search(r"này\s+có\s+hiệu\s+lực|hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+ngày", window, _FLAGS) is not None


class Quotes:
    """Which places of a text stand between “ and ”."""

    def __init__(self, text: str) -> None:
        self._open = [match.start() for match in re.finditer("“", text)]
        self._close = [match.start() for match in re.finditer("”", text)]

    def around(self, at: int) -> bool:
        """Whether an opened mark, not more than 3,000 characters away, is still open there."""
        opened = bisect_left(self._open, at) - 1
        closed = bisect_left(self._close, at) - 1
        if opened < 0 or at - self._open[opened] > 3000:
            return False
        return closed < 0 or self._close[closed] < self._open[opened]
