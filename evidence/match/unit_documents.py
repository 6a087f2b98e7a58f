"""One unit's documents, found by criterion and by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.criteria.phrases import find_phrase
from evidence.match.alternatives import expand_alternatives
from evidence.match.candidate import Candidate, prepare_candidate
from evidence.match.context import CheckContext, ReferencedDocument, UnitContext
from evidence.match.rules.kind import ISSUING_VERBS
from evidence.model.assessment import SubmittedRecord
from evidence.model.criteria import Requirement, Unit
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Record
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class UnitDocuments:
    """One unit's documents, and the check they are held in. Kinds are folded names; None where it is not settled."""

    context: UnitContext
    candidates: tuple[Candidate, ...]
    by_criterion: Mapping[str, tuple[Candidate, ...]]
    by_kind: Mapping[str | None, tuple[Candidate, ...]]

    @property
    def unit(self) -> Unit:
        return self.context.unit

    @property
    def check(self) -> CheckContext:
        return self.context.check

    @property
    def unfinished(self) -> tuple[Candidate, ...]:
        """Files of which only the first page was read so far: a further document may stand behind it."""
        return tuple(candidate for candidate in self.candidates if candidate.record.unfinished)

    @property
    def unread_strays(self) -> tuple[Candidate, ...]:
        """Files that nobody could read and that were handed in for no criterion."""
        return tuple(
            candidate
            for candidate in self.candidates
            if not candidate.readable and all(criterion_of(each) is None for each in candidate.submissions)
        )

    def is_free(self, candidate: Candidate) -> bool:
        """Whether it was handed in without a criterion, or for one that the set does not have."""
        return any(criterion_of(submission) not in self.check.codes for submission in candidate.submissions)

    def submitted_for(self, code: str) -> tuple[Candidate, ...]:
        """What was handed in for exactly that criterion."""
        return self.by_criterion.get(fold(code), ())

    def submitted_for_any(self, codes: Iterable[str]) -> tuple[Candidate, ...]:
        """What was handed in for one of those criteria."""
        candidates = {candidate.sha256: candidate for code in codes for candidate in self.submitted_for(code)}
        return tuple(candidates[sha256] for sha256 in sorted(candidates))

    def of_kind(self, requirement: Requirement) -> tuple[Candidate, ...]:
        """What may be that kind of document; the others surely are not it."""
        options = expand_alternatives(requirement)
        if any(option.kind is None for option in options):
            return self.candidates
        names = dict.fromkeys(fold(kind.name) for option in options for kind in option.kinds)
        return tuple(candidate for name in (*names, None) for candidate in self.by_kind.get(name, ()))

    def with_references(self, references: Mapping[str, ReferencedDocument]) -> UnitDocuments:
        """The same documents, now that it is known which of them other requirements point at."""
        return replace(self, context=replace(self.context, references=references))


def index_documents(unit: Unit, submitted: Iterable[SubmittedRecord], check: CheckContext) -> UnitDocuments:
    """The documents of one unit, each once however often it was handed in."""
    records: dict[str, Record] = {}
    submissions: dict[str, set[Submission]] = {}
    for submission, record in submitted:
        records[record.source.sha256] = record
        submissions.setdefault(record.source.sha256, set()).add(submission)
    candidates = tuple(prepare_candidate(records[sha256], tuple(submissions[sha256])) for sha256 in sorted(records))
    by_criterion: dict[str, list[Candidate]] = {}
    by_kind: dict[str | None, list[Candidate]] = {}
    for candidate in candidates:
        for code in {criterion_of(submission) for submission in candidate.submissions} - {None}:
            by_criterion.setdefault(str(code), []).append(candidate)
        by_kind.setdefault(_settled_kind(candidate), []).append(candidate)
    return UnitDocuments(
        UnitContext(unit, check, {}),
        candidates,
        {code: tuple(listed) for code, listed in by_criterion.items()},
        {kind: tuple(listed) for kind, listed in by_kind.items()},
    )


def criterion_of(submission: Submission) -> str | None:
    """The criterion that a submission names, folded; ``1.2/q1`` names 1.2."""
    return fold(submission.criterion.split("/")[0].strip()) if submission.criterion else None


def _settled_kind(candidate: Candidate) -> str | None:
    """The folded kind of a document that can be of no other; None for doubt, bundles and decisions issuing a plan."""
    kind, unfinished = candidate.record.kind, candidate.record.unfinished
    if kind.value is None or not kind.sure or candidate.has(ProblemCode.MIXED_DOCUMENTS) or unfinished:
        return None
    if any(find_phrase(verb, candidate.subject.title) for verb in ISSUING_VERBS):
        return None
    return fold(kind.value.name)
