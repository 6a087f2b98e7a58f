"""An archive for the service, made in seconds without OCR: the sample dossier as it was recorded, its criteria set, an
account in each role.

``evidence`` never imports this; the journeys and the tests of pages do.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import re
from pathlib import Path

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from evidence import codec
from evidence.archive.accounts import passwords
from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.extract.record import read_record
from evidence.model.account import Account, AccountRole
from evidence.model.document import Document
from evidence.model.placement import Submission
from evidence.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
DOSSIER = ROOT / "samples" / "dossier"
RECORDED = ROOT / "tests" / "cases" / "recorded"
CRITERIA = ROOT / "samples" / "criteria.yaml"
PASSWORD = "mot cau de nho"
ACCOUNTS = (
    Account(0, "sxd", "Sở Xây dựng", AccountRole.UNIT, ("SXD",)),
    Account(0, "vpubnd", "Văn phòng UBND tỉnh", AccountRole.UNIT, ("VPUBND",)),
    Account(0, "hoa", "Trần Thị Hoa", AccountRole.APPRAISER, ("SXD", "VPUBND")),
    Account(0, "binh", "Lê Văn Bình", AccountRole.APPRAISER, (), ("1",)),
    Account(0, "lanh", "Nguyễn Thị Lành", AccountRole.HEAD),
    Account(0, "quantri", "Phạm Quản Trị", AccountRole.ADMIN),
    Account(0, "docgia", "Đỗ Độc Giả", AccountRole.READER, ("SXD",)),
)
BY_ROLE = {"unit": "sxd", "appraiser": "hoa", "head": "lanh", "admin": "quantri", "reader": "docgia"}


def use_cheap_passwords() -> None:
    """Hashes of a millisecond; for tests alone."""
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def fill_archive(home: Path) -> Settings:
    """Makes the archive in that folder: documents, criteria set, accounts."""
    settings = Settings(home=home, jobs=1)
    with Store.open(home, create=True) as store:
        for file, document in recorded_documents():
            place = file.relative_to(DOSSIER)
            unit, folder = place.parts[:2]
            submission = Submission(
                document.source.sha256, str(place), unit, folder.split(" - ")[0], datetime.date(2026, 1, 12)
            )
            store.put(document, read_record(document), file, [submission])
    with Archive.open(settings) as archive:
        archive.reindex()
        archive.keep_criteria(import_criteria(CRITERIA, ImportRequest(), settings))
        for account in ACCOUNTS:
            archive.accounts.add(account, PASSWORD)
    return settings


def recorded_documents() -> list[tuple[Path, Document]]:
    """The files of the dossier that were recorded as they were read."""
    documents = []
    for file in sorted(path for path in DOSSIER.rglob("*") if path.is_file()):
        recording = RECORDED / f"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.json.gz"
        if recording.exists():
            documents.append((file, codec.decode(gzip.decompress(recording.read_bytes()), Document)))
    return documents


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> None:
    """Signs the client in; what it changes from then on bears the token against forgery."""
    page = client.get("/dang-nhap")
    answer = client.post(
        "/dang-nhap", data={"name": name, "password": password, "csrf": read_csrf(page.text)}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    page = client.get("/tai-khoan")
    client.headers["X-CSRF-Token"] = read_csrf(page.text)


def read_csrf(page: str) -> str:
    """The token that the page carries."""
    match = re.search(r'name="csrf" content="([0-9a-f]{64})"', page)
    assert match, "no token in the page"
    return match[1]
