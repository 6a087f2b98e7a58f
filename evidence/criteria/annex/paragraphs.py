"""What of a criterion's text is its title, and what words its scoring.

Annexes put both into one cell, the title first ("Thực hiện chế độ báo cáo CCHC." / "Yêu cầu: …" / "- 100% báo cáo …
thì điểm đánh giá là 1,5."), or give the scoring rows or a column of its own.

>>> split_title(["Thực hiện chế độ báo cáo CCHC.\\nYêu cầu: đủ số lượng. Nếu:\\n- Đủ thì điểm đánh giá là 1."])
('Thực hiện chế độ báo cáo CCHC.', 'Yêu cầu: đủ số lượng. Nếu:\\n- Đủ thì điểm đánh giá là 1.')
>>> split_title(["Tỷ lệ hồ sơ đúng hạn. Yêu cầu: Căn cứ số liệu."])
('Tỷ lệ hồ sơ đúng hạn.', 'Yêu cầu: Căn cứ số liệu.')
>>> split_title(["Yêu cầu: Thống kê chế độ báo cáo."])
('', 'Yêu cầu: Thống kê chế độ báo cáo.')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

WORDS = (
    r"yêu cầu|nếu|tính điểm|cách tính|cách chấm|cách đánh giá|điểm (?:được )?(?:đánh giá|đạt|số)|trong đó|công thức|"
    r"lưu ý|ghi chú|trường hợp|đối với|thang điểm"
)
OPENS = re.compile(rf"(?:[-+*•–▪➢]|\(?[a-zđ]\)|\(?\d{{1,2}}\)|\(?(?:{WORDS})\b)", re.IGNORECASE)
INLINE = re.compile(r"(?<=[.;:)])\s+(?=(?:Yêu cầu\s*:|Tính điểm|Cách tính|Cách chấm|Nếu\b|Điểm (?:đánh giá|đạt)))")


def split_title(pieces: Sequence[str]) -> tuple[str, str]:
    """Title and scoring of a criterion's cells, the first of which holds its title."""
    lines = [line.strip() for piece in pieces for line in piece.split("\n") if line.strip()]
    if not lines:
        return "", ""
    title: list[str] = []
    for line in lines:
        if OPENS.match(line) or (title and not _goes_on(title[-1], line)):
            break
        title.append(line)
    rest = lines[len(title) :]
    head, inline = _cut(" ".join(title))
    return head, "\n".join([*inline, *rest])


def _goes_on(before: str, line: str) -> bool:
    """Whether a title that was broken by hand goes on in the next line."""
    return line[0].islower() or (before.isupper() and line.isupper())


def _cut(title: str) -> tuple[str, list[str]]:
    parts = INLINE.split(title, maxsplit=1)
    return parts[0], parts[1:]


def first_sentence(text: str) -> str:
    """What stands for a title where none is printed: the first sentence, without the word that opens it.

    >>> first_sentence("Yêu cầu: Thống kê số lượng chế độ báo cáo. Nếu đạt:")
    'Thống kê số lượng chế độ báo cáo.'
    """
    plain = re.sub(r"^\W*(?:yêu cầu|lưu ý|ghi chú)\s*:\s*", "", " ".join(text.split()), flags=re.IGNORECASE)
    match = re.match(r".{10,200}?[.;](?=\s|$)", plain)
    return match[0] if match else plain[:200]
