"""An archive moves from one database to another and back, and says the same in each; so does its backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from evidence.archive.facade import Archive
from evidence.cli.main import run
from evidence.config import load_settings
from evidence.errors import ArchiveError, UsageError
from evidence.messages import Language, say
from evidence.model.document import Document
from evidence.store.engines.database_move import LEFT, move_database
from evidence.store.engines.table_copy import count_rows
from evidence.store.facts import Correction
from evidence.store.findings.tables import StaleMarkRow
from evidence.store.store import Store
from tests.support import large_assessment
from tests.support.servers.postgres_archives import PostgresArchives
from tests.support.text_pipeline import store_text

AS_OF = large_assessment.AS_OF.isoformat()
Say = Callable[..., str]


@pytest.fixture
def home(server: PostgresArchives, tmp_path: Path) -> Path:
    """An archive in a file, with what people did to it."""
    (tmp_path / "bo.yaml").write_text(large_assessment.criteria_text(), "utf-8")
    with Store.open(tmp_path / "kho", create=True) as store:
        for submission, record in large_assessment.submissions()[:90]:
            store.put(Document(record.source, ()), record, None, [submission])
        sha256 = store_text(store, "Số: 7/KH-X\nCăn cứ Nghị định 34/2019/NĐ-CP\fTrang hai")
        store.correct(Correction(sha256, "number", "8/KH-X", "Bình", "2018-11-01T00:00:00+00:00"))
    assert run(["-q", "--home", str(tmp_path / "kho"), "reindex"]) == 0
    return tmp_path / "kho"


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def call(home: Path, *arguments: str) -> str:
        capsys.readouterr()
        run(["--home", str(home), *arguments])
        return capsys.readouterr().out

    return call


def tell(home: Path, said: Say) -> list[str]:
    """All that an archive says, as far as it does not name the place."""
    criteria = str(home.with_name("bo.yaml"))
    check = said(home, "check", "--criteria", criteria, "--as-of", AS_OF, "--format", "json")
    assert check.count("\n") > 100
    search = said(home, "search", "kế hoạch", "--json", "--facets", "--limit", "40")
    assert said(home, "verify").count("\n") == 1
    return [
        check,
        search,
        said(home, "search", "so:8/KH-X", "--json"),
        said(home, "audit"),
        said(home, "score", "--json"),
    ]


def test_it_says_the_same_in_either(home: Path, server: PostgresArchives, said: Say) -> None:
    before = tell(home, said)
    with Store.open(home) as store, store.database.engine.reader.connect() as connection:
        rows = count_rows(connection)
    url = server.pattern
    assert str(sum(rows.values())) in said(home, "migrate", "--to", url)
    assert not (home / "archive.db").exists() and (home / LEFT).exists()
    assert tell(home, said) == before
    with Store.open(home) as store, store.database.engine.reader.connect() as connection:
        moved = count_rows(connection)
    of_the_index = dict.fromkeys(("index_consumers", "index_log"), 0)  # which is made anew
    assert {**moved, **of_the_index} == {**rows, "facts": rows["facts"] + 1, **of_the_index}  # and whose database it is
    said(home, "migrate", "--to", "sqlite")
    assert tell(home, said) == before
    with pytest.raises(ArchiveError) as caught:
        Store.open(home.with_name("kho"), database=None).close()
        move_database(home, url, None)
    assert caught.value.message.code == "database-not-empty"


def test_who_goes_to_the_database_that_was_left_is_told(home: Path, server: PostgresArchives) -> None:
    move_database(home, server.pattern, None)
    other = home.with_name("may khac")
    with Store.open(home) as store:
        url = server.pattern.format(archive=store.archive)
    Store.open(other, create=True, database=url).close()
    move_database(home, "sqlite", None)
    with pytest.raises(ArchiveError) as caught:
        Store.open(other)
    assert caught.value.message.code == "database-of-another"


def test_numbers_go_on_behind_those_that_were_given(home: Path, server: PostgresArchives) -> None:
    """Marks that were taken away have had their numbers: findings know of changes up to one."""
    with Store.open(home) as store, store.database.writing() as session:
        for row in session.scalars(select(StaleMarkRow)):
            last = row.id
            session.delete(row)
    for to in (server.pattern, "sqlite"):
        move_database(home, to, None)
        with Store.open(home) as store:
            store_text(store, f"Số: 9/KH-X {to}")
            with store.database.reading() as session:
                (mark, *_) = session.scalars(select(StaleMarkRow.id).order_by(StaleMarkRow.id))
        assert mark > last


def test_nobody_else_has_it_open(home: Path, server: PostgresArchives) -> None:
    with Store.open(home), pytest.raises(ArchiveError) as caught:
        move_database(home, server.pattern, None)
    assert caught.value.message.code == "archive-in-use"
    for to, code in (("sqlite", "database-same"), ("mysql://x/y", "database-url")):
        with pytest.raises(UsageError) as wrong:
            move_database(home, to, None)
        assert wrong.value.message.code == code and say(wrong.value.message, Language.VI)


def test_a_backup_goes_into_either(home: Path, server: PostgresArchives, said: Say, tmp_path: Path,
                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    before = tell(home, said)
    move_database(home, server.pattern, None)
    said(home, "backup", str(tmp_path / "kho.zip"))
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "bo.yaml").write_bytes((tmp_path / "bo.yaml").read_bytes())
    assert Archive.restore(load_settings(tmp_path / "1" / "kho"), tmp_path / "kho.zip").documents == 91
    assert (tmp_path / "1" / "kho" / "archive.db").is_file()
    assert tell(tmp_path / "1" / "kho", said) == before
    monkeypatch.setenv("EVIDENCE_DATABASE", server.url.format(name="kho_khoi_phuc"))
    Archive.restore(load_settings(tmp_path / "1" / "moi"), tmp_path / "kho.zip")
    monkeypatch.delenv("EVIDENCE_DATABASE")
    assert not list((tmp_path / "1" / "moi").glob("archive*.db"))
    assert tell(tmp_path / "1" / "moi", said) == before
