"""A head takes a plan in, reads a unit's year and the charts, confirms a task; the unit reads what is its own."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.journeys.conftest import People
from tests.support.browser import find_axe_faults, take_screenshot
from tests.web.year.test_plan_pages import ROWS


def make_plan(file: Path) -> Path:
    paper = docx.Document()
    paper.add_paragraph("KẾ HOẠCH cải cách hành chính năm 2026")
    table = paper.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    paper.save(str(file))
    return file


def test_a_plan_and_a_year(people: People, tmp_path: Path) -> None:
    head = people("lanh")
    head.goto("/ke-hoach")
    head.set_input_files("#file", make_plan(tmp_path / "Kế hoạch 2026.docx"))
    head.click("button:has-text('Nhập kế hoạch')")
    head.get_by_text("Đã nhập 3 nhiệm vụ").wait_for()
    head.goto("/ke-hoach/ke-hoach-2026")
    head.click("table a >> nth=0")
    head.keyboard.press("n")
    head.wait_for_url(lambda url: "muc=2" in url)
    head.keyboard.press("p")
    head.wait_for_url(lambda url: "muc=1" in url)
    head.click("summary:has-text('Xác nhận')")
    head.fill("input[name=note]", "Báo cáo 9/BC-SXD")
    head.click("form button:has-text('Xác nhận')")
    head.wait_for_url(lambda url: "xong=marked" in url)
    assert head.get_by_text("Báo cáo 9/BC-SXD", exact=True).is_visible()
    assert find_axe_faults(head) == []
    take_screenshot(head, "ke-hoach")
    for address, name in (
        ("/xep-hang", "xep-hang"), ("/xep-hang/bieu-do", "bieu-do"), ("/don-vi/SXD/nam", "mot-nam"),
        ("/khao-sat", "khao-sat"),
    ):  # fmt: skip
        head.goto(address)
        assert find_axe_faults(head) == []
        take_screenshot(head, name)
    unit = people("sxd")
    unit.goto("/ke-hoach/ke-hoach-2026?muc=1#muc")
    assert unit.get_by_text("Rà soát văn bản", exact=True).is_visible()
    assert unit.get_by_text("Giảm hồ sơ").count() == 0 and unit.locator("form[action$=xac-nhan]").count() == 0
    assert find_axe_faults(unit) == []
