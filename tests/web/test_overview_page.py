"""Tổng quan: a cell a unit and field with its worst status, what changed, its weight for many units."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.messages import Language
from evidence.model.assessment import Verdict
from evidence.model.criteria import Unit
from evidence.model.kept_finding import CHANGED, FindingCount, UnitTotal
from evidence.store import commands
from evidence.web.rendering.overview_matrix import (
    MatrixColumn,
    MatrixFrame,
    count_statuses,
    draw_rows,
    make_cell,
    make_rows,
)
from evidence.web.rendering.templates import render_template

Clients = dict[str, TestClient]
SET = "cchc-so-son-ha-2025"


@pytest.fixture
def archive(app: FastAPI, clients: Clients) -> Archive:
    opened: Archive = app.state.archive
    opened.findings.refresh()
    return opened


def test_cells_say_the_worst_and_lead_to_the_work(clients: Clients, archive: Archive) -> None:
    page = clients["appraiser"].get("/").text
    rows = {row[0]: row[1] for row in re.findall(r'<th scope="row"><a [^>]*><b>(\w+)</b>(.*?)</tr>', page, re.S)}
    assert list(rows) == ["SXD", "VPUBND"]
    cell = (
        'href="/tham-dinh?don-vi=SXD&amp;linh-vuc=1"><span class="chip late"><i aria-hidden="true">◷</i>Chậm 1</span>'
    )
    assert cell in rows["SXD"]
    assert "Không áp dụng" in rows["VPUBND"] and "còn 6" in rows["VPUBND"]
    assert "Làm tiếp: còn 12 mục" in page and "23</b> tệp" in page
    for address in set(re.findall(r'href="(/tham-dinh[^"]*|/\?[^"]*)"', page)):
        assert clients["appraiser"].get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_unit_more_or_less_is_the_scope(clients: Clients, archive: Archive) -> None:
    assert all(clients[role].get("/", follow_redirects=False).status_code == 303 for role in ("unit", "reader"))
    assert clients["head"].get("/?bo=khong-co").status_code == 404
    assert "1.2 " in clients["head"].get("/?xem=tieu-chi&linh-vuc=1").text


def test_what_changed_since_the_last_visit(clients: Clients, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.datetime.now(datetime.UTC)

    def set_clock(minutes: int) -> None:
        later = (now + datetime.timedelta(minutes=minutes)).isoformat(timespec="seconds")
        monkeypatch.setattr(commands, "current_time", lambda: later)

    def come(minutes: int) -> str:
        set_clock(minutes)
        return clients["head"].get("/").text

    assert "lần đầu" in come(1)
    come(120)
    set_clock(130)
    archive.correct("132/BC-SXD", "date", "18/06/2025", "Lành", EVERYTHING)
    archive.findings.refresh()
    for minutes in (200, 210):  # within the same visit it stays
        page = come(minutes)
        assert "<b>1</b> kết luận đổi" in page and "/?doi=1" in page
    assert "1.2/t6" in clients["head"].get("/?doi=1").text
    assert "<b>0</b> kết luận đổi" in come(500)


def test_of_a_cell_what_is_left_speaks_before_what_is_done() -> None:
    counts = [
        FindingCount("A", "1", Verdict.MISSING, "return", 3),
        FindingCount("A", "1", Verdict.LATE, CHANGED, 2),
        FindingCount("A", "1", Verdict.MET, "", 4),
    ]
    assert make_cell(counts).status is Verdict.LATE and make_cell(counts).left == 2
    done = make_cell(counts[:1])
    assert done.status is Verdict.MISSING and done.left == 0
    assert make_cell([]).status is None
    assert {each.status: each.count for each in count_statuses(counts)}[Verdict.MISSING] == 0


def test_fifty_nine_units_by_eight_fields_stay_light(clients: Clients, archive: Archive) -> None:
    """The matrix itself; the frame of the page, measured with the sample, comes to it."""
    units = [Unit(f"DONVI{number:02}", "Sở Nông nghiệp và Môi trường tỉnh", "x") for number in range(59)]
    columns = tuple(MatrixColumn(str(code), "Cải cách thủ tục hành chính và một cửa") for code in range(1, 9))
    counts = [FindingCount(unit.code, each.code, Verdict.WRONG, "", 3) for unit in units for each in columns]
    day = datetime.date(2026, 1, 31)
    totals = [UnitTotal(unit.code, Decimal("48.25"), Decimal("57.5"), Decimal("63.5"), day, 1) for unit in units]
    small = clients["head"].get("/").text
    frame = MatrixFrame(columns, "", "")
    rows = draw_rows(make_rows(units, columns, counts, totals), frame, Language.VI)
    matrix = render_template("parts/matrix.html", Language.VI, {"rows": rows, "frame": frame, "work": "/tham-dinh"})
    assert matrix.count("<tr>") == 60 and "Không đúng" in matrix and "DONVI58" in matrix
    assert len(matrix.encode()) + len(small.encode()) <= 150_000
