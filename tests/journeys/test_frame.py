"""The frame of every page in a real browser."""

from __future__ import annotations

from tests.journeys.conftest import People
from tests.support.browser import find_axe_faults, take_screenshot
from tests.support.service import PASSWORD


def test_signing_in_and_the_account(people: People) -> None:
    page = people("")
    page.goto("/tai-khoan")
    assert page.url.endswith("/dang-nhap?tiep=%2Ftai-khoan")
    take_screenshot(page, "dang-nhap")
    assert find_axe_faults(page) == []
    page.fill("#name", "hoa")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/tai-khoan")
    assert find_axe_faults(page) == []
    page.click("details.own summary")
    take_screenshot(page, "tai-khoan")
    assert find_axe_faults(page) == []


def test_the_list_of_keys_and_the_guard_of_keys(people: People) -> None:
    page = people("hoa")
    page.goto("/tai-khoan")
    dispatch = "init => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...init}))"
    for composing in ({"code": "Slash", "shiftKey": True, "isComposing": True}, {"code": "Slash", "key": "Process"}):
        page.evaluate(dispatch, composing)
        assert not page.locator("#keys").is_visible()
    page.evaluate(dispatch, {"code": ""})
    assert "tắt bộ gõ" in page.inner_text("#status")
    page.evaluate(dispatch, {"code": "Slash", "key": "?", "shiftKey": True})
    assert page.locator("#keys").is_visible()
    take_screenshot(page, "phim-tat")
    assert find_axe_faults(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_signing_in_again_over_the_page(people: People) -> None:
    """The session ends while somebody types: what was typed stays, and the page goes on."""
    page = people("hoa")
    page.goto("/tai-khoan")
    page.fill("#old", "đang gõ dở")
    page.context.clear_cookies()
    page.evaluate("evidence.askToSignIn()")
    page.fill("#again-password", "sai mật khẩu")
    page.press("#again-password", "Enter")
    page.locator("#sign-in-again .failure").wait_for()
    page.fill("#again-password", PASSWORD)
    page.press("#again-password", "Enter")
    page.locator("#sign-in-again").wait_for(state="hidden")
    assert page.input_value("#old") == "đang gõ dở"
    page.uncheck("[name=single_keys]")
    page.click("form[action='/tai-khoan'] button")
    page.wait_for_url("**xong=keys")


def test_the_pages_of_an_admin(people: People) -> None:
    page = people("quantri")
    for path, name in (("/nguoi-dung", "nguoi-dung"), ("/nguoi-dung/1", "mot-nguoi-dung"), ("/nhat-ky", "nhat-ky")):
        page.goto(path)
        take_screenshot(page, name)
        assert find_axe_faults(page) == [], path


def test_a_head_closes_a_round(people: People) -> None:
    """From the list in three clicks and one name typed."""
    page = people("lanh")
    page.goto("/vong")
    assert find_axe_faults(page) == []
    page.select_option("#stage", "first")
    page.click("form[action='/vong'] button")
    page.wait_for_url("**xong=opened")
    assert find_axe_faults(page) == []
    page.goto("/tai-khoan")
    page.click("details.own summary")
    page.click("details.own a[href='/vong']")
    page.click("tbody a >> nth=0")
    take_screenshot(page, "vong")
    page.fill("#name", "thẩm định lần 1")
    page.click("form[action$='/dong'] button")
    page.wait_for_url("**xong=closed")
    assert find_axe_faults(page) == []
    take_screenshot(page, "vong-da-dong")
