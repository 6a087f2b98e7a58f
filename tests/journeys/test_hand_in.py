"""A unit hands a folder in and reads what became of it; its appraiser returns a file and the unit answers."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import People
from tests.support.browser import find_axe_faults, take_screenshot
from tests.support.service import DOSSIER

FILES = ("1.1 - Kế hoạch CCHC năm/218-KH-SXD.pdf", "3.2 - Rà soát TTHC/31-KH-SXD (mat khau).pdf", "le loi.docx")


def wait_for(page: Page, script: str, seconds: float = 60) -> None:
    """Until the script is true; the page's policy does not let Playwright wait by itself."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, script
        page.wait_for_timeout(100)


def make_folder(place: Path) -> Path:
    """A unit's folder as people have it: by criterion, one file shut by a password, one in no folder."""
    folder = place / "SXD"
    for name in FILES:
        source = DOSSIER / "SXD" / name if "/" in name else next((DOSSIER / "SXD").glob("5.1*/*.docx"))
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        if target.suffix == ".pdf" and "mat khau" not in name:
            with target.open("ab") as file:
                file.write(b"\n% another copy\n")  # no file of the archive
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def test_a_unit_hands_a_folder_in(people: People, tmp_path: Path) -> None:
    """One drag (here: the folder picked) and two clicks beside a wrong row's mending."""
    page = people("sxd")
    page.click("nav a[href='/nop']")
    assert find_axe_faults(page) == []
    page.set_input_files("#folder", str(make_folder(tmp_path)))
    wait_for(page, "document.querySelector('#counted').textContent.includes('3/3')")
    assert "Bỏ qua 1 tệp" in page.inner_text("#counted")
    wait_for(page, "document.querySelector('#hand-in').textContent.includes('Nộp 1 tệp')")
    assert "mật khẩu" in page.inner_text("tr.bad")
    assert find_axe_faults(page) == []
    take_screenshot(page, "nop")
    page.reload()  # the database holds it all
    assert "Nộp 1 tệp" in page.inner_text("#hand-in")
    page.locator("tr", has_text="le loi.docx").locator("select").select_option("5.1")
    wait_for(page, "document.querySelector('#hand-in').textContent.includes('Nộp 2 tệp')")
    page.click("#hand-in button")
    page.wait_for_url("**/nop/bien-nhan/SXD-*")
    wait_for(page, "!document.querySelector('#received').hasAttribute('hx-get')", 120)
    assert "Kế hoạch 218/KH-SXD ngày 20/12/2024" in page.inner_text("#received")
    assert find_axe_faults(page) == []
    take_screenshot(page, "bien-nhan")
    page.click("text=Trang đơn vị")
    assert find_axe_faults(page) == []
    take_screenshot(page, "don-vi")


def test_a_folder_dropped_keeps_its_folders(people: People) -> None:
    """What a drop brings is walked until each folder's list is empty: 120 files come, in parts of a hundred."""
    page = people("vpubnd")
    page.goto("/nop")
    page.evaluate(
        """() => {
          const file = (name) => ({ isFile: true, name, file: (ok) => ok(new File([`%PDF-1.7 ${name}`], name)) });
          const folder = (name, children) => ({ isFile: false, name, createReader: () => {
            const left = [...children];
            return { readEntries: (ok) => ok(left.splice(0, 100)) };
          } });
          const files = Array.from({ length: 120 }, (none, at) => file(`${at}.pdf`));
          const entry = folder("VPUBND", [folder("1.2 - Báo cáo", files)]);
          const event = new Event("drop", { bubbles: true, cancelable: true });
          event.dataTransfer = { types: ["Files"], items: [{ webkitGetAsEntry: () => entry }] };
          document.dispatchEvent(event);
        }"""
    )
    wait_for(page, "document.querySelector('#counted').textContent.includes('120/120')", 120)
    assert page.locator("#files-table tbody tr").count() == 120
    assert page.locator("#files-table tbody tr", has_text="VPUBND/1.2 - Báo cáo/119.pdf").count() == 1
