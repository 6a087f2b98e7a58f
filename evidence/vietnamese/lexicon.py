"""Words of Vietnamese of two syllables and more, from the word list Viet74K that underthesea ships.

Lost diacritics make syllables that exist (``tô chức`` for ``tổ chức``): only the word tells. The list is read as a
file: importing the package itself takes more than a second. Where it is not installed nothing is known, and nothing
breaks (``evidence doctor`` says so). The list is Hồ Ngọc Đức's, who gives it under the GNU GPL, whatever licence the
package around it names: no part of it is copied into this project.

>>> is_pair("tổ", "chức"), is_pair("tô", "chức")
(True, False)
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from evidence.third_party import WORD_LIST
from evidence.vietnamese.text import fold


def is_pair(first: str, second: str) -> bool:
    """Whether two folded syllables stand beside each other in some word of the list."""
    return (first, second) in _pairs()


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    file = WORD_LIST.locate()
    words = file.read_text("utf-8").splitlines() if file else ()
    folded = cache(fold)  # 74,000 words are made of 7,000 syllables
    return frozenset(pair for word in words for pair in pairwise(folded(part) for part in word.split()))
