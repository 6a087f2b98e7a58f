"""An archive of the version before: its facts stood in names, made-up texts and sentences, and are fields now.

``tests/cases/archive_0006.json.gz`` holds two scans of the samples as that version stored them, and their records.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.archive.outcome import is_worth_another_try
from evidence.archive.reextraction import reextract_documents
from evidence.config import Settings
from evidence.model.document import Page
from evidence.model.reading import LineReading, ReadingRole
from evidence.model.record import Record
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.store import Store

pytestmark = pytest.mark.sqlite  # no archive on PostgreSQL is as old

OLD = Path(__file__).parents[1] / "cases" / "archive_0006.json.gz"
TURNED, GIVEN_UP = "a" * 64, "b" * 64


def old_document(sha256: str, problem: dict[str, Any], pages: list[dict[str, Any]]) -> dict[str, Any]:
    """A document of one page with one problem, and its record, as the version before wrote them."""
    source = {
        "path": f"{sha256[:4]}.pdf", "sha256": sha256, "media_type": "application/pdf", "size": 1, "member_of": None,
        "received": None,
    }  # fmt: skip
    head = {"source": source, "pages": [], "problems": [problem], "signatures": [], "envelope": None, "members": []}
    summary = [{"number": 1, "width": 842.0, "height": 595.0, "origin": "ocr", "confidence": 0.9, "engine": "e 1"}]
    part = {"source": source, "status": "read", "pages": summary, "problems": [problem], "grammar": 8, "parts": []}
    status = "read" if pages else "unreadable"
    record = part | {"status": status, "pages": summary if pages else [], "parts": [part] if pages else []}
    return {"head": head, "pages": pages, "record": record}


def turned() -> dict[str, Any]:
    said = {"code": "page-rotated", "params": {"page": "1", "degrees": "90"}}
    page = {
        "number": 1, "width": 842.0, "height": 595.0, "origin": "ocr", "lines": [], "engine": "e 1", "tables": [],
        "other": [],
    }  # fmt: skip
    return old_document(TURNED, {"code": "rotated", "message": said, "page": 1}, [page])


def given_up() -> dict[str, Any]:
    said = {"code": "antiword-missing", "params": {"command": "sudo apt-get install antiword"}}
    return old_document(GIVEN_UP, {"code": "unsupported", "message": said, "page": None}, [])


def old_archive(home: Path, documents: list[dict[str, Any]]) -> None:
    Store.open(home, create=True).close()
    file = home / "archive.db"
    for part in home.glob("archive.db*"):
        part.unlink()
    SqliteEngine(file, 5.0).make("0006")
    with sqlite3.connect(file) as connection:
        for one in documents:
            source, record = one["head"]["source"], one["record"]
            sha256 = source["sha256"]
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, 0, ?, ?, 1, '2026-01-31')",
                (sha256, source["media_type"], source["size"], len(one["pages"]), as_bytes(one["head"])),
            )
            for page in one["pages"]:
                row = (sha256, page["number"], zlib.compress(as_bytes(page)))
                connection.execute("INSERT INTO pages VALUES (?, ?, ?)", row)
            connection.execute(
                "INSERT INTO records (sha256, status, grammar, data) VALUES (?, ?, ?, ?)",
                (sha256, record["status"], record["grammar"], as_bytes(record)),
            )
    connection.close()


def as_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    return json.loads(gzip.decompress(OLD.read_bytes()))


@pytest.fixture
def store(tmp_path: Path, documents: list[dict[str, Any]]) -> Iterator[Store]:
    home = tmp_path / "archive"
    old_archive(home, [*documents, turned(), given_up()])
    with Store.open(home) as opened:
        yield opened


def readings(pages: tuple[Page, ...]) -> list[LineReading]:
    return [reading for page in pages for line in page.lines for reading in line.readings]


def test_every_reading_says_engine_crop_and_role(store: Store, documents: list[dict[str, Any]]) -> None:
    for old in documents:
        before = [r for page in old["pages"] for line in page["lines"] for r in line["readings"]]
        after = readings(store.pages(old["head"]["source"]["sha256"]))
        assert len(before) == len(after)
        for was, now in zip(before, after, strict=True):
            name, _, suffix = was["engine"].partition("@")
            assert now.engine.name == name and now.confidence == was["confidence"]
            assert (now.role is ReadingRole.RAW, now.role is ReadingRole.SPELLED) == (
                suffix == "raw",
                suffix == "spelled",
            )
            assert (now.crop is None) is (suffix in ("raw", "spelled"))
            assert now.is_row_text is (was["engine"] == "trueocr@0")
            assert now.text == was["text"] or (name == "digits" and now.places is not None)


def test_what_the_digit_network_saw_stands_in_places(store: Store, documents: list[dict[str, Any]]) -> None:
    sha256 = documents[0]["head"]["source"]["sha256"]
    figures = [reading for reading in readings(store.pages(sha256)) if reading.engine.name == "digits"]
    assert figures and all(reading.places is not None for reading in figures)
    assert "~" not in "".join(reading.text for reading in readings(store.pages(sha256)))


def made_by(record: Record, older: Record | None) -> Record:
    """The same as if the older one's version of the grammar had made it."""
    assert older is not None
    parts = tuple(replace(part, grammar=older.grammar) for part in record.parts)
    return replace(record, grammar=older.grammar, parts=parts)


def test_the_record_made_again_is_the_one_before(store: Store, tmp_path: Path) -> None:
    hashes = store.hashes()
    before = {sha256: store.machine_record(sha256) for sha256 in hashes}
    made = {one.sha256: one for one in reextract_documents(store, Settings(home=tmp_path, jobs=1), hashes)}
    for sha256 in set(hashes) - {TURNED, GIVEN_UP}:
        assert made[sha256].changed == () and made[sha256].problem is None
        after = store.machine_record(sha256)
        assert after is not None and before[sha256] == made_by(after, before[sha256])


def test_a_turned_page_says_by_how_much(store: Store) -> None:
    (page,) = store.pages(TURNED)
    record = store.machine_record(TURNED)
    assert page.rotation == 90 and record is not None
    assert [summary.rotation for summary in (*record.pages, *record.parts[0].pages)] == [90, 90]


def test_what_lacked_a_program_is_worth_another_try(store: Store) -> None:
    record, document = store.machine_record(GIVEN_UP), store.document(GIVEN_UP)
    assert record is not None and document is not None
    assert is_worth_another_try(record)
    assert [problem.retriable for problem in (*record.problems, *document.problems)] == [True, True]
