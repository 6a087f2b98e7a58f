"""Words of Vietnamese of two syllables and more, from the word list that underthesea ships (Viet74K, Apache-2.0).

Lost diacritics make syllables that exist (``tô chức`` for ``tổ chức``): only the word tells. The list is read as a
file: importing the package itself takes more than a second. Where it is not installed nothing is known, and nothing
breaks.

>>> is_pair("tổ", "chức"), is_pair("tô", "chức")
(True, False)
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from evidence.vietnamese.text import fold

LIST = Path("corpus") / "data" / "Viet74K.txt"


def is_pair(first: str, second: str) -> bool:
    """Whether two folded syllables stand beside each other in some word of the list."""
    return (first, second) in _pairs()


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    package = find_spec("underthesea")
    folders = package.submodule_search_locations if package else None
    if not folders:
        return frozenset()
    try:
        words = (Path(folders[0]) / LIST).read_text("utf-8").splitlines()
    except OSError:
        return frozenset()
    folded = cache(fold)  # 74,000 words are made of 7,000 syllables
    return frozenset(pair for word in words for pair in pairwise(folded(part) for part in word.split()))
