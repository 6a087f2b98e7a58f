"""Kế hoạch: taken in by upload, filtered, marked with a note; a unit sees its own tasks alone."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from evidence.config import Settings
from evidence.store.plans.plan_store import PlanStore
from evidence.store.store import Store
from tests.web.test_non_interference import PLAN

Clients = dict[str, TestClient]
ROWS = (
    ("STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời hạn"),
    ("1", "Rà soát văn bản", "Báo cáo rà soát văn bản quy phạm pháp luật năm 2026", "Sở Xây dựng", "30/6/2026"),
    ("2", "Giảm hồ sơ trễ hẹn", "100% hồ sơ đúng hạn", "Văn phòng UBND tỉnh", "Trong năm 2026"),
    ("3", "Tập huấn", "Lớp tập huấn", "", "càng sớm càng tốt"),
)


@pytest.fixture
def planned(settings: Settings) -> Settings:
    with Store.open(settings.home) as store:
        PlanStore(store).put(PLAN, "Lành")
    return settings


def mark(client: TestClient, task: str, owner: str, **more: str) -> Response:
    form = {"task": task, "owner": owner, "status": "done", "note": "Kết luận 12/KL", **more}
    return client.post("/ke-hoach/viec/xac-nhan", data=form, follow_redirects=False)


def test_a_unit_sees_its_own_tasks_alone(planned: Settings, clients: Clients) -> None:
    own, head = clients["unit"], clients["head"]
    page = own.get("/ke-hoach/viec?muc=1").text
    assert "Xây dựng kế hoạch" in page and "1/1 nhiệm vụ" in page
    assert "Việc riêng" not in page and "<b>Văn phòng UBND tỉnh</b>" not in page and "xac-nhan" not in page
    whole = head.get("/ke-hoach/viec?muc=1").text
    assert "2/2 nhiệm vụ" in whole and "<b>Văn phòng UBND tỉnh</b>" in whole and "xac-nhan" in whole
    only = head.get("/ke-hoach/viec?don-vi=SXD").text
    assert "1/1 nhiệm vụ" in only and "Việc riêng" not in only
    assert "Không có nhiệm vụ nào ở tình trạng này" in head.get("/ke-hoach/viec?tinh-trang=not-due").text
    assert own.get("/ke-hoach/khong-co").status_code == 404
    for role in ("admin", "reader"):
        assert clients[role].get("/ke-hoach").status_code == 404


def test_a_mark_needs_a_note_and_counts_for_its_owner(planned: Settings, clients: Clients) -> None:
    head = clients["head"]
    assert mark(clients["unit"], "1", "SXD").status_code == 404
    assert mark(head, "1", "KHONG").status_code == 404 and mark(head, "9", "").status_code == 404
    refused = mark(head, "1", "SXD", note=" ")
    assert refused.status_code == 400 and "hãy nêu căn cứ" in refused.text
    assert mark(head, "1", "SXD", status="not-due").status_code == 400
    done = mark(head, "1", "SXD", **{"don-vi": "SXD"})
    assert done.status_code == 303 and done.headers["location"] == "/ke-hoach/viec?don-vi=SXD&muc=1&xong=marked#muc"
    page = head.get(done.headers["location"]).text
    assert "Đã ghi xác nhận" in page and "Kết luận 12/KL" in page and "Xong đúng hạn 1" in page
    assert mark(head, "1", "", status="overdue").status_code == 303
    assert "Xong đúng hạn" in clients["unit"].get("/ke-hoach/viec?tinh-trang=overdue").text
    assert mark(clients["appraiser"], "1", "").status_code == 404  # assigned some units, not all


def test_a_plan_comes_by_upload_or_says_why_not(settings: Settings, clients: Clients, tmp_path: Path) -> None:
    head = clients["head"]
    assert "Nhập tệp kế hoạch" in head.get("/ke-hoach").text
    assert "Cơ quan chủ trì chấm điểm nhập" in clients["unit"].get("/ke-hoach").text
    paper = docx.Document()
    paper.add_paragraph("KẾ HOẠCH cải cách hành chính năm 2026")
    table = paper.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file = tmp_path / "kh.docx"
    paper.save(str(file))
    answer = head.post("/ke-hoach/nhap", files={"file": ("Kế hoạch 2026.docx", file.read_bytes())})
    assert answer.status_code == 200 and "Đã nhập 3 nhiệm vụ" in answer.text and "càng sớm" in answer.text
    assert "Kế hoạch 2026.docx" in head.get("/ke-hoach").text
    assert "1/1 nhiệm vụ" in clients["unit"].get("/ke-hoach/ke-hoach-2026").text
    assert "Hãy chọn một tệp" in head.post("/ke-hoach/nhap", data={"name": "x"}).text
    assert clients["appraiser"].post("/ke-hoach/nhap", data={"name": "x"}).status_code == 404
