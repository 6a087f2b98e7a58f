"""Taking in with the real pipeline: real files, real children."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence import intake
from evidence.archive import Archive
from evidence.config import Settings
from evidence.ingest.walk import walk
from tests.ingest import papers

ROOT = Path(__file__).parent.parent
RUN = """
import sys
from pathlib import Path
from evidence.archive import Archive
from evidence.config import Settings
from evidence.ingest.walk import walk
with Archive.open(Settings(home=Path(sys.argv[1]), jobs=2), create=True) as archive:
    for one in archive.ingest(walk([Path(sys.argv[2])])):
        print(one.sha256, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "hồ sơ" / "SNV" / "1.2"
    place.mkdir(parents=True)
    papers.digital(place / "tờ trình.pdf", pages=2)
    (place / "hỏng.pdf").write_bytes((place / "tờ trình.pdf").read_bytes()[:900])
    (place / "chữ.pdf").write_text("không phải PDF")
    (place / "rỗng.pdf").touch()
    papers.word(place / "văn bản.docx")
    return tmp_path / "hồ sơ"


def test_real_files_are_read_once_and_found(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path / "kho", jobs=2)
    with Archive.open(settings, create=True) as archive:
        told = {Path(one.path).name: one for one in archive.ingest(walk([folder]))}
        assert {name: one.outcome for name, one in told.items()} == {
            "tờ trình.pdf": "stored",
            "văn bản.docx": "stored",
            "hỏng.pdf": "unreadable",
            "chữ.pdf": "unreadable",
            "rỗng.pdf": "unreadable",
        }
        monkeypatch.setattr(intake, "read_files", None)
        assert {one.outcome for one in archive.ingest(walk([folder]))} == {"known", "unreadable"}
        assert archive.verify() == ()
        found = archive.search("187/TTr-SNV", 5).hits  # the letter as PDF and as DOCX
        assert {(Path(one.path).name, one.bears) for one in found} == {("tờ trình.pdf", True), ("văn bản.docx", True)}
        assert archive.search("to trinh ke hoach", 5).hits[0].snippets
        assert archive.show(str(told["tờ trình.pdf"].sha256)).cites
        assert {one.changed for one in archive.reread()} == {()}
        assert archive.verify() == ()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_goes_on(tmp_path: Path, end: signal.Signals) -> None:
    folder, settings = tmp_path / "hồ sơ", Settings(home=tmp_path / "kho", jobs=2)
    folder.mkdir()
    for at in range(12):
        papers.digital(folder / f"{at}.pdf", pages=1 + at % 3)
        (folder / f"{at}.pdf").write_bytes((folder / f"{at}.pdf").read_bytes() + b"%" * at)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(settings.home), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told = {process.stdout.readline().strip() for _ in range(3)}
    time.sleep(0.05)
    process.send_signal(end)
    told |= {line.strip() for line in process.stdout if len(line.strip()) == 64}
    process.wait(timeout=30)
    with Archive.open(settings) as archive:
        assert archive.verify() == ()
        assert told and all(archive.show(sha256).record for sha256 in told)
        assert len(list(archive.ingest(walk([folder])))) == 12
        assert archive.volume().documents == 12
        assert archive.verify() == ()
