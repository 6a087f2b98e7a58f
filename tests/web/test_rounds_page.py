"""Rounds: opened, what is left in them, closed by typing the name; closed, they take no decision."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from evidence.archive.facade import Archive
from evidence.errors import UsageError
from evidence.model.appraisal import Decision
from evidence.model.assessment import Verdict
from evidence.model.kept_finding import FindingCount
from evidence.web.pages.rounds import count_rest

SET = "cchc-so-son-ha-2025"
NOW = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC)


def test_a_round_is_opened_and_closed(clients: dict[str, TestClient]) -> None:
    head = clients["head"]
    archive: Archive = head.app.state.archive  # type: ignore[attr-defined]
    archive.findings.refresh()
    page = head.post("/vong", data={"criteria_set": SET, "stage": "first"})
    assert "Đã mở vòng" in page.text and page.url.path == "/vong/1"
    assert "SXD" in page.text and "VPUBND" in page.text
    criteria = archive.criteria(SET)
    archive.appraisal.decide(Decision(0, "SXD", "1.1", Decimal("0.5"), "", "Lành", NOW), criteria)
    wrong = head.post("/vong/1/dong", data={"name": "thẩm định lần 2"})
    assert wrong.status_code == 400 and "chưa được đóng" in wrong.text
    closed = head.post("/vong/1/dong", data={"name": " Thẩm định lần 1 ", "note": "đủ hồ sơ"})
    assert "Đã đóng vòng" in closed.text and "đủ hồ sơ" in closed.text
    assert head.post("/vong/1/dong", data={"name": "thẩm định lần 1"}).status_code == 400
    with pytest.raises(UsageError, match="closed"):
        archive.appraisal.decide(Decision(0, "SXD", "1.1", Decimal("0.25"), "", "Lành", NOW), criteria)
    assert head.post("/vong", data={"criteria_set": SET, "stage": "first"}).status_code == 400
    assert "Đã mở vòng" in head.post("/vong", data={"criteria_set": SET, "stage": "second"}).text
    archive.appraisal.decide(Decision(0, "SXD", "1.1", Decimal("0.25"), "", "Lành", NOW), criteria)


def test_what_cannot_be_says_why(clients: dict[str, TestClient]) -> None:
    head = clients["head"]
    assert "Chưa có vòng nào" in head.get("/vong").text
    assert head.get("/vong/1").status_code == 404
    assert "Hãy chọn vòng" in head.post("/vong", data={"criteria_set": SET, "stage": "x"}).text
    assert head.post("/vong", data={"criteria_set": "khong-co", "stage": "first"}).status_code == 400
    for role in ("unit", "appraiser", "admin", "reader"):
        assert clients[role].get("/vong").status_code == clients[role].post("/vong/1/dong").status_code == 404


def test_what_is_left() -> None:
    counts = [
        FindingCount("SNV", "1", Verdict.UNCLEAR, "", 2),
        FindingCount("SNV", "1", Verdict.MET, "", 5),
        FindingCount("SNV", "2", Verdict.UNCLEAR, "accept", 3),
        FindingCount("STP", "1", Verdict.MISSING, "changed", 4),
    ]
    rests = count_rest(counts)
    assert [(rest.unit, rest.total, rest.judged) for rest in rests] == [("STP", 4, 0), ("SNV", 2, 3)]
    assert rests[1].left == {Verdict.UNCLEAR: 2}


def test_a_unit_with_none_left_of_a_status_is_listed(clients: dict[str, TestClient]) -> None:
    """SXD has one finding that is not clear: once it is judged the round's page still stands."""
    head = clients["head"]
    head.app.state.archive.findings.refresh()  # type: ignore[attr-defined]
    head.post("/vong", data={"criteria_set": SET, "stage": "first"})
    work = "don-vi=SXD&muc=SXD/3.2/kh"
    page = clients["appraiser"].get(f"/tham-dinh?{work}").text
    fields = dict(re.findall(r'name="(facts|seen|points)" value="([^"]*)"', page.split('id="decide"')[1]))
    decided = clients["appraiser"].post(f"/tham-dinh/quyet-dinh?{work}", data={**fields, "act": "accept"})
    assert decided.status_code == 200
    assert head.get("/vong/1").status_code == 200
