"""The levels of the administration, and which stand above which."""

from __future__ import annotations

LEVELS = ("tinh", "bo", "so", "huyen", "xa")
RANK = {"xa": 0, "huyen": 1, "so": 1, "tinh": 2, "bo": 3, "trung-uong": 4}


def levels_from(level: str) -> tuple[str, ...]:
    """That level and all that stand above or beside it.

    >>> levels_from("tinh")
    ('tinh', 'bo', 'trung-uong')
    """
    return tuple(name for name, rank in RANK.items() if rank >= RANK[level])
