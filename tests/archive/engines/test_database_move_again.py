"""A move to another database that was killed is run again, and the site's own settings are no hindrance to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.cli.main import run
from evidence.errors import ArchiveError
from evidence.store.engines import database_move
from evidence.store.engines.database_move import move_database
from evidence.store.facts import Volume
from evidence.store.store import Store
from tests.support.servers.postgres_archives import MAKE, PostgresArchives
from tests.support.text_pipeline import store_text


@pytest.fixture
def home(server: PostgresArchives, tmp_path: Path) -> Path:
    with Store.open(tmp_path / "kho", create=True) as store:
        store_text(store, "Số: 7/KH-X\nCăn cứ Nghị định 34/2019/NĐ-CP\fTrang hai")
    return tmp_path / "kho"


class Killed(BaseException):
    """What ends a move half way, and is no error that anybody meets."""


def kill_at(step: str, home: Path, to: str) -> None:
    def be_killed(*given: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_move, step, be_killed)
        with pytest.raises(Killed):
            move_database(home, to, None)


def volume(home: Path) -> Volume:
    with Store.open(home) as store:
        return store.volume()


def own_url(home: Path, server: PostgresArchives) -> str:
    with Store.open(home) as store:
        return server.pattern.format(archive=store.archive)


def test_a_move_that_was_killed_goes_on_when_it_is_run_again(home: Path, server: PostgresArchives) -> None:
    before, url = volume(home), own_url(home, server)
    kill_at("copy_tables", home, url)
    assert volume(home) == before
    with pytest.raises(ArchiveError) as caught:  # nobody begins in what is half made
        MAKE(home.with_name("may khac"), "0", url)
    assert caught.value.message.code == "database-not-empty"
    move_database(home, url, None)
    for step in ("copy_tables", "write_marker"):
        kill_at(step, home, "sqlite")
        assert volume(home) == before
    move_database(home, "sqlite", None)
    assert volume(home) == before and sorted(file.name for file in home.glob("archive*.db*")) == [
        "archive-moved.db", "archive.db",
    ]  # fmt: skip
    with pytest.raises(ArchiveError) as caught:  # nor in one that an archive has left
        MAKE(home.with_name("may khac"), "0", url)
    assert caught.value.message.code == "database-not-empty"


def test_the_sites_setting_is_no_hindrance(
    home: Path, server: PostgresArchives, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine is set up for the cluster before the archive goes there, and still is when it comes back."""
    url = own_url(home, server)
    monkeypatch.setenv("EVIDENCE_DATABASE", url)
    assert run(["-q", "--home", str(home), "migrate", "--to", url]) == 0
    assert run(["-q", "--home", str(home), "verify"]) == 0
    assert run(["-q", "--home", str(home), "migrate", "--to", "sqlite"]) == 0
    monkeypatch.delenv("EVIDENCE_DATABASE")
    assert run(["-q", "--home", str(home), "verify"]) == 0
