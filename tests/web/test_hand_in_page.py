"""Handing in: files come one by one, bad ones are told at once, a receipt names every hash, others are not told of."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidence.archive.facade import Archive
from evidence.archive.uploads.folder_criterion import find_folder_criterion
from evidence.search.scope import EVERYTHING
from tests.support.service import DOSSIER, read_csrf, recorded_documents

TOKEN = re.compile(r'name="token" value="([0-9a-f]{32})"')


def make_pdf(text: str, password: str = "") -> bytes:
    """A page without words that no other call makes."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password) if password else None)
    canvas.setTitle(text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def send(client: TestClient, name: str, content: bytes, **more: str) -> str:
    answer = client.post("/nop/tep", params={"ten": name, **more}, content=content, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_folder_is_handed_in_against_a_receipt(clients: dict[str, TestClient], app: FastAPI) -> None:
    unit = clients["unit"]
    contents = {"SXD/1.2 - Báo cáo/BC quý I.pdf": make_pdf("a"), "1.1/KH.pdf": make_pdf("b"), "le.pdf": make_pdf("c")}
    for name, content in contents.items():
        send(unit, name, content)
    page = unit.get("/nop").text  # a reload shows the same
    assert all(name in page for name in contents) and "Nộp 2 tệp" in page and "1 tệp còn thiếu tiêu chí" in page
    tokens = TOKEN.findall(page[page.index('id="hand-in"') :])
    answer = unit.post("/nop/gui", data={"token": tokens}, follow_redirects=False)
    assert answer.status_code == 303
    receipt = unit.get(answer.headers["location"]).text
    assert "Biên nhận SXD-0001" in receipt and "đã nộp 2 tệp" in receipt and "Chờ đọc" in receipt
    for name in list(contents)[:2]:
        assert hashlib.sha256(contents[name]).hexdigest() in receipt
    archive: Archive = app.state.archive
    (kept,) = archive.uploads.list_receipts(EVERYTHING)
    assert {(file.name, file.criterion) for file in kept.files} == {
        ("SXD/1.2 - Báo cáo/BC quý I.pdf", "1.2"), ("1.1/KH.pdf", "1.1"),
    }  # fmt: skip
    assert "le.pdf" in unit.get("/nop").text


def test_the_criterion_of_a_row_is_mended(clients: dict[str, TestClient]) -> None:
    unit = clients["unit"]
    row = send(unit, "le.pdf", make_pdf("a"))
    (token,) = set(TOKEN.findall(row))
    assert "Hãy chọn tiêu chí" in row
    mended = unit.post("/nop/tieu-chi", data={"token": token, "criterion": "2.1"}, headers={"HX-Request": "true"})
    assert "sẵn sàng nộp" in mended.text and mended.headers["HX-Trigger"] == "drafts"
    sum_line = unit.get("/nop", headers={"HX-Request": "true"}).text
    assert "Nộp 1 tệp" in sum_line and "<html" not in sum_line
    assert "Hãy chọn" in unit.post("/nop/tieu-chi", data={"token": token, "criterion": "99"}).text
    unit.post("/nop/bo", data={"token": token})
    assert "le.pdf" not in unit.get("/nop").text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("31-KH (mat khau).pdf", make_pdf("x", "bí mật"), "mật khẩu"),
        ("phan mem.exe", b"MZ\x90\x00" + bytes(200), "chưa hỗ trợ"),
        ("cut.pdf", b"%PDF-1.7\n" + b"1 0 obj <<", "hỏng"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(
    clients: dict[str, TestClient], name: str, content: bytes, sentence: str
) -> None:
    row = send(clients["unit"], f"1.1/{name}", content)
    assert 'class="bad"' in row and sentence in row.casefold()
    page = clients["unit"].get("/nop").text
    assert "Nộp 0 tệp" in page and "không nộp cùng" in page


def test_what_is_empty_or_nameless_is_refused(clients: dict[str, TestClient]) -> None:
    for name, content in (("a.pdf", b""), ("..", b"x"), ("", b"x")):
        answer = clients["unit"].post("/nop/tep", params={"ten": name}, content=content)
        assert answer.status_code == 400, name


def test_a_file_that_was_handed_in_before_is_told_of_one_s_own_alone(clients: dict[str, TestClient]) -> None:
    files = [file for file, _ in recorded_documents()]
    own, others = (
        next(file for file in files if file.relative_to(DOSSIER).parts[0] == unit).read_bytes()
        for unit in ("SXD", "VPUBND")
    )
    assert "Đơn vị đã nộp tệp này ngày 12/01/2026" in send(clients["unit"], "lai.pdf", own)
    assert "đã nộp" not in send(clients["unit"], "khac.pdf", others)


def test_without_scripts_several_files_come_by_a_form(clients: dict[str, TestClient]) -> None:
    unit = clients["unit"]
    token = unit.headers.pop("X-CSRF-Token")
    files = [("files", (f"{at}.pdf", make_pdf(str(at)), "application/pdf")) for at in range(2)]
    refused = unit.post("/nop", files=files, data={"don-vi": "SXD"}, follow_redirects=False)
    assert refused.status_code == 403
    form = {"don-vi": "SXD", "muc": "1.2", "csrf": read_csrf(unit.get("/nop").text)}
    answer = unit.post("/nop", files=files, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert "Nộp 2 tệp" in unit.get("/nop").text
    unit.headers["X-CSRF-Token"] = token


def test_others_neither_hand_in_nor_see_the_receipt(clients: dict[str, TestClient]) -> None:
    send(clients["unit"], "1.1/a.pdf", make_pdf("a"))
    (token,) = set(TOKEN.findall(clients["unit"].get("/nop").text))
    receipt = clients["unit"].post("/nop/gui", data={"token": token}, follow_redirects=False).headers["location"]
    for role, seen in (("appraiser", 200), ("head", 200), ("reader", 404), ("admin", 404)):
        assert clients[role].get(receipt).status_code == seen, role
        assert clients[role].get("/nop").status_code == 404
        assert clients[role].post("/nop/tep", params={"ten": "a.pdf"}, content=b"x").status_code == 404
    assert clients["unit"].get("/nop?don-vi=VPUBND").status_code == 404
    assert clients["unit"].get("/nop/bien-nhan/SXD-0099").status_code == 404


def test_folders_name_criteria() -> None:
    codes = ["1", "1.2", "1.2.1"]
    for name, code in {
        "SXD/1.2.1 - Báo cáo/a.pdf": "1.2.1",
        "1.2. – Báo cáo/quý I/a.pdf": "1.2",
        "ho so/1/1.2/a.pdf": "1.2",
        "1.2.pdf": None,
        "9.9/a.pdf": None,
    }.items():
        assert find_folder_criterion(name, codes) == code, name
