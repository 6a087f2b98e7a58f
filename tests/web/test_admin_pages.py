"""Users and audit: what an admin does there, and that nobody else gets in."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from fastapi.testclient import TestClient

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import CriteriaError
from evidence.messages import Message
from evidence.model.job import JobKind, JobRequest
from tests.support.service import sign_in

NEW = {"name": "An.TC", "full_name": "Vũ An", "role": "appraiser", "units": "SXD, VPUBND", "fields": "1",
       "password": "một câu dễ nhớ"}  # fmt: skip


def find_user(client: TestClient, name: str) -> str:
    match = re.search(rf'href="(/nguoi-dung/\d+)">{re.escape(name)}<', client.get("/nguoi-dung").text)
    assert match, name
    return match[1]


def test_a_user_is_added_changed_and_locked(clients: dict[str, TestClient]) -> None:
    admin = clients["admin"]
    assert "Đã thêm người dùng" in admin.post("/nguoi-dung", data=NEW).text
    place = find_user(admin, "an.tc")
    page = admin.post(place, data={"full_name": "Vũ Thị An", "role": "head", "active": "1"}).text
    assert "Vũ Thị An" in page and "Đã lưu" in page
    page = admin.post(f"{place}/mat-khau", data={"password": "câu khác cũng dễ"}).text
    assert "Đã đặt lại mật khẩu" in page
    other = TestClient(admin.app, base_url="https://testserver")
    sign_in(other, "an.tc", "câu khác cũng dễ")
    assert other.get("/tai-khoan").status_code == 200
    admin.post(place, data={"full_name": "Vũ Thị An", "role": "head"})
    assert other.get("/tai-khoan", follow_redirects=False).status_code == 303


def test_what_cannot_be_says_why_and_keeps_what_was_typed(clients: dict[str, TestClient]) -> None:
    admin = clients["admin"]
    for change, words in (
        ({"password": "ngắn"}, "quá ngắn"), ({"name": "hoa"}, "Đã có người dùng"), ({"name": "có dấu"}, "không dùng"),
        ({"role": "unit", "units": ""}, "chưa có đơn vị"),
    ):  # fmt: skip
        answer = admin.post("/nguoi-dung", data={**NEW, **change})
        assert answer.status_code == 400 and words in answer.text and "Vũ An" in answer.text, words
    place = find_user(admin, "quantri")
    answer = admin.post(place, data={"full_name": "Q", "role": "reader", "active": "1"})
    assert answer.status_code == 400 and "quản trị viên cuối cùng" in answer.text
    assert admin.get("/nguoi-dung/999").status_code == 404
    assert admin.get("/nguoi-dung/abc").status_code == 404


def test_names_are_shown_as_text(clients: dict[str, TestClient]) -> None:
    admin = clients["admin"]
    admin.post("/nguoi-dung", data={**NEW, "full_name": "<script>alert(1)</script>\u202egnp"})
    page = admin.get("/nguoi-dung").text
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "\u202e" not in page


def test_the_audit_names_who_did_it_from_where(clients: dict[str, TestClient]) -> None:
    admin = clients["admin"]
    admin.post("/nguoi-dung", data=NEW)
    page = admin.get("/nhat-ky", params={"nguoi": "quantri", "viec": "account added"}).text
    assert "an.tc" in page and "Vũ An · appraiser · SXD · VPUBND · field 1" in page and "testclient" in page
    assert "một câu dễ nhớ" not in admin.get("/nhat-ky").text
    assert "nguyên vẹn" in admin.get("/nhat-ky/kiem-tra").text
    assert "Không có mục nào" in admin.get("/nhat-ky", params={"chu": "%%%"}).text
    assert admin.get("/nhat-ky", params={"trang": "99999", "tu": "x", "den": "31/02/2025"}).status_code == 200


def test_all_of_the_audit_can_be_taken_along(clients: dict[str, TestClient]) -> None:
    admin = clients["admin"]
    match = re.search(r'class="soft">(\d+) mục<', admin.get("/nhat-ky").text)
    assert match
    total = int(match[1])
    assert total > 50
    rows = list(csv.DictReader(io.StringIO(admin.get("/nhat-ky/xuat").content.decode("utf-8-sig"))))
    lines = [json.loads(line) for line in admin.get("/nhat-ky/xuat?dang=jsonl").text.splitlines()]
    assert len(rows) == len(lines) == total
    assert [row["hash"] for row in rows] == [line["hash"] for line in lines]
    pages = [admin.get("/nhat-ky", params={"trang": str(number)}).text for number in (1, 2)]
    assert pages[0].count("<tr>") == 51 and 'rel="next"' in pages[0] and 'rel="prev"' in pages[1]


def test_nobody_else_gets_in(clients: dict[str, TestClient]) -> None:
    for role in ("unit", "appraiser", "head", "reader"):
        for path in ("/nguoi-dung", "/nguoi-dung/1", "/nhat-ky", "/nhat-ky/xuat", "/nhat-ky/kiem-tra", "/viec-nen"):
            assert clients[role].get(path).status_code == 404, (role, path)
        assert clients[role].post("/nguoi-dung", data=NEW).status_code == 404


def test_a_set_that_cannot_be_read_keeps_nobody_out(
    clients: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_archive: Archive) -> None:
        raise CriteriaError("criteria-set-other", set="x", source="y", at="z")

    monkeypatch.setattr(Archive, "criteria_sets", fail)
    assert clients["admin"].get("/nguoi-dung").status_code == 200
    page = clients["head"].get("/vong")
    assert page.status_code == 200 and 'role="alert"' in page.text


def test_jobs_are_shown_with_why_they_failed(clients: dict[str, TestClient], settings: Settings) -> None:
    admin = clients["admin"]
    assert "Không có việc nào" in admin.get("/viec-nen", params={"loc": "hong"}).text
    with Archive.open(settings) as archive:
        for kind in (JobKind.FIND_FIGURES, JobKind.DRAW_PAGE):
            archive.jobs.begin(ended := archive.jobs.add(JobRequest(kind, "", b"", "SXD")), "reading-1")
            archive.jobs.end(ended)
        number = archive.jobs.add(JobRequest(JobKind.REREAD, "stale", b"", "SXD"))
        assert "1 việc đang chờ" in admin.get("/viec-nen").text
        archive.jobs.begin(number, "reading-1")
        archive.jobs.end(number, Message("job-gone"))
    page = admin.get("/viec-nen", params={"loc": "hong"}).text
    assert "Rút lại số, ngày …" in page and "Việc không còn đối tượng" in page and "1 không làm được" in page
    done = admin.get("/viec-nen", params={"loc": "xong"}).text
    assert "Rút lại số, ngày …" not in done and "Đề xuất số liệu" in done and "Vẽ trang" in done
