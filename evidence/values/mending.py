"""Agency names as OCR leaves them: lost or changed diacritics proposed back from the lists of known names.

Only diacritics change, never a letter; the caller keeps the raw text. ``ÚY BAN NHÂN DÂN TỈNH LÂM ĐÒNG`` has the letters
of one known name only, so it can be proposed; a name that no list knows stays as read.

>>> mend_agency_name("ÚY BAN NHÂN DÂN TỈNH LÂM ĐÒNG")
MendedName(text='Ủy ban nhân dân tỉnh Lâm Đồng', known=1.0)
>>> mend_agency_name("XƯỞNG MỘC BAY XANH").text
'XƯỞNG MỘC BAY XANH'
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from evidence import resources
from evidence.values import gazetteer
from evidence.vietnamese.text import fold, strip_marks

_TOKEN = re.compile(r"[^\s,\-/]+|[,\-/]")


@dataclass(frozen=True, slots=True)
class MendedName:
    """``known``: the share of the words that belong to a known phrase, as read or as mended."""

    text: str
    known: float


@cache
def _unmarked() -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    table: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for folded, phrase in gazetteer.phrases().items():
        table[tuple(strip_marks(word) for word in folded)].add(phrase.words)
    for text in resources.load_yaml("evidence.values", "agency_words.yaml"):
        key = tuple(strip_marks(fold(word)) for word in text.split())
        if len(key) > 1 and key not in table:
            table[key].add(tuple(text.split()))
    return {key: frozenset(values) for key, values in table.items()}


def mend_agency_name(text: str) -> MendedName:
    """The text with the diacritics of known phrases put back where one phrase alone has these letters."""
    tokens = _TOKEN.findall(text)
    folded = [fold(token).strip("_.*|") for token in tokens]
    out: list[str] = []
    known, at = 0, 0
    while at < len(tokens):
        words = _phrase(folded, at)
        if words:
            out.extend(words)
            known += len(words)
            at += len(words)
            continue
        out.append(tokens[at])
        known += tokens[at] in ",-/" or bool(re.fullmatch(r"(của|và|về|số|ii|i)", folded[at]))
        at += 1
    return MendedName(re.sub(r"\s+,", ",", " ".join(out)), known / len(tokens) if tokens else 0.0)


def _phrase(folded: list[str], at: int) -> tuple[str, ...] | None:
    exact = gazetteer.longest_phrase(folded, at)
    size = len(exact.words) if exact else 0
    for longer in range(min(gazetteer.LONGEST_PHRASE, len(folded) - at), size, -1):
        key = tuple(strip_marks(word) for word in folded[at : at + longer])
        spellings = _unmarked().get(key, frozenset())
        if len(spellings) == 1 and (longer > 1 or len(key[0]) >= 4):
            return next(iter(spellings))
    return exact.words if exact else None
