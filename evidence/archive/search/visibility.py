"""Which documents a reader may see: those of which somebody within the scope handed something in."""

from __future__ import annotations

from evidence.search.scope import Scope
from evidence.store.store import Store


def sees_document(store: Store, sha256: str, scope: Scope) -> bool:
    """Whether the scope shows any submission of that document."""
    return scope.units is None or any(scope.sees(each.unit) for each in store.submissions(sha256))


def visible_path(store: Store, sha256: str, scope: Scope) -> str:
    """The path of a submission that the scope shows; empty where it shows none."""
    return next((each.path for each in store.submissions(sha256) if scope.sees(each.unit)), "")
