"""Backup and restore: a round trip changes nothing, and a bad backup changes nothing either."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import shutil
import sqlite3
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.criteria import loader
from evidence.errors import ArchiveError, EvidenceError, UsageError
from evidence.ingest.sources.walk import walk
from evidence.messages import Language
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.folder import DATABASE, MARKER
from evidence.store.store import Store
from tests.archive.test_facade import DECISION, REPORT, SET
from tests.support import text_pipeline

pytestmark = pytest.mark.slow

DAY = datetime.date(2019, 1, 1)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    for name, text in {"1.1/qđ.txt": DECISION, "1.2/bc.txt": REPORT, "1.2/hỏng.txt": text_pipeline.UNREADABLE}.items():
        (tmp_path / "hồ sơ/SNV" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "hồ sơ/SNV" / name).write_text(text)
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        list(opened.ingest(walk([tmp_path / "hồ sơ"])))
        opened.correct("7/BC-SNV", "place", "Lạng Sơn", "Hoa", EVERYTHING)
        yield opened


def findings(archive: Archive) -> object:
    return archive.check(loader.parse_criteria(SET), (), DAY)


def test_the_round_trip_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    done = archive.backup(tmp_path / "sao lưu.zip")
    assert (done.originals, done.damages) == (3, ())
    new = Settings(home=tmp_path / "mới" / "kho")
    assert Archive.restore(new, tmp_path / "sao lưu.zip") == archive.volume()
    with Archive.open(new) as restored:
        assert restored.verify() == archive.verify() == ()
        assert findings(restored) == findings(archive)
        assert restored.show("7/BC-SNV", EVERYTHING) == archive.show("7/BC-SNV", EVERYTHING)
        assert (
            restored.search(SearchRequest("cải cách", 5), EVERYTHING).total
            == archive.search(SearchRequest("cải cách", 5), EVERYTHING).total
        )
        restored.backup(tmp_path / "lại.zip")
    assert not any("index" in name for name in zipfile.ZipFile(tmp_path / "sao lưu.zip").namelist())
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["hồ sơ", "kho", "lại.zip", "mới", "sao lưu.zip"]  # nothing is left lying about
    assert [one.name for one in (tmp_path / "mới").iterdir()] == ["kho"]


def test_a_damaged_archive_is_backed_up_as_it_is(archive: Archive, tmp_path: Path) -> None:
    sha256 = archive.show("7/BC-SNV", EVERYTHING).record.source.sha256
    archive._store.originals.path(sha256).unlink()
    done = archive.backup(tmp_path / "b.zip")
    assert [one.subject for one in done.damages] == [sha256] and done.originals == 2
    Archive.restore(Settings(home=tmp_path / "kho2"), tmp_path / "b.zip")
    with Archive.open(Settings(home=tmp_path / "kho2")) as restored:
        assert [one.message.code for one in restored.verify()] == ["verify-lost"]
        assert [one.subject for one in archive.verify()] == [sha256]


def test_a_backup_is_one_moment_while_others_write(archive: Archive, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Store.open(tmp_path / "kho") as store:
            at = 0
            while not stop.is_set():
                file = tmp_path / f"{at % 7}.txt"
                file.write_text(f"Số: {at}/QĐ-UBND")
                document = text_pipeline.document(f"Số: {at}/QĐ-UBND", str(file))
                store.put(document, text_pipeline.record(document), file, [text_pipeline.submission(document)])
                at += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for at in range(3):
            archive.backup(tmp_path / f"{at}.zip")
    finally:
        stop.set()
        writer.join()
    for at in range(3):
        home = Settings(home=tmp_path / f"kho{at}")
        Archive.restore(home, tmp_path / f"{at}.zip")
        with Archive.open(home) as restored:
            assert restored.verify() == ()


def test_nothing_is_written_over(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("quý")
    with pytest.raises(UsageError) as caught:
        archive.backup(tmp_path / "b.zip")
    assert caught.value.message.code == "backup-there" and (tmp_path / "b.zip").read_text() == "quý"
    with pytest.raises(UsageError):
        archive.backup(tmp_path / "không có" / "b.zip")
    archive.backup(tmp_path / "c.zip")
    with pytest.raises(UsageError) as caught:
        Archive.restore(Settings(home=tmp_path / "hồ sơ"), tmp_path / "c.zip")
    assert caught.value.message.code == "restore-not-empty"


Change = Callable[[dict[str, bytes]], None]


def _rewrite(name: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda parts: parts.update({name: change(parts[name])})


def _manifest(**new: object) -> Change:
    return _rewrite("manifest.json", lambda data: json.dumps(json.loads(data) | new).encode())


def _smuggle(parts: dict[str, bytes]) -> None:
    """A file that leads out of the folder, named in the manifest with its true hash."""
    parts["../../độc.txt"] = b"x"
    tree = json.loads(parts["manifest.json"])
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    tree["parts"].append({"name": "../../độc.txt", "size": 1, "sha256": digest})
    parts["manifest.json"] = json.dumps(tree).encode()


def _trigger(parts: dict[str, bytes]) -> None:
    """A database with a stranger's trigger, under its true hash."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(parts[DATABASE])
        with sqlite3.connect(file.name) as database:
            database.execute("CREATE TRIGGER x AFTER INSERT ON audit BEGIN DELETE FROM audit; END")
        parts[DATABASE] = Path(file.name).read_bytes()
    tree = json.loads(parts["manifest.json"])
    for part in tree["parts"]:
        if part["name"] == DATABASE:
            part |= {"size": len(parts[DATABASE]), "sha256": hashlib.sha256(parts[DATABASE]).hexdigest()}
    parts["manifest.json"] = json.dumps(tree).encode()


