"""Which field a heading or a name means: fields are called differently from one paragraph to the next.

"Trong công tác xây dựng văn bản QPPL" is "Xây dựng và tổ chức thực hiện hệ thống văn bản quy phạm pháp luật". Compared
are words, abbreviations written out; a word that many fields share tells less.

>>> fields = ("Cải cách TTHC", "Cải cách tổ chức bộ máy", "Hiện đại hóa hành chính")
>>> match_title("Hiện đại hóa nền hành chính", fields), match_title("Cải cách thủ tục hành chính", fields)
(2, 0)
>>> match_title("Ưu điểm", fields) is None
True
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from evidence.vietnamese.text import fold

ABBREVIATIONS = {
    "qppl": "quy phạm pháp luật", "vbqppl": "văn bản quy phạm pháp luật", "tthc": "thủ tục hành chính",
    "cchc": "cải cách hành chính", "cntt": "công nghệ thông tin", "cđs": "chuyển đổi số", "ubnd": "ủy ban nhân dân",
    "cbccvc": "cán bộ công chức viên chức", "cbcc": "cán bộ công chức", "cqđt": "chính quyền điện tử",
    "csdl": "cơ sở dữ liệu", "cđđh": "chỉ đạo điều hành", "vb": "văn bản",
}  # fmt: skip
IDLE = frozenset({"công", "tác", "trong", "về", "của", "và", "các", "đến", "thực", "hiện", "việc", "lĩnh", "vực", "kết",
                  "quả", "tiêu", "chí"})  # fmt: skip
KEPT_PAIRS = re.compile(r"\b(hiện đại|tác động|công chức|công vụ|tài chính công)\b")
ENOUGH = Decimal("0.6")  # of a field's words, by weight, that a name must have
_WORD = re.compile(r"[^\W_]+")


def title_words(text: str) -> frozenset[str]:
    """The words of a title that tell something; abbreviations written out."""
    plain = " ".join(ABBREVIATIONS.get(word, word) for word in _WORD.findall(fold(text)))
    kept = {word for pair in KEPT_PAIRS.findall(plain) for word in pair.split()}
    return frozenset(word for word in plain.split() if word in kept or (word not in IDLE and len(word) > 1))


def match_title(name: str, fields: Sequence[str]) -> int | None:
    """The place of the field that the name means; None for none, or for two that fit equally well."""
    words = title_words(name)
    titles = [title_words(field) for field in fields]
    shared = Counter(word for title in titles for word in title)
    scores: list[tuple[Decimal, Decimal, int]] = []
    for at, title in enumerate(titles):
        whole = sum((Decimal(1) / shared[word] for word in title), Decimal(0))
        common = sum((Decimal(1) / shared[word] for word in title & words), Decimal(0))
        if not whole:
            continue
        # of a long title a part alone is often named: "Chính quyền số" of "Chính quyền điện tử, chính quyền số"
        covered = Decimal(1) if len(words) > 1 and words <= title else common / whole
        if covered >= ENOUGH:
            scores.append((covered, common, at))
    scores.sort(reverse=True)
    if not scores or (len(scores) > 1 and scores[0][:2] == scores[1][:2]):
        return None
    return scores[0][2]
