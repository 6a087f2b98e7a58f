"""What a reader may see: documents of which somebody within the scope handed something in, by those submissions alone.

What is not seen is told as what is not there: no path, name or count of it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.search.scope import Scope
from evidence.store.facts import SubmissionChange, SubmissionEntry


class HandedIn(Protocol):
    """Who says what was handed in of documents: the store, or what a search reads of it."""

    def submissions_of(self, hashes: Iterable[str]) -> dict[str, tuple[Submission, ...]]: ...


def sees_document(store: HandedIn, sha256: str, scope: Scope) -> bool:
    """Whether the scope shows any submission of that document."""
    return bool(select_visible(store, (sha256,), scope))


def select_visible(store: HandedIn, hashes: Iterable[str], scope: Scope) -> tuple[str, ...]:
    """Those documents of which the scope shows a submission, each once, in their order."""
    every = tuple(dict.fromkeys(hashes))
    if scope.units is None:
        return every
    submissions = store.submissions_of(every)
    return tuple(sha256 for sha256 in every if any(scope.sees(each.unit) for each in submissions.get(sha256, ())))


def visible_path(store: HandedIn, sha256: str, scope: Scope) -> str:
    """The path of a submission that the scope shows; empty where it shows none."""
    return next((each.path for each in store.submissions_of((sha256,)).get(sha256, ()) if scope.sees(each.unit)), "")


def sees_entry(entry: SubmissionEntry, scope: Scope) -> bool:
    """Whether the scope shows that submission; what is withdrawn is shown only to who sees everything."""
    return scope.units is None or (entry.holds is not None and scope.sees(entry.holds.unit))


def sees_change(change: SubmissionChange, scope: Scope) -> bool:
    """Whether the scope shows where the submission came from and where it went."""
    return all(unit is None or scope.sees(unit) for unit in (change.from_unit, change.unit))


def show_source(record: Record, path: str, scope: Scope) -> Record:
    """The record with the path that the reader may see; another unit may have been the first to hand the file in."""
    if scope.units is None:
        return record
    source = replace(record.source, path=path, member_of=None)
    parts = tuple(show_source(part, path, scope) for part in record.parts)
    return replace(record, source=source, parts=parts)
