"""Names of persons as they stand under a signature: two to five words, each with a capital, family name first.

>>> parse("TS. Nguyễn Thị Minh Khai")
'Nguyễn Thị Minh Khai'
>>> parse("Sở Nội vụ") is None
True
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from evidence.text import nfc, strip_marks

# ranks and academic titles stand before the name only in the army, education, health and science (NĐ 30, ô 7b)
TITLES = re.compile(
    r"^(?:(?:thượng tướng|trung tướng|thiếu tướng|đại tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy"
    r"|gs|pgs|ts|ths|bs|cki+|ckii|luật sư|ls|kts|ncs|nsnd|nsưt|linh mục|đ/c|ông|bà)\.?(?:\s*[.,]\s*|\s+))+",
    re.IGNORECASE,
)
EDGE = " .,;:_-–—*|'\"`/\\()[]{}“”‘’~^°<>«»"
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?$")


@cache
def family_names() -> frozenset[str]:
    """Vietnamese family names without diacritics, lower case."""
    text = (files("evidence.values") / "data" / "family_names.yaml").read_text("utf-8")
    return frozenset(strip_marks(name).lower() for name in yaml.safe_load(text))


def parse(text: str) -> str | None:
    """The name without its titles, or ``None`` where the line is no name of a person."""
    bare = TITLES.sub("", nfc(text).strip(EDGE))
    words = bare.split()
    if not 2 <= len(words) <= 6 or not all(WORD.match(word) and word[0].isupper() for word in words):
        return None
    if any(len(word) > 1 and not word[1:].islower() for word in words if "’" not in word and "'" not in word):
        return None
    if strip_marks(words[0]).lower() not in family_names():
        return None
    return " ".join(words)
