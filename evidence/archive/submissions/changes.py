"""What was handed in put right: a submission moved to another unit or criterion, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.archive.search.visibility import sees_entry
from evidence.errors import UsageError
from evidence.search.scope import Scope
from evidence.store.facts import SubmissionEntry
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and a criterion; None where that part is not said."""

    unit: str | None = None
    criterion: str | None = None

    @property
    def shown(self) -> str:
        """As it is listed: ``SNV / 1.2``, ``-`` for a part that is not there."""
        return f"{self.unit or '-'} / {self.criterion or '-'}"


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Who puts it right, and why."""

    author: str
    note: str


def move_submission(
    store: Store, sha256: str, reference: str, origin: Place, target: Place, note: ChangeNote, scope: Scope
) -> SubmissionEntry:
    """The submission at ``origin`` counts for ``target`` from now on; a part that the target does not say stays.

    UsageError: the document was never handed in there, several of its submissions are meant, it is handed in at the
    target already, nothing is said of the target, or a unit outside the scope, no name, no reason.
    A withdrawn one is handed in again.
    """
    author, reason = _check_note(note)
    if not (target.unit or target.criterion):
        raise UsageError("move-nowhere")
    ledger = SubmissionLedger(store)
    entries = _visible_entries(ledger, sha256, scope)
    held = [entry for entry in entries if entry.holds is not None]
    entry = _choose_entry(held or entries, reference, origin, "move-several")
    before = _place_of(entry)
    after = Place(_clean(target.unit) or before.unit, _clean(target.criterion) or before.criterion)
    if scope.units is not None and not scope.sees(after.unit):
        raise UsageError("move-outside", unit=after.unit or "-")
    if any(_is_same(_place_of(other), after) for other in held):
        raise UsageError("move-there-already", ref=reference, place=after.shown)
    ledger.move(entry.id, after.unit, after.criterion, author, reason)
    return _read_again(ledger, sha256, entry)


def withdraw_submission(
    store: Store, sha256: str, reference: str, origin: Place, note: ChangeNote, scope: Scope
) -> SubmissionEntry:
    """The submission at ``origin`` is handed in no more; the document stays in the archive. UsageError as above."""
    author, reason = _check_note(note)
    ledger = SubmissionLedger(store)
    held = [entry for entry in _visible_entries(ledger, sha256, scope) if entry.holds is not None]
    entry = _choose_entry(held, reference, origin, "withdraw-several")
    ledger.withdraw(entry.id, author, reason)
    return _read_again(ledger, sha256, entry)


def _visible_entries(ledger: SubmissionLedger, sha256: str, scope: Scope) -> list[SubmissionEntry]:
    return [entry for entry in ledger.entries(sha256) if sees_entry(entry, scope)]


def _choose_entry(entries: Iterable[SubmissionEntry], reference: str, origin: Place, several: str) -> SubmissionEntry:
    """The one that is meant; UsageError where there is none, or several, and which."""
    every = tuple(entries)
    if not every:
        raise UsageError("submission-none", ref=reference)
    meant = [entry for entry in every if _is_within(_place_of(entry), origin)]
    if not meant:
        raise UsageError("submission-not-there", ref=reference, place=origin.shown, list=_list(every))
    if len(meant) > 1:
        raise UsageError(several, ref=reference, count=len(meant), list=_list(meant))
    return meant[0]


def _read_again(ledger: SubmissionLedger, sha256: str, changed: SubmissionEntry) -> SubmissionEntry:
    return next(entry for entry in ledger.entries(sha256) if entry.id == changed.id)


def _place_of(entry: SubmissionEntry) -> Place:
    """Where it holds; of a withdrawn one, where it held last."""
    if entry.holds is not None:
        return Place(entry.holds.unit, entry.holds.criterion)
    return Place(entry.changes[-1].from_unit, entry.changes[-1].from_criterion)


def _is_within(place: Place, origin: Place) -> bool:
    pairs = ((origin.unit, place.unit), (origin.criterion, place.criterion))
    return all(wanted is None or fold(wanted.strip()) == fold(known or "") for wanted, known in pairs)


def _is_same(place: Place, other: Place) -> bool:
    pairs = ((place.unit, other.unit), (place.criterion, other.criterion))
    return all(fold(part or "") == fold(known or "") for part, known in pairs)


def _check_note(note: ChangeNote) -> tuple[str, str]:
    author, reason = _clean(note.author), _clean(note.note)
    if not author:
        raise UsageError("correct-author")
    if not reason:
        raise UsageError("submission-no-reason")
    return author, reason


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())


def _list(entries: Iterable[SubmissionEntry]) -> str:
    return "".join(f"\n  {_place_of(entry).shown}: {entry.handed_in.path}" for entry in entries)
