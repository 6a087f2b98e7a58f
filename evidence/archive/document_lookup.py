"""Which document a person means: the beginning of its hash, its number, or the path of a file handed in."""

from __future__ import annotations

import re

from evidence.archive.search.archive_search import EVERYTHING, ArchiveSearch, SearchRequest
from evidence.errors import UsageError
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
        hashes = tuple(sha256 for sha256, _ in store.bearers(number.key)) or _files_with_part(search, number)
    elif PREFIX.fullmatch(reference.strip()):
        hashes = store.by_prefix(reference.strip().lower())
    else:
        hashes = ()
    hashes = hashes or SubmissionLedger(store).find_by_path(reference.strip())
    if not hashes:
        raise UsageError("show-unknown", ref=reference)
    if len(hashes) > 1:
        raise UsageError("show-several", ref=reference, count=len(hashes), list=_listed(store, hashes))
    return hashes[0]


def _files_with_part(search: ArchiveSearch, number: Number) -> tuple[str, ...]:
    """The files that hold a document of that number behind their first one: the index knows them."""
    hits = search.search(SearchRequest(f"so:{number}", LISTED), EVERYTHING).hits
    return tuple(hit.sha256 for hit in hits if hit.bears)


def _listed(store: Store, hashes: tuple[str, ...]) -> str:
    records = store.records(hashes[:LISTED])
    rows = [f"\n  {sha256[:12]}  {record.source.path}" for sha256, record in records.items()]
    return "".join([*rows, "\n  …"] if len(hashes) > LISTED else rows)
