"""The audit of an archive for the doors: pages of entries, all of them for export, whether the chain is whole. Who acts
is told by ``acting``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.account import AuditEntry
from evidence.store.audit.audit_store import AuditQuery, AuditStore
from evidence.store.store import Store

__all__ = ["AuditPage", "AuditQuery", "AuditTrail"]

PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of entries, the latest first; ``number`` from 1; ``total`` entries in all."""

    entries: tuple[AuditEntry, ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))


class AuditTrail:
    """The audit of one archive."""

    def __init__(self, store: Store) -> None:
        self._audit = AuditStore(store)

    def page(self, query: AuditQuery, number: int) -> AuditPage:
        """That page of what the query asks for; the nearest where there is none."""
        total = self._audit.count(query)
        number = min(max(number, 1), max(1, -(-total // PAGE)))
        return AuditPage(self._audit.page(query, (number - 1) * PAGE, PAGE), number, total)

    def entries(self, query: AuditQuery) -> Iterator[AuditEntry]:
        """All that the query asks for, in the order in which it was written."""
        return self._audit.entries(query)

    def actions(self) -> tuple[str, ...]:
        """Every kind of action that stands there."""
        return self._audit.actions()

    def find_break(self) -> int | None:
        """The number of the first entry that was changed or is missing; None where the chain is whole."""
        return self._audit.find_break()
