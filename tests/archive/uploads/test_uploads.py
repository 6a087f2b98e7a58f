"""A receipt means that every byte is kept: whatever is killed, whoever asks, however late."""

from __future__ import annotations

import datetime
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest, Uploads
from evidence.config import Limits, Settings
from evidence.errors import UsageError
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.store import Store
from tests.support.past_the_program import REFUSED, open_past

OF_A, OF_B = units_only(["SA"]), units_only(["SB"])
DUE = datetime.datetime(2026, 2, 15, 17, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(Settings(tmp_path / "home", limits=Limits(file_bytes=10_000_000)), create=True) as opened:
        yield opened


def hand_in(uploads: Uploads, *contents: bytes, unit: str = "SA", due: datetime.datetime | None = None) -> int:
    scope = units_only([unit])
    drafts = [uploads.spool(unit, f"bc{at}.pdf", "Hoa", [part], scope) for at, part in enumerate(contents)]
    files = tuple(HandedUpload(draft.token, "1.1") for draft in drafts)
    return uploads.hand_in(HandInRequest(unit, "bo-0", "Hoa", files, due), scope).number


def test_a_receipt_names_what_came_in_byte_for_byte(archive: Archive) -> None:
    blocks = [b"a" * 70_000, b"b" * 3, b"c" * 100_000]
    draft = archive.uploads.spool("SA", "1.2\\BC quý I.pdf", "Hoa", blocks, OF_A)
    whole = b"".join(blocks)
    assert (draft.name, draft.size, draft.sha256) == ("1.2/BC quý I.pdf", len(whole), hashlib.sha256(whole).hexdigest())
    assert archive.uploads.list_drafts("SA", OF_A) == (draft,)
    receipt = archive.uploads.hand_in(
        HandInRequest("SA", "bo-0", "Hoa", (HandedUpload(draft.token, "1.2"),)), OF_A
    )  # fmt: skip
    (file,) = receipt.files
    assert (file.name, file.criterion, file.sha256, receipt.days_late) == (draft.name, "1.2", draft.sha256, 0)
    assert archive.uploads.list_drafts("SA", OF_A) == () and archive.verify() == ()
    with pytest.raises(UsageError, match="wait"):
        archive.uploads.hand_in(HandInRequest("SA", "bo-0", "Hoa", (HandedUpload(draft.token, "1.2"),)), OF_A)


@pytest.mark.parametrize(
    ("hours", "late"), [(-24, 0), (0, 0), (1, 1), (7, 1), (8, 1), (31, 2), (24 * 30, 30)]
)  # 17:00 in Vietnam: seven hours later the next day begins
def test_what_comes_late_is_taken_and_marked(tmp_path: Path, hours: int, late: int) -> None:
    now = (DUE + datetime.timedelta(hours=hours)).timestamp()
    with Store.open(tmp_path / "home", create=True) as store:
        uploads = Uploads(store, Settings(tmp_path / "home"), lambda: now)
        number = hand_in(uploads, b"%PDF-1.7 x", due=DUE)
        assert uploads.show_receipt(number, OF_A).receipt.days_late == late


def test_what_is_empty_too_large_or_of_another_unit_is_refused_and_leaves_nothing(archive: Archive) -> None:
    uploads = archive.uploads
    for unit, blocks, code in (
        ("SA", [], "upload-empty"),
        ("SA", (b"x" * 1_000_000 for _ in range(11)), "upload-too-large"),
        ("SB", [b"x"], "upload-no-unit"),
    ):
        with pytest.raises(UsageError) as caught:
            uploads.spool(unit, "bc.pdf", "Hoa", blocks, OF_A)
        assert caught.value.message.code == code
    with pytest.raises(UsageError):
        uploads.spool("SA", "../\x00/..", "Hoa", [b"x"], OF_A)
    draft = uploads.spool("SB", "bc.pdf", "Lan", [b"x"], OF_B)
    with pytest.raises(UsageError):
        uploads.hand_in(HandInRequest("SA", "bo-0", "Hoa", (HandedUpload(draft.token, None),)), OF_A)
    assert [file.name for file in (archive._store.folder / "tmp").iterdir()] == [f"staged-upload-{draft.token}"]


def test_others_receipts_are_as_those_that_are_not_there(archive: Archive) -> None:
    number = hand_in(archive.uploads, b"%PDF-1.7 a", unit="SB")
    codes = set()
    for unknown in (number, 999):
        with pytest.raises(UsageError) as caught:
            archive.uploads.show_receipt(unknown, OF_A)
        codes.add(caught.value.message.code)
    assert codes == {"receipt-none"} and archive.uploads.list_receipts(OF_A) == ()
    assert [receipt.number for receipt in archive.uploads.list_receipts(EVERYTHING)] == [number]


def test_receipts_are_never_changed(archive: Archive) -> None:
    hand_in(archive.uploads, b"%PDF-1.7 a")
    for act in ("UPDATE receipts SET days_late = 0", "DELETE FROM receipt_files"):
        with open_past(archive._store.folder, guarded=True) as connection, pytest.raises(REFUSED):
            connection.execute(act)


def test_a_backup_holds_what_was_received_and_not_read(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive.uploads, b"%PDF-1.7 a", b"%PDF-1.7 b")
    archive.backup(tmp_path / "kho.zip")
    Archive.restore(Settings(tmp_path / "again"), tmp_path / "kho.zip")
    with Archive.open(Settings(tmp_path / "again")) as restored:
        assert restored.verify() == ()
        (receipt,) = restored.uploads.list_receipts(OF_A)
        for file in receipt.files:
            assert hashlib.sha256(restored._store.originals.path(file.sha256).read_bytes()).hexdigest() == file.sha256


def test_a_draft_that_nobody_hands_in_goes_after_a_day(tmp_path: Path) -> None:
    """The clock is set forward; what is coming in just now, and what was received, stays."""
    clock = [time.time()]
    with Store.open(tmp_path / "home", create=True) as store:
        uploads = Uploads(store, Settings(tmp_path / "home"), lambda: clock[0])
        hand_in(uploads, b"%PDF-1.7 kept")
        uploads.spool("SA", "quen.pdf", "Hoa", [b"left"], OF_A)
        (store.folder / "tmp" / "staged-upload-cut").write_bytes(b"cut off")
        assert uploads.sweep() == 0
        clock[0] += 86_500
        young = uploads.begin("SA", "moi.pdf", "Hoa", OF_A)
        os.utime(young._path, (clock[0], clock[0]))
        assert uploads.sweep() == 2 and uploads.list_drafts("SA", OF_A) == ()
        assert [path.name for path in (store.folder / "tmp").iterdir()] == [young._path.name]
        young.write(b"x")
        assert young.finish().size == 1


def test_a_restart_keeps_what_waits_to_be_handed_in(tmp_path: Path) -> None:
    """People drop two hundred files in and go to lunch; the service is started anew meanwhile. What was cut off on its
    way in goes, since nobody knows of it."""
    home = tmp_path / "home"
    with Store.open(home, create=True) as store:
        draft = Uploads(store, Settings(home)).spool("SA", "bc.pdf", "Hoa", [b"%PDF-1.7 x"], OF_A)
        (store.folder / "tmp" / "staged-upload-cut").write_bytes(b"cut off")
    with Store.open(home) as store:
        uploads = Uploads(store, Settings(home))
        assert uploads.list_drafts("SA", OF_A) == (draft,)
        assert [path.name for path in (home / "tmp").iterdir()] == [f"staged-upload-{draft.token}"]
        uploads.hand_in(HandInRequest("SA", "bo", "Hoa", (HandedUpload(draft.token, None),)), OF_A)
        assert store.originals.path(draft.sha256).read_bytes() == b"%PDF-1.7 x" and not list((home / "tmp").iterdir())


UPLOADER = """
import sys
from pathlib import Path
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest, Uploads
from evidence.config import Settings
from evidence.search.scope import units_only
from evidence.store.store import Store

home, start = Path(sys.argv[1]), int(sys.argv[2])
scope = units_only(["SA"])
with Store.open(home) as store:
    uploads = Uploads(store, Settings(home))
    print("ready", flush=True)
    for at in range(start, start + 1000):
        content = b"%%PDF-1.7 %d " % at + bytes(50_000)
        draft = uploads.spool("SA", f"{at}.pdf", "Hoa", [content[:30_000], content[30_000:]], scope)
        uploads.hand_in(HandInRequest("SA", "bo", "Hoa", (HandedUpload(draft.token, None),)), scope)
        print(draft.sha256, flush=True)
"""


@pytest.mark.slow
def test_every_receipt_s_file_is_there_after_kills(tmp_path: Path) -> None:
    """Killed at random moments while files come in: what was told is kept, what is kept has its bytes. ``make
    disasters`` kills fifty times."""
    kills = int(os.environ.get("EVIDENCE_KILLS", "3"))
    home, told, chance = tmp_path / "home", [], random.Random(kills)
    Store.open(home, create=True).close()
    for kill in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", UPLOADER, str(home), str(kill * 1000)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            told += [process.stdout.readline().strip()] if kill == 0 else []  # on a busy machine none came in time
            time.sleep(chance.uniform(0.0, 0.3))
            process.send_signal(signal.SIGKILL)
            told += [line.strip() for line in process.stdout if len(line.strip()) == 64]
    with Store.open(home) as store:
        uploads = Uploads(store, Settings(home), lambda: time.time() + 86_500)
        received = [file.sha256 for receipt in uploads.list_receipts(EVERYTHING) for file in receipt.files]
        assert set(told) <= set(received) and received
        for sha256 in received:
            assert hashlib.sha256(store.originals.path(sha256).read_bytes()).hexdigest() == sha256
        assert {path.name for path in store.originals.walk()} == set(received)
        uploads.sweep()
        assert list((home / "tmp").iterdir()) == []
