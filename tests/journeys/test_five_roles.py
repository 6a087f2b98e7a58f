"""A year in five roles, each by the clicks and keys that it is allowed: an admin takes an annex and an account in, a
unit hands in and answers, an appraiser corrects, returns, asks and accepts until nothing is left, a head closes the
round and exports, a reader finds what is open and nothing else.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import People
from tests.journeys.test_hand_in import wait_for
from tests.journeys.test_service_day import Counted
from tests.journeys.test_work_journey import CODE, open_round, wait_for_findings
from tests.support.browser import find_axe_faults, take_screenshot
from tests.support.files import annexes
from tests.support.service import DOSSIER, PASSWORD

UNITS = "mã,tên\nSXD,Sở Xây dựng\nSYT,Sở Y tế\n"


def test_an_admin_takes_in_an_annex_units_and_a_person(people: People, tmp_path: Path) -> None:
    """One key a proposal and four clicks around; the proposals' page of the annex is beside them."""
    page = people("quantri")
    admin = Counted(page)
    page.goto("/bo-tieu-chi")
    page.set_input_files("#file", str(annexes.pdf(tmp_path / "PL01.pdf", annexes.RULED)))
    page.fill("#name", "phu luc 2025")
    admin.click("form[action='/bo-tieu-chi/nhap'] button")
    page.wait_for_url("**/bo-tieu-chi/phu-luc-2025?xong=imported", timeout=60_000)
    assert find_axe_faults(page) == []
    admin.click("a.btn.go")
    page.wait_for_url("**#hien")
    page.locator("svg.sheet image").wait_for()
    assert page.locator("#chosen").count() == 1
    assert find_axe_faults(page) == []
    take_screenshot(page, "duyet-yeu-cau")
    refuse_a_day_that_is_none(page)
    proposals = 0
    while "#hien" in page.url:
        before = page.url
        admin.press("b" if proposals == 0 else "a")
        page.wait_for_url(lambda url, before=before: url != before)
        proposals += 1
        assert proposals < 20
    assert admin.keys == proposals
    admin.click("button.go")
    page.wait_for_url("**xong=accepted")
    page.set_input_files("#file", files=[{"name": "don-vi.csv", "mimeType": "text/csv", "buffer": UNITS.encode()}])
    admin.click("form[action$='/don-vi'] button")
    page.locator("ul.units li", has_text="Sở Y tế").wait_for()
    assert admin.clicks <= 4
    assert find_axe_faults(page) == []
    add_a_person(page)
    read_the_audit(page)


def refuse_a_day_that_is_none(page: Page) -> None:
    """What was typed stays, and the fault stands beside its field."""
    page.keyboard.press("e")
    page.fill("#f-due", "31/02/2025")
    page.press("#f-due", "Enter")
    page.locator("#w-due").wait_for()
    assert page.input_value("#f-due") == "31/02/2025"
    page.fill("#f-due", "chưa biết hạn")
    page.press("#f-due", "Enter")
    page.wait_for_url("**#hien")


def add_a_person(page: Page) -> None:
    page.goto("/nguoi-dung")
    page.fill("#name", "syt")
    page.fill("#full-name", "Sở Y tế")
    page.select_option("#role", "unit")
    page.fill("#units", "SYTT")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**xong=added")
    row = page.locator("tbody tr", has_text="SYTT")
    assert "mã lạ" in row.inner_text()
    assert find_axe_faults(page) == []
    row.locator("a").click()
    assert "Mã “SYTT” không có trong bộ tiêu chí nào" in page.inner_text("main")
    take_screenshot(page, "nguoi-dung-ma-la")
    page.fill("#units", "SYT")
    page.press("#units", "Enter")
    page.wait_for_url("**xong=changed")
    assert "không có trong bộ" not in page.inner_text("main")


