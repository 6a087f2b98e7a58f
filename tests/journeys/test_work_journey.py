"""An appraiser clears items by keys alone: one key an item, a correction over its line, a return by digits."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys.conftest import People
from tests.support.browser import find_axe_faults, take_screenshot

CODE = "main h1 .cd"
DECIDING = re.compile("/quyet-dinh")


def open_round(page: Page) -> None:
    page.goto("/vong")
    page.select_option("[name=stage]", "first")
    page.click("form[action='/vong'] button")
    page.wait_for_url("**xong=opened")


def wait_for_findings(page: Page) -> None:
    """Until the worker beside the server has them; the overview lies open then."""
    for _ in range(240):
        page.goto("/")
        if page.locator("a.go").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("no findings after two minutes")


def press(page: Page, key: str, code: str) -> None:
    """Presses it and waits for the item of that code."""
    page.keyboard.press(key)
    page.wait_for_function(
        "([place, code]) => document.querySelector(place)?.textContent.includes(code)", arg=[CODE, code]
    )


def test_an_appraiser_works_by_keys(people: People) -> None:
    open_round(people("lanh"))
    page = people("hoa")
    wait_for_findings(page)
    take_screenshot(page, "tong-quan")
    assert find_axe_faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/tham-dinh*")
    assert "1.2/t6" in page.inner_text(CODE)
    take_screenshot(page, "tham-dinh")
    assert find_axe_faults(page) == []

    sent: list[str] = []
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    press(page, "n", "2.1/bc")
    page.wait_for_load_state("networkidle")
    assert len([each for each in sent if "muc=SXD/2.1" in each]) == 0, "it was fetched ahead"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    press(page, "p", "1.2/t6")

    press(page, "a", "2.1/bc")
    page.get_by_text("✓ Đã ghi 1.2/t6: chấp nhận").first.wait_for()
    assert "Còn 11" in page.inner_text(".sub")
    press(page, "u", "1.2/t6")
    page.get_by_text("Còn 12").wait_for()

    before = page.get_attribute("#chosen", "y") if page.locator("#chosen").count() else None
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert (page.get_attribute("#chosen", "y") if before else None) == before

    page.keyboard.press("e")
    page.locator("tr.cut svg").wait_for()
    take_screenshot(page, "tham-dinh-sua")
    assert find_axe_faults(page) == []
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Escape")
    page.locator("main h1").click()

    page.keyboard.press("r")
    page.locator("#sentence[open]").wait_for()
    take_screenshot(page, "tham-dinh-tra-lai")
    assert find_axe_faults(page) == []
    page.keyboard.press("2")
    press(page, "Enter", "2.1/bc")
    page.get_by_text("✓ Đã ghi 1.2/t6: trả lại").first.wait_for()
    assert "Lành" not in page.inner_text(".queue") and "Hoa · trả lại" in page.inner_text(".queue")


def test_what_could_not_be_saved_comes_back(people: People) -> None:
    page = people("hoa")
    wait_for_findings(page)
    page.goto("/tham-dinh?don-vi=VPUBND")
    code = page.inner_text(CODE)
    page.wait_for_load_state("networkidle")
    page.route(DECIDING, lambda route: route.abort())
    page.keyboard.press("a")
    page.locator("#alert .failure").wait_for()
    assert page.inner_text(CODE) == code and code in page.inner_text("#alert")
    page.unroute(DECIDING)
    page.get_by_role("button", name="Ghi lại").click()
    page.get_by_text(f"✓ Đã ghi {code}").first.wait_for()


def test_notes_are_saved_as_they_are_written(people: People) -> None:
    page = people("hoa")
    wait_for_findings(page)
    page.goto("/tham-dinh?don-vi=VPUBND")
    code = page.inner_text(CODE)
    page.fill("#nt", "xem lại phụ lục")
    page.get_by_text("✓ Đã lưu lúc").wait_for()
    page.reload()
    assert page.inner_text(CODE) == code and page.input_value("#nt") == "xem lại phụ lục"
