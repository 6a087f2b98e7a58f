"""One unit's documents, found by criterion and by kind, and what its deadlines count from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.criteria.phrases import find_phrase
from evidence.match.rules.candidate import Candidate, prepare
from evidence.match.rules.content import ISSUING
from evidence.match.rules.document_register import Register
from evidence.match.rules.fit import Around
from evidence.match.rules.standing import Named
from evidence.model.assessment import Submission
from evidence.model.criteria import Calendar, MustCite, Requirement, Unit
from evidence.model.problem import ProblemCode
from evidence.model.record import Record
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all units: the day, the archive, the set's requirements by name, criteria, calendar."""

    as_of: datetime.date
    register: Register
    requirements: Mapping[str, Requirement]
    codes: frozenset[str]
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The document that serves a requirement, as far as others need it. ``there`` is None where that is not settled."""

    there: bool | None
    date: datetime.date | None
    keys: frozenset[str]


class Desk:
    """One unit's documents."""

    def __init__(self, unit: Unit, handed: Iterable[tuple[Submission, Record]], frame: Frame) -> None:
        self.unit, self.frame = unit, frame
        self.around = Around(unit, frame.as_of, frame.register, self._named)
        self.anchors: dict[str, Anchor] = {}
        records: dict[str, Record] = {}
        submissions: dict[str, set[Submission]] = {}
        for submission, record in handed:
            records[record.source.sha256] = record
            submissions.setdefault(record.source.sha256, set()).add(submission)
        self.candidates = tuple(prepare(records[sha], tuple(submissions[sha])) for sha in sorted(records))
        self._by_code: dict[str, list[Candidate]] = {}
        self._by_kind: dict[str | None, list[Candidate]] = {}
        for one in self.candidates:
            for code in {code_of(it) for it in one.submissions} - {None}:
                self._by_code.setdefault(str(code), []).append(one)
            self._by_kind.setdefault(_settled_kind(one), []).append(one)

    @property
    def unfinished(self) -> tuple[Candidate, ...]:
        """Files of which only the first page was read so far: a further document may stand behind it."""
        return tuple(one for one in self.candidates if one.record.unfinished)

    @property
    def stray(self) -> tuple[Candidate, ...]:
        """Files that nobody could read and that were handed in for no criterion."""
        return tuple(
            one for one in self.candidates if not one.readable and all(code_of(it) is None for it in one.submissions)
        )

    def free(self, one: Candidate) -> bool:
        """Whether it was handed in without a criterion, or for one that the set does not have."""
        return any(code_of(it) not in self.frame.codes for it in one.submissions)

    def handed(self, code: str) -> tuple[Candidate, ...]:
        """What was handed in for exactly that criterion."""
        return tuple(self._by_code.get(fold(code), ()))

    def kin(self, codes: Iterable[str]) -> tuple[Candidate, ...]:
        """What was handed in for one of those criteria."""
        found = {one.sha256: one for code in codes for one in self.handed(code)}
        return tuple(found[sha] for sha in sorted(found))

    def alike(self, wanted: Requirement) -> tuple[Candidate, ...]:
        """What may be that kind of document; the others surely are not it."""
        if wanted.kind is None:
            return self.candidates
        names = dict.fromkeys(fold(kind.name) for kind in wanted.kinds)
        return tuple(one for name in (*names, None) for one in self._by_kind.get(name, ()))

    def _named(self, must: MustCite) -> Named:
        """Asked only while documents are held, when the anchors are known."""
        if must.number is not None:
            return Named(frozenset({must.number.key}), str(must.number), True)
        name = must.requirement or ""
        anchor = self.anchors.get(name, Anchor(None, None, frozenset()))
        wanted = self.frame.requirements.get(name)
        return Named(anchor.keys, wanted.title if wanted else name, anchor.there is True)


def code_of(submission: Submission) -> str | None:
    """The criterion that a submission names; ``1.2/q1`` names 1.2."""
    return fold(submission.criterion.split("/")[0].strip()) if submission.criterion else None


def _settled_kind(one: Candidate) -> str | None:
    """The folded kind of a document that can be of no other; None for doubt, bundles and decisions issuing a plan."""
    found = one.record.kind
    if found.value is None or not found.sure or one.has(ProblemCode.MIXED_DOCUMENTS) or one.record.unfinished:
        return None
    return None if any(find_phrase(verb, one.subject) for verb in ISSUING) else fold(found.value.name)
