"""Whose findings have to be made anew: the units that a changed document, or a mark of their own, reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.store.findings.tables import FindingSourceRow, StaleMarkRow
from evidence.store.schema import CitationRow, RecordRow, SubmissionChangeRow, SubmissionRow
from evidence.store.searches.stored_bytes import batch_hashes
from evidence.vietnamese.text import fold

MOST_MARKS = 3_000  # marked documents looked at one by one; with more, every unit is found anew


@dataclass(frozen=True, slots=True)
class SetOutline:
    """What has to be known of a set to see whom a change reaches: its units by folded name or code, the numbers that
    its deadlines count from."""

    criteria_set: str
    units: Mapping[str, str]
    triggers: frozenset[str]


def find_reached_units(
    session: Session, outline: SetOutline, through: Mapping[str, int], ending: Collection[str]
) -> frozenset[str]:
    """The units of that set which a mark reaches that they do not know. ``through``: by unit, the last mark it knows;
    ``ending``: the relations of citations that end a document."""
    if not through:
        return frozenset()
    oldest = min(through.values())
    marks = session.execute(
        select(StaleMarkRow.id, StaleMarkRow.sha256, StaleMarkRow.unit, StaleMarkRow.criteria_set)
        .where(StaleMarkRow.id > oldest)
        .order_by(StaleMarkRow.id)
    ).all()
    if len(marks) > MOST_MARKS:
        return frozenset(unit for unit, last in through.items() if last < marks[-1].id)
    reached: set[str] = set()
    for mark in marks:
        if mark.sha256 or mark.criteria_set not in ("", outline.criteria_set):
            continue
        units = {outline.units.get(fold(mark.unit), "")} if mark.unit else set(through)
        reached |= {unit for unit in units if unit in through and through[unit] < mark.id}
    documents = {mark.sha256: mark.id for mark in marks if mark.sha256}
    for sha256, unit in _find_reached_by(session, outline, tuple(documents), ending):
        if unit in through and through[unit] < documents[sha256]:
            reached.add(unit)
    return frozenset(reached)


def _find_reached_by(
    session: Session, outline: SetOutline, documents: tuple[str, ...], ending: Collection[str]
) -> Iterable[tuple[str, str]]:
    """Each changed document with each unit that it reaches."""
    for batch in batch_hashes(documents):
        yield from _find_submitters(session, outline, batch)
        yield from _find_readers(session, outline, batch)
        yield from _find_cited(session, outline, batch, ending)
        bearers = select(RecordRow.sha256).where(
            RecordRow.sha256.in_(batch), RecordRow.number_key.in_(outline.triggers)
        )
        for sha256 in session.scalars(bearers):
            yield from ((sha256, unit) for unit in set(outline.units.values()))


def _find_submitters(session: Session, outline: SetOutline, batch: list[str]) -> Iterable[tuple[str, str]]:
    """The units that it was ever handed in by, or moved to."""
    handed = select(SubmissionRow.sha256, SubmissionRow.unit).where(SubmissionRow.sha256.in_(batch))
    moved = (
        select(SubmissionRow.sha256, SubmissionChangeRow.unit)
        .join(SubmissionChangeRow, SubmissionChangeRow.submission == SubmissionRow.id)
        .where(SubmissionRow.sha256.in_(batch))
    )
    for query in (handed, moved):
        for sha256, name in session.execute(query.distinct()):
            if fold(name) in outline.units:
                yield sha256, outline.units[fold(name)]


def _find_readers(session: Session, outline: SetOutline, batch: list[str]) -> Iterable[tuple[str, str]]:
    """The units whose findings rest on it though others handed it in."""
    query = select(FindingSourceRow.value, FindingSourceRow.unit).where(
        FindingSourceRow.criteria_set == outline.criteria_set,
        FindingSourceRow.kind == "document",
        FindingSourceRow.value.in_(batch),
    )
    yield from ((sha256, unit) for sha256, unit in session.execute(query))


def _find_cited(
    session: Session, outline: SetOutline, batch: list[str], ending: Collection[str]
) -> Iterable[tuple[str, str]]:
    """The units one of whose documents it may end, or for which it names a document that they lack."""
    cited = select(CitationRow.sha256, CitationRow.number_key, CitationRow.relation).where(
        CitationRow.sha256.in_(batch), CitationRow.number_key.is_not(None)
    )
    named = [(sha256, number or "", relation) for sha256, number, relation in session.execute(cited)]
    ended = {number for _, number, relation in named if relation in ending}
    bearers = _find_units_by_source(session, outline, "number", ended)
    begun = {start for _, number, _ in named for start in _starts(number)}
    letters = _find_units_by_source(session, outline, "letters", begun)
    for sha256, number, relation in named:
        if relation in ending:
            yield from ((sha256, unit) for unit in bearers.get(number, ()))
        for start in _starts(number):
            yield from ((sha256, unit) for unit in letters.get(start, ()))


def _starts(number: str) -> Iterator[str]:
    """How the letters of a number begin, all ways: 9/khsxd -> k, kh, khs, ..."""
    suffix = number.rpartition("/")[2]
    return (suffix[:length] for length in range(1, len(suffix) + 1))


def _find_units_by_source(
    session: Session, outline: SetOutline, kind: str, values: Collection[str]
) -> dict[str, list[str]]:
    """The units whose findings rest on one of those, by what it is: an archive has some hundred thousand of them."""
    units: dict[str, list[str]] = {}
    for batch in batch_hashes(sorted(values)):
        query = select(FindingSourceRow.value, FindingSourceRow.unit).where(
            FindingSourceRow.kind == kind,
            FindingSourceRow.value.in_(batch),
            FindingSourceRow.criteria_set == outline.criteria_set,
        )
        for value, unit in session.execute(query):
            units.setdefault(value, []).append(unit)
    return units
