"""Points of criteria that ask for no document: given on the unit's year, by whoever judges them, in an open round."""

from __future__ import annotations

import datetime

import pytest
from fastapi.testclient import TestClient

from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.appraisal import RoundStage

Clients = dict[str, TestClient]
SET = """\
set: cham-tay
title: Bộ chấm tay
year: 2025
level: so
units:
  - {code: SXD, name: Sở Xây dựng}
  - {code: VPUBND, name: Văn phòng UBND tỉnh}
criteria:
  - {code: "1", title: Chỉ đạo, points: 3, children: [{code: "1.1", title: Đổi mới, points: 3, score: manual}]}
  - {code: "2", title: Thể chế, points: 2, children: [{code: "2.1", title: Phối hợp, points: 2, score: manual}]}
"""


@pytest.fixture
def by_hand(settings: Settings) -> Settings:
    (settings.home.parent / "ct.yaml").write_text(SET, "utf-8")
    with Archive.open(settings) as archive:
        archive.keep_criteria(import_criteria(settings.home.parent / "ct.yaml", ImportRequest(), settings))
        archive.findings.refresh()
    return settings


def give(client: TestClient, unit: str, criterion: str, points: str) -> int:
    form = {"bo": "cham-tay", "criterion": criterion, "points": points, "note": "đã xem"}
    return client.post(f"/don-vi/{unit}/nam/diem", data=form, follow_redirects=False).status_code


def test_a_year_without_documents_can_be_ended_in_the_pages(by_hand: Settings, clients: Clients) -> None:
    head = clients["head"]
    year = "/don-vi/SXD/nam?bo=cham-tay"
    assert "Ghi điểm" not in head.get(year).text and give(head, "SXD", "1.1", "2") == 400  # no round is open
    with Archive.open(by_hand) as archive:
        archive.appraisal.open_round(RoundStage.FIRST, archive.criteria("cham-tay"), datetime.date(2026, 1, 31), "Lành")
        archive.findings.refresh()
    assert "Ghi điểm" in head.get(year).text
    assert give(head, "SXD", "1.1", "nhiều") == 400 and give(head, "SXD", "1.1", "4") == 400
    for unit in ("SXD", "VPUBND"):
        for criterion, points in (("1.1", "2,5"), ("2.1", "1")):
            assert give(head, unit, criterion, points) == 303
    assert "3,5" in head.get(f"{year}&xong=1.1").text
    with Archive.open(by_hand) as archive:
        archive.findings.refresh()
    assert (
        head.post("/xep-hang/chot", data={"bo": "cham-tay", "name": "cuối"}, follow_redirects=False).status_code == 303
    )


def test_nobody_gives_points_for_what_others_judge(by_hand: Settings, clients: Clients) -> None:
    for role in ("unit", "admin", "reader"):
        assert give(clients[role], "SXD", "1.1", "1") == 404
    assert give(clients["appraiser"], "KHONG", "1.1", "1") == 404
