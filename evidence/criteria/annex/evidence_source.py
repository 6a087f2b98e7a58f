"""Where a criterion words its evidence: in a column of its own, or behind "Minh chứng:" in the scoring or the notes.

Where neither is, in the title ("Ban hành Kế hoạch CCHC năm 2025") or in a case of the scoring ("Có đủ Quyết định …: 1
điểm").

>>> split_marked("- Đạt: 1 điểm.\\nMinh chứng: Kế hoạch CCHC; ảnh.")
('- Đạt: 1 điểm.', 'Kế hoạch CCHC; ảnh.')
>>> split_marked("- Có đủ minh chứng: 1 điểm.")
('- Có đủ minh chứng: 1 điểm.', '')
>>> find_worded("Xây dựng, ban hành Quy chế làm việc", "")
'Quy chế làm việc'
>>> find_worded("Công khai", "- Có đủ Quyết định công khai dự toán: 1 điểm.\\n- Không có Quyết định: 0")
'Quyết định công khai dự toán'
>>> find_worded("Mức độ hoàn thành kế hoạch", "Hoàn thành kế hoạch: 1"), find_worded("Xây dựng văn bản QPPL", "")
('', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.criteria.annex.proposals import vocabulary
from evidence.model.criteria import Requirement, Sureness

FROM_TITLE = "proposal-from-title"
_MARK = re.compile(
    r"(?:^|(?<=[.;])[ \t]+)[-+*•]?[ \t]*(?:(?:tài liệu|hồ sơ|văn bản)[ \t]+)?(?:kiểm chứng|minh chứng|chứng minh|TLKC)"
    r"(?:[ \t]+(?:gồm|bao gồm|là|cần có|cung cấp))?[ \t]*:(?![ \t]*\d)[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_MADE = re.compile(
    r"(?:(?:xây dựng|soạn thảo|tham mưu|ban hành|có|lập|và|thực hiện(?:\s+chế\s+độ)?|gửi|,|/)\s*)*", re.IGNORECASE
)
_CASE = re.compile(
    r"(?<!không )(?<!chưa )(?:(?:ban hành|có)(?:\s+(?:đủ|đầy đủ))?|đủ)\s+(?:các\s+)?"
    r"(?=[A-ZĐ])(?P<documents>[^:\n]{10,240}?)\s*:\s*\d",
    re.IGNORECASE,
)
_OWN_KINDS = {"Quyết định", "Nghị quyết", "Quy chế", "Quy định", "Quy trình", "Kế hoạch", "Báo cáo"}
_MOST = 30  # words of a title that is still a document's name
_JUDGED = re.compile(
    r"hoàn thành|đúng quy định|chất lượng|tỷ lệ|mức độ|bị\s+|được\s+|trễ|chậm|quá hạn|thiếu|vi phạm|sai", re.IGNORECASE
)


def split_marked(text: str) -> tuple[str, str]:
    """The scoring without the evidence that it words, and that evidence."""
    match = _MARK.search(text)
    return (text[: match.start()].rstrip(), text[match.end() :].strip()) if match else (text, "")


def find_worded(title: str, scoring: str) -> str:
    """The documents that the title names as what is made; else those that a case of the scoring asks for."""
    line = " ".join(title.split())
    made = _MADE.match(line)
    name = line[made.end() :] if made else line
    if _names_document(name) and len(name.split()) <= _MOST and not _JUDGED.search(name):
        return name
    cases = (match["documents"] for match in _CASE.finditer(scoring))
    return next((words for words in cases if words[0].isupper() and _names_document(words)), "")


def _names_document(words: str) -> bool:
    kind = vocabulary.heads().match(words)
    return kind is not None and vocabulary.kind_named(kind[0]) is not None and bool(words[kind.end() :].strip())


def doubt_source(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """The proposals, marked as read where the annex's column of evidence is empty. What a criterion wants made, the
    unit makes."""
    for requirement in requirements:
        wording = requirement.wording
        if wording is None:
            yield requirement
            continue
        sureness = max(wording.sureness, Sureness.LIKELY, key=list(Sureness).index)
        marked = replace(wording, doubts=(*wording.doubts, FROM_TITLE), sureness=sureness)
        made = requirement.issuer == "any" and {kind.name for kind in requirement.kinds} <= _OWN_KINDS
        yield replace(requirement, wording=marked, issuer="unit" if made else requirement.issuer)
