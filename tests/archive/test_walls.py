"""What a reader of one unit may not see is told as what is not there: documents, paths, citations, histories."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.messages import Language
from evidence.report import record_json
from evidence.search.scope import Scope, units_only
from tests.support import text_pipeline
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

NOTE = ChangeNote("Lò Thị Hà", "nộp nhầm")
SHARED = "Số: 41/QĐ-UBND\nNgày: 3/2/2018\nLoại: Quyết định\nVề: giao chỉ tiêu tuyển sinh"
PAPERS = {
    "GDDT/1.1/chung.txt": SHARED,
    "YT/2.3/cung tep.txt": SHARED,
    "GDDT/1.2/rieng.txt": "Số: 8/KH-SGDĐT\nNgày: 9/2/2018\nLoại: Kế hoạch\nVề: tuyển sinh lớp mười\n"
    "Căn cứ Quyết định số 41/QĐ-UBND ngày 3/2/2018",
    "YT/2.4/tiem.txt": "Số: 9/KH-SYT\nNgày: 9/2/2018\nLoại: Kế hoạch\nVề: tiêm chủng\n"
    "Căn cứ Kế hoạch số 8/KH-SGDĐT ngày 9/2/2018",
}
HEALTH = units_only(["YT"])


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", PAPERS)
        yield opened


ACTS: dict[str, Callable[[Archive, str, Scope], object]] = {
    "show": lambda archive, reference, scope: archive.show(reference, scope),
    "correct": lambda archive, reference, scope: archive.correct(reference, "place", "Hà Nội", "Hà", scope),
    "move": lambda archive, reference, scope: archive.move(reference, Place(), Place("YT", "2.9"), NOTE, scope),
    "withdraw": lambda archive, reference, scope: archive.withdraw(reference, Place(), NOTE, scope),
    "graph": lambda archive, reference, scope: archive.graph(reference, 2, scope),
    "similar": lambda archive, reference, scope: archive.find_similar(reference, SearchRequest(""), scope),
}


def test_no_word_of_an_unseen_document_is_put_in_for_one_that_was_mistyped(archive: Archive) -> None:
    for query, wanted in (("tiêm hoặc muoii", ""), ("tiêm hoặc chungr", "chung"), ("lowp mười hoặc tiêm", "")):
        notes = archive.search(SearchRequest(query), HEALTH).notes
        assert [note.params["words"] for note in notes] == ([wanted] if wanted else []), query
    told = archive.search(SearchRequest("giao hoặc lowp mười"), units_only(["GDDT"])).notes
    assert [note.params["words"] for note in told] == ["lop"]


@pytest.mark.parametrize("act", ACTS)
def test_the_unseen_is_told_as_the_absent(archive: Archive, act: str) -> None:
    sha256 = archive.show("8/KH-SGDĐT", EVERYTHING).record.source.sha256
    for reference, absent in (("8/KH-SGDĐT", "7/KH-SGDĐT"), (sha256[:12], "0" * 12), ("rieng.txt", "khong.txt")):
        sentences = []
        for asked in (reference, absent):
            with pytest.raises(UsageError) as raised:
                ACTS[act](archive, asked, HEALTH)
            sentences.append(raised.value.say(Language.VI).replace(asked, "…"))
        assert sentences[0] == sentences[1]
    assert archive.show("8/KH-SGDĐT", EVERYTHING).corrections == ()


def test_every_lookup_is_told_for_whom() -> None:
    """A method of the facade that takes a reference, a query or a list names the scope, without a default."""
    asking = {"reference", "request", "file"}
    for name, method in inspect.getmembers(Archive, inspect.isfunction):
        parameters = inspect.signature(method).parameters
        if name.startswith("_") or name in ("backup", "ingest_arrivals", "keep_units") or not asking & set(parameters):
            continue
        assert "scope" in parameters and parameters["scope"].default is inspect.Parameter.empty, name


def test_of_a_shared_file_each_unit_sees_its_own_submission(archive: Archive) -> None:
    view = archive.show("41/QĐ-UBND", HEALTH)
    assert [(each.unit, each.criterion) for each in view.submissions] == [("YT", "2.3")]
    assert view.cited_by == ()  # by the plan of the other unit alone
    hit = archive.search(SearchRequest("41/QĐ-UBND"), HEALTH).hits[0]
    shown = [view.paths, view.record, view.machine, hit.path, hit.record, hit.units]
    assert "GDDT" not in str(shown) and "chung.txt" not in str(shown)
    assert "GDDT" not in json.dumps(record_json.render(hit.record, Language.VI), ensure_ascii=False)
    assert [path.rpartition("/")[2] for path in view.paths] == ["cung tep.txt"]


def test_a_citation_of_the_unseen_resolves_to_nothing(archive: Archive) -> None:
    cited = archive.show("9/KH-SYT", HEALTH).cites[0]
    assert (cited.sha256, cited.may_be) == (None, ())
    assert len(archive.show("9/KH-SYT", EVERYTHING).cites[0].may_be) == 1


def test_a_shared_file_is_moved_and_withdrawn_by_its_own_submission(archive: Archive) -> None:
    moved = archive.move("41/QĐ-UBND", Place(), Place(criterion="2.5"), NOTE, HEALTH)
    assert moved.holds is not None and (moved.holds.unit, moved.holds.criterion) == ("YT", "2.5")
    with pytest.raises(UsageError) as raised:
        archive.move("41/QĐ-UBND", Place(), Place("GDDT", "1.1"), NOTE, HEALTH)
    assert raised.value.message.code == "move-outside"
    with pytest.raises(UsageError) as raised:
        archive.withdraw("41/QĐ-UBND", Place(unit="GDDT"), NOTE, HEALTH)
    assert "1.1" not in raised.value.say(Language.VI)
    archive.withdraw("41/QĐ-UBND", Place(), NOTE, HEALTH)
    with pytest.raises(UsageError):
        archive.show("41/QĐ-UBND", HEALTH)
    assert [each.unit for each in archive.show("41/QĐ-UBND", EVERYTHING).submissions] == ["GDDT"]


def test_a_history_that_leads_to_another_unit_is_not_shown(archive: Archive) -> None:
    archive.move("8/KH-SGDĐT", Place(), Place("YT", "2.6"), NOTE, EVERYTHING)
    view = archive.show("8/KH-SGDĐT", HEALTH)
    assert [each.unit for each in view.submissions] == ["YT"] and view.changes == ()
    assert len(archive.show("8/KH-SGDĐT", EVERYTHING).changes) == 1
