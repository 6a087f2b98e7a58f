"""What a citing text does with a document: rests on it, carries it out, amends, replaces or repeals it.

The cue is the nearest one before the citation in its clause; a list after one head shares the head's cue. Only the
citing document's own acts count as acts: "X được sửa đổi, bổ sung bởi Y", a title inside another citation and new
wording between quotation marks are history or content, so the citation there merely cites.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from evidence.model.record import Relation

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
        re.compile(
            r"(?<!\w)(?:hướng\s+dẫn|quy\s+định\s+chi\s+tiết)(?:\s+(?:chi\s+tiết|thi\s+hành|thực\s+hiện))?(?!\w)",
            _FLAGS,
        ),
        110,
    ),
    (
        Relation.IMPLEMENTS,
        re.compile(
            r"(?<!\w)(?:thực\s+hiện|triển\s+khai|chấp\s+hành|quán\s+triệt|cụ\s+thể\s+hóa)"
            r"(?:\s+(?:thực\s+hiện|thi\s+hành|hiện\s+tốt|tốt|nghiêm\s+túc|nghiêm|có\s+hiệu\s+quả|hiệu\s+quả|đúng|các|"
            r"nội\s+dung|đầy\s+đủ)){0,6}(?!\w)",
            _FLAGS,
        ),
        6,
    ),
    (
        Relation.BASED_ON,
        re.compile(r"(?<!\w)(?:căn\s+cứ|theo|xét|chiếu\s+theo|thủ\s+tục\s+của|trên\s+cơ\s+sở)(?!\w)", _FLAGS),
        200,
    ),
    (
        Relation.CITES,
        re.compile(
            r"(?<!\w)(?:theo\s+(?:mục\s+tiêu|tinh\s+thần)|nêu\s+tại|ghi\s+tại|so\s+với|thống\s+nhất\s+với|liên\s+quan\s+đến)"
            r"(?!\w)",
            _FLAGS,
        ),
        60,
    ),
)
_HEADS = frozenset({Relation.ATTACHED_TO, Relation.REPEALS, Relation.REPLACES, Relation.AMENDS})
ACTS = frozenset({Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.GUIDES})
_PASSIVE = re.compile(r"(?:được|bị)\s+$", _FLAGS)
_BY = re.compile(r"\s*(?:một\s+số\s+(?:điều|nội\s+dung)\s+)?(?:bởi|tại|theo)\s", _FLAGS)
_PARTS = (
    r"cụm\s+từ|điểm|khoản|điều|mục|chương|phụ\s+lục|đoạn|tiết|câu|mẫu|biểu|danh\s+mục|một\s+số|"
    r"(?:các\s+)?(?:quy\s+định|nội\s+dung)|tên"
)
_PART = re.compile(rf"\s*(?:{_PARTS})(?!\w)", _FLAGS)
# What an act is done to, right behind its verb: a document, parts of one, or nothing in between.
_OBJECT = re.compile(
    r"\s*(?:(?:bổ\s+sung|thay\s+thế|bãi\s+bỏ|và|,)\s*){0,5}"
    rf"(?:$|(?:toàn\s+bộ|các|văn\s+bản|{_PARTS})(?!\w))",
    _FLAGS,
)
_GUIDED = re.compile(r"\s*$|(?:của|thi\s+hành|thực\s+hiện)\s*$|(?<!\w)điều(?!\w)", _FLAGS)
_DOCUMENT = re.compile(
    r"(?<!\w)(?:luật|nghị\s+định|nghị\s+quyết|thông\s+tư|quyết\s+định|pháp\s+lệnh|văn\s+bản|hướng\s+dẫn)(?!\w)", _FLAGS
)
_ISSUES = re.compile(r"ban\s+hành\s+$", _FLAGS)
_HISTORY = re.compile(r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|kèm)(?:\s+một\s+số\s+\w+(?:\s+\w+)?)?\s*$", _FLAGS)
_BREAK = re.compile(
    r"[.;:!?]\s*\n|[.!?]\s+(?=[^\W\d_a-zđ])|\n\s*\n|\n(?=\s*(?:Điều\s+\d+\.|Căn cứ|Theo|Xét|[IVX]{1,4}\.)\s)"
)
_AFTER_REPEAL = re.compile(r"[^.;]{0,300}?hết\s+hiệu\s+lực[^.;]{0,80}?này\s+có", _FLAGS)
_NOW_IN_FORCE = re.compile(r"này\s+có\s+hiệu\s+lực[^.;]{0,60}$", _FLAGS)
_AFTER_REPEAL_BARE = re.compile(r"[^.;]{0,200}?hết\s+hiệu\s+lực", _FLAGS)
_LIST = re.compile(
    r"^[^.\n]{0,600}[;,]\s*(?:các\s+)?$"
    r"|^\s*(?:,|;|và|hoặc|cùng|từ|đến|[,;]\s*(?:và|các|từ))\s*(?:các\s+|từ\s+)?$",
    _FLAGS,
)
# "Thực hiện Kế hoạch A … về X và Kế hoạch B": the title of A stands between the two, wrapped over lines as may be
_TITLE_AND = re.compile(
    r"\s*,?\s*(?:về|v/v|ban\s+hành|quy\s+định|phê\s+duyệt|công\s+bố|giao|thông\s+qua)(?!\w)[^.;:]{0,400}\s(?:và|cùng|hoặc)\s+"
    r"(?:các\s+)?$",
    _FLAGS,
)
_ITEM = re.compile(r"\n\s*(?:\d{1,3}[.)]|[a-zđ]{1,2}\)|[-+•–])\s*$", _FLAGS)
_HEADER = re.compile(
    r"(?P<passive>được\s+)?(?P<verb>bãi\s+bỏ|hủy\s+bỏ|thay\s+thế|hết\s+hiệu\s+lực|sửa\s+đổi,?\s*bổ\s+sung)"
    r"(?P<rest>[^.;:]{0,200}):[ \t]*\n",
    _FLAGS,
)
# What ends such a list: an article, a chapter, an annex, a numbered paragraph of its own.
_SECTION = re.compile(
    r"\n\s*(?:Điều\s+\d+\.|Chương\s|PHỤ LỤC|Phụ lục\s|Nơi nhận|[IVX]{1,4}\.?\s|\d{1,2}\.\s+(?=\D{30}))"
)


@dataclass(slots=True)
class RelationReader:
    """Goes through the citations of one text in their order."""

    text: str
    previous_end: int = 0
    previous: Relation = Relation.CITES
    _header: Relation | None = None

    def read_relation(self, start: int, end: int, quoted: bool) -> Relation:
        """The relation of the citation at ``start:end``; ``quoted``: it stands between quotation marks."""
        low = max(self.previous_end, start - WINDOW)
        between = self.text[low:start]
        whole = low == self.previous_end and self.previous_end > 0
        self._watch_headers(max(0, self.previous_end - 1), start)
        relation = self._judge(between, whole, end)
        if quoted and relation in ACTS:
            relation = Relation.CITES
        self.previous, self.previous_end = relation, end
        return relation

    def _watch_headers(self, low: int, high: int) -> None:
        """A header like "Bãi bỏ các văn bản sau:" gives its verb to the items below, up to the next article."""
        articles = list(_SECTION.finditer(self.text, low, high))
        if articles:
            self._header, low = None, articles[-1].end()
        for header in _HEADER.finditer(self.text, low, high):
            verb = header.group("verb").lower()
            passive = header.group("passive") or _BY.match(header.group("rest") + " ")
            acting = Relation.REPLACES if "thay" in verb else Relation.AMENDS if "sửa" in verb else Relation.REPEALS
            self._header = Relation.CITES if passive else acting

    def _judge(self, between: str, whole: bool, end: int) -> Relation:
        if self._header and _ITEM.search(between):
            return self._header
        if whole and _continues(between):
            return self.previous
        breaks = list(_BREAK.finditer(between))
        clause = between[breaks[-1].end() :] if breaks else between
        cited_before = whole and not breaks  # another citation stands earlier in the same sentence
        relation = _nearest(clause, cited_before)
        if relation is None and (
            _AFTER_REPEAL.match(self.text, end, end + 420)
            or (_NOW_IN_FORCE.search(clause) and _AFTER_REPEAL_BARE.match(self.text, end, end + 240))
        ):
            return Relation.REPEALS
        return relation or Relation.CITES


def _continues(between: str) -> bool:
    """Whether only list marks, or the title of the citation before, stand between the two."""
    if not _LIST.match(between) and not (_TITLE_AND.match(between) and not _BREAK.search(between)):
        return False
    return not any(pattern.search(between) for relation, pattern, _ in _CUES if relation in _HEADS)


def _nearest(clause: str, cited_before: bool) -> Relation | None:
    """The relation of the last cue of a clause that is near enough to the citation; None where no cue is."""
    best: tuple[int, int, Relation] | None = None
    for relation, pattern, reach in _CUES:
        for match in pattern.finditer(clause):
            if len(clause) - match.end() <= reach and (best is None or match.end() > best[1]):
                best = match.start(), match.end(), relation
    if best is None:
        return None
    start, end, relation = best
    before, after = clause[:start], clause[end:]
    if relation in ACTS:
        return _act(before, after, relation, cited_before)
    if relation is Relation.BASED_ON and _HISTORY.search(before):
        return Relation.CITES
    return relation


def _act(before: str, after: str, relation: Relation, cited_before: bool) -> Relation:
    """The act, where it is the citing document's own and done to the cited one; else the citation merely cites."""
    if cited_before or _PASSIVE.search(before) or _BY.match(after) or _of_another(before):
        return Relation.CITES
    if relation is Relation.GUIDES:
        return relation if _GUIDED.search(after) else Relation.CITES
    if not _OBJECT.match(after):
        return Relation.CITES
    return Relation.AMENDS if _PART.match(after) else relation


def _of_another(before: str) -> bool:
    """Whether the verb belongs to another document: "Thông tư của Bộ Tài chính hướng dẫn …", not "Thông tư này …"."""
    if re.match(r"\s*[a-zđà-ỹ]{2,}", before):
        return True  # the sentence began before what can be seen
    actors = list(_DOCUMENT.finditer(before, max(0, len(before) - 150)))
    if not actors or actors[-1].group().isupper():
        return False
    actor = actors[-1]
    rest = before[actor.end() :]
    if re.match(r"\s+này(?!\w)", rest):
        return False
    return not (_ISSUES.search(before, 0, actor.start()) and re.match(r"\s*$|\s+về\s|\s+quy\s+định\s+chi\s+tiết", rest))


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
