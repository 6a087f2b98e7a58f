"""Documents of which only the header was read, now or by a run that was killed: read whole, from the originals kept."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.archive.outcome import Ingested, make_outcome
from evidence.archive.settlement import Settlement
from evidence.pipeline.requests import Custody, FileRequest, FileResult
from evidence.store.originals import hash_file
from evidence.store.store import Store


def request_bodies(store: Store) -> Iterator[FileRequest]:
    """The documents whose bodies wait, as far as their originals are here and are still the same."""
    for sha256 in store.unfinished():
        place = store.originals.bring(sha256)
        document = store.document(sha256)
        if document and store.unfinished(sha256) and place.is_file() and hash_file(place) == sha256:
            yield FileRequest(document.source, place, Custody.KEPT, document.envelope)


def settle_body(store: Store, settlement: Settlement, result: FileResult) -> list[Ingested]:
    """Puts the whole document in the place of its header. ArchiveError where it cannot be written."""
    sha256 = result.source.sha256
    if not store.originals.holds(sha256):
        return []  # lost just now: the header is worth more than the news that it cannot be read
    store.put(result.document, result.record, None, ())
    paths = [file.shown for file in settlement.settle_header(sha256)]
    stored = [submission.path for submission in store.submissions(sha256)]
    first, *rest = paths or stored[:1] or [result.source.path]
    outcome = make_outcome(first, result.record, "stored", result.seconds, max(0, result.recalled - 1))
    return [outcome, *(make_outcome(path, result.record, "known") for path in rest)]
