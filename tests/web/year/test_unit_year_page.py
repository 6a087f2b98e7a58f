"""Một năm của đơn vị: points, losses with their findings, surveys, the year before; ranks are for heads."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import YearRequest
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from tests.support.service import CRITERIA

Clients = dict[str, TestClient]
SET = "cchc-so-son-ha-2025"


@pytest.fixture
def judged(settings: Settings) -> Settings:
    """With findings, and the same set of a year before."""
    text = CRITERIA.read_text("utf-8").replace(SET, "bo-2024").replace("year: 2025", "year: 2024", 1)
    file = settings.home.parent / "cu.yaml"
    file.write_text(text.replace("Cải cách thể chế", "Thể chế"), "utf-8")
    with Archive.open(settings) as archive:
        archive.keep_criteria(import_criteria(file, ImportRequest(), settings))
        archive.findings.refresh()
    return settings


def test_the_kept_year_is_what_the_command_line_explains(judged: Settings) -> None:
    with Archive.open(judged) as archive:
        criteria = archive.criteria(SET)
        year = archive.year.tell_unit(criteria, [archive.criteria("bo-2024")], "SXD", EVERYTHING)
        day = year.state.as_of or datetime.date.min
        report, fields = archive.scores.explain(YearRequest(criteria, day, units=("SXD",)))
        assert (year.losses, year.fields) == (report, fields)
        assert year.before is not None and year.before.year == 2024


def test_every_lost_point_leads_to_its_finding(judged: Settings, clients: Clients) -> None:
    page = clients["head"].get(f"/don-vi/SXD/nam?bo={SET}").text
    assert "báo cáo" in page.lower() and "trễ hạn" in page and "bo-2024 · 2024" in page
    links = re.findall(r'href="(/tham-dinh\?[^"]*muc=SXD/[^"]+)"', page)
    assert links
    for link in links:
        assert clients["head"].get(link.replace("&amp;", "&"), follow_redirects=False).status_code == 200
    own = clients["unit"].get(f"/don-vi/SXD/nam?bo={SET}").text
    anchors = set(re.findall(r'href="/don-vi/SXD#(m[^"]+)"', own))
    unit_page = clients["unit"].get("/don-vi/SXD").text
    assert anchors and all(f'id="{anchor}"' in unit_page for anchor in anchors)


def test_a_rank_is_told_to_heads_and_to_units_once_frozen(judged: Settings, clients: Clients) -> None:
    path = f"/don-vi/SXD/nam?bo={SET}"
    assert re.search(r"<dd>\d(–\d)? trong 2 đơn vị</dd>", clients["head"].get(path).text)
    assert re.search(r"<dt>Hạng</dt><dd>chưa chốt</dd>", clients["unit"].get(path).text)
    with Archive.open(judged) as archive:
        criteria = archive.criteria(SET)
        archive.scores.freeze(YearRequest(criteria, datetime.date(2026, 2, 1)), "tạm", "Lành", provisional=True)
        assert archive.year.find_final(criteria) is None
    for role, unseen in (("unit", "/don-vi/VPUBND/nam"), ("reader", "/don-vi/SXD/nam"), ("unit", f"{path}x")):
        assert clients[role].get(unseen).status_code == 404


def test_it_says_where_nothing_is_kept_yet(clients: Clients) -> None:
    page = clients["unit"].get("/don-vi/SXD/nam").text
    assert "chưa được tính" in page and "Không có nhiệm vụ nào" in page


def test_the_ranking_as_workbook_and_charts(judged: Settings, clients: Clients) -> None:
    head = clients["head"]
    book = load_workbook(io.BytesIO(head.get(f"/xep-hang/xuat?bo={SET}").content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"Sở Xây dựng", "Văn phòng UBND tỉnh"} <= cells and len(book.worksheets) > 1
    page = head.get(f"/xep-hang/bieu-do?bo={SET}&don-vi=VPUBND").text
    images = re.findall(r'<img src="([^"]+)" width="\d+" height="\d+" alt="([^"]+)"', page)
    assert len(images) >= 3 and any("Văn phòng UBND tỉnh" in title for _, title in images)
    drawn = head.get(images[0][0])
    assert drawn.headers["content-type"] == "image/svg+xml" and b"</svg>" in drawn.content
    assert f"/don-vi/SXD/nam?bo={SET}#mat-diem" in head.get(f"/xep-hang?bo={SET}").text
    assert head.get(f"/xep-hang/bieu-do/{'0' * 32}/xep-hang-1.svg").status_code == 404
    assert head.get(f"/xep-hang/bieu-do?bo={SET}&don-vi=KHONG").status_code == 404
    for role in ("unit", "appraiser", "admin", "reader"):
        for path in ("/xep-hang/xuat", "/xep-hang/bieu-do", images[0][0]):
            assert clients[role].get(path).status_code == 404
