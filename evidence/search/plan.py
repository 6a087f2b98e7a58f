"""What an engine is asked, in words that are no engine's own.

A plan is a tree of ``Term``, ``PhraseTerms``, ``PrefixTerm``, ``Range``, ``Everything``, ``Must``, ``Should``,
``MinShould``, ``Without``, ``Boosted`` and ``Constant``. Engines compile it (``compile.py`` in their folders); the
conformance suite holds that they give the same documents for the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that hold the term in the field; ``boost`` multiplies its score."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class PhraseTerms:
    """Documents that hold the terms side by side in the field."""

    field: str
    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class PrefixTerm:
    """Documents that hold a term of the field that begins so; every one scores alike."""

    field: str
    start: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """Documents whose number in the field lies within, both ends included; None: open."""

    field: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Must:
    """Documents that match all parts; the scores are added."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Should:
    """Documents that match any part; the scores of those matched are added."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class MinShould:
    """Documents that match at least ``least`` of the parts; the scores of those matched are added."""

    parts: tuple[Plan, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that match ``part`` and not ``excluded``."""

    part: Plan
    excluded: Plan


@dataclass(frozen=True, slots=True)
class Boosted:
    """Documents that match ``part``; what they match of ``boosts`` is added to their score."""

    part: Plan
    boosts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """Documents that match ``part``, each with that score."""

    part: Plan
    score: float


Plan = Term | PhraseTerms | PrefixTerm | Range | Everything | Must | Should | MinShould | Without | Boosted | Constant


def join_all(parts: tuple[Plan, ...]) -> Plan:
    """All of them; the part itself where there is but one, everything where there is none."""
    return parts[0] if len(parts) == 1 else Must(parts) if parts else Everything()


def join_any(parts: tuple[Plan, ...]) -> Plan:
    """Any of them; the part itself where there is but one."""
    return parts[0] if len(parts) == 1 else Should(parts)
