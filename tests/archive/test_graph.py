"""What a document rests on, what rests on it, what ended it; in archives of text files, through both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.model.citation_graph import CitationGraph, Force
from evidence.model.record import Relation
from evidence.search.scope import EVERYTHING, Scope, units_only
from tests.support import made_papers
from tests.support.servers.search_engines import ARCHIVE_ENGINES
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


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", made_papers.read_papers)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", PAPERS)
        yield opened


def levels(graph: CitationGraph) -> dict[str | None, int]:
    return {node.number: node.level for node in graph.nodes}


def force(archive: Archive, number: str) -> tuple[Force, list[tuple[str | None, str, bool]]]:
    shown = archive.show(number, EVERYTHING).force
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


def test_a_document_is_shown_by_as_many_queries_however_many_cite_it(archive: Archive, tmp_path: Path) -> None:
    statements: list[str] = []

    def count(scope: Scope) -> int:
        statements.clear()
        assert archive.show("10/2018/QĐ-UBND", scope).cited_by
        return len(statements)

    with listening(statements):
        few = [count(scope) for scope in (EVERYTHING, units_only(["VP"]))]
        more = {f"VP/1/them{at}.txt": f"Số: {at}/BC-VP\nLoại: Báo cáo\nCĂN CỨ 10/2018/QĐ-UBND" for at in range(30, 50)}
        hand_in(archive, tmp_path / "them", more)
        assert len(archive.show("10/2018/QĐ-UBND", EVERYTHING).cited_by) == 21
        assert [count(scope) for scope in (EVERYTHING, units_only(["VP"]))] == few
        assert max(few) <= 15


@contextmanager
def listening(statements: list[str]) -> Iterator[None]:
    """Every statement that is sent to a database."""

    def note(*sent: object) -> None:
        statements.append(str(sent[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


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


# --- files that hold several documents ----------------------------------------------------------------------------

BUNDLE = (
    f"Số: 1/2022/QĐ-UBND\nNgày: 5/1/2022\nLoại: Quyết định\n{UBND}\nVề: lệ phí\nCĂN CỨ 30/2017/NĐ-CP"
    f"\fVĂN BẢN KHÁC\nSố: 2/2022/QĐ-UBND\nNgày: 6/2/2022\nLoại: Quyết định\n{UBND}\nVề: bãi bỏ văn bản"
    "\nBÃI BỎ 3/2021/QĐ-UBND ngày 4/1/2021\fphụ lục"
    f"\fVĂN BẢN KHÁC\nSố: 4/2022/QĐ-UBND\nNgày: 7/3/2022\nLoại: Quyết định\n{UBND}\nVề: thay quy định"
    "\nTHAY THẾ 1/2022/QĐ-UBND ngày 5/1/2022"
)


def test_a_further_document_of_a_file_ends_another(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {"VP/3/tap.txt": BUNDLE})
    assert force(archive, "3/2021/QĐ-UBND") == (Force.ENDED, [("2/2022/QĐ-UBND", "2022-02-06", True)])
    (change,) = archive.show("3/2021/QĐ-UBND", EVERYTHING).force.changes
    assert change.page == 2
    assert [citing.citation.relation for citing in archive.show("3/2021/QĐ-UBND", EVERYTHING).cited_by] == [
        Relation.REPEALS
    ]


def test_documents_of_one_file_may_end_each_other(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {"VP/3/tap.txt": BUNDLE})
    view = archive.show("1/2022/QĐ-UBND", EVERYTHING)
    assert view.force.force is Force.ENDED and view.force.changes[0].number == "4/2022/QĐ-UBND"
    assert [(part.record.number.raw, part.force.force) for part in view.parts] == [
        ("2/2022/QĐ-UBND", Force.IN_FORCE), ("4/2022/QĐ-UBND", Force.IN_FORCE),
    ]  # fmt: skip


def test_the_graph_knows_the_documents_of_a_file_apart(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {
        "VP/3/tap.txt": BUNDLE,
        "SNV/3/kh.txt": f"Số: 30/KH-SNV\nNgày: 9/4/2022\nLoại: Kế hoạch\n{UBND}\nCĂN CỨ 4/2022/QĐ-UBND ngày 7/3/2022",
    })  # fmt: skip
    ended = archive.graph("3/2021/QĐ-UBND", 1, EVERYTHING)
    assert levels(ended) == {"3/2021/QĐ-UBND": 0, "15/2019/QĐ-UBND": -1, "2/2022/QĐ-UBND": 1}
    assert levels(archive.graph("2/2022/QĐ-UBND", 1, EVERYTHING)) == {"2/2022/QĐ-UBND": 0, "3/2021/QĐ-UBND": -1}
    assert levels(archive.graph("30/KH-SNV", 1, EVERYTHING)) == {"30/KH-SNV": 0, "4/2022/QĐ-UBND": -1}
    (node,) = [node for node in archive.graph("30/KH-SNV", 1, EVERYTHING).nodes if node.level]
    whole = archive.graph(str(node.sha256), 1, EVERYTHING)
    assert levels(whole) == {
        "1/2022/QĐ-UBND": 0, "30/2017/NĐ-CP": -1, "3/2021/QĐ-UBND": -1, "30/KH-SNV": 1,
    }  # fmt: skip


def test_what_a_further_document_bears_is_not_wanted(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, tmp_path / "ho so", {
        "VP/3/tap.txt": BUNDLE, "SNV/3/kh.txt": "Số: 30/KH-SNV\nNgày: 9/4/2022\nCĂN CỨ 2/2022/QĐ-UBND",
    })  # fmt: skip
    assert "2/2022/QĐ-UBND" not in {each.number for each in archive.rank_wanted(9, EVERYTHING)}
