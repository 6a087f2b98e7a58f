"""The facade, with text files in the place of documents: taking in, stopping, finding, showing, looking after."""

from __future__ import annotations

import datetime
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive import intake, reextraction
from evidence.archive.facade import Archive, Ingested
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.criteria import loader
from evidence.errors import ArchiveError, UsageError
from evidence.extract import record as extract
from evidence.ingest.sources.walk import OfferedFile, walk
from evidence.jobs import roles
from evidence.messages import Language, say
from evidence.model.assessment import Verdict
from evidence.model.document import Document
from evidence.model.job import JobState
from evidence.model.record import Record, Status
from evidence.search.whoosh.index import WhooshIndex
from evidence.store import commands
from evidence.store.originals import Originals
from evidence.store.searches.index_log import IndexLog
from evidence.store.searches.index_place import LOCAL, find_node
from tests.support import text_pipeline

DECISION = """Số: 615/QĐ-UBND
Ngày: 15/3/2019
Loại: Quyết định
Cơ quan: Ủy ban nhân dân tỉnh Lạng Sơn
Về: công bố Chỉ số cải cách hành chính năm 2018
Căn cứ Nghị định số 34/2019/NĐ-CP ngày 24/4/2019 của Chính phủ"""
REPORT = """Số: 7/BC-SNV
Ngày: 20/3/2018
Loại: Báo cáo
Cơ quan: Sở Nội vụ tỉnh Lạng Sơn
Về: cải cách hành chính quý I năm 2018
Thực hiện Quyết định số 615/QĐ-UBND và Quyết định số 616/QĐ-UBND"""
DAY = datetime.date(2019, 1, 1)
SET = """
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: Sở Nội vụ tỉnh Lạng Sơn}
  - {code: STP, name: Sở Tư pháp, issuer: Sở Tư pháp tỉnh Lạng Sơn}
criteria:
  - code: "1.2"
    title: Báo cáo
    points: 1
    score: all-or-nothing
    evidence:
      - {id: q1, title: Báo cáo quý I, kind: Báo cáo, issuer: unit, subject: [cải cách hành chính], due: 2018-03-20}
"""


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "kho")


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive.open(settings, create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier: unit, criterion, file."""
    place = tmp_path / "hồ sơ"
    for name, text in {
        "SNV/1.1 - Kế hoạch/qd 615.txt": DECISION,
        "SNV/1.2/bc.txt": REPORT,
        "SNV/1.3/bản sao.txt": REPORT,
        "SNV/1.3/hỏng.txt": text_pipeline.UNREADABLE,
        "STP/1.2/rỗng.txt": "",
    }.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return place


def ingest(archive: Archive, *paths: Path) -> dict[str, Ingested]:
    return {Path(one.path).name: one for one in archive.ingest(walk(paths))}


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is really read from now on."""
    seen: list[str] = []

    def read_and_remember(sources, settings, tables=False, **_more):  # type: ignore[no-untyped-def]
        for outcome in text_pipeline.read_text_files(sources, settings):
            seen.append(outcome.source.path)
            yield outcome

    monkeypatch.setattr(intake, "read_queue", read_and_remember)
    return seen


# --- taking in ----------------------------------------------------------------------------------------------------


def test_a_dossier_is_taken_in_and_a_second_run_reads_nothing(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ingest(archive, folder)
    assert {name: one.outcome for name, one in first.items()} == {
        "qd 615.txt": "stored",
        "bc.txt": "stored",
        "bản sao.txt": "known",
        "hỏng.txt": "unreadable",
        "rỗng.txt": "unreadable",
    }
    assert first["hỏng.txt"].sha256 and first["hỏng.txt"].problem
    assert first["rỗng.txt"].sha256 is None and first["rỗng.txt"].problem
    assert archive.verify() == ()
    seen = reads(monkeypatch)
    second = ingest(archive, folder)
    assert seen == []
    assert {one.outcome for one in second.values()} == {"known", "unreadable"}
    assert second["hỏng.txt"].record and second["hỏng.txt"].record.status is Status.UNREADABLE
    volume = archive.volume()
    assert (volume.documents, volume.submissions, volume.refusals) == (3, 4, 1)


@pytest.mark.parametrize("lack", ["TOO_SLOW", "NO_PROGRAM"])
def test_what_lacked_time_or_a_program_is_tried_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    (tmp_path / "lớn.txt").write_text(getattr(text_pipeline, lack))
    assert ingest(archive, tmp_path / "lớn.txt")["lớn.txt"].outcome == "unreadable"
    seen = reads(monkeypatch)
    monkeypatch.setitem(text_pipeline.PROBLEMS, getattr(text_pipeline, lack), None)
    assert ingest(archive, tmp_path / "lớn.txt")["lớn.txt"].outcome == "stored"
    assert len(seen) == 1
    assert ingest(archive, tmp_path / "lớn.txt")["lớn.txt"].outcome == "known"
    assert archive.verify() == ()


def test_a_file_that_changes_or_goes_while_it_is_read(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(sources, settings, tables=False, **_more):  # type: ignore[no-untyped-def]
        for outcome in text_pipeline.read_text_files(sources, settings):
            path = Path(outcome.source.path)
            if path.name == "bc.txt":
                path.write_text("khác")
            if path.name == "qd 615.txt":
                path.unlink()
            yield outcome

    monkeypatch.setattr(intake, "read_queue", meddle)
    told = ingest(archive, folder)
    hashes = {name: told[name].sha256 or "" for name in ("bc.txt", "qd 615.txt")}
    assert {told[name].outcome for name in hashes} == {"stored"}  # what was hashed, read and copied then
    kept = {name: archive._store.originals.path(sha256).read_text() for name, sha256 in hashes.items()}
    assert kept == {"bc.txt": REPORT, "qd 615.txt": DECISION}
    assert archive.verify() == ()
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    assert ingest(archive, folder)["bc.txt"].sha256 not in hashes.values()


def test_a_file_that_changes_between_its_hash_and_its_copy(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Originals.stage

    def stage(originals, file, sha256, shown):  # type: ignore[no-untyped-def]
        path = Path(shown)
        path.write_text(path.read_text() + " thêm" if path.name == "qd 615.txt" else path.read_text())
        return real(originals, file, sha256, shown)

    monkeypatch.setattr(Originals, "stage", stage)
    told = ingest(archive, folder)
    problem = told["qd 615.txt"].problem
    assert (told["qd 615.txt"].outcome, problem and problem.code) == ("unreadable", "file-changed")
    assert told["bc.txt"].outcome == "stored"
    assert archive.verify() == ()
    assert list((archive._store.folder / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "name", ['dấu cách và "nháy".txt', "xuống\ndòng.txt", "ngu\u031bo\u031b\u0323c NFD.txt", b"kh\xf4ng-utf8.txt"]
)
def test_names_are_data(archive: Archive, tmp_path: Path, name: str | bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text(REPORT)
    (told,) = archive.ingest([OfferedFile(path, "SNV", "1.2")])
    assert told.outcome == "stored"
    assert archive.show("7/BC-SNV", EVERYTHING).paths == (told.path,)
    assert [one.outcome for one in archive.ingest([OfferedFile(path, "SNV", "1.2")])] == ["known"]


def test_stopping_in_between_keeps_what_was_told(archive: Archive, folder: Path) -> None:
    run = archive.ingest(walk([folder]))
    told = next(run)
    run.close()  # type: ignore[attr-defined]
    assert told.sha256 and archive.show(told.sha256, EVERYTHING).record == told.record
    assert archive.verify() == ()
    assert len(ingest(archive, folder)) == 5


def test_a_failing_index_loses_no_document(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    ingest(archive, folder)
    for part in settings.home.glob("index-*/*"):
        part.write_bytes(b"rubbish")
    (folder / "SNV/1.2/mới.txt").write_text("Số: 8/BC-SNV\nVề: mới")
    assert ingest(archive, folder)["mới.txt"].outcome == "stored"
    assert archive.search(SearchRequest("so:8/BC-SNV", 5), EVERYTHING).total == 1
    assert archive.verify() == ()


def test_a_full_disk_is_said_and_the_next_run_goes_on(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError) as caught:
            ingest(archive, folder)
    assert caught.value.message.code == "archive-disk-full"
    assert archive.verify() == ()
    assert ingest(archive, folder)["bc.txt"].outcome == "stored"


def test_a_full_disk_under_the_index_loses_no_document(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    told = []
    with monkeypatch.context() as broken:
        broken.setattr(WhooshIndex, "open_draft", full)
        with pytest.raises(ArchiveError) as caught:
            told += archive.ingest(walk([folder]))
    assert caught.value.message.code == "archive-disk-full"
    assert archive.volume().documents == 3
    assert archive.verify() == ()
    assert not archive.search(SearchRequest("cải cách", 5), EVERYTHING).answered  # whoever searches only reads
    list(archive.ingest(walk([folder])))
    assert archive.search(SearchRequest("cải cách", 5), EVERYTHING).total == 2


def run(home: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.ingest_process", str(home), str(folder)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.slow
def test_two_ingesters_at_once(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    for at in range(40):
        (folder / f"{at}.txt").write_text(f"Số: {at}/BC-SNV\nVề: báo cáo {at}")
    processes = [run(settings.home, folder) for _ in range(2)]
    lines = [process.communicate(timeout=120)[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(one) for one in lines] == [40, 40]
    with Archive.open(settings) as archive:
        assert archive.volume().submissions == 40
        assert archive.search(SearchRequest("báo cáo", 1), EVERYTHING).total == 40
        assert archive.verify() == ()


# --- holding against criteria -------------------------------------------------------------------------------------


def test_check_counts_what_was_handed_in(archive: Archive, folder: Path) -> None:
    ingest(archive, folder)
    rules = loader.parse_criteria(SET)
    found = archive.check(rules, (), DAY)
    verdicts = {one.unit: one.status for one in found.findings}
    assert verdicts["SNV"] is Verdict.MET
    assert verdicts["STP"] is Verdict.UNCLEAR  # an empty file was handed in: unclear, never missing
    named = {sha for one in found.findings for sha in one.documents}
    assert named <= set(found.records) and named <= set(found.paths)
    assert found.coverage.files == 4 and found.coverage.pages == 2
    assert [Path(one).name for one in found.coverage.unreadable] == ["hỏng.txt", "rỗng.txt"]
    assert found.coverage.criteria_set == "thu-2018"
    edited = archive.check(loader.parse_criteria(SET.replace("Bộ thử", "Bộ khác")), (), DAY)
    assert edited.coverage.version != found.coverage.version
    only = archive.check(rules, ("STP",), DAY)
    assert {one.unit for one in only.findings} == {"STP"}
    assert only.coverage.files == 1


def test_a_lost_record_is_unclear_and_never_missing(archive: Archive, folder: Path) -> None:
    ingest(archive, folder)
    with archive._store.database.writing() as session:
        for name in ("citations", "records"):
            session.connection().exec_driver_sql(f"DELETE FROM {name}")
    found = archive.check(loader.parse_criteria(SET), ("SNV",), DAY)
    assert {one.status for one in found.findings} == {Verdict.UNCLEAR}
    assert {one.message.code for one in archive.verify()} == {"verify-no-record"}
    assert ingest(archive, folder)["bc.txt"].outcome == "stored"
    assert archive.verify() == ()


# --- searching and showing ----------------------------------------------------------------------------------------


def test_search_tells_bearers_from_citers(archive: Archive, folder: Path) -> None:
    ingest(archive, folder)
    found = archive.search(SearchRequest("615/QĐ-UBND", 10), EVERYTHING)
    assert [(Path(one.path).name, one.bears, one.cites) for one in found.hits] == [
        ("qd 615.txt", True, False),
        ("bc.txt", False, True),
    ]
    (snippet,) = found.hits[1].snippets
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["615/QĐ-UBND"]


def test_a_new_submission_is_found_by_its_criterion(archive: Archive, folder: Path) -> None:
    ingest(archive, folder)
    assert archive.search(SearchRequest("tieuchi:9", 5), EVERYTHING).total == 0
    list(archive.ingest([OfferedFile(folder / "SNV/1.2/bc.txt", "SNV", "9.1")]))
    assert [str(one.record.number.value) for one in archive.search(SearchRequest("tieuchi:9", 5), EVERYTHING).hits] == [
        "7/BC-SNV"
    ]


@pytest.mark.parametrize("damage", ["gone", "pointer", "foreign", "cut", "older"])
def test_a_bad_index_is_told_and_made_anew_by_reindex(
    archive: Archive, folder: Path, settings: Settings, damage: str
) -> None:
    ingest(archive, folder)
    (index,) = settings.home.glob("index-*")
    pointer = settings.home / "index.json"
    match damage:
        case "gone":
            shutil.rmtree(index)
        case "pointer":
            pointer.unlink()
        case "foreign":
            (index / "evidence-index.json").write_text('{"archive": "another"}')
        case "cut":
            for part in index.glob("*.seg"):
                part.write_bytes(part.read_bytes()[:100])
        case "older":
            for file in (pointer, index / "evidence-index.json"):
                file.write_text(json.dumps(json.loads(file.read_text()) | {"analysis": 0}))
    expected = ("verify-index-outdated", False) if damage == "older" else ("verify-index-missing", True)
    assert [(one.message.code, one.lost) for one in archive.verify()] == [expected]
    found = archive.search(SearchRequest("cải cách", 5), EVERYTHING)
    assert (found.total, found.answered) == (0, False)
    assert [one.code for one in found.notes] == ["search-without-index"]
    assert all(say(one, language) for one in found.notes for language in Language)
    assert archive.reindex() == 3
    found = archive.search(SearchRequest("cải cách", 5), EVERYTHING)
    assert (found.total, found.notes, found.answered) == (2, (), True)
    assert len(list(settings.home.glob("index-*"))) == 1
    assert archive.verify() == ()


def test_an_index_out_of_step_is_named(archive: Archive, folder: Path, settings: Settings) -> None:
    ingest(archive, folder)
    store = archive._store
    sha = store.hashes()[0]
    with store.database.writing() as session:
        commands.queue_indexing(session, sha)
    assert archive.verify() == ()  # it waits in the log
    log = IndexLog(store, f"whoosh@{find_node(settings.home) or LOCAL}")
    log.advance(log.find_end())
    assert [(one.subject, one.message.code) for one in archive.verify()] == [(sha, "verify-index-behind")]
    assert archive.reindex() == 3
    assert archive.verify() == ()


def test_show_by_number_and_by_hash(archive: Archive, folder: Path) -> None:
    told = ingest(archive, folder)
    decision, report = told["qd 615.txt"].sha256, told["bc.txt"].sha256
    assert decision and report
    shown = archive.show("số 615/qđ-ubnd", EVERYTHING)
    assert shown.record == told["qd 615.txt"].record
    assert [one.sha256 for one in shown.cited_by] == [report]
    assert shown.cited_by[0].citation.text == "615/QĐ-UBND"
    shown = archive.show(report[:6].upper(), EVERYTHING)
    assert [Path(one).name for one in shown.paths] == ["bc.txt", "bản sao.txt"]
    cited = [(one.citation.text, one.sha256, one.may_be) for one in shown.cites]
    # the report names neither date nor issuer: a number alone proves nothing
    assert cited == [("615/QĐ-UBND", None, (decision,)), ("616/QĐ-UBND", None, ())]


@pytest.mark.parametrize("ref", ["999/QĐ-UBND", "ffff" * 16, "abc", "", "không có", "%%%%"])
def test_show_of_nothing(archive: Archive, folder: Path, ref: str) -> None:
    ingest(archive, folder)
    with pytest.raises(UsageError) as caught:
        archive.show(ref, EVERYTHING)
    assert caught.value.message.code == "show-unknown"


def test_a_number_that_several_bear_is_not_guessed(archive: Archive, tmp_path: Path) -> None:
    for at in (2018, 2019):
        (tmp_path / f"{at}.txt").write_text(f"Số: 1/QĐ-UBND\nNgày: 2/1/{at}")
    (tmp_path / "bc.txt").write_text("Số: 7/BC-SNV\nTheo Quyết định 1/QĐ-UBND")
    told = ingest(archive, *sorted(tmp_path.glob("*.txt")))
    with pytest.raises(UsageError) as caught:
        archive.show("01/QĐ-UBND", EVERYTHING)
    assert caught.value.message.code == "show-several"
    for name in ("2018.txt", "2019.txt"):
        assert str(told[name].sha256)[:12] in str(caught.value)
    assert archive.show("7/BC-SNV", EVERYTHING).cites[0].sha256 is None


# --- looking after ------------------------------------------------------------------------------------------------


def test_reread_tells_what_changed_and_reads_no_file(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(archive, folder)
    shutil.rmtree(folder)
    monkeypatch.setattr(extract, "GRAMMAR", text_pipeline.GRAMMAR)
    monkeypatch.setattr(extract, "read_record", text_pipeline.record)
    assert list(archive.reread(stale=True)) == []
    monkeypatch.setattr(extract, "GRAMMAR", 2)
    monkeypatch.setattr(extract, "read_record", _better(text_pipeline.record))
    changed = {Path(one.path).name: one.changed for one in archive.reread(stale=True)}
    assert changed["bc.txt"] == ("place",)
    assert archive.show("7/BC-SNV", EVERYTHING).record.place.value == "Lạng Sơn"
    assert archive.verify() == ()
    assert list(archive.reread(stale=True)) == []
    assert {one.changed for one in archive.reread()} == {()}


def test_rereading_is_left_to_workers_in_lots_of_which_none_is_lost_or_asked_for_twice(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(archive, folder)
    monkeypatch.setattr(reextraction, "LOT", 2)
    monkeypatch.setattr(extract, "GRAMMAR", 2)
    monkeypatch.setattr(extract, "read_record", _better(text_pipeline.record))
    count = archive.queue_rereading(stale=True)
    assert count > 2 and archive.queue_rereading(stale=True) == count
    jobs = archive.jobs.list_jobs(frozenset({JobState.WAITING}), 100)
    assert len(jobs) == (count + 1) // 2
    done = []
    for job in jobs:
        assert roles.run_job(archive, job) is None
        done += [result.sha256 for result in archive.reread_lot(job.request.work)]
    assert len(set(done)) == len(done) == count
    assert archive.queue_rereading(stale=True) == 0
    assert archive.show("7/BC-SNV", EVERYTHING).record.place.value == "Lạng Sơn"

    def fail(*_: object) -> Record:
        raise ValueError

    monkeypatch.setattr(extract, "read_record", fail)
    failed = roles.run_job(archive, jobs[-1])
    assert failed is not None and failed.code == "job-reread-failed" and failed.params["count"] == "2"


def _better(read: Callable[[Document], Record]) -> Callable[[Document], Record]:
    return lambda document: replace(read(document), place=text_pipeline.field_value("Lạng Sơn"), grammar=2)


def test_a_record_of_rubbish_is_an_error_with_a_name(archive: Archive, folder: Path) -> None:
    told = ingest(archive, folder)
    with archive._store.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE records SET data = '{'")
    with pytest.raises(ArchiveError) as caught:
        archive.show(str(told["bc.txt"].sha256), EVERYTHING)
    assert caught.value.message.code == "archive-illegible"
