"""The documents that requirements point at in others: to count a deadline from, or to be cited.

They are found before anything is judged, whenever they came: with no deadline, trigger or citation asked of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evidence.match.assign import CriterionCodes, assign_documents, select_counted
from evidence.match.context import ABSENT, ReferencedDocument
from evidence.match.unit_documents import UnitDocuments
from evidence.model.criteria import Requirement


def find_references(documents: UnitDocuments, codes: Mapping[str, CriterionCodes]) -> dict[str, ReferencedDocument]:
    """By requirement, the unit's document that others point at. ``codes``: by code, every criterion with evidence."""
    requirements = documents.check.requirements
    names = _referenced_names(requirements.values())
    # one that is not there waits for a person to confirm it
    return {name: _find_reference(name, documents, codes) for name in names if name in requirements}


def _referenced_names(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """The requirements that others point at."""
    names: dict[str, None] = {}
    for requirement in requirements:
        trigger = requirement.trigger.requirement if requirement.trigger else None
        names |= dict.fromkeys(name for name in (trigger, *(must.requirement for must in requirement.cites)) if name)
    return tuple(names)


def _find_reference(name: str, documents: UnitDocuments, codes: Mapping[str, CriterionCodes]) -> ReferencedDocument:
    """The document that surely serves that requirement. Two that fit alike are not settled."""
    bare = replace(documents.check.requirements[name], due=None, trigger=None, cites=())
    (assignment,) = assign_documents((bare,), documents, codes[name.split("/")[0]])
    fits = select_counted(assignment.sure, bare.count)
    numbers = [fit.candidate.record.number for fit in (fits or assignment.doubtful)]
    keys = frozenset(number.value.key for number in numbers if number.value is not None and number.sure)
    if not fits and not assignment.doubtful:
        return ABSENT
    if len(fits) != 1:
        return ReferencedDocument(None, None, keys)
    date = fits[0].candidate.record.date
    return ReferencedDocument(True, date.value.to_date() if date.value is not None and date.sure else None, keys)
