"""OCR remembered, and headers before bodies: real files, real children, an engine that needs no program."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.archive.outcome import Ingested
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.cli.main import run as command
from evidence.config import Limits, Settings
from evidence.criteria import loader
from evidence.extract.preload import load_tables
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.sources.walk import walk
from evidence.messages import Language, say
from evidence.model.assessment import Verdict
from evidence.model.document import Document
from evidence.model.problem import ProblemCode
from evidence.model.record import Record, Status
from evidence.store.caches.ocr_cache import FOLDER
from tests.pipeline.test_pipeline import Clerk, Crasher
from tests.support import papers
from tests.support.outcomes import outcomes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2025, 12, 1)
SET = """
set: thu-2025
title: Bộ thử
year: 2025
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: Sở Nội vụ tỉnh Lạng Sơn}
criteria:
  - code: "1.2"
    title: Kế hoạch
    points: 1
    score: all-or-nothing
    evidence:
      - {id: ttr, title: Tờ trình, kind: Tờ trình, subject: [cải cách hành chính]}
      - {id: bc, title: Báo cáo, kind: Báo cáo, subject: [thi đua khen thưởng]}
"""


class Slow(Clerk):
    """Half a second of waiting a page."""

    def read(self, image, scale):  # type: ignore[no-untyped-def]
        time.sleep(0.5)
        return super().read(image, scale)


@pytest.fixture(autouse=True)
def clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (Clerk, Crasher, Slow):
        monkeypatch.setitem(ocr.ENGINES, one.__name__.lower(), one)
    monkeypatch.setattr("evidence.ingest.ocr.page.find_header_end", lambda *_: None)
    monkeypatch.setattr("evidence.ingest.ocr.page.find_foot_start", lambda *_: None)


def settings(home: Path, engine: str = "clerk", cache: int = 10**9) -> Settings:
    return Settings(home, jobs=2, engine=engine, ocr_cache_bytes=cache)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A long scan, a short one, a photo, a letter with typed pages, a damaged file."""
    place = tmp_path / "hồ sơ" / "SNV" / "1.2"
    place.mkdir(parents=True)
    papers.scanned(place / "dài.pdf", pages=6)
    papers.scanned(place / "ngắn.pdf", pages=1)
    papers.digital(place / "chữ.pdf", pages=3)
    papers.digital(place / "chữ dài.pdf", pages=20)
    papers.picture(100).save(place / "ảnh.png", dpi=(100, 100))
    frames = [papers.picture(100), papers.picture(110)]
    frames[0].save(place / "hai trang.tif", save_all=True, append_images=frames[1:], dpi=(100, 100))
    (place / "hỏng.pdf").write_bytes((place / "chữ.pdf").read_bytes()[:900])
    return tmp_path / "hồ sơ"


def take(home: Path, folder: Path, headers: bool = False, engine: str = "clerk", cache: int = 10**9) -> list[Ingested]:
    with Archive.open(settings(home, engine, cache), create=True) as archive:
        return list(outcomes(archive.ingest(walk([folder]), headers_first=headers)))


def contents(home: Path) -> dict[str, tuple[Document | None, Record | None]]:
    with Archive.open(settings(home)) as archive:
        assert archive.verify() == ()
        store = archive._store
        assert store.unfinished() == ()
        return {sha256: (store.document(sha256), store.record(sha256)) for sha256 in store.hashes()}


def fates(told: list[Ingested]) -> list[tuple[str, str]]:
    return sorted((Path(one.path).name, one.outcome) for one in told)


def test_the_archive_is_the_same_with_and_without(tmp_path: Path, folder: Path) -> None:
    plain, headers = take(tmp_path / "a", folder), take(tmp_path / "b", folder, headers=True)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    twice = ("chữ dài.pdf", "dài.pdf", "hai trang.tif")
    assert fates(headers) == sorted([*fates(plain), *((name, "header") for name in twice)])
    again = take(tmp_path / "b", folder, headers=True)
    assert {one.outcome for one in again} == {"known", "unreadable"} and len(again) == 7