def read_the_audit(page: Page) -> None:
    """Filtered, exported, found whole."""
    page.goto("/nhat-ky?nguoi=quantri")
    take_screenshot(page, "nhat-ky-quan-tri")
    assert "Quản trị" in page.inner_text("tbody") and find_axe_faults(page) == []
    with page.expect_download() as download:
        page.click("text=CSV")
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert any("phu-luc-2025" in cell for row in rows for cell in row)
    page.click("text=Kiểm tra nguyên vẹn")
    page.locator("p.done").wait_for()


def test_an_appraiser_clears_everything_that_is_left(people: People) -> None:
    """One key to accept, three to return or to ask, four for a correction; a session that ends costs no word."""
    open_round(people("lanh"))
    page = people("hoa")
    wait_for_findings(page)
    page.goto("/tham-dinh?don-vi=SXD")
    work = Counted(page)
    page.wait_for_load_state("networkidle")
    first = page.inner_text(CODE)
    work.press("e")
    page.locator("#edit input[name=value]").wait_for()
    page.keyboard.type("1")
    page.keyboard.press("Escape")
    page.goto("/tham-dinh?don-vi=SXD")
    keep_words_when_the_session_ends(page)
    work.keys = 0
    work.press("r")
    page.locator("#sentence[open]").wait_for()
    work.press("Enter")
    page.locator("#status", has_text="✓ Đã ghi").wait_for()
    assert not page.locator(CODE).count() or page.inner_text(CODE) != first
    assert work.keys == 2 and work.clicks == 0, "the words typed before are the reason"
    decisions = 0
    while not page.locator(".end").count():
        before, decisions = page.inner_text(CODE), decisions + 1
        if decisions == 1:
            page.keyboard.press("h")
            page.locator("#sentence[open]").wait_for()
            page.keyboard.press("1")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("a")
        page.locator("#status", has_text=f"✓ Đã ghi {before}").wait_for()
        assert decisions < 10
    page.locator(".end h1", has_text="Hết việc").wait_for()
    assert find_axe_faults(page) == []
    take_screenshot(page, "het-viec")
    page.click(".end a:has-text('Gửi đơn vị')")
    page.click("form[action$='/gui'] button")
    page.locator("p.done").wait_for()
    page.go_back()
    page.go_back()
    page.locator("main h1").wait_for()


def keep_words_when_the_session_ends(page: Page) -> None:
    """A reason is being typed while the session ends: it is asked for again over the page, and every word is there."""
    page.fill("#nt", "Báo cáo gửi chậm, đề nghị")
    page.context.clear_cookies()
    page.locator("#nt").press_sequentially(" giải trình")
    page.locator("#sign-in-again[open]").wait_for()
    take_screenshot(page, "het-phien")
    page.fill("#again-password", PASSWORD)
    page.press("#again-password", "Enter")
    page.locator("#sign-in-again").wait_for(state="hidden")
    assert page.input_value("#nt") == "Báo cáo gửi chậm, đề nghị giải trình"
    page.click("main h1")


def test_the_unit_sees_the_return_and_hands_in_again(people: People, tmp_path: Path) -> None:
    """From its own page: the reason, two clicks to the place of the file, one more and it is handed in."""
    page = people("sxd")
    unit = Counted(page)
    assert "Báo cáo gửi chậm, đề nghị giải trình" in page.inner_text("main"), "it begins on its own page"
    assert find_axe_faults(page) == []
    take_screenshot(page, "don-vi-viec")
    unit.click("a[aria-label^='Giải trình'] >> nth=0")
    page.fill("#text", "Gửi trên trục liên thông trước hạn một ngày.")
    unit.click("form#giai-trinh button")
    page.locator("p.done").wait_for()
    unit.click("a[aria-label^='Nộp bổ sung'] >> nth=0")
    page.wait_for_url("**/nop?*")
    good, bad = tmp_path / "Báo cáo bổ sung.pdf", tmp_path / "ghi chú.exe"
    shutil.copy(next((DOSSIER / "SXD").glob("1.2*/*.pdf")), good)
    good.open("ab").write(b"\n% again\n")
    bad.write_bytes(b"MZ\x90\x00" * 40)
    page.set_input_files("#files", [str(good), str(bad)])
    wait_for(page, "document.querySelector('#hand-in').textContent.includes('Nộp 1 tệp')")
    assert "exe" in page.inner_text("tr.bad")
    take_screenshot(page, "nop-bo-sung")
    page.reload()
    assert page.locator("#files-table tbody tr").count() == 2, "a reload shows the same"
    page.dblclick("#hand-in button")
    page.wait_for_url("**/nop/bien-nhan/SXD-*")
    receipt = page.url
    page.goto("/don-vi/SXD")
    assert page.locator("section:has(#receipts) li").count() == 1, "a double click is one receipt"
    assert unit.clicks == 3 and receipt.endswith("SXD-0001")


