"""What tells a subject from its neighbours: "Kế hoạch CCHC" is not "Kế hoạch kiểm tra CCHC".

A plan or report whose subject is a field of work alone would be served by any plan in that field. What other criteria
of the set say of the same field ("Công tác kiểm tra CCHC", "Kế hoạch tuyên truyền CCHC") names the acts that make
another document; a subject that bears one is not this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from evidence.criteria.annex.proposals import subjects, vocabulary
from evidence.model.criteria import Criterion, Requirement, walk_criteria

_NARROWED = ("nội bộ",)  # what narrows a field after its name
_BARE_KINDS = {"Kế hoạch", "Báo cáo"}
MOST = 5


def add_not_subjects(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The criteria, their proposals told from what the others ask."""
    sayings = [words for criterion in walk_criteria(criteria) for words in _sayings(criterion)]
    return tuple(_told_apart(criterion, sayings) for criterion in criteria)


def _sayings(criterion: Criterion) -> Iterable[str]:
    """What a criterion says of a field: its title, and the subjects that it asks for."""
    yield " ".join(vocabulary.long_words(piece) for piece in subjects.read_subject(criterion.title))
    for asked in criterion.evidence:
        yield " ".join(vocabulary.long_words(piece) for piece in asked.subject if piece != asked.period)


def _told_apart(criterion: Criterion, sayings: list[str]) -> Criterion:
    evidence = tuple(replace(asked, not_subject=_neighbours(asked, sayings)) for asked in criterion.evidence)
    return replace(
        criterion, evidence=evidence, children=tuple(_told_apart(child, sayings) for child in criterion.children)
    )


def _neighbours(asked: Requirement, sayings: list[str]) -> tuple[str, ...]:
    words = " ".join(vocabulary.long_words(piece) for piece in asked.subject if piece != asked.period)
    fields = {vocabulary.long_words(topic) for topic in vocabulary.phrases("topics")}
    act = words.split(" ", 2)
    bare = words in fields and bool({kind.name for kind in asked.kinds} & _BARE_KINDS)
    published = " ".join(act[:2]) in vocabulary.phrases("acts", "publish") and len(act) > 2 and act[2] in fields
    if bare:
        return tuple(dict.fromkeys(before for saying in sayings if (before := _act_before(words, saying))))[:MOST]
    if published:
        return tuple(tail for tail in _NARROWED if any(f"{act[2]} {tail}" in saying for saying in sayings))
    return ()


def _act_before(field: str, saying: str) -> str:
    """ "kiểm tra" of "kiểm tra cải cách hành chính": one or two words that narrow the field."""
    match = re.fullmatch(rf"(\S+ \S+) {re.escape(field)}", saying)
    return match[1] if match and match[1] in vocabulary.phrases("narrowing_acts") else ""
