"""What is done with a bucket as a whole: an archive's originals moved into one, and objects swept that nobody knows."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from evidence.errors import ArchiveError
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.place import save_place
from evidence.store.objects.removal_marks import clear_removal, is_being_removed, mark_removal
from evidence.store.originals import bucket_name, hash_file
from evidence.store.receipts.received_originals import find_known_originals, list_received
from evidence.store.schema import DocumentRow, Fact
from evidence.store.store import Store

GRACE = 86_400.0  # seconds that an object may lie there before a record knows it: no read takes that long
HOUR = 3600.0
SWEPT = "originals swept"  # the fact that says when, in seconds since 1970
FOLDERS = 256  # of a bucket, by the first two letters of a hash: what caches keep is never listed


def move_originals(home: Path, url: str, database: str | None = None) -> int:
    """Copies every original of the archive into the bucket and then writes down that they are kept there; the folder
    becomes a cache. How many they are. Done again after a kill, it goes on where it stopped. ``database``: as of
    ``Store.open``.

    ArchiveError: the bucket does not answer, refuses what will be asked of it, or is another archive's; an original is
    lost or changed; somebody else has the archive open.
    """
    with Store.open(home, alone=True, database=database) as store:
        store.check_writable()
        kept = _kept_originals(store)
        bucket = Bucket(url, home)
        try:
            bucket.try_rights()
            _take_place(store, bucket)
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


def sweep_hourly(store: Store) -> int:
    """Sweeps the bucket where no machine has done so for an hour; how many objects were removed."""
    if store.originals.bucket is None:
        return 0
    now = time.time()
    with store.database.writing() as session:
        last = session.get(Fact, SWEPT)
        if last is not None and abs(now - float(last.value)) < HOUR:
            return 0
        session.merge(Fact(name=SWEPT, value=f"{now:.0f}"))
    return sweep_bucket(store)


def sweep_bucket(store: Store, clock: Callable[[], float] = time.time) -> int:
    """Removes the objects that no record has known for a day; how many. None where the place is another's, as for a
    copy of the database that somebody tries: what was stored since, it does not know (``keep_place``).

    Each is marked first, in a transaction that writes: no record comes to know it until the answer is there, and the
    one that then does puts it again."""
    bucket = store.originals.bucket
    if bucket is None or bucket.claim(_name_owner(store)) != _name_owner(store):
        return 0
    oldest, removed = clock() - GRACE, 0
    for first in range(FOLDERS):
        old = [name for name, put in bucket.list_objects(f"{first:02x}") if put <= oldest]
        hashes = [name.rsplit("/", 1)[-1] for name in old]
        hashes = [sha256 for name, sha256 in zip(old, hashes, strict=True) if name == bucket_name(sha256)]
        with store.database.reading() as session:
            unknown = sorted(set(hashes) - find_known_originals(session, hashes))
        for sha256 in unknown:
            removed += _remove_unknown(store, bucket, sha256)
    return removed


def _remove_unknown(store: Store, bucket: Bucket, sha256: str) -> bool:
    """Whether it was removed: a record may have come to know it. Looked up by the session that writes: it waits for
    whoever writes such a record now."""
    with store.database.writing() as session:
        if find_known_originals(session, [sha256]) or is_being_removed(session, sha256):
            return False
        mark_removal(session, sha256)
    bucket.remove(bucket_name(sha256))
    with store.database.writing() as session:
        clear_removal(session, sha256)
    return True


def keep_place(store: Store) -> None:
    """The archive's database is another now, or on another server: its objects go on to be its own. ArchiveError: the
    bucket does not answer."""
    if store.originals.bucket is not None:
        _take_place(store, store.originals.bucket)


def _take_place(store: Store, bucket: Bucket) -> None:
    """Writes down that the objects there are this archive's; ArchiveError where they are another's."""
    owner = _name_owner(store)
    known = bucket.claim(owner)
    if known.partition(" ")[0] != store.archive:
        raise ArchiveError(
            "archive-bucket-of-another", "archive-bucket-of-another-hint", home=store.folder, url=bucket.url
        )
    if known != owner:
        bucket.take_over(owner)


def _name_owner(store: Store) -> str:
    with store.database.reading() as session:
        return f"{store.archive} {store.database.engine.read_place(session)}"


def _kept_originals(store: Store) -> list[str]:
    with store.database.reading() as session:
        kept = set(session.scalars(select(DocumentRow.sha256).where(DocumentRow.kept)))
    return sorted(kept | list_received(store.database))
