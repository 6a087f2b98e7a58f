"""The rules that need other documents: whether this one still stands, and whether it cites what it must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence.match.rules.answer import Judged, day, proof
from evidence.match.rules.candidate import Candidate
from evidence.match.rules.document_register import End
from evidence.model.assessment import Reason
from evidence.model.criteria import MustCite, Requirement
from evidence.model.document import Origin
from evidence.model.record import SURE, Citation, Status


@dataclass(frozen=True, slots=True)
class Named:
    """A document that must be cited: its numbers (several where it is not settled which), and what to call it."""

    keys: frozenset[str]
    title: str
    settled: bool


def stands(one: Candidate, end: End | None, final: bool) -> Judged | None:
    """Not replaced or repealed. ``final``: it was handed in for this criterion, so that an end is an answer; a
    document that was only found is left to a person."""
    if end is None:
        return None
    params = {"by": str(end.by.number.value or end.by.source.path), "on": day(end.on)}
    code = f"rule-ended-{end.citation.relation.value}" if end.sure else "rule-ended-doubt"
    sure = end.sure and final
    return Judged(proof("ended", False if sure else None, code, one, one.record.number, **params), likely=not sure)


def cites(wanted: Requirement, one: Candidate, find: Callable[[MustCite], Named]) -> Judged | None:
    """The documents that must be cited, each. That one is not cited is sure only in a file whose text is all typed."""
    if not wanted.cites:
        return None
    answers = [_cites(must, find(must), one) for must in wanted.cites]
    return min(answers, key=lambda answer: {False: 0, None: 1, True: 2}[answer.ok])


def _cites(must: MustCite, named: Named, one: Candidate) -> Judged:
    if not named.keys:
        return Judged(proof("cites", None, "rule-cites-unknown", one, wanted=named.title), True)
    rows = [it for it in one.record.citations if it.number is not None and it.number.key in named.keys]
    right = [it for it in rows if must.relation in (None, it.relation)]
    if any(it.confidence >= SURE for it in right) and named.settled:
        best = next(it for it in right if it.confidence >= SURE)
        return Judged(_at(best, "rule-cites-yes", True, one, named.title), True)
    if rows:
        code = "rule-cites-doubt" if right else "rule-cites-relation"
        return Judged(_at((right or rows)[0], code, None, one, named.title), True)
    typed = all(page.origin in (Origin.TEXT, Origin.BLANK) for page in one.record.pages)
    sure = typed and bool(one.record.pages) and one.record.status is Status.READ and named.settled
    code = "rule-cites-no" if sure else "rule-cites-unseen"
    return Judged(proof("cites", False if sure else None, code, one, wanted=named.title), not sure)


def _at(it: Citation, code: str, ok: bool | None, one: Candidate, title: str) -> Reason:
    bare = proof("cites", ok, code, one, value=it.text, wanted=title, page=it.span.page)
    return Reason(bare.rule, bare.ok, bare.message, bare.document, it.span.page, it.span.box)
