"""What a header's cell announces, by the words of a table of roles (``data/columns.yaml`` of a package).

The table has phrases without diacritics or capitals by role. The phrase that begins first decides, of two that begin
together the longer one; "=" before a phrase: the whole header.
"""

from __future__ import annotations

import re
from functools import cache

from evidence import resources
from evidence.vietnamese.text import fold, strip_marks


def find_role(text: str, package: str) -> str | None:
    """The role that the header names in that package's table; None where it names none.

    >>> find_role("Thời hạn hoàn thành", "evidence.criteria.plans"), find_role("Kế hoạch", "evidence.criteria.plans")
    ('due', None)
    """
    plain = plain_letters(text)
    matches = [
        (match.start(), -len(phrase), role)
        for role, phrase, pattern in _load_phrases(package)
        if (match := pattern.search(plain))
    ]
    return min(matches)[2] if matches else None


def plain_letters(text: str) -> str:
    """Letters without marks or capitals, single blanks."""
    return " ".join(strip_marks(fold(text)).split())


@cache
def _load_phrases(package: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    table = resources.load_yaml(package, "columns.yaml")
    return tuple((role, phrase, _compile(phrase)) for role, phrases in table.items() for phrase in phrases)


def _compile(phrase: str) -> re.Pattern[str]:
    whole = phrase.startswith("=")
    return re.compile(rf"^{re.escape(phrase[1:])}\W*$" if whole else rf"\b{re.escape(phrase)}\b")
