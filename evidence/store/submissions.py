"""What was handed in as what: submissions, and the changes that people made to them.

A submission is a file on disk, its content, and the unit and criterion it was handed in for. One file is handed in
once, whatever folder it was walked to from; a person who names two criteria hands it in twice. Where only the names of
folders speak, a file that is known keeps its unit and criterion, unless those were incomplete, or no criterion at all
and the new ones are. A row that was written stays as it is: what was moved or withdrawn stands beside it in
``submission_changes``, and the last change holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from evidence.model.placement import Submission
from evidence.store import commands, mapping
from evidence.store.facts import ChangeAction, SubmissionChange, SubmissionEntry, hold_submission
from evidence.store.findings.marks import mark_document
from evidence.store.schema import RefusalRow, SubmissionChangeRow, SubmissionRow
from evidence.store.searches.stored_bytes import batch_hashes
from evidence.store.searches.unit_names import match_units
from evidence.vietnamese.text import fold

CODE = re.compile(r"[A-Za-zĐđ]?\d{1,3}(?:\.\d{1,3})*\.?$")  # how criteria are numbered: 1, 1.2.1, B1.2
SELF = "evidence ingest"  # who moved a submission where a later run knew better

Place = tuple[str, str]  # unit and criterion; "" for none
LatestChanges = Mapping[int, SubmissionChangeRow]


def load_submissions(
    session: Session, sha256: str | None = None, units: Collection[str] | None = None
) -> tuple[Submission, ...]:
    """What is handed in, in the order it came, as it holds after all changes: all of it, of one document, or by units
    of those (folded) names."""
    if sha256 is not None and units is None:
        return load_submissions_of(session, (sha256,)).get(sha256, ())
    query = select(SubmissionRow).order_by(SubmissionRow.id)
    if sha256 is not None:
        query = query.where(SubmissionRow.sha256 == sha256)
    if units is None:
        latest = _load_latest(session)
    else:
        query = query.where(match_units(session, units))
        latest = _load_latest(session, query.with_only_columns(SubmissionRow.id).order_by(None))
    held = (_hold(row, latest.get(row.id)) for row in session.scalars(query))
    return tuple(each for each in held if each and (units is None or (each.unit and fold(each.unit) in units)))


def load_submissions_of(session: Session, hashes: Sequence[str]) -> dict[str, tuple[Submission, ...]]:
    """What is handed in of each of those documents, as it holds; a document of which nothing is has no entry."""
    submissions: dict[str, list[Submission]] = {}
    for batch in batch_hashes(hashes):
        ours = SubmissionRow.sha256.in_(batch)
        latest = _load_latest(session, select(SubmissionRow.id).where(ours))
        for row in session.scalars(select(SubmissionRow).where(ours).order_by(SubmissionRow.id)):
            submission = _hold(row, latest.get(row.id))
            if submission is not None:
                submissions.setdefault(row.sha256, []).append(submission)
    return {sha256: tuple(held) for sha256, held in submissions.items()}


def load_entries(session: Session, sha256: str) -> tuple[SubmissionEntry, ...]:
    """All that was ever handed in of that document, withdrawn or not, each with its changes."""
    return load_many_entries(session, (sha256,))


def load_many_entries(session: Session, hashes: Sequence[str]) -> tuple[SubmissionEntry, ...]:
    """The same of many documents."""
    entries: list[SubmissionEntry] = []
    for batch in batch_hashes(hashes):
        query = select(SubmissionRow).where(SubmissionRow.sha256.in_(batch)).order_by(SubmissionRow.id)
        rows = session.scalars(query).all()
        history = _load_history(session, [row.id for row in rows])
        entries += [_entry(row, history.get(row.id, [])) for row in rows]
    return tuple(entries)


def find_unchanged(session: Session, submissions: Sequence[Submission]) -> set[Submission]:
    """Those submissions that need not be written: known just so, and no refusal stands of their files."""
    rows: dict[str, list[SubmissionRow]] = {}
    for batch in batch_hashes(list({submission.sha256 for submission in submissions})):
        for row in session.scalars(select(SubmissionRow).where(SubmissionRow.sha256.in_(batch))):
            rows.setdefault(row.sha256, []).append(row)
    latest = _load_latest(session)
    refused = _load_refused(session, submissions)
    unchanged = set()
    for submission in submissions:
        known = _find_known(rows.get(submission.sha256, ()), submission, latest)
        if known and not (known.moves or _adds_anything(submission, known.row) or refused & _names(submission)):
            unchanged.add(submission)
    return unchanged


def add_submission(session: Session, submission: Submission) -> bool:
    """Writes that the file was handed in; False where that was known. What is claimed of it may be new."""
    new = mapping.submission_to_row(submission, commands.current_time())
    rows = session.scalars(select(SubmissionRow).where(SubmissionRow.sha256 == submission.sha256)).all()
    known = _find_known(rows, submission, _load_latest(session))
    commands.remove_refusal(session, new)
    if known is None:
        session.add(new)
        commands.queue_indexing(session, new.sha256)
        commands.write_audit(session, "submitted", new.sha256, f"{new.path} · {new.unit} · {new.criterion}")
        return True
    old = known.row
    if new.path_bytes is not None:
        old.path_bytes = new.path_bytes  # renamed, or written down for the first time: where it lies now
    changed = [name for name in mapping.CLAIMS if getattr(new, name) not in (None, getattr(old, name))]
    for name in changed:
        setattr(old, name, getattr(new, name))
    if changed:
        mark_document(session, new.sha256)
        commands.write_audit(session, "claims changed", new.sha256, f"{new.path} · {', '.join(changed)}")
    if known.moves:
        add_change(session, old.id, ChangeAction.MOVE, (new.unit, new.criterion), SELF, new.path)
    return False


def add_change(session: Session, submission: int, action: ChangeAction, place: Place, author: str, note: str) -> None:
    """Moves a submission to that unit and criterion, or withdraws it; what was written before stays."""
    row = session.get_one(SubmissionRow, submission)
    unit, criterion = place
    holds = _hold(row, _load_latest(session).get(submission))
    before = f"{holds.unit or ''} · {holds.criterion or ''}" if holds else None
    change = SubmissionChangeRow(
        submission=submission,
        action=action.value,
        unit=unit,
        criterion=criterion,
        author=author,
        note=note,
        at=commands.current_time(),
    )
    session.add(change)
    commands.queue_indexing(session, row.sha256)
    detail = f"{row.path} · {unit} · {criterion} · {author}"
    after = f"{unit} · {criterion}" if action is ChangeAction.MOVE else None
    commands.write_audit(session, f"submission {action.value}", row.sha256, detail, before, after)


# --- what holds -----------------------------------------------------------------------------------------------------


def _load_latest(session: Session, wanted: Select[int] | None = None) -> LatestChanges:
    """The last change of each submission that was ever changed; of those wanted alone, where that is said."""
    last = select(func.max(SubmissionChangeRow.id)).group_by(SubmissionChangeRow.submission)
    if wanted is not None:
        last = last.where(SubmissionChangeRow.submission.in_(wanted))
    query = select(SubmissionChangeRow).where(SubmissionChangeRow.id.in_(last))
    return {change.submission: change for change in session.scalars(query)}


def _hold(row: SubmissionRow, change: SubmissionChangeRow | None) -> Submission | None:
    """The submission as it holds; None where it is withdrawn."""
    submission = mapping.row_to_submission(row)
    return hold_submission(submission, change.action, change.unit, change.criterion) if change else submission


def _load_history(session: Session, wanted: Sequence[int]) -> dict[int, list[SubmissionChangeRow]]:
    """Every change of those submissions, in order."""
    changes: dict[int, list[SubmissionChangeRow]] = {}
    query = select(SubmissionChangeRow).where(SubmissionChangeRow.submission.in_(wanted))
    for change in session.scalars(query.order_by(SubmissionChangeRow.id)):
        changes.setdefault(change.submission, []).append(change)
    return changes


def _entry(row: SubmissionRow, rows: Sequence[SubmissionChangeRow]) -> SubmissionEntry:
    changes = []
    before: Place = (row.unit, row.criterion)
    for change in rows:
        after: Place = (change.unit, change.criterion)
        changes.append(
            SubmissionChange(
                ChangeAction(change.action),
                row.path,
                *_none_for_empty(before),
                *_none_for_empty(after),
                change.author,
                change.note,
                change.at,
            )
        )
        before = after
    last = rows[-1] if rows else None
    return SubmissionEntry(row.id, mapping.row_to_submission(row), _hold(row, last), tuple(changes))


def _none_for_empty(place: Place) -> tuple[str | None, str | None]:
    return place[0] or None, place[1] or None


# --- which submission a file is -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """A submission that is the one offered; ``moves``: what is said now of unit and criterion is better."""

    row: SubmissionRow
    moves: bool = False


def _find_known(rows: Iterable[SubmissionRow], new: Submission, latest: LatestChanges) -> _Known | None:
    """The submission that this is, of those of the same content; None where it is another one."""
    every = tuple(rows)
    place: Place = (new.unit or "", new.criterion or "")
    ours = [row for row in every if _is_same_file(row, new)]
    exact = [row for row in every if (row.path, row.unit, row.criterion) == (new.path, *place)]
    for row in (*exact, *ours):
        if row in exact or any(_is_same_place(place, known) for known in _places(row, latest)):
            return _Known(row)
    for row in ours:
        if all(_may_be_same(*pair) for pair in zip(_places(row, latest)[-1], place, strict=True)):
            return _Known(row, row.id not in latest and _weigh(place) > _weigh((row.unit, row.criterion)))
    if new.by_layout and ours:
        better = [row for row in ours if row.by_layout and row.id not in latest]
        better = [row for row in better if _weigh(place) > _weigh((row.unit, row.criterion))]
        return _Known(better[0], moves=True) if better else _Known(ours[0])
    return None


def _places(row: SubmissionRow, latest: LatestChanges) -> tuple[Place, ...]:
    """Unit and criterion as it was handed in, and as it was moved; the last holds."""
    change = latest.get(row.id)
    moved = change is not None and change.action == ChangeAction.MOVE.value
    return ((row.unit, row.criterion), *([(change.unit, change.criterion)] if change and moved else []))


def _is_same_place(place: Place, other: Place) -> bool:
    return [fold(part) for part in place] == [fold(part) for part in other]


def _may_be_same(part: str, other: str) -> bool:
    return not part or not other or fold(part) == fold(other)


def _weigh(place: Place) -> int:
    """How much unit and criterion say: each that is named, a criterion that is numbered, a unit that is not."""
    unit, criterion = place
    return sum((bool(unit), bool(criterion), bool(CODE.match(criterion)), bool(unit) and not CODE.match(unit)))


def _is_same_file(row: SubmissionRow, new: Submission) -> bool:
    """Whether it is the same file at the same place on disk; of files inside a package, the same one."""
    if row.path_bytes is None or row.path_bytes != new.path_bytes:
        return False
    return _inside(row.path, row.path_bytes) == _inside(new.path, row.path_bytes)


def _inside(path: str, package: bytes) -> str:
    """The rest of the path behind the package's own name; empty for a file on disk."""
    name = unicodedata.normalize("NFC", package.rpartition(b"/")[2].decode("utf-8", "replace"))
    return f"/{path}".partition(f"/{name}!/")[2]


