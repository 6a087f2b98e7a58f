"""Which document a person means: the beginning of its hash, its number, or the path of a file handed in."""

from __future__ import annotations

import re

from evidence.archive.citation_links import find_part
from evidence.archive.search.visibility import sees_entry, select_visible, show_source, visible_path
from evidence.errors import UsageError
from evidence.model.record import Record
from evidence.search.scope import Scope
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.values import number as numbers
from evidence.values.number import Number

PREFIX = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
LISTED = 20  # documents named where a reference means several


def find_document(store: Store, reference: str, scope: Scope) -> str:
    """The hash of the document meant, among those that the scope shows. UsageError: there is none, or there are
    several, and which."""
    number = numbers.parse(reference)
    if number is not None:
        hashes = tuple(dict.fromkeys(sha256 for sha256, _ in store.bearers(number.key)))
    elif PREFIX.fullmatch(reference.strip()):
        hashes = store.by_prefix(reference.strip().lower())
    else:
        hashes = ()
    hashes = select_visible(store, hashes, scope) or _find_by_path(store, reference, scope)
    if not hashes:
        raise UsageError("show-unknown", ref=reference)
    if len(hashes) > 1:
        raise UsageError("show-several", ref=reference, count=len(hashes), list=_listed(store, hashes, number, scope))
    return hashes[0]


def _find_by_path(store: Store, reference: str, scope: Scope) -> tuple[str, ...]:
    """The documents handed in from a file of that path, by a submission that the scope shows."""
    entries = SubmissionLedger(store).find_by_path(reference.strip())
    return tuple(dict.fromkeys(entry.handed_in.sha256 for entry in entries if sees_entry(entry, scope)))


def _listed(store: Store, hashes: tuple[str, ...], number: Number | None, scope: Scope) -> str:
    """A row a document, the newest first: hash, number, date, kind, issuer, subject; then the path."""
    records = {
        sha256: show_source(record, visible_path(store, sha256, scope), scope)
        for sha256, record in store.records(hashes[:LISTED]).items()
    }
    rows = [(sha256, record, find_part(record, number) if number else record) for sha256, record in records.items()]
    rows.sort(key=lambda row: str(row[2].date.value or ""), reverse=True)
    lines = [f"\n  {sha256[:12]}  {_describe(part)}  ({record.source.path})" for sha256, record, part in rows]
    return "".join([*lines, "\n  …"] if len(hashes) > LISTED else lines)


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
