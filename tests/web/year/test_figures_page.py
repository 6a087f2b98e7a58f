"""Số liệu: proposed with the page that states them, answered by who judges the criterion, and counted from then on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from evidence.archive import intake
from evidence.archive.audit.trail import AuditQuery
from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, Scope
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.config import Settings
from evidence.jobs.roles import run_role
from evidence.model.job import WorkerRole
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

Clients = dict[str, TestClient]
SET = """\
set: co-so-lieu
title: Bộ có số liệu
year: 2025
level: so
units:
  - {code: SXD, name: Sở Xây dựng, issuer: Sở Xây dựng}
  - {code: VPUBND, name: Văn phòng UBND tỉnh, issuer: Văn phòng UBND tỉnh}
criteria:
  - code: "1"
    title: Chỉ đạo điều hành
    points: 2
    children:
      - code: "1.1"
        title: Thực hiện kế hoạch cải cách hành chính
        points: 2
        rule_text: "(b/a)*điểm tối đa. Trong đó: a là tổng số nhiệm vụ đề ra; b là số nhiệm vụ đã hoàn thành"
        score: {rule: formula, formula: "b/a*points", figures: [a, b]}
"""
PAPER = "Số: 9/BC-{0}\nNgày: 2025-12-01\nLoại: Báo cáo\nCơ quan: {0}\nVề: kế hoạch cải cách hành chính\n\n{1}"
TEXT = "Thực hiện kế hoạch cải cách hành chính: nhiệm vụ đề ra {}, đã hoàn thành {}."


@pytest.fixture
def proposed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    (settings.home.parent / "sl.yaml").write_text(SET, "utf-8")
    papers = {
        "SXD/1.1/bc.txt": PAPER.format("SXD", TEXT.format(40, 30)),
        "VPUBND/1.1/bc.txt": PAPER.format("VP", TEXT.format(77, 66)),
    }
    with Archive.open(settings) as archive:
        archive.keep_criteria(import_criteria(settings.home.parent / "sl.yaml", ImportRequest(), settings))
        hand_in(archive, settings.home.parent / "in", papers)
        for unit in ("SXD", "VPUBND"):
            archive.figures.keep_proposals("co-so-lieu", unit)
    return settings


def open_unit(client: TestClient, unit: str = "SXD", **more: object) -> str:
    page = client.get("/so-lieu", params={"bo": "co-so-lieu", "don-vi": unit, **more})
    assert page.status_code == 200, page.text
    return page.text


def field_of(page: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match, page
    return match[1]


def answer(client: TestClient, page: str, act: str, **more: str) -> int:
    """Answers what that page shows."""
    form = {name: field_of(page, name) for name in ("bo", "don-vi", "so", "seen")} | {"act": act, **more}
    return client.post("/so-lieu/tra-loi", data=form, follow_redirects=False).status_code


def counted(settings: Settings) -> dict[str, str]:
    with Archive.open(settings) as archive:
        return {each.figure.name: str(each.figure.value) for each in archive.figures.list_kept("co-so-lieu")}


def test_a_figure_counts_once_a_person_confirms_or_corrects_it(proposed: Settings, clients: Clients) -> None:
    client = clients["appraiser"]
    assert "Sở Xây dựng" in client.get("/so-lieu?bo=co-so-lieu").text
    page = open_unit(client)
    assert "tổng số nhiệm vụ đề ra" in page and "nhiệm vụ đề ra 40" in page and counted(proposed) == {}
    assert answer(client, page, "confirm") == 303 and counted(proposed) == {"a": "40"}
    following = open_unit(client)
    assert "số nhiệm vụ đã hoàn thành" in following and field_of(following, "so") == "1.1/b"
    assert answer(client, following, "correct", value="nhiều") == 400
    assert answer(client, following, "correct", value="31", note="theo phụ lục") == 303
    assert counted(proposed) == {"a": "40", "b": "31"}
    done = open_unit(client, so="1.1/b")
    assert "Trần Thị Hoa" in done and "theo phụ lục" in done and "Mọi số liệu" in done
    with Archive.open(proposed) as archive:
        told = {(entry.action, entry.actor, entry.after) for entry in archive.audit.entries(AuditQuery())}
        kept = {each.figure.name: each for each in archive.figures.list_kept("co-so-lieu")}
    assert kept["b"].author == "Trần Thị Hoa" and kept["b"].sources
    assert {("figure confirmed", "hoa", "40"), ("figure corrected", "hoa", "31")} <= told


def test_what_is_refused_counts_no_more_and_what_was_typed_stays(proposed: Settings, clients: Clients) -> None:
    client = clients["head"]
    page = open_unit(client)
    assert answer(client, page, "confirm") == 303
    again = open_unit(client, so="1.1/a")
    assert answer(client, again, "refuse") == 303 and counted(proposed) == {}
    assert answer(client, again, "confirm") == 409  # somebody answered since
    assert counted(proposed) == {}


def test_nobody_answers_for_units_and_fields_of_others(proposed: Settings, clients: Clients) -> None:
    for role in ("unit", "admin", "reader"):
        assert clients[role].get("/so-lieu?bo=co-so-lieu").status_code == 404
    with Archive.open(proposed) as archive:
        seen = archive.figures.list_proposals("co-so-lieu", Scope(frozenset({"SXD"})))
        assert {each.proposal.figure.unit for each in seen} == {"SXD"}


def test_the_worker_finds_them_and_a_withdrawn_paper_states_nothing(
    proposed: Settings, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = clients["appraiser"]
    asked = client.post("/so-lieu/tim", data={"bo": "co-so-lieu", "don-vi": "SXD"}, follow_redirects=False)
    shown = open_unit(client)
    assert asked.status_code == 303 and "Đang tìm" in shown and "nhiệm vụ đề ra 40" in shown
    with Archive.open(proposed) as archive:
        archive.withdraw("9/BC-SXD", Place("SXD", "1.1"), ChangeNote("Hoa", "nhầm"), EVERYTHING)
    monkeypatch.setattr("os.nice", lambda _step: 0)
    run_role(proposed, WorkerRole.READING, "w", once=True)
    assert "nhiệm vụ đề ra 40" not in open_unit(client) and "nhiệm vụ đề ra 77" in open_unit(client, "VPUBND")


def test_a_correction_of_the_papers_is_a_new_proposal(proposed: Settings, tmp_path: Path, clients: Clients) -> None:
    client = clients["appraiser"]
    first = open_unit(client)
    with Archive.open(proposed) as archive:
        assert archive.figures.keep_proposals("co-so-lieu", "SXD") == 0
        hand_in(archive, tmp_path / "later", {"SXD/1.1/bc2.txt": PAPER.format("SX", TEXT.format(41, 30))})
        assert archive.figures.keep_proposals("co-so-lieu", "SXD") >= 1
    assert answer(client, first, "confirm") == 409 and counted(proposed) == {}
    assert client.get("/so-lieu?bo=co-so-lieu&don-vi=SXD&so=9.9/a").status_code == 404
    assert "Hồ sơ nêu nhiều giá trị khác nhau" in open_unit(client)
