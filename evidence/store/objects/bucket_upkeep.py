"""What is done with a bucket as a whole: an archive's originals moved into one, and objects swept that nobody knows."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from evidence.errors import ArchiveError
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.place import save_place
from evidence.store.originals import bucket_name, hash_file
from evidence.store.receipts.received_originals import is_known_original, list_received
from evidence.store.schema import DocumentRow
from evidence.store.store import Store

GRACE = 86_400.0  # seconds that an object may lie there before a record knows it: no read takes that long
HASH_LETTERS = 64


def move_originals(home: Path, url: str, database: str | None = None) -> int:
    """Copies every original of the archive into the bucket and then writes down that they are kept there; the folder
    becomes a cache. How many they are. Done again after a kill, it goes on where it stopped. ``database``: as of
    ``Store.open``.

    ArchiveError: the bucket does not answer; an original is lost or changed; somebody else has the archive open.
    """
    with Store.open(home, alone=True, database=database) as store:
        store.check_writable()
        kept = _kept_originals(store)
        bucket = Bucket(url, home)
        try:
            there = {name for name, _ in bucket.list_objects()}
            for sha256 in kept:
                place = store.originals.bring(sha256)
                if not place.is_file() or hash_file(place) != sha256:
                    raise ArchiveError("archive-original-lost", "archive-original-lost-hint", home=home, sha256=sha256)
                if bucket_name(sha256) not in there:
                    bucket.put_once(bucket_name(sha256), place)
        finally:
            bucket.close()
        with store.database.writing() as session:
            save_place(session, url)
    return len(kept)


def sweep_bucket(store: Store, clock: Callable[[], float] = time.time) -> int:
    """Removes the objects that no record has known for a day; how many. Each within a transaction that writes: a record
    that comes to know it at this moment looks for it afterwards, and puts it again."""
    bucket, removed = store.originals.bucket, 0
    if bucket is None:
        return 0
    oldest = clock() - GRACE
    for name, put in bucket.list_objects():
        sha256 = name.rsplit("/", 1)[-1]
        if put > oldest or name != bucket_name(sha256) or is_known_original(store.database, sha256):
            continue
        with store.database.writing():
            if not is_known_original(store.database, sha256):
                bucket.remove(name)
                removed += 1
    return removed


def _kept_originals(store: Store) -> list[str]:
    with store.database.reading() as session:
        kept = set(session.scalars(select(DocumentRow.sha256).where(DocumentRow.kept)))
    return sorted(kept | list_received(store.database))
