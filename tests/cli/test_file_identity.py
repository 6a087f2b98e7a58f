"""Names that are shown alike, and what is no plain file: each file gets its own record, each fault its own line."""

from __future__ import annotations

import json
import os
import socket
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from evidence.config import Settings
from evidence.store.store import Store
from tests.support import papers

from .conftest import Run

NAMES = [
    unicodedata.normalize("NFC", "Tờ trình.pdf").encode(),
    unicodedata.normalize("NFD", "Tờ trình.pdf").encode(),
    b"T\xf4 tr\xecnh.pdf",  # written by an old program: no UTF-8
    b"T\xf5 tr\xednh.pdf",  # shown just so
    "T\u043e\u031b\u0300 trình.pdf".encode(),  # a Cyrillic letter
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five letters with numbers of their own."""
    place = tmp_path / "SNV" / "1.2"
    place.mkdir(parents=True)
    for at, name in enumerate(NAMES, start=1):
        page = papers.canvas(Path(os.fsdecode(os.fsencode(place) + b"/" + name)))
        papers.header(page, [*papers.LEFT[:3], f"Số: {at}/TTr-SNV"])
        papers.body(page)
        page.showPage()
        page.save()
    return tmp_path / "SNV"


def last_name(path: bytes | None) -> bytes:
    return (path or b"").rpartition(b"/")[2]


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.slow
def test_five_names_shown_alike_are_five_records(evidence: Run, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "kho"
    (folder / "1.2" / "vòng.pdf").symlink_to(folder / "1.2" / "vòng.pdf")
    first = evidence("--home", home, "ingest", "--json", folder)
    assert first.code == 3
    outcomes = rows(first.out)
    assert sorted(str(row["outcome"]) for row in outcomes) == ["stored"] * 5 + ["unreadable"]
    assert len({row["sha256"] for row in outcomes}) == 6
    (loop,) = (row for row in outcomes if row["outcome"] == "unreadable")
    assert "vòng.pdf là liên kết trỏ vòng về chính nó" in str(loop["problem"])
    for number in range(1, 6):
        shown = json.loads(evidence("--home", home, "show", f"{number}/TTr-SNV", "--json").out)
        (stored,) = (row for row in outcomes if row["sha256"] == shown["source"]["sha256"])
        assert stored["path"] == shown["source"]["path"]
        assert shown["source"]["sha256"][:12] in evidence("--home", home, "search", f"so:{number}/TTr-SNV").out
    assert evidence("--home", home, "verify").code == 0
    again = evidence("--home", home, "ingest", "--json", "--rehash", folder)
    assert again.code == 3
    assert sorted(str(row["outcome"]) for row in rows(again.out)) == ["known"] * 5 + ["unreadable"]
    with Store.open(home) as store:
        assert {last_name(submission.path_bytes) for submission in store.submissions()} == set(NAMES)
        assert [last_name(refusal.path_bytes) for refusal in store.refusals()] == ["vòng.pdf".encode()]


@pytest.mark.slow
def test_a_refusal_stands_though_a_name_shown_alike_is_taken_in(evidence: Run, tmp_path: Path, folder: Path) -> None:
    home, (composed, decomposed) = tmp_path / "kho", (os.fsdecode(name) for name in NAMES[:2])
    (folder / "1.2" / decomposed).unlink()
    (folder / "1.2" / decomposed).symlink_to(decomposed)
    for _ in range(2):
        assert evidence("--home", home, "ingest", folder / "1.2").code == 3
        with Store.open(home) as store:
            assert store.volume().refusals == 1
    (folder / "1.2" / decomposed).unlink()
    (folder / "1.2" / composed).rename(folder / "1.2" / decomposed)
    assert evidence("--home", home, "ingest", folder / "1.2").code == 0
    with Store.open(home) as store:
        assert store.volume().refusals == 0
        lost = os.fsencode(folder / "1.2" / composed)
        assert [submission for submission in store.submissions() if submission.path_bytes == lost] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_no_plain_file_is_told_and_never_opened(
    evidence: Run, tmp_path: Path, letter: Path, language: str
) -> None:
    place = letter.parent
    os.mkfifo(place / "ống.pdf")
    (place / "gãy.pdf").symlink_to(place / "không có.pdf")
    (place / "thiết bị.pdf").symlink_to("/dev/zero")
    with closing(socket.socket(socket.AF_UNIX)) as plug:
        plug.bind(str(place / "ổ.pdf"))
        done = evidence("--home", tmp_path / "kho", "ingest", place, "--lang", language)
    assert done.code == 3
    assert len(done.out.splitlines()) == 5
    broken, plain = (
        ("liên kết tới một tệp", "không phải là tệp") if language == "vi" else ("is a link to", "not a plain")
    )
    assert (done.out.count(broken), done.out.count(plain)) == (1, 3)


@pytest.mark.slow
def test_an_archive_made_before_paths_were_kept_as_bytes(evidence: Run, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "kho"
    assert evidence("--home", home, "ingest", folder).code == 0
    with Store.open(home) as store, store.database.writing() as session:
        session.execute(text("UPDATE submissions SET path_bytes = NULL"))
    assert evidence("--home", home, "ingest", folder).code == 0
    with Store.open(Settings(home=home).home) as store:
        assert {last_name(submission.path_bytes) for submission in store.submissions()} == set(NAMES)
