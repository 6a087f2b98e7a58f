"""Points and counts as people type them, and which column of a table is which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from evidence.vietnamese.text import fold, nfc

_AMOUNT = re.compile(r"([-–−]?)\s*(\d{1,9})(?:[.,](\d{1,18}))?(?:\s*(?:đ|điểm))?\.?")
_COUNT = re.compile(r"\d{1,9}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[. \u00a0]\d{3})+")
EMPTY = frozenset(map(fold, ("", "-", "–", "—", "/", "x", "không đánh giá", "kđg", "n/a", "ko đánh giá")))
YES = frozenset(map(fold, ("yes", "y", "có", "true", "1", "x", "đúng")))
NO = frozenset(map(fold, ("no", "n", "không", "ko", "false", "0", "sai", "không xếp hạng")))


def parse_points(text: str) -> Decimal | None:
    """Points with a comma or a point before the decimals; None for what is no amount.

    >>> str(parse_points("12,281")), str(parse_points(" 66.50 điểm")), parse_points("đạt")
    ('12.281', '66.50', None)
    """
    match = _AMOUNT.fullmatch(" ".join(nfc(text).split()))
    if match is None:
        return None
    amount = Decimal(f"{match[2]}.{match[3]}" if match[3] else match[2])
    return -amount if match[1] else amount


def parse_count(text: str) -> int | None:
    """A count; parted thousands count as such (``1.611``). None for what is no count.

    >>> parse_count("1.611"), parse_count("40"), parse_count("12,5"), parse_count("40,0")
    (1611, 40, None, 40)
    """
    bare = " ".join(text.split())
    if _THOUSANDS.fullmatch(bare):
        return int(re.sub(r"\D", "", bare))
    bare = re.sub(r"[.,]0+$", "", bare)
    return int(bare) if _COUNT.fullmatch(bare) else None


def is_blank(text: str) -> bool:
    """Whether the cell says that there is nothing: empty, a dash, "không đánh giá"."""
    return fold(" ".join(text.split())) in EMPTY


def parse_yes(text: str) -> bool | None:
    """Yes or no; None for anything else."""
    word = fold(" ".join(text.split()))
    return True if word in YES else False if word in NO else None


def find_columns(heads: Sequence[str], headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column is which: by our own name, or by one of the headings that mean it; the first that fits."""
    folded = [fold(" ".join(head.split())) for head in heads]
    columns: dict[str, int] = {}
    for name, words in headings.items():
        known = {fold(word) for word in (name, *words)}
        place = next((at for at, head in enumerate(folded) if head in known), None)
        if place is not None:
            columns[name] = place
    return columns
