"""Khảo sát: taken in with its map by upload, refused with every place, told by unit with rate and thresholds."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.config import Settings
from tests.support.service import CRITERIA

Clients = dict[str, TestClient]
SET = "co-khao-sat"
PARTS = """holidays: vn-2025
parts:
  - {name: thamdinh, title: Thẩm định}
  - {name: dieutra, title: Hỏi dân, criteria: ["7"], least_forms: 2, least_rate: 10}
"""
SURVEYED = """
  - code: "7"
    title: Đánh giá của người dân
    points: 4
    children: [{code: "7.1", title: Thái độ, points: 4, score: survey}]
"""
MAP = """đơn vị: Đơn vị
người trả lời: Email
phương án: {Rất tốt: 100%, Tốt: 50%}
câu hỏi: {Thái độ: "7.1"}
phát ra: {SXD: 20, VPUBND: 20}
"""
HEAD = "Đơn vị,Email,Thái độ\n"
ANSWERS = HEAD + "Sở Xây dựng,a@x,Tốt\nSở Xây dựng,b@x,Rất tốt\nSở Xây dựng,c@x,Không biết\nVPUBND,d@x,Tốt\n"
WRONG = HEAD + "Sở Lạ,a@x,Tốt\nSở Xây dựng,b@x,Siêu\n"


@pytest.fixture
def surveyed(settings: Settings) -> Settings:
    text = CRITERIA.read_text("utf-8").replace("cchc-so-son-ha-2025", SET).replace("holidays: vn-2025\n", PARTS, 1)
    file = settings.home.parent / "ks.yaml"
    file.write_text(text.rstrip() + SURVEYED, "utf-8")
    with Archive.open(settings) as archive:
        archive.keep_criteria(import_criteria(file, ImportRequest(), settings))
        archive.findings.refresh()
    return settings


def send(client: TestClient, answers: str, survey_map: str = MAP, **more: str) -> Response:
    files = {"file": ("phiếu.csv", answers.encode()), "map": ("m.yaml", survey_map.encode())}
    return client.post("/khao-sat/nhap", data={"bo": SET, **more}, files=files)


def test_a_survey_is_counted_and_told_by_unit(surveyed: Settings, clients: Clients) -> None:
    head = clients["head"]
    empty = head.get(f"/khao-sat?bo={SET}").text
    assert "Chưa nhập khảo sát nào" in empty and "ít nhất 2 phiếu" in empty and "ít nhất 10 %" in empty
    page = send(head, ANSWERS).text
    assert "Đã nhập 4 phiếu" in page and "phiếu.csv" in page
    assert "15,0 %" in page and "3/4" in page  # 3 of 20; (2 + 4) / 2 of 4 points
    assert "KHÔNG đánh giá" in page and "ít phiếu" in page  # one form of the other unit
    again = send(head, ANSWERS)
    assert again.status_code == 400 and "phiếu.csv" in again.text
    assert "đã bị thay" in send(head, ANSWERS.replace("c@x", "e@x"), replaces="1").text
    own = clients["unit"].get(f"/don-vi/SXD/nam?bo={SET}").text
    assert "Hỏi dân" in own and "15,0 %" in own


def test_what_is_refused_is_told_by_its_place(surveyed: Settings, clients: Clients) -> None:
    head = clients["head"]
    answer = send(head, WRONG)
    assert answer.status_code == 400 and "Sở Lạ" in answer.text and "Siêu" in answer.text
    assert "phiếu.csv" in answer.text and "evidence-set" not in answer.text
    assert "<li>2: " in answer.text and "<li>3: " in answer.text
    only = head.post("/khao-sat/nhap", data={"bo": SET}, files={"file": ("a.csv", b"x")})
    assert only.status_code == 400 and "cả tệp phiếu và tệp ánh xạ" in only.text
    assert "Chưa nhập khảo sát nào" in head.get(f"/khao-sat?bo={SET}").text
    assert "không có tiêu chí nào chấm bằng điều tra" in head.get("/khao-sat?bo=cchc-so-son-ha-2025").text


def test_only_heads_see_surveys(surveyed: Settings, clients: Clients) -> None:
    for role in ("unit", "appraiser", "admin", "reader"):
        assert clients[role].get("/khao-sat").status_code == 404
        assert send(clients[role], ANSWERS).status_code == 404
