"""The clauses of a scoring that are no part of its scale: when a criterion does not apply, when it has full points
without more, what percentage is taken, and who does not assess it.

"Trừ" takes points only where points or a number follow: "(trừ trường hợp …)" is an exception. A clause is kept in the
annex's words and taken out of what is read as the scale.

>>> clauses = read_clauses("- Đạt 100%: 1\\n(Xã không có chợ thì không đánh giá, tính điểm nội dung này).")
>>> clauses.not_applicable_if
'Xã không có chợ thì không đánh giá, tính điểm nội dung này'
>>> clauses.scale
'- Đạt 100%: 1'
>>> read_clauses("Nếu báo cáo chậm thì trừ 10% tổng số điểm đạt được.").deduct
Decimal('10')
>>> read_clauses("Các xã không phải tự đánh giá nội dung này.").self_assessed
False
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.annex.amounts import to_decimal

THIS = r"(?:nội dung|tiêu chí|chỉ số|chỉ tiêu|tctp|mục|phần)\b[^.;)\n]*"
NOT_ASSESSED = re.compile(
    r"(?:không|chưa)\s+(?:thực hiện\s+|tiến hành\s+|phải\s+)?(?:đánh giá|chấm điểm|tính điểm|xem xét)"
    rf"[^.;()\n]{{0,40}}?{THIS}"
    rf"|không\s+áp\s+dụng\s+(?:đánh giá\s+|chấm điểm\s+|tính điểm\s+)?(?:đối với\s+)?{THIS}"
    r"|không\s+(?:đánh giá|tính|đưa)[^.;()\n]{0,40}?vào\s+(?:tổng|thang)\s+điểm"
    r"|loại\s+(?:trừ\s+|bỏ\s+)?(?:[^\W\d]+\s+){0,6}?(?:ra\s+)?khỏi\s+(?:tổng|thang)\s+điểm",
    re.IGNORECASE,
)
WHOLLY = re.compile(
    r"đánh giá|tổng điểm|thang điểm|áp dụng|xem xét", re.IGNORECASE
)  # no mere zero: "không tính điểm nội dung này"
NOTHING_TO_DO = re.compile(
    r"\b(?:không|chưa)\s+(?:có|phát sinh|được giao|thuộc|thực hiện|phải|triển khai|bố trí)\b|đối với", re.IGNORECASE
)
FULL = re.compile(r"\b(?:thì|được|chấm|đạt|tính)\b[^.;()\n]{0,60}?điểm\s+tối\s+đa", re.IGNORECASE)
FULL_WORTH = re.compile(r"thì\s+(?:điểm\s+(?:đánh giá|đạt được)\s+là|được|đạt)\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
SETTLED = re.compile(
    r"\b(?:không|chưa)\s+(?:có|phát sinh|được giao|thực hiện|phải)\b|\bđã\s+(?:hoàn thành|thực hiện)\b|đối với",
    re.IGNORECASE,
)
CONDITION = re.compile(r"(?:trường hợp|nếu|đối với|cơ quan|đơn vị|các|những|địa phương|xã|huyện|sở)\b", re.IGNORECASE)
OF_A_FIGURE = re.compile(r"(?<![^\W\d_])[a-z]\d?\s*(?:[/=<>≥≤]|\))|%")
PERCENT_TAKEN = re.compile(r"\btrừ\s+(?:đi\s+)?(\d{1,3}(?:[.,]\d+)?)\s*%\s*[^.;)\n]*điểm", re.IGNORECASE)
EACH_TIME = re.compile(r"\b(?:mỗi|cứ|từng)\b", re.IGNORECASE)
POINTS_GIVEN = re.compile(r":\s*\d+(?:[.,]\d+)?\s*(?:điểm)?\s*$|\blà\s+\d+(?:[.,]\d+)?\s*(?:điểm)?\s*$", re.IGNORECASE)
NOT_BY_ITSELF = re.compile(
    r"không\s+(?:cần\s+|phải\s+|bắt buộc\s+)*(?:thực hiện\s+)?(?:việc\s+)?tự\s+(?:đánh giá|chấm)"
    r"|không\s+(?:cần\s+|bắt buộc\s+)(?:phải\s+)?(?:thực hiện\s+)?(?:đánh giá|chấm điểm)",
    re.IGNORECASE,
)
# Where a sentence begins: a line, an opening bracket, a bullet, behind a full stop or semicolon.
STARTS = re.compile(r"(?m)^\s*(?:[-+*•]\s*)?\(?|[.;]\s+(?:[-+*•]\s*)?\(?|\(|:\s+(?=Nếu\b)")
ENDS = re.compile(r"\.(?=\s|\)|$)|[;)\n]|$")
LEFT = re.compile(r"(?m)^[\s().;,+*•-]+$\n?")
TIMELY = re.compile(
    r"kịp thời|(?:đúng|quá|trễ|muộn|chậm)\s+(?:thời\s+)?hạn|đúng\s+(?:\S+\s+)?thời\s+gian|đúng\s+tiến\s+độ"
    r"|(?:về|và|,|hoặc|bảo|quá)\s*(?:\S+\s+)?thời\s+(?:hạn|gian)(?!\s+từ|\s+qua)"
    r"|chậm\s+nhất|trong thời hạn \d|trước ngày"
    r"|thời\s+(?:hạn|gian)\s+(?:gửi|báo cáo|quy định|theo quy định|yêu cầu|ban hành)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ScoringClauses:
    """What was found, and the ``scale`` that is left to be read as a rule."""

    scale: str
    not_applicable_if: str = ""
    full_points_if: str = ""
    deduct: Decimal | None = None
    deduct_if: str = ""
    self_assessed: bool = True


def read_clauses(text: str, most: Decimal | None = None) -> ScoringClauses:
    """The clauses of that text. ``most``: the criterion's maximum, which a clause may name by its number."""
    exempting, text = _take(text, NOT_ASSESSED, _is_exempting)
    assessed_by_others, text = _take(text, NOT_BY_ITSELF, lambda _: True)
    deducting, text = _take(text, PERCENT_TAKEN, lambda sentence: not EACH_TIME.search(sentence))
    full, text = _take(text, FULL, _is_settled)
    worth, text = _take(text, FULL_WORTH, lambda sentence: _is_settled(sentence) and _is_worth(sentence, most))
    percents = {to_decimal(match[1]) for sentence in deducting for match in PERCENT_TAKEN.finditer(sentence)}
    if len(percents) > 1:  # which of them holds when, a person reads
        text = "\n".join((text, *deducting))
    return ScoringClauses(
        scale=LEFT.sub("", text).strip(),
        not_applicable_if="\n".join(exempting),
        full_points_if="\n".join((*full, *worth)),
        deduct=next(iter(percents)) if len(percents) == 1 else None,
        deduct_if="; ".join(deducting) if len(percents) == 1 else "",
        self_assessed=not assessed_by_others,
    )


