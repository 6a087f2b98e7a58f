"""A unit's page: what it was sent, what is missing, what it answers; nothing before it was sent."""

from __future__ import annotations

import datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.archive.facade import Archive
from evidence.archive.stored_findings.kept_findings import FindingVerdict
from evidence.errors import UsageError
from evidence.model.appraisal import DecisionAct, RoundStage
from evidence.model.assessment import Verdict
from evidence.model.kept_finding import FindingKey
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.findings.finding_decisions import SeenFinding

SET = "cchc-so-son-ha-2025"
NOTE = "Loại là Giấy mời, không phải Báo cáo"


@pytest.fixture
def archive(clients: dict[str, TestClient], app: FastAPI) -> Archive:
    """With findings and a round."""
    opened: Archive = app.state.archive
    opened.findings.refresh()
    opened.appraisal.open_round(RoundStage.FIRST, opened.criteria(SET), datetime.date(2026, 1, 31), "Lành")
    return opened


def decide(archive: Archive, status: Verdict, act: DecisionAct, note: str = NOTE) -> FindingKey:
    findings = archive.findings.show_unit(SET, "SXD", EVERYTHING).findings
    kept = next(each for each in findings if each.finding.status is status)
    seen = SeenFinding(kept.facts, kept.decision)
    assert archive.findings.decide(SET, FindingVerdict(kept.key, act, None, note, "Hoa", seen), EVERYTHING) is None
    return kept.key


def test_a_unit_reads_what_is_returned_once_it_is_sent(archive: Archive, clients: dict[str, TestClient]) -> None:
    key = decide(archive, Verdict.WRONG, DecisionAct.RETURN)
    assert NOTE not in clients["unit"].get("/don-vi/SXD").text
    waiting = clients["appraiser"].get("/don-vi/SXD").text
    assert NOTE in waiting and "Gửi đơn vị (1)" in waiting
    assert clients["unit"].post("/don-vi/SXD/gui").status_code == 404
    assert clients["appraiser"].post("/don-vi/SXD/gui", follow_redirects=False).status_code == 303
    page = clients["unit"].get("/don-vi/SXD").text
    assert NOTE in page and "Trả lại" in page and "Nộp bổ sung" in page and "/van-ban/" in page
    assert (
        archive.slips.list_waiting(SET, "SXD", EVERYTHING) == ()
        and archive.slips.send(SET, "SXD", "H", EVERYTHING) is None
    )
    text = {"requirement": key.requirement, "text": "Đã nộp lại báo cáo số 12"}
    assert clients["unit"].post("/don-vi/SXD/giai-trinh", data=text, follow_redirects=False).status_code == 303
    assert "Đã nộp lại báo cáo số 12" in clients["appraiser"].get("/don-vi/SXD").text


def test_a_later_decision_takes_it_from_the_unit_s_list(archive: Archive, clients: dict[str, TestClient]) -> None:
    decide(archive, Verdict.WRONG, DecisionAct.ASK)
    archive.slips.send(SET, "SXD", "Hoa", EVERYTHING)
    assert "Hỏi" in clients["unit"].get("/don-vi/SXD").text
    decide(archive, Verdict.WRONG, DecisionAct.ACCEPT, "")
    assert NOTE not in clients["unit"].get("/don-vi/SXD").text
    assert [slip.by for slip in archive.slips.list_slips(SET, "SXD", EVERYTHING)] == ["Hoa"]


def test_what_was_sent_is_not_undone(archive: Archive) -> None:
    decide(archive, Verdict.WRONG, DecisionAct.RETURN)
    decide(archive, Verdict.WRONG, DecisionAct.UNDO, "")
    assert archive.slips.list_waiting(SET, "SXD", EVERYTHING) == ()
    decide(archive, Verdict.WRONG, DecisionAct.RETURN)
    archive.slips.send(SET, "SXD", "Hoa", EVERYTHING)
    with pytest.raises(UsageError, match="sent"):
        decide(archive, Verdict.WRONG, DecisionAct.UNDO, "")


def test_only_what_was_sent_is_answered(archive: Archive) -> None:
    key, own = decide(archive, Verdict.WRONG, DecisionAct.RETURN), units_only(["SXD"])
    with pytest.raises(UsageError):
        archive.slips.answer(SET, key, "chưa gửi", "SXD", own)
    archive.slips.send(SET, "SXD", "Hoa", EVERYTHING)
    for text in ("  ", "x" * 4001):
        with pytest.raises(UsageError):
            archive.slips.answer(SET, key, text, "SXD", own)
    with pytest.raises(UsageError):
        archive.slips.answer(SET, key, "của người khác", "VP", units_only(["VPUBND"]))
    archive.slips.answer(SET, key, "rõ", "SXD", own)
    assert archive.slips.list_sent(SET, "SXD", units_only(["VPUBND"])) == ()


def test_what_is_missing_leads_to_handing_it_in(archive: Archive, clients: dict[str, TestClient]) -> None:
    page = clients["unit"].get("/don-vi/SXD").text
    missing = [
        each.finding
        for each in archive.findings.show_unit(SET, "SXD", units_only(["SXD"])).findings
        if each.finding.status is Verdict.MISSING
    ]
    assert missing and all(f"muc={finding.criterion}" in page for finding in missing)
    assert f"nộp cho tiêu chí {missing[0].criterion}" in clients["unit"].get(f"/nop?muc={missing[0].criterion}").text


def test_who_sees_which_unit(archive: Archive, clients: dict[str, TestClient]) -> None:
    for role, path, status in (
        ("unit", "/don-vi/SXD", 200), ("unit", "/don-vi/VPUBND", 404), ("head", "/don-vi/VPUBND", 200),
        ("head", "/don-vi/KHONG", 404), ("reader", "/don-vi/SXD", 404), ("admin", "/don-vi", 404),
    ):  # fmt: skip
        assert clients[role].get(path).status_code == status, (role, path)
    assert clients["unit"].get("/don-vi", follow_redirects=False).headers["location"] == "/don-vi/SXD"
    listed = clients["head"].get("/don-vi").text
    assert "/don-vi/SXD" in listed and "/don-vi/VPUBND" in listed
    assert len(clients["unit"].get("/don-vi/SXD").content) < 40_000
