"""What a browser that knows nothing yet asks for until a page stands there: six requests at most, and bytes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.conftest import People

MOST = 6  # requests, with the sign of the tab, which a browser without a window does not fetch; events come beside
SIZES = {".js": 75_000, ".css": 20_000, ".webp": 120_000}  # bytes of all of a kind
HTML = {"/": 150_000, "/tham-dinh": 40_000}
PAGES = {
    "hoa": ("/", "/tham-dinh?ket-luan=tat-ca", "/don-vi/SXD", "/tra-cuu", "/tra-cuu?q=báo cáo", "/xep-hang"),
    "sxd": ("/don-vi/SXD", "/nop", "/tra-cuu?q=báo cáo", "/ke-hoach"),
    "lanh": ("/", "/xep-hang", "/vong", "/bo-tieu-chi", "/khao-sat", "/don-vi/SXD/nam"),
    "quantri": ("/nguoi-dung", "/nguoi-dung/1", "/nhat-ky", "/bo-tieu-chi", "/tai-khoan"),
    "": ("/dang-nhap",),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_first_view_of_a_page_is_six_requests(people: People, name: str) -> None:
    page = people(name)
    for path in PAGES[name]:
        check_view(page, path)
    if name == "hoa":
        page.goto("/tra-cuu?q=báo cáo")
        check_view(page, page.locator(".hits a").first.get_attribute("href") or "")


def check_view(page: Page, path: str) -> None:
    """Opens the page with nothing kept from others."""
    answers: list[Response] = []
    page.goto("about:blank")  # what the page before still asked for is not counted
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(path)
    page.remove_listener("response", note)
    asked = [answer for answer in answers if "/su-kien" not in answer.url]
    paths = sorted({answer.url.partition("?")[0] for answer in asked} | {"icon"})
    assert len(asked) + 1 <= MOST, (path, paths)
    sizes = {kind: [len(each.body()) for each in asked if kind in each.url] for kind in SIZES}
    assert all(sum(sizes[kind]) <= most for kind, most in SIZES.items()), (path, sizes)
    assert len(sizes[".js"]) == len(sizes[".css"]) == 1, (path, paths)
    assert len(asked[0].body()) <= HTML.get(path.partition("?")[0], 500_000), path
