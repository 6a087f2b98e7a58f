"""Thẩm định: the queue of a filter, deciding and going on, taking back, conflicts, corrections, notes, what is not
anybody's to judge. Without script: every test posts plain forms and follows redirects."""

from __future__ import annotations

import datetime
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.model.appraisal import DecisionAct, RoundStage
from evidence.model.kept_finding import FindingKey
from tests.support.service import PASSWORD, sign_in

Clients = dict[str, TestClient]
SET = "cchc-so-son-ha-2025"
LATE = FindingKey("SXD", "1.2/t6")
ADDRESS = "/tham-dinh?don-vi=SXD"


@pytest.fixture
def archive(app: FastAPI, clients: Clients) -> Archive:
    """The sample archive with a round open and its findings kept."""
    opened: Archive = app.state.archive
    opened.appraisal.open_round(RoundStage.FIRST, opened.criteria(SET), datetime.date(2026, 1, 31), "Lành")
    opened.findings.refresh()
    return opened


def fields_of(page: str) -> dict[str, str]:
    """What the form of deciding brings along."""
    form = re.search(r'<form class="act".*?</form>', page, re.S)
    assert form, "no form to decide with"
    return dict(re.findall(r'name="(facts|seen|points|note)" value="([^"]*)"', form[0]))


def decide(client: TestClient, address: str, act: str, **typed: str) -> Response:
    page = client.get(address)
    target = str(page.url).replace("/tham-dinh?", "/tham-dinh/quyet-dinh?")
    return client.post(target, data={**fields_of(page.text), "act": act, **typed})


def item_of(answer: Response) -> str:
    return parse_qs(urlsplit(str(answer.url)).query).get("muc", [""])[0]


def judged(archive: Archive, key: FindingKey) -> tuple[str, DecisionAct | None]:
    view = archive.findings.show(SET, key, EVERYTHING)
    return view.kept.judged, view.decision.act if view.decision else None


def test_the_first_item_that_is_left_stands_with_its_reasons_and_its_page(clients: Clients, archive: Archive) -> None:
    page = clients["appraiser"].get(ADDRESS)
    assert len(page.content) <= 40_000
    for text in ("1.2/t6", "Còn 6", "/ 6 mục", "quá hạn 20/06/2025", 'id="chosen"', "/trang/1.webp", "132/BC-SXD"):
        assert text in page.text, text
    assert "VPUBND" not in re.findall(r'<nav class="queue".*?</nav>', page.text, re.S)[0]


def test_one_decision_leads_to_what_is_next_and_is_taken_back(clients: Clients, archive: Archive) -> None:
    address = f"{ADDRESS}&muc=SXD/1.2/t6"
    after = decide(clients["appraiser"], address, "accept", points="0,5")
    assert item_of(after) == "SXD/2.1/bc" and "Còn 5" in after.text and "Hoa · 0,5 điểm" in after.text
    assert judged(archive, LATE) == ("accept", DecisionAct.ACCEPT)
    undo = re.search(r'<form class="just".*?</form>', after.text, re.S)
    assert undo
    fields = dict(re.findall(r'name="(facts|seen)" value="([^"]*)"', undo[0]))
    action = re.search(r'action="([^"]+)"', undo[0])
    assert action
    back = clients["appraiser"].post(action[1].replace("&amp;", "&"), data={**fields, "act": "undo"})
    assert item_of(back) == "SXD/1.2/t6" and "Còn 6" in back.text
    assert judged(archive, LATE)[0] == ""


def test_a_filter_ends(clients: Clients, archive: Archive) -> None:
    address = "/tham-dinh?don-vi=SXD&ket-luan=missing"
    assert "Còn 1" in clients["appraiser"].get(address).text
    end = decide(clients["appraiser"], f"{address}&muc=SXD/6.1/bc", "return", note="Chưa có. Đề nghị nộp.")
    assert item_of(end) == "het" and "Hết việc trong bộ lọc này." in end.text and "Đơn vị tiếp: VPUBND" in end.text
    again = clients["appraiser"].get("/tham-dinh?don-vi=SXD&ket-luan=tra-lai")
    assert "6.1/bc" in again.text and "Chưa có. Đề nghị nộp." in again.text


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("return", {"note": "  "}, "Hãy viết hoặc chọn một câu"),
        ("accept", {"points": "hai"}, "không phải là điểm"),
        ("accept", {"points": "99"}, ""),
        ("grant", {}, "Hãy chọn"),
        ("accept", {"facts": "0" * 64}, ""),
    ],
)
def test_what_cannot_be_decided_is_told_and_what_was_typed_stays(
    clients: Clients, archive: Archive, act: str, typed: dict[str, str], sentence: str
) -> None:
    answer = decide(clients["appraiser"], f"{ADDRESS}&muc=SXD/1.2/t6", act, **{"note": "đang viết", **typed})
    assert answer.status_code == 400 and sentence in answer.text and 'role="alert"' in answer.text
    assert typed.get("note", "đang viết").strip() in answer.text
    assert judged(archive, LATE)[0] == ""


def test_who_decided_meanwhile_is_named_and_one_may_insist(clients: Clients, archive: Archive, app: FastAPI) -> None:
    address = f"{ADDRESS}&muc=SXD/1.2/t6"
    seen_before = fields_of(clients["appraiser"].get(address).text)
    decide(clients["head"], address, "return", note="Chậm, giải trình.")
    target = address.replace("/tham-dinh?", "/tham-dinh/quyet-dinh?")
    mine = clients["appraiser"].post(target, data={**seen_before, "act": "accept", "points": "0"})
    assert mine.status_code == 409
    for text in ("Nguyễn Thị Lành", "trả lại", "chưa được ghi", "Giữ của Lành", "Ghi của tôi"):
        assert text in mine.text, text
    assert judged(archive, LATE)[0] == "return"
    conflict = re.search(r'id="conflict".*?</form>', mine.text, re.S)
    assert conflict
    fields = dict(re.findall(r'name="(facts|seen|points|note)" value="([^"]*)"', conflict[0]))
    clients["appraiser"].post(target, data={**fields, "act": "accept"})
    assert judged(archive, LATE)[0] == "accept"


