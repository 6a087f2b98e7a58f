"""A day of the service: a unit hands in twenty files and sees them read, its appraisers find each other at an item, one
returns it and the unit sees that, a reader finds a decision by keys. Clicks and keys are counted
against what is allowed; so are bytes of the work page.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import People
from tests.journeys.test_hand_in import wait_for
from tests.journeys.test_work_journey import open_round, wait_for_findings
from tests.support import papers
from tests.support.browser import find_axe_faults, take_screenshot

COUNT = 20
MOST_HTML, MOST_SCRIPT, MOST_STYLE, MOST_IMAGE = 40_000, 75_000, 20_000, 120_000  # bytes


def make_folder(place: Path) -> Path:
    """Twenty reports of a unit, a folder a criterion, of one page and of three."""
    for at in range(COUNT):
        folder = place / "SXD" / ("1.1 - Kế hoạch", "1.2 - Báo cáo", "1.3 - Kiểm tra", "1.4 - Đôn đốc")[at % 4]
        folder.mkdir(parents=True, exist_ok=True)
        page = papers.canvas(folder / f"{400 + at}-BC-SXD.pdf")
        for _ in range(3 if at % 5 == 0 else 1):
            papers.header(
                page,
                ["UBND TỈNH SƠN HÀ", "SỞ XÂY DỰNG", "", f"Số: {400 + at}/BC-SXD"],
                [*papers.RIGHT[:3], f"Sơn Hà, ngày {at % 28 + 1} tháng 6 năm 2025"],
            )
            papers.body(page, ["BÁO CÁO", f"Công tác cải cách hành chính, kỳ {at + 1} năm 2025", *papers.BODY[3:]])
            page.showPage()
        page.save()
    return place / "SXD"


class Counted:
    """A page whose clicks and keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, place: str) -> None:
        self.clicks += 1
        self.page.click(place)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)


def test_a_unit_hands_in_twenty_files_and_sees_them_read(people: People, tmp_path: Path) -> None:
    """Three clicks and one drag; the receipt follows by events, without a reload."""
    page = people("sxd")
    unit = Counted(page)
    unit.click("nav a[href='/nop']")
    page.set_input_files("#folder", str(make_folder(tmp_path)))  # in the place of the drag
    wait_for(page, f"document.querySelector('#hand-in').textContent.includes('Nộp {COUNT} tệp')", 120)
    unit.click("#hand-in button")
    page.wait_for_url("**/nop/bien-nhan/SXD-*")
    told = "window.told = 0; document.addEventListener('evidence:jobs', () => window.told++)"
    page.evaluate(told)
    wait_for(page, "!document.querySelector('#received').hasAttribute('hx-get')", 240)
    assert page.evaluate("window.told") > 0, "events told of it"
    assert unit.clicks <= 3
    assert page.locator("#received tbody tr").count() == COUNT
    assert page.locator("#received tbody tr", has_text="/BC-SXD ngày").count() == COUNT
    take_screenshot(page, "bien-nhan-20")
    assert find_axe_faults(page) == []


def test_two_appraisers_at_one_item_and_a_return_that_the_unit_sees(people: People) -> None:
    """A key to look, three for a return, one click and a confirmation to send."""
    lead = people("lanh")
    open_round(lead)
    page = people("hoa")
    wait_for_findings(page)
    other = people("binh")
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            sizes.__setitem__(answer.url.split("?")[0], len(answer.body()))
            if answer.ok and "su-kien" not in answer.url
            else None
        ),
    )
    page.goto("/tham-dinh?don-vi=SXD&linh-vuc=1")
    item = page.get_attribute("#people", "data-item") or ""
    page.wait_for_timeout(1500)
    check_budget(sizes)
    other.goto(f"/tham-dinh?muc={item}")
    wait_for(page, "document.querySelector('#people').textContent.includes('Lê Văn Bình đang xem')", 20)
    wait_for(other, "document.querySelector('#people').textContent.includes('Trần Thị Hoa đang xem')", 20)
    take_screenshot(page, "dang-xem")
    assert find_axe_faults(page) == []

    appraiser = Counted(page)
    appraiser.press("r")
    page.locator("#sentence[open]").wait_for()
    appraiser.press("2")
    appraiser.press("Enter")
    page.locator("#status", has_text="✓ Đã ghi").wait_for()
    assert appraiser.keys == 3 and appraiser.clicks == 0
    page.goto("/don-vi/SXD")
    page.click("form[action$='/gui'] button")
    unit = people("sxd")
    unit.goto("/don-vi/SXD")
    unit.get_by_text(item.split("/", 1)[1]).first.wait_for()
    assert "Trả lại" in unit.inner_text("main")
    take_screenshot(unit, "don-vi-tra-lai")
    assert find_axe_faults(unit) == []


def check_budget(sizes: dict[str, int]) -> None:
    """Bytes as they came, before anything is packed."""
    ending = {kind: sum(size for url, size in sizes.items() if url.endswith(kind)) for kind in (".js", ".css", ".webp")}
    assert ending[".js"] <= MOST_SCRIPT and ending[".css"] <= MOST_STYLE, ending
    assert all(size <= MOST_IMAGE for url, size in sizes.items() if url.endswith(".webp"))
    assert all(size <= MOST_HTML for url, size in sizes.items() if url.endswith("/tham-dinh")), sizes


def test_a_reader_finds_a_decision_by_keys(people: People) -> None:
    """`/`, the number, Enter, Enter: three keys and the text, and the page with its box stands there."""
    page = people("docgia")
    page.goto("/tai-khoan")
    reader = Counted(page)
    reader.press("/")
    page.keyboard.type("so:294/BC-SXD")
    reader.press("Enter")
    page.wait_for_url("**/tra-cuu?*")
    take_screenshot(page, "tra-cuu")
    reader.press("Enter")
    page.wait_for_url("**/van-ban/*")
    page.locator("svg.sheet image").wait_for()
    assert reader.keys == 3 and page.locator("#chosen").count() == 1
    take_screenshot(page, "van-ban")
    assert find_axe_faults(page) == []
