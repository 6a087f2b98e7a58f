"""Originals in an object store: put before the database knows them, never written over, fetched when they are read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from evidence.archive.engines.moving import move_originals
from evidence.config import Settings
from evidence.errors import ArchiveError, UsageError
from evidence.messages import Language, say
from evidence.store import commands
from evidence.store.backup import write_backup
from evidence.store.caches.image_cache import ImageCache
from evidence.store.objects import bucket_process, bucket_upkeep, removal_marks
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.bucket_upkeep import GRACE, sweep_bucket
from evidence.store.originals import Originals, bucket_name, hash_file
from evidence.store.restore import restore_backup
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.store.test_store import TEXT, codes, put


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kho hồ sơ"


@pytest.fixture
def bucket(url: str, home: Path) -> Iterator[Bucket]:
    opened = Bucket(url, home)
    yield opened
    opened.close()


@pytest.fixture
def store(home: Path, url: str) -> Iterator[Store]:
    """An archive whose originals are in the object store."""
    Store.open(home, create=True).close()
    assert move_originals(Settings(home), url) == 0
    with Store.open(home) as opened:
        yield opened


def empty_cache(store: Store) -> None:
    for file in list(store.originals.walk()):
        file.unlink()


def test_what_was_put_first_stays(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"first")
    (tmp_path / "second").write_bytes(b"second")
    bucket.put_once("aa/bb", tmp_path / "first")
    bucket.put_once("aa/bb", tmp_path / "second")
    assert bucket.fetch("aa/bb", tmp_path / "copy") and (tmp_path / "copy").read_bytes() == b"first"
    assert bucket.holds("aa/bb") and not bucket.holds("aa/cc") and not bucket.fetch("aa/cc", tmp_path / "none")
    assert [name for name, _ in bucket.list_objects()] == ["aa/bb"]
    bucket.remove("aa/bb")
    assert not bucket.holds("aa/bb")


def test_one_of_eight_creators_wins(url: str, home: Path, tmp_path: Path) -> None:
    buckets = [Bucket(url, home) for _ in range(8)]
    for at, _ in enumerate(buckets):
        (tmp_path / f"{at}").write_text(f"{at}" * 1000)
    together = threading.Barrier(8)

    def create(at: int) -> bytes:
        together.wait()
        buckets[at].put_once("aa/race", tmp_path / f"{at}")
        buckets[at].fetch("aa/race", tmp_path / f"copy {at}")
        return (tmp_path / f"copy {at}").read_bytes()

    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(create, range(8)))
    for each in buckets:
        each.close()
    assert len(seen) == 1


def test_a_large_file_goes_in_parts(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large"
    large.write_bytes(os.urandom(bucket_process.ONE_PUT + 5_000_000))
    for _ in range(2):
        bucket.put_once("aa/large", large)
    assert bucket.fetch("aa/large", tmp_path / "copy") and hash_file(tmp_path / "copy") == hash_file(large)


def test_an_original_is_fetched_when_it_is_read(store: Store, tmp_path: Path) -> None:
    sha = put(store, TEXT, tmp_path).source.sha256
    empty_cache(store)
    assert store.originals.holds(sha)
    assert store.originals.bring(sha).read_bytes() == TEXT.encode()
    assert store.originals.path(sha).is_file()  # here from now on
    assert codes(store) == []


def test_nothing_is_known_that_is_not_there(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep between the put and the commit: the transaction looks once more."""
    before = commands.put_document

    def sweep_first(*given: object, **named: object) -> bool:
        bucket = store.originals.bucket
        assert bucket is not None
        for name, _ in bucket.list_objects():
            bucket.remove(name)
        return before(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(commands, "put_document", sweep_first)
    sha = put(store, TEXT, tmp_path).source.sha256
    assert store.originals.bucket is not None and store.originals.bucket.holds(bucket_name(sha))


def test_an_object_that_no_record_knows_is_swept_after_a_day(store: Store, tmp_path: Path) -> None:
    known = put(store, TEXT, tmp_path).source.sha256
    (tmp_path / "unknown").write_bytes(b"put, and then the kill came")
    unknown, bucket = hash_file(tmp_path / "unknown"), store.originals.bucket
    assert bucket is not None
    bucket.put_once(bucket_name(unknown), tmp_path / "unknown")
    bucket.put_once("notes/by hand", tmp_path / "unknown")
    now = max(at for _, at in bucket.list_objects())
    assert sweep_bucket(store, lambda: now + GRACE - 60) == 0
    assert sweep_bucket(store, lambda: now + GRACE + 60) == 1
    assert sorted(name for name, _ in bucket.list_objects()) == sorted([bucket_name(known), "notes/by hand"])


def test_a_sweep_that_was_killed_cannot_take_what_a_record_came_to_know(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its request may still be on its way: as long as that may be, nothing is stored of that original."""
    (tmp_path / "unknown.txt").write_text(TEXT)
    sha, bucket = hash_file(tmp_path / "unknown.txt"), store.originals.bucket
    assert bucket is not None
    bucket.put_once(bucket_name(sha), tmp_path / "unknown.txt")

    class Killed(BaseException):
        pass

    def be_killed(name: str) -> None:
        raise Killed

    monkeypatch.setattr(bucket, "remove", be_killed)
    with pytest.raises(Killed):
        sweep_bucket(store, lambda: time.time() + 2 * GRACE)
    monkeypatch.undo()
    with pytest.raises(ArchiveError) as error:
        put(store, TEXT, tmp_path)
    assert error.value.message.code == "archive-original-swept" and codes(store) == []
    bucket.remove(bucket_name(sha))  # now it is carried out
    later = time.time() + removal_marks.LONGEST + 1
    monkeypatch.setattr(removal_marks.time, "time", lambda: later)
    put(store, TEXT, tmp_path)
    assert bucket.holds(bucket_name(sha)) and codes(store) == []


def test_a_sweep_waits_for_the_record_that_is_being_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look whether the object is there and the commit."""
    confirm, sweeps = Originals.confirm, list[threading.Thread]()

    def sweep_meanwhile(originals: Originals, session: Session, sha256: str) -> None:
        confirm(originals, session, sha256)
        sweeps.append(threading.Thread(target=sweep_bucket, args=(store, lambda: time.time() + 2 * GRACE)))
        sweeps[0].start()
        sweeps[0].join(2.0)

    monkeypatch.setattr(Originals, "confirm", sweep_meanwhile)
    sha = put(store, TEXT, tmp_path).source.sha256
    sweeps[0].join()
    assert store.originals.bucket is not None and store.originals.bucket.holds(bucket_name(sha))


def test_one_machine_sweeps_an_hour(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[Store] = []
    monkeypatch.setattr(bucket_upkeep, "sweep_bucket", lambda store: swept.append(store) or 0)
    for _ in range(3):
        bucket_upkeep.sweep_hourly(store)
    assert swept == [store]


def test_lost_and_changed_objects_are_named(store: Store, tmp_path: Path) -> None:
    lost, changed, good = (put(store, f"{TEXT} {at}", tmp_path, f"{at}.txt").source.sha256 for at in range(3))
    bucket = store.originals.bucket
    assert bucket is not None
    bucket.remove(bucket_name(lost))
    bucket.remove(bucket_name(changed))
    (tmp_path / "other").write_text("Số: 616")
    bucket.put_once(bucket_name(changed), tmp_path / "other")
    found = {(damage.message.code, damage.subject) for damage in find_damages(store)}
    assert found == {("verify-lost", lost), ("verify-changed", changed)}
    empty_cache(store)
    assert not store.originals.bring(changed).exists()  # never shown as what was handed in
    store.restore_original(tmp_path / "0.txt", lost)
    assert store.originals.read_hash(lost) == lost and store.originals.read_hash(good) == good


def test_an_archive_moves_into_the_object_store_and_a_backup_out_of_it(home: Path, url: str, tmp_path: Path) -> None:
    with Store.open(home, create=True) as store:
        hashes = [put(store, f"{TEXT} {at}", tmp_path, f"{at}.txt").source.sha256 for at in range(3)]
        with pytest.raises(ArchiveError) as error:
            move_originals(Settings(home), url)
        assert error.value.message.code == "archive-in-use"
    assert [move_originals(Settings(home), url) for _ in range(2)] == [3, 3]
    with Store.open(home) as store:
        empty_cache(store)
        write_backup(store, tmp_path / "backup.zip")
        assert codes(store) == []
    restore_backup(tmp_path / "backup.zip", tmp_path / "restored", lambda _: None)
    with Store.open(tmp_path / "restored") as restored:
        assert restored.originals.bucket is None and codes(restored) == []
        assert all(restored.originals.path(sha).is_file() for sha in hashes)


def test_a_lost_original_stops_the_move(home: Path, url: str, tmp_path: Path) -> None:
    with Store.open(home, create=True) as store:
        sha = put(store, TEXT, tmp_path).source.sha256
        store.originals.path(sha).unlink()
    with pytest.raises(ArchiveError) as error:
        move_originals(Settings(home), url)
    assert error.value.message.code == "archive-original-lost"
    with Store.open(home) as store:
        assert store.originals.bucket is None


def test_a_store_that_does_not_answer_is_told_and_nothing_is_stored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        Store.open(home, create=True).close()
        with pytest.raises(ArchiveError) as error:
            move_originals(Settings(home), "s3://originals/x")
    assert error.value.message.code == "archive-bucket"
    assert all("s3://originals/x" in say(error.value.message, language) for language in Language)


@pytest.mark.parametrize("url", ["s3://", "s3://ab/../c", "http://example.org", "file://relative", "file:///no/such"])
def test_addresses_that_are_none(home: Path, url: str) -> None:
    Store.open(home, create=True).close()
    with pytest.raises(UsageError):
        move_originals(Settings(home), url)


def test_one_machine_finds_what_another_drew(store: Store, url: str, tmp_path: Path) -> None:
    ImageCache(store.folder, 1_000_000, store.originals.cache_bucket).put("ab" * 32, 1, 800, b"drawn")
    elsewhere = Bucket(url, tmp_path)
    other = ImageCache(tmp_path / "another machine", 1_000_000, elsewhere)
    assert other.get("ab" * 32, 1, 800) == b"drawn" and other.get("ab" * 32, 2, 800) is None
    elsewhere.close()
    assert ImageCache(tmp_path / "another machine", 1_000_000).get("ab" * 32, 1, 800) == b"drawn"  # here from now on
    assert sweep_bucket(store, lambda: time.time() + 10 * GRACE) == 0


def test_a_shared_cache_stops_nobody(tmp_path: Path) -> None:
    nowhere = Bucket(f"file://{tmp_path / 'gone'}", tmp_path)
    cache = ImageCache(tmp_path, 1_000_000, nowhere)
    assert cache.get("ab" * 32, 1, 800) is None
    cache.put("ab" * 32, 1, 800, b"drawn")
    assert cache.get("ab" * 32, 1, 800) == b"drawn"
    nowhere.close()


def test_the_process_is_started_again(store: Store, tmp_path: Path) -> None:
    sha, bucket = put(store, TEXT, tmp_path).source.sha256, store.originals.bucket
    assert bucket is not None and bucket._process is not None
    bucket._process.kill()
    bucket._process.wait()
    assert bucket.holds(bucket_name(sha))


def test_the_process_of_one_that_was_killed_ends_without_a_word(tmp_path: Path) -> None:
    """A killed worker leaves nothing in the log that looks like a fault."""
    command = [sys.executable, "-m", bucket_process.__name__, f"file://{tmp_path}"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()
    process.stdin.write(b'["holds", "originals/ab"]\n')
    process.stdin.close()
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()