def test_a_correction_is_made_over_the_line_and_changes_the_finding(clients: Clients, archive: Archive) -> None:
    page = clients["appraiser"].get(f"{ADDRESS}&muc=SXD/1.2/t6")
    sha = re.findall(r"/van-ban/([0-9a-f]{64})/trang", page.text)[0]
    address = f"{ADDRESS}&muc=SXD/1.2/t6&tep={sha}&sua=date"
    editing = clients["appraiser"].get(address).text
    assert 'name="value"' in editing and "Ảnh cắt dòng Ngày ban hành" in editing and "viewBox" in editing
    target = address.replace("/tham-dinh?", "/tham-dinh/sua?")
    wrong = clients["appraiser"].post(target, data={"field": "date", "value": "31/02/2025"})
    assert wrong.status_code == 400 and "31/02/2025" in wrong.text
    done = clients["appraiser"].post(target, data={"field": "date", "value": "18/06/2025"})
    assert "18/06/2025" in done.text and "25/06/2025" in done.text and "✓</i>Đạt" in done.text
    assert clients["unit"].post(target, data={"field": "date", "value": "18/06/2025"}).status_code == 404


def test_a_decision_whose_finding_changed_is_back_in_the_queue(clients: Clients, archive: Archive) -> None:
    decide(clients["appraiser"], f"{ADDRESS}&muc=SXD/2.1/bc", "accept", points="0")
    assert "Còn 5" in clients["appraiser"].get(ADDRESS).text
    archive.correct("301/BC-SXD", "subject", "Kết quả rà soát văn bản quy phạm pháp luật năm 2025", "Lành", EVERYTHING)
    archive.correct("301/BC-SXD", "date", "28/11/2025", "Lành", EVERYTHING)
    archive.findings.refresh()
    page = clients["appraiser"].get(f"{ADDRESS}&muc=SXD/2.1/bc&ket-luan=tat-ca").text
    assert "Đã đổi sau khi duyệt: khi duyệt là “Không đúng”" in page
    assert "2.1/bc" in clients["appraiser"].get(f"{ADDRESS}&ket-luan=doi").text


def test_what_waits_for_a_unit_is_counted_and_its_answer_is_read(clients: Clients, archive: Archive) -> None:
    after = decide(clients["appraiser"], f"{ADDRESS}&muc=SXD/1.2/t6", "return", note="Vì sao chậm?")
    assert "Gửi đơn vị (1)" in after.text and 'href="/don-vi/SXD"' in after.text
    clients["appraiser"].post("/don-vi/SXD/gui")
    clients["unit"].post("/don-vi/SXD/giai-trinh", data={"requirement": "1.2/t6", "text": "Chờ số liệu của huyện."})
    page = clients["appraiser"].get(f"{ADDRESS}&ket-luan=tat-ca&muc=SXD/1.2/t6").text
    assert "Gửi đơn vị" not in page and "Đã gửi đơn vị lúc" in page and "Chờ số liệu của huyện." in page
    assert 'value="undo"' not in page, "what was sent is not taken back"


def test_notes_are_kept_for_the_one_who_writes(clients: Clients, archive: Archive) -> None:
    address = f"{ADDRESS}&muc=SXD/1.2/t6"
    kept = clients["appraiser"].post(
        address.replace("/tham-dinh?", "/tham-dinh/nhap?"), data={"note": "xem lại phụ lục"}
    )
    assert kept.status_code == 200 and "Đã lưu lúc" in kept.json()["status"]
    assert "xem lại phụ lục" in clients["appraiser"].get(address).text
    assert "xem lại phụ lục" not in clients["head"].get(address).text


def test_only_what_is_assigned_is_judged(clients: Clients, archive: Archive, app: FastAPI) -> None:
    binh = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
    sign_in(binh, "binh", PASSWORD)
    assert "2.1/bc" not in re.findall(r'<nav class="queue".*?</nav>', binh.get(ADDRESS).text, re.S)[0]
    page = binh.get("/tham-dinh?linh-vuc=2&muc=SXD/2.1/bc").text
    assert "không được giao cho bạn" in page and 'id="decide"' not in page
    denied = binh.post("/tham-dinh/quyet-dinh?muc=SXD/2.1/bc", data={"act": "accept", "points": "0"})
    assert denied.status_code == 404
    for address in ("/tham-dinh?don-vi=KHONG", "/tham-dinh?muc=SXD/9.9/x", "/tham-dinh?muc=x", "/tham-dinh?bo=khong"):
        assert binh.get(address).status_code == 404, address


def test_without_a_round_one_looks_and_is_told_what_to_do(clients: Clients, app: FastAPI) -> None:
    opened: Archive = app.state.archive
    opened.findings.refresh()
    page = clients["appraiser"].get(ADDRESS).text
    assert "Chưa có vòng thẩm định nào đang mở" in page and 'id="decide"' not in page
    opened.appraisal.close_round(
        opened.appraisal.open_round(RoundStage.FIRST, opened.criteria(SET), datetime.date(2026, 1, 31), "Lành").id,
        "Lành",
    )
    assert "Vòng này đã đóng" in clients["appraiser"].get(ADDRESS).text
