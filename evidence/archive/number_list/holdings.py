"""What the archive holds of a list of numbers: held, only cited, unknown; by identity where the list gives dates.

Whole numbers are looked up in the database and in the index (which knows every document of a file), parts of numbers in
the index. Where a read-only archive has no index, whole numbers still answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidence.archive.citation_links import citation_identity, match_identity
from evidence.archive.number_list.list_reading import ListedNumber, ReadList, read_listed_numbers
from evidence.archive.search.archive_search import ArchiveSearch
from evidence.archive.search.visibility import select_visible, show_source, visible_path
from evidence.config import Settings
from evidence.errors import AnnexError, ArchiveError, UsageError
from evidence.ingest.sources.paths import display
from evidence.messages import Message
from evidence.model.record import Record
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.search import analyzer
from evidence.search.conditions import plan_cited_part, plan_own_number
from evidence.search.engine import IndexDamagedError
from evidence.search.plan import Plan, Term, join_any
from evidence.search.scope import Scope
from evidence.store.store import Store
from evidence.values import identity

__all__ = ["HeldDocument", "ListedNumber", "NumberHolding", "NumberHoldings", "Standing", "find_holdings", "read_list"]

MOST = 50  # documents named for one number


class Standing(StrEnum):
    HELD = "held"
    CITED = "cited"  # no document of the archive bears it, one names it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document that bears the number. ``record`` is the one of its file that does; ``sure`` where the list's date
    says that it is this one."""

    sha256: str
    path: str
    record: Record
    sure: bool


@dataclass(frozen=True, slots=True)
class NumberHolding:
    """What there is of one number. ``others`` bear it too, but the list's date says that they are not meant."""

    listed: ListedNumber
    documents: tuple[HeldDocument, ...]
    others: tuple[HeldDocument, ...]
    cited_by: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        return Standing.HELD if self.documents else Standing.CITED if self.cited_by else Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class NumberHoldings:
    """The numbers in the order of the list; ``skipped``: its lines without one; ``notes``: what a person must know."""

    holdings: tuple[NumberHolding, ...]
    skipped: tuple[str, ...]
    notes: tuple[Message, ...] = ()


def read_list(file: Path, settings: Settings) -> ReadList:
    """The numbers of the file, read in contained children. UnreadableError: there is no such file; AnnexError says
    why it cannot be read; UsageError: it holds no number."""
    document = next(read_files([request_file(file, settings.limits)], settings, tables=True)).document
    if not document.pages:
        problems = tuple((None, problem.message) for problem in document.problems)
        raise AnnexError("list-unreadable", problems, path=display(file.name))
    listed = read_listed_numbers(document)
    if not listed.numbers:
        raise UsageError("list-no-numbers", path=display(file.name))
    return listed


def find_holdings(store: Store, search: ArchiveSearch, listed: ReadList, scope: Scope) -> NumberHoldings:
    """What the scope shows of those numbers. ArchiveError: the archive cannot be read."""
    plans = [plan for entry in listed.numbers for plan in _plan(entry)]
    notes: tuple[Message, ...] = ()
    try:
        found = search.find_hashes(plans, scope, MOST)
        notes = tuple(search.find_notes(scope))
    except (ArchiveError, IndexDamagedError):
        found, notes = ((),) * len(plans), (Message("list-without-index"),)
    holdings = tuple(
        _hold(store, entry, found[2 * at], found[2 * at + 1], scope) for at, entry in enumerate(listed.numbers)
    )
    return NumberHoldings(holdings, listed.others, notes)


def _plan(entry: ListedNumber) -> tuple[Plan, Plan]:
    """What asks the index for bearers, and for citers."""
    borne: list[Plan] = [plan_own_number(entry.pieces)] if entry.pieces else []
    cited: list[Plan] = [plan_cited_part(entry.pieces)] if entry.pieces else []
    if entry.number is not None:
        term = analyzer.number_term(entry.number)
        borne.append(Term("number", term))
        cited.append(Term("cites", term))
    return join_any(tuple(borne)), join_any(tuple(cited))


def _hold(
    store: Store, entry: ListedNumber, bearers: tuple[str, ...], citers: tuple[str, ...], scope: Scope
) -> NumberHolding:
    if entry.number is not None:
        known = [sha256 for sha256, _ in store.bearers(entry.number.key)][:MOST]
        bearers = tuple(dict.fromkeys((*known, *bearers)))
    shown = select_visible(store, bearers, scope)
    documents: list[HeldDocument] = []
    others: list[HeldDocument] = []
    for sha256, record in store.records(shown).items():
        path = visible_path(store, sha256, scope)
        for part in _bearing(record, entry):
            same = _is_meant(entry, part)
            held = HeldDocument(sha256, path, show_source(part, path, scope), same is True)
            (others if same is False else documents).append(held)
    citing = select_visible(store, _citing(store, entry, citers), scope)
    return NumberHolding(entry, tuple(documents), tuple(others), citing)


def _bearing(record: Record, entry: ListedNumber) -> Iterator[Record]:
    """The documents of the file that bear the number, or all the pieces of it."""
    pieces = set(analyzer.strip_term_marks(entry.pieces))
    for part in (record, *record.parts):
        number = part.number.value
        if number is None:
            continue
        whole = entry.number is not None and number.key == entry.number.key
        if whole or (pieces and pieces <= set(_pieces(part))):
            yield part


def _pieces(part: Record) -> list[str]:
    number = part.number.value
    if number is None:
        return []
    return analyzer.strip_term_marks([analyzer.number_term(number), *analyzer.split_number(number)])


def _is_meant(entry: ListedNumber, part: Record) -> bool | None:
    """Whether the list means this document, as far as its date tells."""
    own = part.number.value
    if entry.number is not None and own is not None and own.key == entry.number.key:
        return match_identity(identity.make_identity(entry.number, entry.date, None), part)
    if entry.date is None or part.date.value is None:
        return None
    mine, theirs = str(entry.date), str(part.date.value)
    return mine.startswith(theirs) or theirs.startswith(mine)


def _citing(store: Store, entry: ListedNumber, citers: tuple[str, ...]) -> Iterator[str]:
    """The documents that name the number; of a whole one, those whose citation does not mean another document."""
    if entry.number is None:
        yield from citers
        return
    wanted = identity.make_identity(entry.number, entry.date, None)
    verdicts: dict[str, set[bool | None]] = {}
    for sha256, citation in store.cited_by(entry.number.key):
        if citation.number is not None:
            same = identity.compare_identities(wanted, citation_identity(citation, citation.number))
            verdicts.setdefault(sha256, set()).add(same)
    yield from (sha256 for sha256, answers in verdicts.items() if answers != {False})
    yield from (sha256 for sha256 in citers if sha256 not in verdicts)  # named in a further document of the file
