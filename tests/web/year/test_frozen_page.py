"""Chốt điểm, công bố: kept as they stand, exported as a file that proves itself, published; nothing moves them."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.archive.scores.freezing import check_file
from evidence.archive.scores.scoring_year import YearRequest
from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.stored_findings.kept_findings import FindingVerdict, SeenFinding
from evidence.config import Settings
from evidence.jobs import publication_files
from evidence.model.appraisal import DecisionAct, RoundStage
from evidence.model.frozen_scores import FrozenScores

Clients = dict[str, TestClient]
SET = "cchc-so-son-ha-2025"
PAGE = f"/xep-hang/chot?bo={SET}"


@pytest.fixture
def found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """With findings, and with publications packed in this process."""
    with Archive.open(settings) as archive:
        archive.findings.refresh()
    run = lambda request: publication_files.run_request(settings, request)  # noqa: E731
    monkeypatch.setattr(publication_files, "pack_publication", lambda _settings, request: run(request).data)
    monkeypatch.setattr("evidence.web.pages.year.frozen.pack_publication", lambda _settings, request: run(request).data)
    return settings


def freeze(client: TestClient, name: str = "lần 1", **more: str) -> int:
    form = {"bo": SET, "name": name, **more}
    return client.post("/xep-hang/chot", data=form, follow_redirects=False).status_code


def frozen(settings: Settings, name: str = "lần 1") -> FrozenScores:
    with Archive.open(settings) as archive:
        return archive.scores.open_frozen(name).scores


def decide(settings: Settings) -> None:
    """A head accepts every finding with nothing: points move, and nothing is open."""
    with Archive.open(settings) as archive:
        archive.appraisal.open_round(RoundStage.FIRST, archive.criteria(SET), datetime.date(2026, 1, 31), "Lành")
        units = [archive.findings.show_unit(SET, unit.code, EVERYTHING) for unit in archive.criteria(SET).units]
        for kept in (each for unit in units for each in unit.findings):
            seen = SeenFinding(kept.facts, kept.decision)
            verdict = FindingVerdict(kept.key, DecisionAct.ACCEPT, Decimal(0), "thử", "Lành", seen)
            archive.findings.decide(SET, verdict, EVERYTHING)
        archive.findings.refresh()


def test_only_who_decides_in_the_end_freezes_and_publishes(found: Settings, clients: Clients) -> None:
    for role in ("unit", "appraiser", "admin", "reader"):
        assert clients[role].get(PAGE).status_code == 404
        assert freeze(clients[role], provisional="1") == 404
        for path in ("/xep-hang/chot/tep", "/xep-hang/cong-bo"):
            assert clients[role].post(path, data={"bo": SET, "name": "lần 1"}).status_code == 404
    head = clients["head"]
    assert "Chưa chốt điểm lần nào" in head.get(PAGE).text
    assert freeze(head) == 400 and freeze(head, "  ", provisional="1") == 400
    assert freeze(head, provisional="1") == 303 and freeze(head, provisional="1") == 400
    page = head.get(PAGE).text
    assert "lần 1" in page and "Nguyễn Thị Lành" in page and "chốt tạm" in page


def test_what_comes_later_moves_nothing_that_was_frozen(found: Settings, clients: Clients) -> None:
    head = clients["head"]
    assert freeze(head, provisional="1") == 303
    before, shown = frozen(found), head.get(f"/xep-hang?bo={SET}&chot=lần 1").text
    now = head.get(f"/xep-hang?bo={SET}").text
    assert "Đang xem điểm đã chốt “lần 1”" in shown and "Đang xem điểm hiện tại, chưa chốt" in now
    decide(found)
    assert frozen(found) == before
    later = head.get(f"/xep-hang?bo={SET}&chot=lần 1").text
    cells = lambda page: page.split("<tbody>")[1].split("</tbody>")[0]  # noqa: E731
    assert cells(later) == cells(shown) and cells(head.get(f"/xep-hang?bo={SET}").text) != cells(now)
    assert head.get(f"/xep-hang?bo={SET}&chot=khác").status_code == 404
    sheet = head.get(f"/xep-hang/xuat?bo={SET}&chot=lần 1")
    assert sheet.status_code == 200 and sheet.content[:2] == b"PK"
    charts = head.get(f"/xep-hang/bieu-do?bo={SET}&chot=lần 1")
    assert charts.status_code == 200 and "Đang xem điểm đã chốt" in charts.text


def test_a_unit_has_its_rank_by_points_frozen_with_nothing_open(found: Settings, clients: Clients) -> None:
    head, unit = clients["head"], clients["unit"]
    assert freeze(head, "tạm", provisional="1") == 303
    year = f"/don-vi/SXD/nam?bo={SET}"
    assert "(chốt “" not in unit.get(year).text and "tạm" not in unit.get(year).text
    decide(found)
    assert freeze(head, "cuối") == 303
    final = next(each.rank for each in frozen(found, "cuối").units if each.points.unit == "SXD")
    told = unit.get(year).text
    assert "cuối" in told and f"{final}" in told


def test_the_page_freezes_what_the_command_freezes(found: Settings, clients: Clients) -> None:
    assert freeze(clients["head"], provisional="1") == 303
    with Archive.open(found) as archive:
        criteria = archive.criteria(SET)
        day = archive.findings.tell_state(SET, EVERYTHING).as_of
        assert day is not None
        archive.scores.freeze(YearRequest(criteria, day), "lệnh", "Lành", provisional=True)
    page, command = frozen(found), frozen(found, "lệnh")
    assert page.units == command.units and page.set_version == command.set_version and page.as_of == command.as_of
    assert sorted(page.findings, key=repr) == sorted(command.findings, key=repr)
    assert set(page.evidence) <= set(command.evidence)


def test_the_file_is_checked_by_another_machine_and_each_use_is_written_down(
    found: Settings, clients: Clients, tmp_path: Path
) -> None:
    head = clients["head"]
    assert freeze(head, provisional="1") == 303
    answer = head.post("/xep-hang/chot/tep", data={"bo": SET, "name": "lần 1"})
    (tmp_path / "a.evs").write_bytes(answer.content)
    checked = check_file(tmp_path / "a.evs")
    assert (
        checked.faults == ()
        and checked.scores == frozen(found)
        and "attachment" in answer.headers["Content-Disposition"]
    )
    packed = head.post("/xep-hang/cong-bo", data={"bo": SET, "name": "lần 1"})
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert {"phu-luc.docx", "phu-luc.xlsx", "bao-cao.docx"} <= set(names) and any("png" in name for name in names)
    with Archive.open(found) as archive:
        told = {(entry.action, entry.actor, entry.subject) for entry in archive.audit.entries(AuditQuery())}
    assert {(act, "lanh", "lần 1") for act in ("scores frozen", "scores exported", "scores published")} <= told


def test_stale_findings_are_not_frozen(found: Settings, clients: Clients) -> None:
    with Archive.open(found) as archive:
        archive.correct("218-KH-SXD.pdf", "place", "Sơn Hà", "Hoa", EVERYTHING)
    answer = clients["head"].post("/xep-hang/chot", data={"bo": SET, "name": "x", "provisional": "1"})
    assert answer.status_code == 400 and "đang được tính lại" in answer.text
