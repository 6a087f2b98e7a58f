"""The store: what is put in comes out, once, and what is wrong with an archive is said by name."""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import pkgutil
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

import evidence.store
from evidence.errors import ArchiveError, UnreadableError
from evidence.messages import Language, Message, say
from evidence.model.document import Document
from evidence.model.problem import ProblemCode
from evidence.store import mapping
from evidence.store.facts import Refusal
from evidence.store.folder import MARKER
from evidence.store.migrations import HEAD, KNOWN
from evidence.store.schema import Base
from evidence.store.searches.index_log import IndexLog
from evidence.store.searches.stored_bytes import StoredPage
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support import text_pipeline
from tests.support.past_the_program import open_past

TEXT = "Số: 615/QĐ-UBND\nNgày: 15/3/2019\nLoại: Quyết định\nCăn cứ Nghị định 34/2019/NĐ-CP\fTrang hai"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kho hồ sơ"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(home, create=True) as opened:
        yield opened


def put(store: Store, text: str, folder: Path, name: str = "bc.txt", criterion: str | None = "1.2") -> Document:
    file = folder / name
    file.write_bytes(text.encode())
    document = text_pipeline.document(text, str(file))
    store.put(document, text_pipeline.record(document), file, [text_pipeline.submission(document, criterion=criterion)])
    return document


def codes(store: Store) -> list[str]:
    return sorted(one.message.code for one in find_damages(store))


def test_what_was_put_comes_back(store: Store, tmp_path: Path) -> None:
    document = put(store, TEXT, tmp_path)
    sha = document.source.sha256
    assert store.document(sha) == document
    assert store.record(sha) == text_pipeline.record(document)
    assert store.pages(sha) == document.pages
    assert list(store.texts(sha)) == [(one.number, one.text) for one in document.pages]
    assert store.submissions() == (text_pipeline.submission(document),)
    assert store.originals.path(sha).read_bytes() == TEXT.encode()
    assert store.bearers("615/qdubnd") == ((sha, "2019-03-15"),)
    assert [one for one, _ in store.cited_by("34/2019/ndcp")] == [sha]
    assert store.volume().pages == 2
    assert codes(store) == []


def test_one_file_for_two_criteria_is_one_document_and_two_submissions(store: Store, tmp_path: Path) -> None:
    document = put(store, TEXT, tmp_path)
    put(store, TEXT, tmp_path, criterion="1.3")
    put(store, TEXT, tmp_path, criterion=None)
    assert not store.submit(text_pipeline.submission(document, criterion=None))
    assert store.volume().documents == 1
    assert [one.criterion for one in store.submissions()] == ["1.2", "1.3", None]


def test_a_submission_again_may_bring_new_claims(store: Store, tmp_path: Path) -> None:
    document = put(store, TEXT, tmp_path)
    assert not store.submit(replace(text_pipeline.submission(document), claimed_number="615"))
    assert store.submissions()[0].claimed_number == "615"


def test_a_file_changed_since_it_was_read_is_not_stored(store: Store, tmp_path: Path) -> None:
    document = text_pipeline.document(TEXT)
    (tmp_path / "other.txt").write_text("something else")
    with pytest.raises(UnreadableError) as caught:
        store.put(
            document, text_pipeline.record(document), tmp_path / "other.txt", [text_pipeline.submission(document)]
        )
    assert caught.value.message.code == "file-changed"
    with pytest.raises(UnreadableError) as caught:
        store.put(document, text_pipeline.record(document), tmp_path / "gone.txt", [text_pipeline.submission(document)])
    assert caught.value.message.code == "file-gone"
    assert store.volume().documents == 0
    assert codes(store) == []


def test_a_refusal_stays_until_the_file_is_taken_in(store: Store, tmp_path: Path) -> None:
    path = str(tmp_path / "bc.txt")
    refusal = Refusal(path, "SNV", "1.2", None, ProblemCode.DAMAGED, Message("empty-file", {"path": path}))
    store.refuse(refusal)
    store.refuse(refusal)
    assert store.refusals() == (refusal,)
    put(store, TEXT, tmp_path)
    assert store.refusals() == ()


