"""What stands before the first kind of a segment: how many, a label, words that hand it in, who issues it.

>>> segment = EvidenceSegment("Gồm ít nhất 02 biên bản họp", "")
>>> read_opening(segment)
(2, 'biên bản họp')
>>> read_opening(EvidenceSegment("UBND xã đã ban hành KH quý I, II", ""))
(1, 'Kế hoạch quý I, quý II của UBND xã')
"""

from __future__ import annotations

import re

from evidence.criteria.annex.proposals import vocabulary, years_periods
from evidence.criteria.annex.proposals.bodies import BODY
from evidence.criteria.annex.proposals.segments import EvidenceSegment

_OPENERS = re.compile(rf"(?:{vocabulary.pattern('openers').pattern}\s+)+", re.IGNORECASE)
# "UBND xã ban hành Kế hoạch …": who issues it stands first.
_ISSUED = re.compile(rf"(?P<body>{BODY})\s+(?:đã\s+)?(?:có|ban hành|xây dựng)\s+(?={vocabulary.kind_names()})")
# "Đơn vị cung cấp Kế hoạch …", "Minh chứng gồm: Kế hoạch …": who hands it in, and as what.
_HANDED = re.compile(
    r"(?:các\s+)?(?:đơn vị|cơ quan|địa phương|sở|xã|phường|huyện|tỉnh)(?:\s*[,/]\s*(?:đơn vị|sở|ngành|xã|phường))*\s+"
    r"(?:cung cấp|gửi kèm|gửi|nộp|đính kèm)\s+|"
    r"(?:(?:tài liệu|hồ sơ)(?:\s+(?:kiểm chứng|minh chứng|chứng minh))?|minh chứng|tlkc)\s+"
    r"(?:là|gồm có|gồm|bao gồm|cần có)\s*:?\s*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:(?:ít nhất|tối thiểu|từ|đủ|đầy đủ)\s+)?(\d{1,2})\s+(?=\D)", re.IGNORECASE)
_LABEL = re.compile(r"[^:,]{3,60}:\s*")
_KIND = vocabulary.heads()


def read_opening(segment: EvidenceSegment) -> tuple[int, str]:
    """How many are asked for, and the text from the kind on; who issues it set behind."""
    text = _without_label(years_periods.spell_quarters(vocabulary.spell_kinds(segment.text)))
    handed = _HANDED.match(text)
    count, text = _opened(text[handed.end() :] if handed else text)
    if issued := _ISSUED.match(text):
        text = f"{text[issued.end() :]} của {issued['body']}"
    return max(count, *(_count_aside(aside) for aside in segment.asides), 1), text


def _without_label(text: str) -> str:
    """ "Về kết quả sắp xếp: Văn bản phê duyệt phương án": what stands after the colon, if it names a document."""
    label = _LABEL.match(text)
    if label and _KIND.match(_opened(text[label.end() :])[1]):
        kind = _KIND.match(text)
        return text[label.end() :] if kind is None or text[kind.end() :].lstrip().startswith(":") else text
    return text


def _opened(text: str) -> tuple[int, str]:
    """How many, and the text from the kind on."""
    count = 1
    for _ in range(3):
        if match := _OPENERS.match(text):
            text = text[match.end() :]
        if match := _COUNT.match(text):
            count, text = max(1, int(match[1])), text[match.end() :]
    return count, text


def _count_aside(aside: str) -> int:
    """ "(ít nhất 02 thông báo)", of documents alone."""
    counted = _COUNT.match(aside.strip())
    return int(counted[1]) if counted and _KIND.match(aside.strip()[counted.end() :]) else 1
