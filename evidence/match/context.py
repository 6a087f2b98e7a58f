"""What a rule may have to know besides the document: the day, the archive, the set, what requirements point at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from evidence.match.document_register import DocumentRegister
from evidence.model.criteria import Calendar, CriteriaSet, MustCite, Requirement, Unit


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What is the same for all units: the day, the archive, the set's requirements by name, its codes, itself."""

    as_of: datetime.date
    register: DocumentRegister
    requirements: Mapping[str, Requirement]
    codes: frozenset[str]
    criteria: CriteriaSet

    @property
    def calendar(self) -> Calendar | None:
        return self.criteria.calendar


@dataclass(frozen=True, slots=True)
class ReferencedDocument:
    """The document that serves a requirement which others point at (to count a deadline from it, to cite it).

    ``there`` is None where that is not settled; ``keys`` are its numbers, several where it is not settled which.
    """

    there: bool | None
    date: datetime.date | None
    keys: frozenset[str]


ABSENT = ReferencedDocument(False, None, frozenset())
UNSETTLED = ReferencedDocument(None, None, frozenset())


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that must be cited: its numbers (several where it is not settled which), and what to call it."""

    keys: frozenset[str]
    title: str
    settled: bool


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The check of one unit; ``references``: by requirement, the document that others point at."""

    unit: Unit
    check: CheckContext
    references: Mapping[str, ReferencedDocument]

    def cited_document(self, must: MustCite) -> CitedDocument:
        """The document that must be cited."""
        if must.number is not None:
            return CitedDocument(frozenset({must.number.key}), str(must.number), True)
        name = must.requirement or ""
        reference = self.references.get(name, UNSETTLED)
        requirement = self.check.requirements.get(name)
        return CitedDocument(reference.keys, requirement.title if requirement else name, reference.there is True)
