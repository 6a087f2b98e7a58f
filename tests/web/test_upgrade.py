"""An archive of an earlier version under the present service: brought up when it is opened, whole, nobody shut out.

Earlier archives are made by their own migrations (``tests.support.early_archives``); ``tests/fresh/upgrade.sh`` has one
made by the earlier program itself.
"""

from __future__ import annotations

import sqlite3

import pytest
from fastapi.testclient import TestClient

from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.store.migrations import HEAD
from evidence.web.app import create_app
from tests.support.early_archives import take_back
from tests.support.service import sign_in

pytestmark = pytest.mark.sqlite  # no archive on PostgreSQL is as old; of those: tests/store/engines
SET = "cchc-so-son-ha-2025"


def fill_further(settings: Settings) -> None:
    """What a unit handed in and nobody read yet, a correction, a decision of an account."""
    with Archive.open(settings) as archive:
        draft = archive.uploads.spool("SXD", "1.1/kh.pdf", "sxd", [b"%PDF-1.7 cu"], EVERYTHING)
        archive.uploads.hand_in(HandInRequest("SXD", SET, "sxd", (HandedUpload(draft.token, "1.1"),)), EVERYTHING)
        archive.correct(documents_of(archive)[0], "place", "Sơn Hà", "hoa", EVERYTHING)


def documents_of(archive: Archive) -> list[str]:
    return sorted(hit.sha256 for hit in archive.search(SearchRequest("donvi:SXD", limit=100), EVERYTHING).hits)


def describe(settings: Settings) -> dict[str, object]:
    """What people would miss."""
    with Archive.open(settings) as archive:
        archive.findings.refresh()
        findings = [archive.findings.list_lines(SET, unit, EVERYTHING) for unit in ("SXD", "VPUBND")]
        return {
            "documents": documents_of(archive),
            "accounts": archive.accounts.list_accounts(),
            "receipts": archive.uploads.list_receipts(EVERYTHING),
            "audit": [(entry.id, entry.action, entry.subject) for entry in archive.audit.entries(AuditQuery())],
            "findings": findings,
            "damages": archive.verify(),
            "break": archive.audit.find_break(),
        }


@pytest.mark.parametrize("version", ["0021", "0024"])
def test_an_earlier_archive_is_brought_up_whole(settings: Settings, version: str) -> None:
    fill_further(settings)
    before = describe(settings)
    assert before["damages"] == () and before["break"] is None and before["receipts"]
    take_back(settings.home, version)
    assert describe(settings) == before
    with TestClient(create_app(settings), base_url="https://testserver") as client:
        sign_in(client, "sxd")
        assert "SXD-0001" in client.get("/nop").text
        assert client.get("/don-vi/SXD").status_code == 200


def test_a_later_archive_is_not_touched(settings: Settings) -> None:
    """Who goes back to the program of before is told, and the archive stays as it is."""
    file = settings.home / "archive.db"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    content = file.read_bytes()
    with pytest.raises(ArchiveError) as refused, Archive.open(settings):
        pass
    assert refused.value.message.code == "archive-newer" and file.read_bytes() == content and HEAD != "9999"
