"""The pages at 200 % of an office screen and in a telephone's width: nothing is cut off, nobody scrolls both ways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import People
from tests.journeys.test_work_journey import open_round, wait_for_findings
from tests.support.browser import find_axe_faults, take_screenshot

SIZES = ((1093, 500), (683, 312), (390, 780))  # 125 % and 200 % of 1366 x 625; a telephone
SET = "/bo-tieu-chi/cchc-so-son-ha-2025"
PAGES = {
    "lanh": (
        "/", "/tham-dinh", "/tra-cuu?q=bao+cao", "/don-vi", "/don-vi/SXD", "/don-vi/SXD/nam", "/xep-hang", "/ke-hoach",
        "/bo-tieu-chi", SET, f"{SET}/duyet?muc=1.1%2Fkh", "/vong", "/vong/1", "/tai-khoan",
    ),
    "sxd": ("/don-vi/SXD", "/nop"),
    "quantri": ("/nguoi-dung", "/nguoi-dung/1", "/nhat-ky"),
}  # fmt: skip
MEASURE = """() => {
  const wide = document.documentElement, place = (item) => item.getBoundingClientRect();
  const bar = place(document.querySelector('.bar')), main = place(document.querySelector('main'));
  const faults = wide.scrollWidth > wide.clientWidth ? [`${wide.scrollWidth} > ${wide.clientWidth}`] : [];
  if (main.top < bar.bottom - 1) faults.push('main lies under the bar');
  const boxes = [...document.querySelectorAll('.bar > *, .bar nav a')].filter((item) => !item.matches('nav'));
  for (const item of boxes) for (const other of boxes) {
    const [here, there] = [place(item), place(other)];
    const aside = here.left >= there.right - 1 || there.left >= here.right - 1;
    const apart = here.top >= there.bottom - 1 || there.top >= here.bottom - 1;
    if (item !== other && !aside && !apart) faults.push(`${item.className || item.href} lies over ${other.className}`);
  }
  return faults;
}"""


def find_faults(page: Page) -> list[str]:
    return [f"{page.url} at {page.viewport_size}: {fault}" for fault in page.evaluate(MEASURE)]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_both_ways(people: People, name: str) -> None:
    page = people(name)
    if name == "lanh":
        open_round(page)
        wait_for_findings(page)
    faults = []
    for address in PAGES[name]:
        page.goto(address)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            faults += find_faults(page)
        faults += find_axe_faults(page)
    assert faults == []


def test_the_work_page_is_three_tabs_in_a_small_window(people: People) -> None:
    """What lies side by side in a wide window is shown one at a time; a click on a reason shows its place."""
    page = people("hoa")
    wait_for_findings(page)
    page.set_viewport_size({"width": 683, "height": 312})
    page.goto("/tham-dinh")
    assert page.locator(".mid").is_visible() and not page.locator(".queue").is_visible()
    take_screenshot(page, "tham-dinh-200")
    page.click(".reasons a >> nth=0")
    assert page.locator("svg.sheet").is_visible() and not page.locator(".mid").is_visible()
    take_screenshot(page, "tham-dinh-200-van-ban")
    page.click(".panes a >> nth=0")
    assert page.locator(".queue").is_visible() and not page.locator("svg.sheet").is_visible()
    page.keyboard.press("n")
    page.locator(".mid h1").wait_for()
