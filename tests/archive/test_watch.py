"""Watching a folder: files are taken once they have settled, for ever, and nothing piles up."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive import watch as watching
from evidence.archive.facade import Archive
from evidence.archive.watch import watch_folders
from evidence.config import Settings
from evidence.ingest.sources.walk import OfferedFile, walk
from tests.support import text_pipeline

pytestmark = pytest.mark.slow  # whole archives, clocks

SOON = 0.3  # seconds to settle, in tests


def names(lot: tuple[OfferedFile, ...]) -> set[str]:
    return {one.path.name for one in lot}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "đến" / "SNV" / "1.2").mkdir(parents=True)
    return tmp_path / "đến"


@pytest.fixture
def lots(folder: Path) -> Iterator[Iterator[tuple[OfferedFile, ...]]]:
    with closing(watch_folders(partial(walk, [folder]), [folder], SOON)) as made:
        yield made


def test_files_come_by_lots_and_once(folder: Path, lots: Iterator[tuple[OfferedFile, ...]]) -> None:
    (folder / "SNV/1.2/cũ.txt").write_text("cũ")
    lot = next(lots)
    assert [(one.path.name, one.unit, one.criterion) for one in lot] == [("cũ.txt", "SNV", "1.2")]
    (folder / "SNV/1.2/mới.txt").write_text("mới")
    (folder / "SNV/1.2/~$mới.docx").write_text("Word")
    assert names(next(lots)) == {"mới.txt"}
    (folder / "SNV/1.2/cũ.txt").write_text("thay")
    assert names(next(lots)) == {"cũ.txt"}


def test_a_growing_file_waits(folder: Path, lots: Iterator[tuple[OfferedFile, ...]]) -> None:
    script = 'for _ in $(seq 15); do printf x >> "$0"; sleep .1; done'
    (folder / "trước.txt").write_text("x")
    with subprocess.Popen(["/bin/sh", "-c", script, str(folder / "lớn.txt")]):
        seen = [names(next(lots))]
        while "lớn.txt" not in seen[-1]:
            seen.append(names(next(lots)))
    assert (folder / "lớn.txt").stat().st_size == 15
    assert sum("lớn.txt" in one for one in seen) == 1


@pytest.mark.parametrize("kill", [False, True])
def test_without_a_listener_looks_come_by_the_clock(folder: Path, monkeypatch: pytest.MonkeyPatch, kill: bool) -> None:
    monkeypatch.setattr(watching, "POLL", 0.1)
    if not kill:
        monkeypatch.setattr(sys, "executable", "/bin/false")
    with closing(watch_folders(partial(walk, [folder]), [folder], SOON)) as lots:
        (folder / "1.txt").write_text("x")
        assert names(next(lots)) == {"1.txt"}
        if kill:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            for child in children:
                if b"sources.watcher" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(int(child), signal.SIGKILL)
        (folder / "2.txt").write_text("x")
        assert names(next(lots)) == {"2.txt"}


def test_a_folder_that_goes_and_comes_back(folder: Path, lots: Iterator[tuple[OfferedFile, ...]]) -> None:
    (folder / "1.txt").write_text("x")
    assert names(next(lots)) == {"1.txt"}
    folder.rename(folder.with_name("đi"))
    subprocess.Popen(["/bin/sh", "-c", f"sleep 1; mv '{folder.with_name('đi')}' '{folder}'; echo x > '{folder}/2.txt'"])
    assert "2.txt" in names(next(lots))


@pytest.mark.slow
def test_hundreds_of_files_leave_nothing_behind(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    with (
        Archive.open(Settings(home=tmp_path / "kho"), create=True) as archive,
        closing(watch_folders(partial(walk, [folder]), [folder], 0.05)) as lots,
    ):
        grown: list[tuple[int, int]] = []
        for turn in range(8):
            for at in range(15):
                (folder / f"{turn}-{at}.txt").write_text(f"Số: {turn * 15 + at + 1}/BC-SNV")
            taken = 0
            while taken < 15:
                taken += len(list(archive.ingest(next(lots))))
            for file in folder.glob("*.txt"):
                file.unlink()
            grown.append((open_files(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
        assert archive.volume().documents == 120
    assert grown[-1][0] <= grown[1][0]
    assert grown[-1][1] - grown[1][1] < 20_000  # kB, over 90 files


@pytest.mark.slow
def test_ctrl_c_ends_it_and_nothing_runs_on(tmp_path: Path, folder: Path) -> None:
    (folder / "SNV/1.2/bc.txt").write_text("không phải văn bản")
    command = [sys.executable, "-m", "evidence", "--home", str(tmp_path / "kho"), "ingest", "--watch", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and "bc.txt" in process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130 and "Traceback" not in said and "Đã dừng theo dõi" in said
    time.sleep(0.2)
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    with Archive.open(Settings(home=tmp_path / "kho")) as archive:
        assert archive.volume().submissions == 1 and archive.verify() == ()