def test_the_log_tells_what_changed(store: Store, tmp_path: Path) -> None:
    log = IndexLog(store, "whoosh@local")
    document = put(store, TEXT, tmp_path)
    sha, last = document.source.sha256, log.find_end()
    assert log.waiting() == {sha}
    log.advance(last)
    assert log.read(9) == () and log.count_waiting() == 0
    before = store.revision(sha)
    assert not store.submit(text_pipeline.submission(document))
    assert log.read(9) == ()
    assert store.submit(text_pipeline.submission(document, criterion="9"))
    assert store.revision(sha) == before + 1
    assert log.read(1)[0][0] > last


@pytest.mark.sqlite
def test_tables_are_those_of_the_migrations(store: Store) -> None:
    for module in pkgutil.walk_packages(evidence.store.__path__, "evidence.store."):
        if module.name.endswith((".tables", "_schema")):
            importlib.import_module(module.name)  # every folder has tables of its own
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    query = "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE 'alembic%' ORDER BY 1"
    columns = 'SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master m, pragma_table_info(m.name) c'
    with made.connect() as wanted, sqlite3.connect(store.folder / "archive.db") as real:
        assert real.execute(query).fetchall() == [tuple(row) for row in wanted.exec_driver_sql(query)]
        ordered = f"{columns} WHERE m.name != 'alembic_version' ORDER BY 1, 2"
        assert real.execute(ordered).fetchall() == [tuple(row) for row in wanted.exec_driver_sql(ordered)]
    assert KNOWN[-1] == HEAD


