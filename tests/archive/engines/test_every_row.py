"""Every row of every table comes over, there and back and by a backup; a killed move is ended, or begun anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection

from evidence.archive.facade import Archive
from evidence.cli.main import run
from evidence.config import Settings, load_settings
from evidence.errors import ArchiveError
from evidence.store.engines import database_move, opening
from evidence.store.engines.all_tables import METADATA
from evidence.store.engines.database_move import DRAFT, LEFT, move_database
from evidence.store.engines.table_copy import copy_tables
from evidence.store.folder import open_folder
from evidence.store.store import Store
from tests.support.every_table import AS_OF, SET, fill_the_rest, fill_worked_archive, read_all_rows
from tests.support.servers.postgres_archives import MAKE, PostgresArchives
from tests.support.text_pipeline import store_text


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that people worked in, made once."""
    home = tmp_path_factory.mktemp("lam") / "kho"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "make_database", MAKE)
        fill_worked_archive(home)
    return home


@pytest.fixture
def settings(server: PostgresArchives, worked: Path, tmp_path: Path) -> Settings:
    """The same with no table empty."""
    home = Path(shutil.copytree(worked, tmp_path / "kho"))
    fill_the_rest(home)
    return load_settings(home)


def tell(home: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    said = []
    for command in (("check", "--criteria", SET, "--as-of", AS_OF.isoformat(), "--format", "json"), ("audit",)):
        run(["--home", str(home), *command])
        said.append(capsys.readouterr().out)
    assert said[0].count("\n") > 20 and said[1].count("\n") > 5
    return said


def test_what_people_did_says_the_same_in_either(
    server: PostgresArchives, worked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Path(shutil.copytree(worked, tmp_path / "kho"))
    said = tell(home, capsys)
    for to in (server.pattern, "sqlite"):
        move_database(home, to, None)
        assert tell(home, capsys) == said


def test_no_row_is_lost_or_other(settings: Settings, server: PostgresArchives, tmp_path: Path) -> None:
    home = settings.home
    before = read_all_rows(home)
    assert [name for name, rows in before.items() if not rows] == [] and len(before) == len(METADATA.tables)
    counted = move_database(home, server.pattern, None)
    assert counted == sum(map(len, before.values()))
    assert read_all_rows(home) == before
    with Archive.open(settings) as archive:
        archive.backup(tmp_path / "kho.zip")
    move_database(home, "sqlite", None)
    assert read_all_rows(home) == before
    restored = tmp_path / "moi" / "kho"
    restored.parent.mkdir()
    Archive.restore(load_settings(restored), tmp_path / "kho.zip")
    after = read_all_rows(restored)
    for rows in (before, after):
        del rows["index_consumers"], rows["index_log"]  # the index is made anew
    assert after == before


Break = Callable[[pytest.MonkeyPatch], None]


def while_rows_come(patch: pytest.MonkeyPatch) -> None:
    def copy_half(source: Connection, target: Connection) -> Mapping[str, int]:
        copy_tables(source, target)
        raise KeyboardInterrupt

    patch.setattr(database_move, "copy_tables", copy_half)


def before_the_marker(patch: pytest.MonkeyPatch) -> None:
    def write(folder: Path, content: object) -> None:
        raise KeyboardInterrupt

    patch.setattr(database_move, "write_marker", write)


@pytest.mark.parametrize("break_off", [while_rows_come, before_the_marker])
def test_a_killed_move_is_ended_by_the_next(settings: Settings, server: PostgresArchives, break_off: Break) -> None:
    home = settings.home
    before = read_all_rows(home)
    for to in (server.pattern, "sqlite"):
        with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
            break_off(patch)
            move_database(home, to, None)
        assert read_all_rows(home) == before
        move_database(home, to, None)
        assert read_all_rows(home) == before
    assert not (home / DRAFT).exists() and (home / LEFT).exists() and open_folder(home).marker.database is None


def test_what_was_written_since_is_not_passed_over(settings: Settings, server: PostgresArchives) -> None:
    """All rows had come over, and then the archive went on where it was: the other database is of before."""
    home = settings.home
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        before_the_marker(patch)
        move_database(home, server.pattern, None)
    with Store.open(home) as store:
        store_text(store, "Số: 9/KH-X")
    with pytest.raises(ArchiveError) as caught:
        move_database(home, server.pattern, None)
    assert caught.value.message.code == "database-not-empty"
    with Store.open(home) as store:
        assert store.volume().documents == len(read_all_rows(home)["documents"])


def test_a_database_of_another_archive_is_left_alone(settings: Settings, server: PostgresArchives) -> None:
    other = settings.home.with_name("khac")
    with Store.open(other, create=True, database=server.url.format(name="kho_khac")) as store:
        store_text(store, "Số: 9/KH-X")
    with pytest.raises(ArchiveError) as caught:
        move_database(settings.home, server.url.format(name="kho_khac"), None)
    assert caught.value.message.code == "database-not-empty"
    with Store.open(other) as store:
        assert store.volume().documents == 1
