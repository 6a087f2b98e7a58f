"""Abbreviations and what they are short for: one table, ``data/abbreviations.yaml``, and where each is written out.

An abbreviation means one thing in a subject and several in a name (``VB``, ``TW``), so an entry says where it serves.
The abbreviations of agencies that stand alone (``BNV``) lie with the agencies, those of kinds (``QĐ``) with the kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from evidence import resources


class Use(StrEnum):
    """Where an abbreviation is written out."""

    SUBJECT = "subject"
    QUERY = "query"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    short: str
    full: str
    uses: frozenset[Use]


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """The whole table, in its order."""
    rows = resources.load_yaml("evidence.values", "abbreviations.yaml")
    return tuple(Abbreviation(row["short"], row["full"], frozenset(map(Use, row["in"]))) for row in rows)


def expansions(use: Use) -> dict[str, str]:
    """Abbreviation as usually written -> its words, of the entries that serve there.

    >>> expansions(Use.QUERY)["CCHC"], "VB" in expansions(Use.QUERY)
    ('cải cách hành chính', False)
    """
    return {entry.short: entry.full for entry in abbreviations() if use in entry.uses}
