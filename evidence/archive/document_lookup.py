"""Which document a person means: the beginning of its hash, its number, or the path of a file handed in."""

from __future__ import annotations

import re

from evidence.archive.search.archive_search import EVERYTHING, ArchiveSearch
from evidence.errors import ArchiveError, UsageError
from evidence.model.record import Record
from evidence.search import analyzer
from evidence.search.plan import Term
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.values import number as numbers
from evidence.values.number import Number

PREFIX = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
LISTED = 20  # documents named where a reference means several


def find_document(store: Store, search: ArchiveSearch, reference: str) -> str:
    """The hash of the document meant. UsageError: there is none, or there are several, and which."""
    number = numbers.parse(reference)
    if number is not None:
        bearers = [sha256 for sha256, _ in store.bearers(number.key)]
        hashes = tuple(dict.fromkeys((*bearers, *_files_with_part(search, number, bearers))))
    elif PREFIX.fullmatch(reference.strip()):
        hashes = store.by_prefix(reference.strip().lower())
    else:
        hashes = ()
    hashes = hashes or SubmissionLedger(store).find_by_path(reference.strip())
    if not hashes:
        raise UsageError("show-unknown", ref=reference)
    if len(hashes) > 1:
        raise UsageError("show-several", ref=reference, count=len(hashes), list=_listed(store, hashes, number))
    return hashes[0]


def _files_with_part(search: ArchiveSearch, number: Number, bearers: list[str]) -> tuple[str, ...]:
    """The files that hold a document of that number behind their first one: the index knows them. Where there is no
    index the bearers are the answer."""
    try:
        (hashes,) = search.find_hashes([Term("number", analyzer.number_term(number))], EVERYTHING, LISTED)
    except ArchiveError:
        if not bearers:
            raise
        return ()
    return hashes


def _listed(store: Store, hashes: tuple[str, ...], number: Number | None) -> str:
    """A row a document, the newest first: hash, number, date, kind, issuer, subject; then the path."""
    records = store.records(hashes[:LISTED])
    rows = [(sha256, record, _part_of_number(record, number)) for sha256, record in records.items()]
    rows.sort(key=lambda row: str(row[2].date.value or ""), reverse=True)
    lines = [f"\n  {sha256[:12]}  {_describe(part)}  ({record.source.path})" for sha256, record, part in rows]
    return "".join([*lines, "\n  …"] if len(hashes) > LISTED else lines)


def _part_of_number(record: Record, number: Number | None) -> Record:
    """The document of the file that bears the number; the first one where none is asked for."""
    parts = (part for part in record.parts if number and part.number.value and part.number.value.key == number.key)
    own = record.number.value
    return record if number is None or (own is not None and own.key == number.key) else next(parts, record)


def _describe(record: Record) -> str:
    """What tells documents of one number apart; a value that is not sure bears a question mark."""
    date, kind, issuer, subject = record.date, record.kind, record.issuer, record.subject
    known = (
        (record.number, str(record.number.value)),
        (date, str(date.value)),
        (kind, kind.value.name if kind.value else ""),
        (issuer, issuer.value.name if issuer.value else ""),
        (subject, " ".join((subject.value or "").split())),
    )
    return " · ".join(text if field.sure else f"{text} (?)" for field, text in known if field.value is not None)
