"""Who acts, told by a door before it calls anything: ``with acting_as(Actor(...)): ...``. Light: ``doctor`` starts
without a database library."""

from __future__ import annotations

from evidence.store.audit.actor import acting_as

__all__ = ["acting_as"]
