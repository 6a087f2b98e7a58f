"""What a document rests on, what rests on it, what ended it; in archives of text files, through both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.messages import Message
from evidence.model.citation_graph import CitationGraph, Force
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Relation
from evidence.search.engine import EngineName
from evidence.search.scope import EVERYTHING, units_only
from evidence.values import date as dates
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

UBND = "Cơ quan: Ủy ban nhân dân tỉnh Hà Giang"
PAPERS = {
    "VP/1/luat.txt": f"Số: 10/2018/QĐ-UBND\nNgày: 5/2/2018\nLoại: Quyết định\n{UBND}\nVề: quy định tiếp dân",
    "VP/1/qd.txt": f"Số: 15/2019/QĐ-UBND\nNgày: 7/3/2019\nLoại: Quyết định\n{UBND}\nVề: sửa quy định\n"
    "SỬA ĐỔI 10/2018/QĐ-UBND ngày 5/2/2018\nCĂN CỨ 30/2017/NĐ-CP",
    "SNV/1/kh.txt": f"Số: 20/KH-SNV\nNgày: 9/4/2019\nLoại: Kế hoạch\n{UBND}\nVề: tiếp dân\nCĂN CỨ 15/2019/QĐ-UBND",
    "STP/1/bc.txt": "Số: 8/BC-STP\nNgày: 1/6/2020\nLoại: Báo cáo\nVề: tiếp dân\n"
    "THỰC HIỆN 20/KH-SNV\nCĂN CỨ 30/2017/NĐ-CP",
    "STP/1/moi.txt": f"Số: 3/2021/QĐ-UBND\nNgày: 4/1/2021\nLoại: Quyết định\n{UBND}\nVề: quy định mới\n"
    "BÃI BỎ 15/2019/QĐ-UBND ngày 7/3/2019",
}
CUES = {
    "SỬA ĐỔI ": Relation.AMENDS, "BÃI BỎ ": Relation.REPEALS, "CĂN CỨ ": Relation.BASED_ON,
    "THỰC HIỆN ": Relation.IMPLEMENTS,
}  # fmt: skip


def relate(record: Record, text: str) -> Record:
    """The record with the relation that the word before each number says."""
    citations = []
    for each in record.citations:
        before, after = text[: each.span.start], text[each.span.end :].partition("\n")[0]
        relation = next((CUES[cue] for cue in CUES if before.endswith(cue)), each.relation)
        citations.append(replace(each, relation=relation, date=dates.parse(after)))
    draft = (Problem(ProblemCode.DRAFT, Message("problem-draft")),) if "DỰ THẢO" in text else ()
    return replace(record, citations=tuple(citations), problems=(*record.problems, *draft))


def read(requests, settings, tables=False, **more):  # type: ignore[no-untyped-def]
    for result in text_pipeline.read_text_files(requests, settings, tables, **more):
        text = result.document.pages[0].text if result.document.pages else ""
        yield replace(result, record=relate(result.record, text))


@pytest.fixture(params=list(EngineName))
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", read)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", PAPERS)
        yield opened


def levels(graph: CitationGraph) -> dict[str | None, int]:
    return {node.number: node.level for node in graph.nodes}


def force(archive: Archive, number: str) -> tuple[Force, list[tuple[str | None, str, bool]]]:
    shown = archive.show(number).force
    return shown.force, [(change.number, str(change.date), change.sure) for change in shown.changes]


def test_chains_on_both_sides(archive: Archive) -> None:
    assert levels(archive.graph("15/2019/QĐ-UBND", 1, EVERYTHING)) == {
        "15/2019/QĐ-UBND": 0, "10/2018/QĐ-UBND": -1, "30/2017/NĐ-CP": -1, "20/KH-SNV": 1, "3/2021/QĐ-UBND": 1,
    }  # fmt: skip
    assert levels(archive.graph("15/2019/QĐ-UBND", 2, EVERYTHING))["8/BC-STP"] == 2
    assert levels(archive.graph("8/BC-STP", 3, EVERYTHING))["10/2018/QĐ-UBND"] == -3


def test_relations_of_the_edges(archive: Archive) -> None:
    graph = archive.graph("15/2019/QĐ-UBND", 1, EVERYTHING)
    number = {node.id: node.number for node in graph.nodes}
    assert {(number[edge.source], edge.relation.value, number[edge.target]) for edge in graph.edges} == {
        ("15/2019/QĐ-UBND", "amends", "10/2018/QĐ-UBND"),
        ("15/2019/QĐ-UBND", "based_on", "30/2017/NĐ-CP"),
        ("20/KH-SNV", "based_on", "15/2019/QĐ-UBND"),
        ("3/2021/QĐ-UBND", "repeals", "15/2019/QĐ-UBND"),
    }


def test_force(archive: Archive) -> None:
    assert force(archive, "10/2018/QĐ-UBND") == (Force.AMENDED, [("15/2019/QĐ-UBND", "2019-03-07", True)])
    assert force(archive, "15/2019/QĐ-UBND") == (Force.ENDED, [("3/2021/QĐ-UBND", "2021-01-04", True)])
    assert force(archive, "3/2021/QĐ-UBND") == (Force.IN_FORCE, [])


def test_an_act_that_names_no_date_leaves_doubt(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {
        "VP/2/c.txt": f"Số: 6/2023/QĐ-UBND\nNgày: 4/1/2023\nLoại: Quyết định\n{UBND}\nBÃI BỎ 3/2021/QĐ-UBND",
    })  # fmt: skip
    assert force(archive, "3/2021/QĐ-UBND") == (Force.DOUBTFUL, [("6/2023/QĐ-UBND", "2023-01-04", False)])


def test_a_draft_and_an_older_paper_end_nothing(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {
        "VP/2/a.txt": f"Số: 4/2022/QĐ-UBND\nNgày: 4/1/2022\nLoại: Quyết định\n{UBND}\nDỰ THẢO\nBÃI BỎ 3/2021/QĐ-UBND",
        "VP/2/b.txt": f"Số: 2/2015/QĐ-UBND\nNgày: 4/1/2015\nLoại: Quyết định\n{UBND}\nBÃI BỎ 10/2018/QĐ-UBND",
    })  # fmt: skip
    assert force(archive, "3/2021/QĐ-UBND") == (Force.DOUBTFUL, [("4/2022/QĐ-UBND", "2022-01-04", False)])
    assert force(archive, "10/2018/QĐ-UBND")[0] is Force.AMENDED
    assert force(archive, "4/2022/QĐ-UBND")[0] is Force.DRAFT


def test_most_cited_that_nobody_handed_in(archive: Archive) -> None:
    assert [(each.number, each.citing) for each in archive.rank_wanted(5, EVERYTHING)] == [("30/2017/NĐ-CP", 2)]
    assert [(each.number, each.citing) for each in archive.rank_wanted(5, units_only(["STP"]))] == [
        ("15/2019/QĐ-UBND", 1), ("20/KH-SNV", 1), ("30/2017/NĐ-CP", 1),
    ]  # fmt: skip


def test_nothing_of_another_unit_is_shown(archive: Archive) -> None:
    graph = archive.graph("20/KH-SNV", 2, units_only(["SNV"]))
    assert levels(graph) == {"20/KH-SNV": 0, "15/2019/QĐ-UBND": -1}
    assert [node.sha256 is None for node in graph.nodes] == [False, True]
    assert all(node.force is None or not node.force.changes for node in graph.nodes)
    with pytest.raises(UsageError):
        archive.graph("20/KH-SNV", 1, units_only(["STP"]))
