"""What an administrator may have got wrong with the object store, a store that hangs, and whose the objects are."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree

import obstore
import pytest

from evidence.archive.engines.moving import move_originals
from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.messages import Language
from evidence.store.objects import bucket as bucket_module
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.bucket_process import EndpointError, PutIfAbsentError, describe_fault, open_object_store
from evidence.store.objects.bucket_upkeep import GRACE, sweep_bucket
from evidence.store.originals import bucket_name, hash_file
from evidence.store.store import Store
from tests.store.test_store import TEXT, put

SECRET = "khoa-bi-mat"
ANSWERS = {
    "refused": (403, "InvalidAccessKeyId"),
    "missing": (404, "NoSuchBucket"),
    "clock": (403, "RequestTimeTooSkewed"),
    "away": (501, "NotImplemented"),
}


class _Refusing(BaseHTTPRequestHandler):
    """An S3 store that answers everything with one error."""

    answer = (403, "AccessDenied")

    def _refuse(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        status, code = self.answer
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>no</Message></Error>'.encode()
        )
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_DELETE = do_POST = _refuse  # noqa: N815

    def log_message(self, format: str, *values: object) -> None:
        """Says nothing."""


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Refusing]]:
    class Refusing(_Refusing):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    use_endpoint(monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield Refusing
    server.shutdown()


def use_endpoint(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name, value in {"ENDPOINT": address, "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": SECRET, "REGION": "a"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)


def refusal(home: Path, url: str = "s3://originals/x") -> ArchiveError:
    if not home.exists():
        Store.open(home, create=True).close()
    with pytest.raises(ArchiveError) as caught:
        move_originals(Settings(home), url)
    said = [caught.value.say(language) for language in Language]
    assert caught.value.exit_code == 6 and not any(SECRET in each or "<?xml" in each for each in said)
    return caught.value


def hint(error: ArchiveError) -> str:
    return error.hint.code if error.hint else ""


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_refusal_has_its_own_way_out(tmp_path: Path, refusing: type[_Refusing], kind: str) -> None:
    refusing.answer = ANSWERS[kind]
    error = refusal(tmp_path / "kho")
    assert hint(error) == f"archive-bucket-{kind}-hint"
    assert error.message.params["detail"] == f"{ANSWERS[kind][0]} {ANSWERS[kind][1]}"


@pytest.mark.parametrize("address", ["", "127.0.0.1:9000", "s3.example.vn", "ftp://s3.example.vn"])
def test_a_variable_that_holds_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    use_endpoint(monkeypatch, address)
    assert hint(refusal(tmp_path / "kho")) == "archive-bucket-endpoint-hint"


def test_a_store_that_writes_over_what_is_there_is_told() -> None:
    assert describe_fault(PutIfAbsentError())["fault"] == "overwrites"
    assert describe_fault(EndpointError("AWS_ENDPOINT=x"))["fault"] == "endpoint"


def test_who_waits_for_a_store_that_hangs_waits_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Requests go one by one: each would wait for its own time to run out, behind all before it."""
    asked: list[str] = []

    def answer(bucket: Bucket, request: str) -> dict[str, object]:
        asked.append(json.loads(request)[0])
        time.sleep(0.2)
        return {"fault": "away", "detail": "no answer"}

    monkeypatch.setattr(Bucket, "_answer", answer)
    bucket, refused = Bucket("s3://originals/x", tmp_path), []

    def ask() -> None:
        with pytest.raises(ArchiveError) as caught:
            bucket.holds("aa/bb")
        refused.append(hint(caught.value))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["archive-bucket-away-hint"] * 8 and asked == ["holds"]
    monkeypatch.setattr(bucket_module.time, "monotonic", lambda: time.perf_counter() + 1e9)
    ask()
    assert len(asked) == 2  # and is asked again after a while


def test_a_store_that_takes_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        use_endpoint(monkeypatch, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(Exception, match="originals") as caught:
            obstore.head(open_object_store("s3://originals/x", 1), "aa/bb")
    assert describe_fault(caught.value)["fault"] == "away"


def test_two_archives_do_not_share_a_place(tmp_path: Path, url: str) -> None:
    """The one would sweep what the other put."""
    for name in ("a", "b"):
        Store.open(tmp_path / name, create=True).close()
    assert move_originals(Settings(tmp_path / "a"), url) == 0
    assert refusal(tmp_path / "b", url).message.code == "archive-bucket-of-another"
    assert move_originals(Settings(tmp_path / "a"), url) == 0
    with Store.open(tmp_path / "b") as other:
        assert other.originals.bucket is None


def test_a_copy_of_the_archive_sweeps_nothing_of_what_was_stored_since(tmp_path: Path, url: str) -> None:
    home, copied = tmp_path / "kho", tmp_path / "thu"
    Store.open(home, create=True).close()
    move_originals(Settings(home), url)
    copytree(home, copied)
    with Store.open(home) as store, Store.open(copied) as copy:
        sha256 = put(store, TEXT, tmp_path).source.sha256
        bucket = store.originals.bucket
        assert bucket is not None
        (tmp_path / "unknown").write_bytes(b"put, and then the kill came")
        unknown = bucket_name(hash_file(tmp_path / "unknown"))
        bucket.put_once(unknown, tmp_path / "unknown")
        later = max(at for _, at in bucket.list_objects()) + GRACE + 60
        assert sweep_bucket(copy, lambda: later) == 0
        assert store.originals.holds(sha256)
        assert sweep_bucket(store, lambda: later) == 1
    move_originals(Settings(copied), url)  # the archive goes on in the copy: it takes the place over
    with Store.open(home) as store, Store.open(copied) as copy:
        assert sweep_bucket(store, lambda: later) == 0
        with sqlite3.connect(home / "archive.db") as past:
            assert past.execute("SELECT count(*) FROM documents").fetchone() == (1,)
        assert sweep_bucket(copy, lambda: later) == 1  # which knows nothing of what the first stored after the copy