def test_a_header_is_provisional(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "kho"
    (folder / "SNV" / "1.2" / "hỏng.pdf").unlink()  # nobody knows what stands in it
    with Archive.open(settings(home), create=True) as archive:
        seen = {}
        for one in outcomes(archive.ingest(walk([folder]), headers_first=True)):
            if one.outcome == "header":
                seen[Path(one.path).name] = one.record
            elif len(seen) == 3:
                break
        record = seen["dài.pdf"]
        assert record and record.status is Status.PARTLY_READ and str(record.number.value) == "187/TTr-SNV"
        codes = [problem.code for problem in record.problems]
        assert ProblemCode.UNFINISHED in codes and ProblemCode.NO_SIGNATURE not in codes
        for language in Language:
            assert "6" in say(record.problems[codes.index(ProblemCode.UNFINISHED)].message, language)
        assert record.source.sha256 in archive._store.unfinished()
        assert any(
            hit.path.endswith("dài.pdf") and hit.bears
            for hit in archive.search(SearchRequest("187/TTr-SNV"), EVERYTHING).hits
        )
        told = {one.requirement: one for one in archive.check(loader.parse_criteria(SET, "thu"), (), DAY).findings}
        assert told["1.2/bc"].status is Verdict.UNCLEAR  # it may stand behind a first page
        assert told["1.2/ttr"].status is not Verdict.MISSING
        assert "assign-unfinished" in {reason.message.code for reason in told["1.2/bc"].reasons}
        assert {one.changed for one in archive.reread()} == {()}
        assert archive.verify() == ()
    # the run was stopped: the next one goes on, without the flag and without being offered the files
    (tmp_path / "khác").mkdir()
    papers.digital(tmp_path / "khác" / "a.pdf")
    told_later = {Path(one.path).name: one for one in take(home, tmp_path / "khác")}
    assert "dài.pdf" in told_later and told_later["dài.pdf"].outcome == "stored"
    record = told_later["dài.pdf"].record
    assert record and record.status is Status.READ and len(record.pages) == 6
    with Archive.open(settings(home)) as archive:
        told = {one.requirement: one for one in archive.check(loader.parse_criteria(SET, "thu"), (), DAY).findings}
        codes_now = {reason.message.code for one in told.values() for reason in one.reasons}
        assert not {"verdict-unfinished", "assign-unfinished"} & codes_now


def test_first_results_come_early(tmp_path: Path) -> None:
    place = tmp_path / "hồ sơ"
    place.mkdir()
    papers.scanned(place / "a.pdf", pages=30)
    began = time.monotonic()
    at: dict[str, float] = {}
    with Archive.open(settings(tmp_path / "kho", "slow", cache=0), create=True) as archive:
        for one in outcomes(archive.ingest(walk([place]), headers_first=True)):
            at[one.outcome] = time.monotonic() - began
    assert list(at) == ["header", "stored"]
    assert at["header"] < at["stored"] / 3


def test_a_finished_document_is_never_put_back_to_its_header(tmp_path: Path, folder: Path) -> None:
    """Another run may finish a document while this one still holds its header."""
    home = tmp_path / "kho"
    with Archive.open(settings(home), create=True) as archive:
        store = archive._store
        run = outcomes(archive.ingest(walk([folder]), headers_first=True))
        early = next(one for one in run if one.outcome == "header")
        sha256 = str(early.sha256)
        header = store.document(sha256)
        assert header and early.record
        list(run)
        whole = store.document(sha256)
        assert not store.put(header, early.record, None, ())
        store.replace_record(early.record)
        assert store.document(sha256) == whole and store.unfinished() == ()
        record = store.record(sha256)
        assert record and not record.unfinished


def test_an_original_that_is_lost_keeps_its_header(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "kho"
    with Archive.open(settings(home), create=True) as archive:
        run = outcomes(archive.ingest(walk([folder]), headers_first=True))
        sha256 = str(next(one for one in run if one.outcome == "header").sha256)
    archive._store.originals.path(sha256).unlink()
    (tmp_path / "trống").mkdir()
    take(home, tmp_path / "trống")
    with Archive.open(settings(home)) as archive:
        record = archive._store.record(sha256)
        assert record and record.unfinished and record.number.value
        assert {one.message.code for one in archive.verify()} == {"verify-lost"}
        list(outcomes(archive.ingest(walk([folder]))))  # handed in again: put back, and read whole
        assert archive._store.unfinished() == () and archive.verify() == ()


def test_two_runs_at_once_read_each_body_once(tmp_path: Path, folder: Path) -> None:
    """The second waits for the first, and finds nothing left; in one process it does not wait for itself."""
    home = tmp_path / "kho"
    with Archive.open(settings(home), create=True) as archive:
        run = outcomes(archive.ingest(walk([folder]), headers_first=True))
        seen = [next(one for one in run if one.outcome == "header")]
        seen += [one for one in outcomes(archive.ingest(walk([folder]))) if one.outcome == "stored"]
        seen += list(run)
        assert len({one.sha256 for one in seen if one.outcome == "stored"}) == 6
    contents(home)


RUN = """
import sys
from pathlib import Path
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from tests.support.outcomes import outcomes
with Archive.open(Settings(home=Path(sys.argv[1]), jobs=2), create=True) as archive:
    for one in outcomes(archive.ingest(walk([Path(sys.argv[2])]), headers_first=True)):
        print(one.outcome, one.sha256, flush=True)
"""


@pytest.mark.parametrize(("headers", "lines"), [(True, 2), (False, 5)])
def test_a_kill_between_header_and_body(tmp_path: Path, headers: bool, lines: int) -> None:
    place, home = tmp_path / "hồ sơ", tmp_path / "kho"
    place.mkdir()
    for at in range(4):
        papers.digital(place / f"{at}.pdf", pages=18 + at)
    command = [sys.executable, "-c", RUN, str(home), str(place)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    told = [process.stdout.readline().split() for _ in range(lines)]
    os.killpg(process.pid, signal.SIGKILL)
    told += [words for line in process.stdout if len(words := line.split()) == 2]
    process.wait()
    assert {words[0] for words in told} <= {"header", "stored"}
    done = {sha256 for fate, sha256 in told if fate == "stored"}
    with Archive.open(settings(home)) as archive:
        assert archive.verify() == () or {one.message.code for one in archive.verify()} <= {"verify-index-missing"}
        assert not done & set(archive._store.unfinished())
    take(home, place, headers)
    found = contents(home)
    assert sorted(len(document.pages) for document, _ in found.values() if document) == [18, 19, 20, 21]


# --- OCR remembered -----------------------------------------------------------------------------------------------


def test_a_page_read_once_is_not_read_again(tmp_path: Path) -> None:
    one, two, home = tmp_path / "một", tmp_path / "hai", tmp_path / "kho"
    for place in (one, two):
        place.mkdir()
    papers.scanned(one / "a.pdf")
    first = take(home, one)
    assert first[0].recalled == 0
    papers.scanned(two / "b.pdf", pages=3)  # the same page in another file, and twice behind it
    told = take(home, two)
    assert told[0].recalled >= 1
    papers.scanned(two / "c.pdf", pages=4)
    told = [each for each in take(home, two, engine="crasher") if each.path.endswith("c.pdf")]
    assert told[0].recalled == 4  # an engine of that name and version is not even started
    assert told[0].record and told[0].record.status is Status.READ
    with Archive.open(settings(home)) as archive:
        document = archive._store.document(str(told[0].sha256))
        assert document and [page.number for page in document.pages] == [1, 2, 3, 4]
        assert len({page.text for page in document.pages}) == 1


def test_nothing_is_remembered_where_nothing_may_be(tmp_path: Path) -> None:
    place, home = tmp_path / "một", tmp_path / "kho"
    place.mkdir()
    papers.scanned(place / "a.pdf", pages=2)
    assert take(home, place, cache=0)[0].recalled == 0
    assert not (home / FOLDER).exists()


def test_what_was_kept_and_is_none_of_ours_is_read_anew(tmp_path: Path) -> None:
    place, home = tmp_path / "một", tmp_path / "kho"
    place.mkdir()
    papers.scanned(place / "a.pdf")
    take(home, place)
    (file,) = (home / FOLDER).glob("*/*")
    cache = Archive.open(settings(home))._store.folder / FOLDER
    (cache / file.parent.name / file.name).write_bytes(zlib.compress(b'{"page": "rubbish"}'))
    papers.scanned(place / "b.pdf", pages=2)
    told = next(each for each in take(home, place) if each.path.endswith("b.pdf"))
    assert told.record and told.record.status is Status.READ
    assert told.recalled <= 1


def test_a_page_that_took_too_long_is_not_remembered(tmp_path: Path) -> None:
    place, home = tmp_path / "một", tmp_path / "kho"
    place.mkdir()
    papers.scanned(place / "a.pdf", pages=2)
    load_tables()  # else a page is done while they are loaded, and nobody counts that time
    hurried = replace(settings(home, "slow"), limits=replace(Limits(), page_seconds=0.1, patience=1.0))
    with Archive.open(hurried, create=True) as archive:
        list(outcomes(archive.ingest(walk([place]))))
    assert not list((home / FOLDER).glob("*/*"))


def test_a_backup_carries_none_of_it(tmp_path: Path, folder: Path) -> None:
    take(tmp_path / "kho", folder)
    assert (tmp_path / "kho" / FOLDER).is_dir()
    with Archive.open(settings(tmp_path / "kho")) as archive:
        archive.backup(tmp_path / "b.zip")
        Archive.restore(settings(tmp_path / "mới"), tmp_path / "b.zip")
    assert not (tmp_path / "mới" / FOLDER).exists()


def test_the_command_tells_the_rounds(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "SNV" / "1.2" / "dài.pdf").unlink()  # the command has no engine but Tesseract
    for name in ("ngắn.pdf", "ảnh.png", "hai trang.tif"):
        (folder / "SNV" / "1.2" / name).unlink()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "cấu hình"))
    arguments = ["--home", str(tmp_path / "kho"), "--lang", "vi", "ingest", str(folder), "--headers-first"]
    assert command(arguments) == 3  # one file is damaged
    said = capsys.readouterr()
    assert [line.split("  ")[0] for line in said.out.splitlines()].count("trang đầu") == 1
    assert "Trang đầu của 1 tệp đã lưu" in said.err
    assert "Xong: lưu mới 2, đã có 0, không đọc được 1." in said.err