def _lose(kind: str) -> Change:
    return lambda parts: parts.pop(next(name for name in parts if name.startswith(kind))) and None


DAMAGES: dict[str, Change] = {
    "bit": _rewrite(DATABASE, lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]),
    "cut": _rewrite(DATABASE, lambda data: data[:-4096]),
    "no manifest": _lose("manifest.json"),
    "no database": _lose(DATABASE),
    "no originals": _lose("originals/"),
    "rubbish manifest": _rewrite("manifest.json", lambda _: b"{"),
    "other identity": _rewrite(MARKER, lambda _: b'{"archive": "x"}'),
    "newer": _manifest(format=2),
    "stray": lambda parts: parts.update({"ghi chú.txt": b"x"}),
    "path": _smuggle,
    "trigger": _trigger,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bad_backup_restores_nothing(archive: Archive, tmp_path: Path, damage: str) -> None:
    archive.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    DAMAGES[damage](parts)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    refused(tmp_path, tmp_path / "bad.zip")


def refused(tmp_path: Path, file: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EvidenceError) as caught:
        Archive.restore(Settings(home=tmp_path / "kho2"), file)
    assert isinstance(caught.value, ArchiveError) and caught.value.message.code in ("restore-damaged", "restore-newer")
    assert all(caught.value.say(language) for language in Language)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_backup_that_is_cut_or_packed_or_none(archive: Archive, tmp_path: Path) -> None:
    archive.backup(tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "bad.zip").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path, tmp_path / "bad.zip")
    (tmp_path / "bad.zip").write_bytes(b"")
    refused(tmp_path, tmp_path / "bad.zip")
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    refused(tmp_path, tmp_path / "bad.zip")
    with pytest.raises(UsageError):
        Archive.restore(Settings(home=tmp_path / "kho2"), tmp_path / "không có.zip")


def test_what_a_killed_restore_left_is_cleared(archive: Archive, tmp_path: Path) -> None:
    archive.backup(tmp_path / "b.zip")
    left = tmp_path / ".kho2.restoring" / "originals"
    left.mkdir(parents=True)
    (left / "x").write_text("x")
    Archive.restore(Settings(home=tmp_path / "kho2"), tmp_path / "b.zip")
    assert not left.parent.exists()


def test_a_restore_killed_after_its_last_step_is_told_as_done(archive: Archive, tmp_path: Path) -> None:
    archive.backup(tmp_path / "b.zip")
    home = tmp_path / "kho2"
    Archive.restore(Settings(home=home), tmp_path / "b.zip")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(UsageError) as caught:
        Archive.restore(Settings(home=home), tmp_path / "b.zip")
    assert caught.value.message.code == "restore-done"
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    with Archive.open(Settings(home=tmp_path / "other"), create=True):
        pass
    with pytest.raises(UsageError) as caught:
        Archive.restore(Settings(home=tmp_path / "other"), tmp_path / "b.zip")
    assert caught.value.message.code == "restore-not-empty"


def test_a_restore_stopped_while_it_makes_the_index_can_be_run_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in the archive's place is whole; what was stopped lies beside it and is cleared."""
    archive.backup(tmp_path / "b.zip")
    home = tmp_path / "kho2"

    def stop(self: Archive) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "reindex", stop)
        with pytest.raises(KeyboardInterrupt):
            Archive.restore(Settings(home=home), tmp_path / "b.zip")
    assert not home.exists()
    Archive.restore(Settings(home=home), tmp_path / "b.zip")
    with Archive.open(Settings(home=home)) as restored:
        assert restored.verify() == ()
        assert restored.search(SearchRequest("7/BC-SNV", 1), EVERYTHING).hits


# --- older databases ----------------------------------------------------------------------------------------------


def test_a_database_of_the_first_version_is_brought_up_and_works(archive: Archive, tmp_path: Path) -> None:
    """As an archive of the first release lies on a disk: its tables and rows, nothing of later ones."""
    old = tmp_path / "cũ"
    shutil.copytree(tmp_path / "kho", old, ignore=shutil.ignore_patterns("archive.db*", "index*"))
    SqliteEngine(old / DATABASE, 5).make("0001")
    with sqlite3.connect(old / DATABASE) as database:
        database.execute("ATTACH ? AS new", (str(tmp_path / "kho" / DATABASE),))
        for table in ("documents", "pages", "records", "citations", "submissions", "refusals", "audit"):
            columns = ", ".join(f'"{row[1]}"' for row in database.execute(f"PRAGMA main.table_info({table})"))
            database.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
    with Archive.open(Settings(home=old)) as opened:
        assert opened.show("7/BC-SNV", EVERYTHING).machine == archive.show("7/BC-SNV", EVERYTHING).machine
        opened.reindex()
        assert opened.verify() == ()
        assert {one.outcome for one in opened.ingest(walk([tmp_path / "hồ sơ"]))} == {"known", "unreadable"}
        opened.correct("7/BC-SNV", "place", "Lạng Sơn", "Hoa", EVERYTHING)
        assert findings(opened) == findings(archive)
        opened.backup(tmp_path / "b.zip")
    Archive.restore(Settings(home=tmp_path / "kho2"), tmp_path / "b.zip")