def is_timely(text: str) -> bool:
    """Whether a scoring speaks of time that documents or deeds must keep.

    >>> is_timely("Ban hành đầy đủ, kịp thời: 1"), is_timely("Thống kê trong thời gian từ ngày 01/01")
    (True, False)
    """
    return bool(TIMELY.search(text))


def _take(text: str, key: re.Pattern[str], holds: Callable[[str], bool]) -> tuple[list[str], str]:
    """The sentences that the pattern stands in and that hold, and the text without them."""
    taken: list[tuple[int, int]] = []
    for start, end in _sentences_of(text, key):
        if holds(text[start:end]) and (not taken or taken[-1][1] <= start):
            taken.append((start, end))
    sentences = [" ".join(text[start:end].split()).strip(" .;(") for start, end in taken]
    for start, end in reversed(taken):
        text = text[:start].rstrip(" (") + text[end:].lstrip(" .;)")
    return list(dict.fromkeys(sentences)), text


def _sentences_of(text: str, key: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in key.finditer(text):
        starts = [start.end() for start in STARTS.finditer(text, 0, match.start() + 1) if start.end() <= match.start()]
        end = ENDS.search(text, match.end())
        yield (starts[-1] if starts else 0), (end.start() if end else len(text))


def _is_exempting(sentence: str) -> bool:
    """No case that gives points itself: "Không đánh giá nội dung này: 0"."""
    spoken = WHOLLY.search(sentence) or NOTHING_TO_DO.search(sentence)
    return bool(spoken) and not NOT_BY_ITSELF.search(sentence) and not POINTS_GIVEN.search(sentence)


def _is_settled(sentence: str) -> bool:
    """Full points because there was nothing to do, not for a value that is reached."""
    return bool(CONDITION.match(sentence) and SETTLED.search(sentence)) and not OF_A_FIGURE.search(sentence)


def _is_worth(sentence: str, most: Decimal | None) -> bool:
    match = FULL_WORTH.search(sentence)
    told = sentence.lower().startswith(("trường hợp", "đối với"))
    return bool(match) and told and match is not None and to_decimal(match[1]) == most
