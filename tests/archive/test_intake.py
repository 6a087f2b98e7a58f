"""Taking in with the real pipeline: real files, real children."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from tests.support import papers

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
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
    (place / "chữ.pdf").write_bytes(b"MZ is no PDF")
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
        monkeypatch.setattr(intake, "read_queue", None)
        assert {one.outcome for one in archive.ingest(walk([folder]))} == {"known", "unreadable"}
        assert archive.verify() == ()
        found = archive.search(SearchRequest("187/TTr-SNV", 5), EVERYTHING).hits  # the letter as PDF and as DOCX
        assert {(Path(one.path).name, one.bears) for one in found} == {("tờ trình.pdf", True), ("văn bản.docx", True)}
        assert archive.search(SearchRequest("to trinh ke hoach", 5), EVERYTHING).hits[0].snippets
        assert archive.show(str(told["tờ trình.pdf"].sha256), EVERYTHING).cites
        assert {one.changed for one in archive.reread()} == {()}
        assert archive.verify() == ()


@pytest.mark.slow
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
        assert told and all(archive.show(sha256, EVERYTHING).record for sha256 in told)
        assert len(list(archive.ingest(walk([folder])))) == 12
        assert archive.volume().documents == 12
        assert archive.verify() == ()


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A ZIP with a letter, a copy of it, a rubbish file and a ZIP with a further letter."""
    place = tmp_path / "hồ sơ" / "SNV" / "1.2"
    place.mkdir(parents=True)
    letter, other = papers.digital(tmp_path / "a.pdf"), papers.word(tmp_path / "b.docx")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(other, "sâu/b.docx")
    with zipfile.ZipFile(place / "ngoài.zip", "w") as archive:
        archive.write(letter, "../a.pdf")
        archive.write(letter, "bản sao.pdf")
        archive.write(tmp_path / "in.zip", "trong.zip")
        archive.writestr("x.exe", b"MZ rubbish")
    return tmp_path / "hồ sơ"


INSIDE = {"a.pdf", "bản sao.pdf", "trong.zip", "x.exe", "trong.zip!/sâu/b.docx", ""}


def handed(told: Iterable[intake.Ingested]) -> dict[str, str]:
    return {one.path.partition("ngoài.zip")[2].removeprefix("!/"): one.outcome for one in told}


def test_files_inside_a_zip_are_documents_of_their_own(
    tmp_path: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(Settings(home=tmp_path / "kho", jobs=2), create=True) as archive:
        told = handed(archive.ingest(walk([packed])))
        assert set(told) == INSIDE
        assert (told["a.pdf"], told["bản sao.pdf"], told["x.exe"]) == ("stored", "known", "unreadable")
        found = {one.path for one in archive.search(SearchRequest("187/TTr-SNV", 9), EVERYTHING).hits}
        assert {path.rpartition("!/")[2] for path in found} <= {"a.pdf", "bản sao.pdf", "sâu/b.docx"}
        assert len(found) == 2
        monkeypatch.setattr(intake, "read_queue", None)
        again = handed(archive.ingest(walk([packed])))
        assert set(again) == INSIDE
        assert set(again.values()) == {"known", "unreadable"}
        assert archive.verify() == ()


def test_a_zip_whose_files_were_lost_on_the_way_is_read_again(
    tmp_path: Path, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as archive:
        for one in archive.ingest(walk([packed])):
            assert one.path.endswith("ngoài.zip")
            break  # stopped when nothing but the ZIP itself was stored
        told = handed(archive.ingest(walk([packed])))
        assert set(told) == INSIDE