def _adds_anything(submission: Submission, old: SubmissionRow) -> bool:
    """Whether something is said now that is not written, or its place on disk is written only as it was given."""
    if submission.path_bytes is not None and not (old.path_bytes or b"").startswith(b"/"):
        return old.path_bytes != submission.path_bytes
    known = mapping.row_to_submission(old)
    return any(getattr(submission, name) not in (None, getattr(known, name)) for name in mapping.CLAIMS)


def _load_refused(session: Session, submissions: Sequence[Submission]) -> set[str | bytes]:
    """The paths, as they are shown and as bytes, of those files that stand as refused."""
    names = [*{submission.path for submission in submissions}]
    places = [*{submission.path_bytes for submission in submissions if submission.path_bytes}]
    query = select(RefusalRow).where(or_(RefusalRow.path.in_(names), RefusalRow.path_bytes.in_(places)))
    return {name for row in session.scalars(query) for name in _refused_names(row)}


def _refused_names(row: RefusalRow) -> Iterator[str | bytes]:
    """By its place on disk where that is written; else by the path it was shown by."""
    if row.path_bytes is not None and row.path_bytes.startswith(b"/"):
        yield row.path_bytes
    else:
        yield row.path


def _names(submission: Submission) -> set[str | bytes]:
    return {submission.path, *([submission.path_bytes] if submission.path_bytes else [])}