@pytest.mark.sqlite
def test_journal_keys_and_durability(store: Store) -> None:
    with store.database.reading() as session:
        ask = session.connection().exec_driver_sql
        found = [ask(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys", "synchronous")]
    assert found == ["wal", 1, 2]


# --- archives that cannot be opened -------------------------------------------------------------------------------


def refused(home: Path, create: bool = False, patience: float = 0.2) -> str:
    with pytest.raises(ArchiveError) as caught, Store.open(home, create, patience):
        pass
    assert caught.value.exit_code == 6
    for language in Language:
        assert str(home) in say(caught.value.message, language)
        assert caught.value.hint is not None and say(caught.value.hint, language)
    return caught.value.message.code


def test_no_archive_there(home: Path) -> None:
    assert refused(home) == "archive-none"
    assert not home.exists()


def test_a_folder_that_is_none(home: Path) -> None:
    home.mkdir()
    (home / "bài viết.docx").write_text("x")
    assert refused(home) == refused(home, create=True) == "archive-not-one"
    assert [one.name for one in home.iterdir()] == ["bài viết.docx"]


def test_a_folder_that_another_process_makes_an_archive_of_meanwhile(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our look for the marker and our look for what is foreign the other has written its index too."""
    real = Path.mkdir

    def mkdir(self: Path, *given: object, **named: object) -> None:
        real(self, *given, **named)  # type: ignore[arg-type]
        if self == home and not (home / "index.lock").exists():
            (home / "index.lock").touch()
            monkeypatch.setattr(Path, "mkdir", real)
            shutil.copytree(made, home, dirs_exist_ok=True)

    made = home.with_name("made")
    Store.open(made, create=True).close()
    monkeypatch.setattr(Path, "mkdir", mkdir)
    with Store.open(home, create=True) as store:
        assert store.volume().documents == 0


def test_a_file_in_the_place_of_the_folder(home: Path) -> None:
    home.write_text("x")
    assert refused(home) == "archive-not-one"
    assert refused(home, create=True) == "archive-read-only"


def test_a_half_made_archive_is_made_again(home: Path) -> None:
    Store.open(home, create=True).close()
    (home / MARKER).unlink()
    (home / "archive.db").write_bytes(b"half")
    assert refused(home) == "archive-not-one"
    with Store.open(home, create=True) as store:
        assert codes(store) == []


def test_a_newer_database(home: Path) -> None:
    Store.open(home, create=True).close()
    with open_past(home) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert refused(home) == "archive-newer"


@pytest.mark.sqlite
def test_a_database_cut_off(home: Path, tmp_path: Path) -> None:
    with Store.open(home, create=True) as store:
        for at in range(30):
            put(store, f"{TEXT} {at}", tmp_path, f"{at}.txt")
    whole = (home / "archive.db").read_bytes()
    for length in (len(whole) - 4096, len(whole) // 2, 5000, 100, 0):
        (home / "archive.db").write_bytes(whole[:length])
        assert refused(home) == "archive-damaged"
    (home / "archive.db").unlink()
    assert refused(home) == "archive-damaged"


@pytest.mark.sqlite
def test_a_database_of_rubbish(home: Path) -> None:
    Store.open(home, create=True).close()
    (home / "archive.db").write_bytes(b"rubbish " * 1000)
    assert refused(home) == "archive-damaged"


@pytest.mark.parametrize("marker", ["", "{}", "[1]", "{"])
def test_a_marker_of_rubbish(home: Path, marker: str) -> None:
    Store.open(home, create=True).close()
    (home / MARKER).write_text(marker)
    assert refused(home) == "archive-marker-broken"


@pytest.mark.sqlite
def test_a_database_that_another_program_locks(home: Path, tmp_path: Path) -> None:
    Store.open(home, create=True).close()
    with Store.open(home, patience=0.1) as store, sqlite3.connect(home / "archive.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError) as caught:
            put(store, TEXT, tmp_path)
        assert caught.value.message.code == "archive-busy"
        assert store.volume().documents == 0
        other.execute("ROLLBACK")
        put(store, TEXT, tmp_path)


@pytest.fixture
def plain_user() -> Iterator[Path]:
    """A folder of a user who is not root: for root no folder is read-only."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        if not os.access(__file__, os.R_OK, effective_ids=True):
            pytest.skip("this checkout lies where no user but root may read: clone it elsewhere")
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for part in folder.rglob("*"):
            if part.is_dir():
                part.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.sqlite
def test_a_read_only_archive_is_read_and_not_written(plain_user: Path) -> None:
    home = plain_user / "kho"
    with Store.open(home, create=True) as store:
        document = put(store, TEXT, plain_user)
    home.chmod(0o555)
    (home / "tmp").chmod(0o555)
    with Store.open(home) as store:
        assert store.record(document.source.sha256) == text_pipeline.record(document)
        assert codes(store) == []
        for attempt in (
            lambda: put(store, "khác", plain_user),
            lambda: store.submit(text_pipeline.submission(document)),
        ):
            with pytest.raises(ArchiveError) as caught:
                attempt()
            assert caught.value.message.code == "archive-read-only"
    assert refused(home / "trong", create=True) == "archive-read-only"
    (home / MARKER).chmod(0)
    assert refused(home) == "archive-no-permission"


# --- what a kill leaves -------------------------------------------------------------------------------------------


def test_left_overs_are_swept_when_nobody_is_in(home: Path, tmp_path: Path) -> None:
    with Store.open(home, create=True) as store:
        known = put(store, TEXT, tmp_path).source.sha256
        unknown = "ab" + "0" * 62
        store.originals.path(unknown).parent.mkdir(exist_ok=True)
        store.originals.path(unknown).write_bytes(b"renamed, and then the kill came")
        for sha in (known, unknown):
            (home / "tmp" / f"{sha}.77.intent").touch()
        (home / "tmp" / "abc").write_bytes(b"half a copy")
        assert codes(store) == []  # another process may be about to tell the database
        with Store.open(home):  # somebody is in: nothing is swept
            assert len(list((home / "tmp").iterdir())) == 3
    with Store.open(home) as store:
        assert list((home / "tmp").iterdir()) == []
        assert store.originals.path(known).exists()
        assert not store.originals.path(unknown).exists()
        assert codes(store) == []


def test_the_lock_is_given_back(home: Path) -> None:
    Store.open(home, create=True).close()
    with (home / "lock").open("r+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# --- verify -------------------------------------------------------------------------------------------------------


def test_every_damage_is_named(store: Store, tmp_path: Path) -> None:
    documents = [put(store, f"{TEXT} {at}", tmp_path, f"{at}.txt") for at in range(5)]
    lost, changed, cut, bare, rotten = (one.source.sha256 for one in documents)
    store.originals.path(lost).unlink()
    store.originals.path(changed).chmod(0o644)
    store.originals.path(changed).write_text("Số: 616")
    (store.folder / "originals" / "ghi chú.txt").write_text("x")
    stray = store.originals.path("cd" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("x")
    with open_past(store.folder) as connection:
        connection.execute("DELETE FROM pages WHERE sha256 = ? AND number = 2", (cut,))
        connection.execute("DELETE FROM records WHERE sha256 = ?", (bare,))
        connection.execute("UPDATE records SET data = ? WHERE sha256 = ?", (b"{", rotten))
        connection.execute("INSERT INTO index_log (sha256) VALUES ('0000')")
    found = {(one.message.code, one.subject) for one in find_damages(store)}
    assert found == {
        ("verify-lost", lost),
        ("verify-changed", changed),
        ("verify-pages", cut),
        ("verify-no-record", bare),
        ("verify-illegible", rotten),
        ("verify-stray", str(store.folder / "originals" / "ghi chú.txt")),
        ("verify-stray", str(stray)),
        ("verify-links", store.database.engine.shown),
    }
    for one in find_damages(store):
        assert all(say(one.message, language) for language in Language)


def test_a_lost_original_is_mended(store: Store, tmp_path: Path) -> None:
    sha = put(store, TEXT, tmp_path).source.sha256
    store.originals.path(sha).unlink()
    store.restore_original(tmp_path / "bc.txt", sha)
    assert codes(store) == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=5))
def test_the_text_alone_equals_the_text_of_the_page(lines: list[str]) -> None:
    page = text_pipeline.page(1, "\n".join(lines))
    row = mapping.page_to_row("0" * 64, page)
    assert mapping.row_to_text(row) == page.text
    stored, at = StoredPage(row.sha256, row.number, row.data).read_text(), 0
    for line in page.lines:
        for word in line.words:
            assert stored.find_box(at, at + len(word.text)) == word.box
            at += len(word.text) + 1
        at += not line.words
    assert mapping.row_to_page(mapping.page_to_row("0" * 64, page)) == page


def test_an_archive_knows_itself(home: Path) -> None:
    with Store.open(home, create=True) as store:
        assert store.archive == json.loads((home / MARKER).read_text())["archive"]


@pytest.mark.sqlite
def test_an_archive_opened_twice_in_one_process_keeps_its_locks(tmp_path: Path) -> None:
    """A process that closes a handle on a file loses all its locks there: nobody but SQLite may open the database."""
    home = tmp_path / "home"
    asks = (
        "import fcntl, sys; file = open(sys.argv[1], 'r+b');"
        "fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)"  # SQLite's bytes of readers
    )
    command = [sys.executable, "-c", asks, str(home / "archive.db")]
    with Store.open(home, create=True) as store, store.database.reading() as session:
        session.execute(text("SELECT count(*) FROM documents")).scalar_one()
        assert b"BlockingIOError" in subprocess.run(command, capture_output=True).stderr, "a reader holds them"
        with Store.open(home):
            pass
        assert b"BlockingIOError" in subprocess.run(command, capture_output=True).stderr, "and still does"
