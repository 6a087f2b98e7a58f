"""Plans drawn by chance over a few words, and what each matches by looking: the yardstick of engines."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from evidence.search.plan import (
    Boosted,
    Constant,
    Everything,
    MinShould,
    Must,
    PhraseTerms,
    Plan,
    PrefixTerm,
    Should,
    Term,
    Without,
)

WORDS = ("ba", "ban", "bo", "ca", "can", "da")


def matches(plan: Plan, terms: Mapping[str, Sequence[str]]) -> bool:
    """Whether a document matches, by its terms."""
    match plan:
        case Term(field, term):
            return term in terms[field]
        case PrefixTerm(field, start):
            return any(word.startswith(start) for word in terms[field])
        case PhraseTerms(field, run):
            words = terms[field]
            return any(tuple(words[at : at + len(run)]) == run for at in range(len(words)))
        case Must(parts):
            return all(matches(part, terms) for part in parts)
        case Should(parts):
            return any(matches(part, terms) for part in parts)
        case MinShould(parts, least):
            return sum(matches(part, terms) for part in parts) >= least
        case Without(part, excluded):
            return matches(part, terms) and not matches(excluded, terms)
        case Boosted(part, _) | Constant(part, _):
            return matches(part, terms)
    return True


def draw_plan(draw: random.Random, depth: int) -> Plan:
    """Any plan of at most that depth."""
    field = draw.choice(("body_f", "title_f"))
    if not depth or draw.random() < 0.3:
        run = tuple(draw.choices(WORDS, k=draw.randrange(2, 6)))
        leaves = (Term(field, draw.choice(WORDS)), PrefixTerm(field, "b"), PhraseTerms(field, run), Everything())
        return draw.choices(leaves, weights=(4, 1, 4, 1))[0]
    parts = tuple(draw_plan(draw, depth - 1) for _ in range(draw.randrange(1, 4)))
    joined = (Must(parts), Should(parts), MinShould(parts, draw.randrange(1, len(parts) + 1)), Constant(parts[0], 2.0))
    return draw.choice((*joined, Without(parts[0], parts[-1]), Boosted(parts[0], parts[1:])))
