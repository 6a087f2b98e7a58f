"""The database or the object store is away: all are told in a sentence (503), and see no address and no trace."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.messages import Language, Message, say
from evidence.store.database import Database
from evidence.store.objects.bucket import Bucket
from tests.support.service import PASSWORD, read_csrf

AWAY = say(Message("web-error-database-away", {}), Language.VI)
SECRETS = ("postgresql://", "10.0.0.7", "/srv/evidence", "PGPASSFILE", "Traceback")
PAGES = ("/", "/don-vi", "/tra-cuu?q=kế hoạch", "/tai-khoan", "/khong-co-trang-nay", "/api/tra-cuu?q=báo cáo")


class _Outage:
    """Lets so many transactions through, and then none."""

    def __init__(self) -> None:
        self.left: float = float("inf")

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise ArchiveError(
                "database-unreachable",
                "database-unreachable-hint",
                home="/srv/evidence/kho",
                database="postgresql://evidence@10.0.0.7/evidence",
                detail="Connection refused",
            )


@pytest.fixture
def outage(monkeypatch: pytest.MonkeyPatch) -> _Outage:
    """Makes every transaction of this process one that the outage is asked before."""
    made = _Outage()
    for name in ("reading", "writing", "sharing", "connecting"):
        before = getattr(Database, name)

        @contextmanager
        def checked(database: Database, before: object = before) -> Iterator[Session]:
            made.check()
            with before(database) as session:  # type: ignore[operator]
                yield session

        monkeypatch.setattr(Database, name, checked)
    return made


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_so_from_whichever_transaction_on(
    clients: dict[str, TestClient], outage: _Outage, path: str
) -> None:
    client = clients["appraiser"]
    for through in itertools.count():
        outage.left = through
        answer = client.get(path)
        if outage.left >= 0:
            break
        if answer.status_code == 503:
            assert AWAY in answer.text and answer.headers["retry-after"] == "10"
            assert "content-security-policy" in answer.headers
        else:
            assert answer.status_code < 500, answer.text  # what fails there is a part that the page does without
        assert not any(secret in answer.text for secret in SECRETS)
    assert through > 0 and answer.status_code < 500


def test_a_part_of_a_page_and_a_program_are_told_in_their_own_form(
    clients: dict[str, TestClient], outage: _Outage
) -> None:
    outage.left = 0
    part = clients["unit"].get("/don-vi", headers={"HX-Request": "true"})
    assert part.status_code == 503 and AWAY in part.text and "<html" not in part.text
    answer = clients["unit"].get("/api/tra-cuu?q=x")
    assert answer.status_code == 503 and answer.json() == {"status": 503, "error": AWAY}


def test_who_signs_in_or_hands_in_is_told(clients: dict[str, TestClient], outage: _Outage) -> None:
    page = clients["anonymous"].get("/dang-nhap")
    outage.left = 0
    form = {"name": "hoa", "password": PASSWORD, "csrf": read_csrf(page.text)}
    answer = clients["anonymous"].post("/dang-nhap", data=form)
    assert answer.status_code == 503 and AWAY in answer.text
    handed = clients["unit"].post("/api/tai-lieu?ten=1.1/a.txt", content=b"abc", headers={"X-CSRF-Token": "0"})
    assert handed.status_code == 503 and AWAY in handed.text


def test_the_cause_is_in_the_log_and_not_on_the_page(
    clients: dict[str, TestClient], outage: _Outage, caplog: pytest.LogCaptureFixture
) -> None:
    outage.left = 0
    clients["unit"].get("/tra-cuu")
    assert "10.0.0.7" in caplog.text and "Connection refused" in caplog.text and "Traceback" not in caplog.text


def test_a_document_is_shown_while_its_original_cannot_be_had(
    clients: dict[str, TestClient], app: FastAPI, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is in the database; the object store has the file alone."""

    def refuse(bucket: Bucket, *request: str) -> dict[str, object]:
        raise ArchiveError("archive-bucket", "archive-bucket-away-hint", home=settings.home, url=bucket.url, detail="x")

    monkeypatch.setattr(Bucket, "_ask", refuse)
    originals = app.state.archive._store.originals
    originals.bucket = Bucket("s3://ho-so/kho", settings.home)
    sha256 = next(file.name for file in originals.walk())
    assert clients["appraiser"].get(f"/van-ban/{sha256}").status_code == 200
    originals.path(sha256).unlink()
    answer = clients["appraiser"].get(f"/van-ban/{sha256}/goc")
    assert answer.status_code == 503 and "ho-so/kho" not in answer.text
    assert say(Message("web-error-originals-away", {}), Language.VI) in answer.text
    assert clients["appraiser"].get(f"/van-ban/{sha256}").status_code == 200
