"""``evidence search`` as it is typed: shapes that others call, counts in words, saved searches, pages of answers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.search.engine import EngineName
from tests.support import made_papers
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

from .conftest import Run

PAPERS = {
    f"{unit}/{criterion}/{serial}.txt": f"Số: {serial}/{kind[1]}-{unit}\nNgày: {day}\nLoại: {kind[0]}\n"
    f"Cơ quan: Sở Nội vụ tỉnh Hà Giang\nVề: tiếp công dân lần {serial}\nCĂN CỨ 4/2019/QĐ-UBND ngày 3/2/2019"
    for serial, (unit, criterion, kind, day) in enumerate(
        [
            ("SNV", "1.1", ("Báo cáo", "BC"), "3/4/2020"), ("SNV", "1.2", ("Báo cáo", "BC"), "5/6/2021"),
            ("STP", "1.2", ("Kế hoạch", "KH"), "5/6/2021"), ("STP", "2.1", ("Báo cáo", "BC"), "7/8/2022"),
            ("STC", "2.1", ("Thông báo", "TB"), "9/9/2022"),
        ],
        start=11,
    )
}  # fmt: skip
SHAPE = [
    "sha256", "number", "date", "kind", "issuer", "subject", "unit", "draft", "bears", "cites", "page", "box",
    "snippet", "score",
]  # fmt: skip


@pytest.fixture(params=ARCHIVE_ENGINES)
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(intake, "read_queue", made_papers.read_papers)
    monkeypatch.setenv("EVIDENCE_SEARCH", request.param)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as archive:
        hand_in(archive, tmp_path / "ho so", PAPERS)
    yield tmp_path / "kho"


def search(evidence: Run, home: Path, *arguments: str) -> list[dict[str, Any]]:
    result = evidence("--home", home, "search", *arguments, "--json")
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_the_shape_of_an_answer(evidence: Run, home: Path) -> None:
    (hit,) = search(evidence, home, "11/BC-SNV")
    assert [name for name in hit if name in SHAPE] == SHAPE
    assert (hit["number"], hit["date"], hit["kind"], hit["unit"]) == ("11/BC-SNV", "2020-04-03", "Báo cáo", "SNV")
    assert (hit["draft"], hit["bears"], hit["cites"], hit["page"]) == (False, True, False, 1)
    assert "11/BC-SNV" in hit["snippet"] and len(hit["box"]) == 4 and hit["score"] > 0
    assert all(hit["cites"] for hit in search(evidence, home, "4/2019/QĐ-UBND"))
    assert search(evidence, home, "loai:QĐ") == []


def test_counts_total_and_cursor_come_last(evidence: Run, home: Path) -> None:
    *hits, last = search(evidence, home, "tiếp công dân", "--facets", "--limit", "2")
    assert len(hits) == 2 and last["total"] == 5 and last["next"]
    assert last["facets"]["kind"] == {"Báo cáo": 3, "Kế hoạch": 1, "Thông báo": 1}
    assert last["facets"]["criterion"] == {"1.2": 2, "2.1": 2, "1.1": 1}
    assert set(last["facets"]) == {"kind", "issuer", "unit", "year", "criterion", "status", "origin"}
    assert search(evidence, home, "zzqq", "--facets") == [
        {"facets": {name: {} for name in last["facets"]}, "total": 0, "next": None}
    ]


FIELDS = {"kind": "loai", "issuer": "coquan", "year": "ngay", "unit": "donvi", "status": "trangthai"}


def test_selecting_a_value_gives_its_count(evidence: Run, home: Path) -> None:
    """Of the criterion, a value counts what was handed in for it itself; ``tieuchi:`` also what stands under it."""
    for query in ("tiếp công dân", "loai:báo cáo", "viendan:4/2019/QĐ-UBND -loai:KH"):
        counts = search(evidence, home, query, "--facets")[-1]
        for facet, field in {**FIELDS, "criterion": "tieuchi"}.items():
            for value, count in counts["facets"][facet].items():
                narrowed = search(evidence, home, f'{query} {field}:"{value}"', "--facets")[-1]
                assert narrowed["total"] == count, (query, facet, value)
                assert narrowed["facets"][facet][value] == count


def test_pages_go_on_where_they_ended_also_when_documents_came_in(evidence: Run, home: Path, tmp_path: Path) -> None:
    for order in ("date", "relevance"):
        *hits, last = search(evidence, home, "tiếp công dân", "--limit", "2", "--sort", order, "--facets")
        shown = [hit["number"] for hit in hits]
        late = f"Số: 90/BC-{order.upper()[:3]}\nNgày: 1/1/2024\nLoại: Báo cáo\nVề: tiếp công dân"
        with Archive.open(Settings(home=home, search_engine=EngineName(os.environ["EVIDENCE_SEARCH"]))) as archive:
            hand_in(archive, tmp_path / "new", {f"SXD/9/{order}.txt": late})
        while last["next"]:
            arguments = ("--limit", "2", "--sort", order, "--facets", "--after", last["next"])
            *hits, last = search(evidence, home, "tiếp công dân", *arguments)
            shown += [hit["number"] for hit in hits]
        assert len(shown) == len(set(shown)), order
        assert {"11/BC-SNV", "12/BC-SNV", "13/KH-STP", "14/BC-STP", "15/TB-STC"} <= set(shown), order


def test_counts_are_told_in_words(evidence: Run, home: Path) -> None:
    shown = evidence("--home", home, "search", "tiếp công dân", "--facets").err
    assert "đã đọc (5)" in shown and "lớp chữ (5)" in shown
    assert "text layer (5)" in evidence("--home", home, "--lang", "en", "search", "công dân", "--facets").err


def test_searches_are_kept_under_a_name(evidence: Run, home: Path) -> None:
    for arguments in (["save"], ["save", "a"]):
        result = evidence("--home", home, "search", *arguments)
        assert result.code == 2 and "search save TÊN CÂU_TÌM" in result.err
    assert evidence("--home", home, "search", "save", "của tôi", "loai:báo cáo", "tiếp").code == 0
    assert len(search(evidence, home, "saved", "của tôi")) == 3
    assert [saved["query"] for saved in search(evidence, home, "saved")] == ["loai:báo cáo tiếp"]
    assert evidence("--home", home, "search", "saved", "khác").code == 2