def test_a_head_closes_the_round_and_exports(people: People) -> None:
    """Three clicks and the round's name."""
    page = people("lanh")
    page.goto("/vong")
    head = Counted(page)
    head.click("tbody a >> nth=0")
    page.fill("#name", "thẩm định lần 2")
    page.press("#name", "Enter")
    page.locator("main p.failure").wait_for()
    assert "thẩm định lần 1" in page.inner_text("main p.failure")
    page.fill("#name", "Thẩm định lần 1")
    head.click("form[action$='/dong'] button")
    page.wait_for_url("**xong=closed")
    assert head.clicks <= 3
    page.goto("/tham-dinh?don-vi=VPUBND")
    assert page.locator("#decide").count() == 0 and "đã đóng" in page.inner_text(".mid .act").lower()
    page.goto("/xep-hang")
    with page.expect_download() as download:
        page.click("text=XLSX")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    assert find_axe_faults(page) == []
    take_screenshot(page, "xep-hang-sau-vong")


def test_a_reader_sees_what_is_open_and_nothing_else(people: People) -> None:
    """Three keys and the number lead to the page with its box; everything else is the same 404."""
    page = people("docgia")
    reader = Counted(page)
    reader.press("/")
    page.keyboard.type("so:294/BC-SXD")
    reader.press("Enter")
    page.wait_for_url("**/tra-cuu?*")
    reader.press("Enter")
    page.wait_for_url("**/van-ban/*")
    page.locator("svg.sheet image").wait_for()
    assert reader.keys == 3 and page.locator("#chosen").count() == 1
    for address in ("/", "/tham-dinh", "/don-vi/SXD", "/vong", "/nguoi-dung", "/nhat-ky", "/bo-tieu-chi", "/nop"):
        answer = page.goto(address)
        assert address == "/" or (answer and answer.status == 404), address
    assert "không có quyền" in page.inner_text("main")
    page.goto("/tra-cuu?q=so:165/BC-VP")
    assert "Không tìm thấy" in page.inner_text("main")
    assert find_axe_faults(page) == []
    take_screenshot(page, "khong-tim-thay")


def test_an_appraiser_finds_a_document_and_corrects_it_in_place(people: People) -> None:
    """The correction stands beside what the machine read; taken back, the machine's value holds again."""
    page = people("hoa")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("so:294/BC-SXD")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-cuu?*")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/*")
    row = page.locator("tr", has=page.locator("a[href*='sua=number']"))
    read = row.inner_text()
    row.locator("a[href*='sua=number']").click()
    page.locator("form.edit input[name=value]").fill("295/BC-SXD")
    page.keyboard.press("Enter")
    corrected = page.locator("tr", has=page.locator("a[href*='sua=number']"))
    corrected.get_by_text("295/BC-SXD").first.wait_for()
    assert "294/BC-SXD" in read and "294/BC-SXD" in corrected.inner_text() and "Hoa" in page.inner_text("main")
    assert find_axe_faults(page) == []
    take_screenshot(page, "van-ban-da-sua")
    corrected.locator("a[href*='sua=number']").click()
    page.locator("form.edit input[name=value]").fill("")
    page.keyboard.press("Enter")
    page.locator("tr.on").wait_for(state="detached")
    assert "295/BC-SXD" not in page.locator("tr", has=page.locator("a[href*='sua=number']")).inner_text()
