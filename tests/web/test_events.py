"""Events: what each person is told, and nobody of another unit; few looks, streams that end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.archive.live_state.live_state import LiveChange, LiveSnapshot, list_changes
from evidence.archive.search.archive_search import EVERYTHING, Scope
from evidence.model.account import Account, AccountRole
from evidence.model.job import JobKind, JobRequest
from evidence.search.scope import units_only
from evidence.web import event_hub
from evidence.web.event_hub import EventHub
from tests.support.service import read_csrf

Clients = dict[str, TestClient]
OF_A = units_only(["SA"])
HOA = Account(1, "hoa", "Trần Thị Hoa", AccountRole.APPRAISER, ("SA",))
BINH = Account(2, "binh", "Lê Văn Bình", AccountRole.APPRAISER, ("SA", "SB"))
UNIT = Account(3, "sa", "Sở A", AccountRole.UNIT, ("SA",))


def snapshot(done: int = 0, revision: int = 1, whole: int = 1, unit: str = "SA") -> LiveSnapshot:
    jobs = {7: (unit, "running", done, 12)} if done < 12 else {}
    findings = {(False, unit): (("bo", revision),), (True, unit): (("bo", whole),)}
    return LiveSnapshot(jobs, findings)


@pytest.mark.parametrize(
    ("after", "scope", "told"),
    [
        (snapshot(), OF_A, []),
        (snapshot(done=3), OF_A, ["jobs SA"]),
        (snapshot(done=12), OF_A, ["jobs SA"]),
        (snapshot(revision=2), OF_A, ["findings SA"]),
        (snapshot(whole=2), OF_A, []),
        (snapshot(whole=2), EVERYTHING, ["findings SA"]),
        (snapshot(done=3, revision=2), units_only(["SB"]), []),
        (snapshot(done=3, revision=2), Scope(frozenset()), []),
    ],
)
def test_a_change_is_told_to_who_sees_its_unit(after: LiveSnapshot, scope: Scope, told: list[str]) -> None:
    assert [f"{change.name} {change.unit}" for change in list_changes(snapshot(), after, scope)] == told


def test_the_archive_says_how_it_stands(app: FastAPI, clients: Clients) -> None:
    archive = app.state.archive
    archive.findings.refresh()
    before = archive.live.look()
    archive.jobs.add(JobRequest(JobKind.READ_UPLOAD, "1", b"", "SXD"))
    changes = list_changes(before, archive.live.look(), EVERYTHING)
    assert changes == (LiveChange("jobs", "SXD"),)
    told = clients["unit"].get("/su-kien?mot=1")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text == "event: jobs\ndata: SXD\n\nevent: findings\ndata: SXD\n\n"
    assert clients["anonymous"].get("/su-kien?mot=1", follow_redirects=False).status_code in (303, 401)


def test_who_appraises_is_told_who_else_looks(clients: Clients) -> None:
    item = "SXD/1.2/q1"
    assert clients["head"].post("/su-kien/dang-xem", data={"muc": item, "sua": "1"}).json() == {"others": []}
    answer = clients["appraiser"].post("/su-kien/dang-xem", data={"muc": item})
    assert answer.json() == {"others": [["Nguyễn Thị Lành", True]]}
    assert f'data: {{"{item}": [["Trần Thị Hoa", false]]}}' in clients["head"].get("/su-kien?mot=1").text
    for role in ("unit", "reader", "admin"):
        assert clients[role].post("/su-kien/dang-xem", data={"muc": item}).status_code == 404
        assert "Hoa" not in clients[role].get("/su-kien?mot=1").text
    for wrong in ("", "SXD", "SXD/", "KHONG/1.2/q1", "SXD/" + "x" * 300):
        assert clients["appraiser"].post("/su-kien/dang-xem", data={"muc": wrong}).status_code == 404, wrong


def test_a_stream_tells_what_is_new_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "PAUSE", 0.01)
    states, looks = [snapshot()], []

    def look() -> LiveSnapshot:
        looks.append(time.monotonic())
        return states[-1]

    async def run() -> tuple[list[str], list[str]]:
        hub = EventHub(look)
        streams = [hub.listen(person, scope) for person, scope in ((HOA, OF_A), (UNIT, OF_A))]
        lines = [[await anext(stream)] for stream in streams]
        readers = [asyncio.create_task(collect(stream, into)) for stream, into in zip(streams, lines, strict=True)]
        await asyncio.sleep(0.1)
        hub.note_presence(BINH, "SA/1.1/kh", False)
        hub.note_presence(Account(9, "x", "Người khác", AccountRole.HEAD), "SB/1.1/kh", False)
        states.append(snapshot(done=3))
        await asyncio.sleep(0.2)
        hub.close()
        await asyncio.wait_for(asyncio.gather(*readers), 1)
        assert not hub.has_room(HOA) and not hub._listeners
        return lines[0], lines[1]

    appraiser, unit = asyncio.run(run())
    people = json.dumps({"SA/1.1/kh": [["Lê Văn Bình", False]]}, ensure_ascii=False)
    assert sorted(appraiser) == sorted(
        ["retry: 1000\n\n", "event: jobs\ndata: SA\n\n", f"event: people\ndata: {people}\n\n"]
    )
    assert unit == ["retry: 1000\n\n", "event: jobs\ndata: SA\n\n"]
    seen = len(looks)
    time.sleep(0.1)
    assert len(looks) == seen <= 60, "one look for all, none where nobody listens"


async def collect(stream: AsyncIterator[str], into: list[str]) -> None:
    async for line in stream:
        into.append(line)


def test_an_account_has_so_many_streams_and_each_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "LONGEST", 0.05)
    monkeypatch.setattr(event_hub, "QUIET", 0.01)

    async def run() -> None:
        hub = EventHub(snapshot)
        streams = [hub.listen(HOA, OF_A) for _ in range(event_hub.MOST_STREAMS)]
        for stream in streams:
            assert hub.has_room(HOA)
            await anext(stream)
        assert not hub.has_room(HOA) and hub.has_room(BINH)
        rest: list[str] = []
        await asyncio.wait_for(asyncio.gather(*(collect(stream, rest) for stream in streams)), 2)
        assert hub.has_room(HOA) and set(rest) == {": \n\n"}
        hub.close()

    asyncio.run(run())


def test_the_pages_listen(clients: Clients, app: FastAPI) -> None:
    app.state.archive.findings.refresh()
    page = clients["appraiser"].get("/tham-dinh?don-vi=SXD").text
    assert 'id="people"' in page and 'data-item="SXD/' in page and read_csrf(page)
