"""Which file is handed in once, which twice; and what is moved or withdrawn stays so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.model.placement import Submission
from evidence.store.facts import ChangeAction
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.store.submissions import add_change
from evidence.vietnamese.text import fold
from tests.support import text_pipeline
from tests.support.past_the_program import REFUSED, open_past

CONTENT = "Số: 7/BC-STP"
SHA = hashlib.sha256(CONTENT.encode()).hexdigest()


def handed_in(path: str, unit: str | None, criterion: str | None, by_layout: bool = True, at: str = "") -> Submission:
    """The file at /kho/A/B/2.1/bc.pdf, however it was walked to."""
    place = (at or "/kho/A/B/2.1/bc.pdf").encode()
    return Submission(SHA, path, unit, criterion, path_bytes=place, by_layout=by_layout)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "bc.txt"
    file.write_text(CONTENT)
    document = text_pipeline.document(CONTENT)
    with Store.open(tmp_path / "home", create=True) as opened:
        opened.put(document, text_pipeline.record(document), file, [handed_in("B/2.1/bc.pdf", "B", "2.1")])
        yield opened


def places(store: Store) -> list[tuple[str | None, str | None]]:
    return [(submission.unit, submission.criterion) for submission in store.submissions(SHA)]


def changes(store: Store) -> list[tuple[str, str | None, str]]:
    entries = SubmissionLedger(store).entries(SHA)
    return [(change.action.value, change.criterion, change.author) for entry in entries for change in entry.changes]


@pytest.mark.parametrize(
    "again",
    [
        handed_in("A/B/2.1/bc.pdf", "B", "2.1"),  # its parent's folder
        handed_in("../kho/A/B/2.1/bc.pdf", "A", "B"),  # one more above: what is known says more
        handed_in("bc.pdf", None, None),
        handed_in("2.1/bc.pdf", "b", "2.1", by_layout=False),
    ],
)
def test_one_file_is_handed_in_once(store: Store, again: Submission) -> None:
    assert not store.submit(again)
    store.resubmit([(again, None)])
    assert places(store) == [("B", "2.1")] and changes(store) == []


def test_a_person_who_names_two_criteria_hands_in_twice(store: Store) -> None:
    assert store.submit(handed_in("B/2.1/bc.pdf", "B", "2.2", by_layout=False))
    assert not store.submit(handed_in("A/B/2.1/bc.pdf", "B", "2.2", by_layout=False))
    assert places(store) == [("B", "2.1"), ("B", "2.2")]


def test_a_copy_at_another_place_is_another_file(store: Store) -> None:
    assert store.submit(handed_in("B/2.3/bc.pdf", "B", "2.3", at="/kho/A/B/2.3/bc.pdf"))
    assert places(store) == [("B", "2.1"), ("B", "2.3")]


def test_folders_that_say_more_put_right_what_folders_said(store: Store) -> None:
    other = "/kho/C/D/3.1/bc.pdf"
    store.submit(handed_in("kho/C/D/3.1/bc.pdf", "C", "D", at=other))
    again = handed_in("D/3.1/bc.pdf", "D", "3.1", at=other)
    store.resubmit([(again, None)])
    assert places(store) == [("B", "2.1"), ("D", "3.1")]
    assert changes(store) == [("move", "3.1", "evidence ingest")]
    store.resubmit([(again, None)])
    assert len(changes(store)) == 1


def test_a_person_s_word_outlives_the_next_run(store: Store) -> None:
    ledger = SubmissionLedger(store)
    (entry,) = ledger.entries(SHA)
    ledger.move(entry.id, "C", "4.1", "Lan", "nhầm")
    store.resubmit([(handed_in("A/B/2.1/bc.pdf", "B", "2.1"), None)])
    assert places(store) == [("C", "4.1")]
    assert [each.unit for each in store.submissions(units={"c"})] == ["C"] and store.submissions(units={"b"}) == ()
    ledger.withdraw(entry.id, "Lan", "xin rút")
    assert not store.submit(handed_in("B/2.1/bc.pdf", "B", "2.1", by_layout=False))
    assert places(store) == []
    assert changes(store) == [("move", "4.1", "Lan"), ("withdraw", None, "Lan")]


@pytest.mark.parametrize("act", ["UPDATE submission_changes SET unit = 'X'", "DELETE FROM submission_changes"])
def test_the_database_refuses_to_change_the_history(store: Store, act: str) -> None:
    ledger = SubmissionLedger(store)
    ledger.move(ledger.entries(SHA)[0].id, "C", "4.1", "Lan", "nhầm")
    with open_past(store.folder, guarded=True) as connection, pytest.raises(REFUSED):
        connection.execute(act)


def test_files_inside_one_package_are_told_apart(store: Store) -> None:
    package = "/kho/A/hồ sơ.zip"
    for name in ("1.pdf", "2.pdf"):
        assert store.submit(handed_in(f"A/hồ sơ.zip!/{name}", "A", None, at=package))
        assert not store.submit(handed_in(f"../kho/A/hồ sơ.zip!/{name}", "A", None, at=package))
    assert len(places(store)) == 3


def test_rows_of_an_older_archive_are_known_by_their_path(store: Store) -> None:
    with open_past(store.folder) as connection:
        connection.execute("UPDATE submissions SET path_bytes = ?, by_layout = NULL", (b"B/2.1/bc.pdf",))
    store.resubmit([(handed_in("B/2.1/bc.pdf", "B", "2.1"), None)])
    store.resubmit([(handed_in("A/B/2.1/bc.pdf", "B", "2.1"), None)])
    assert places(store) == [("B", "2.1")]


def test_a_unit_is_found_however_it_is_written_now_and_later(store: Store) -> None:
    for at, unit in enumerate(("Sở Nội vụ", "SỞ NỘI VỤ", "Sở Tài chính", "sở nội vụ")):
        store.submit(handed_in(f"{at}.pdf", unit, "1.1", at=f"/kho/{at}.pdf"))
        found = [each.unit for each in store.submissions(units={fold("Sở Nội vụ")})]
        assert len(found) == (1, 2, 2, 3)[at]
    (first, *_) = [entry for entry in SubmissionLedger(store).entries(SHA) if entry.handed_in.unit == "SỞ NỘI VỤ"]
    with store.database.writing() as session:
        add_change(session, first.id, ChangeAction.MOVE, ("Sở Tài chính", "1.1"), "Lò Thị Hoa", "nhầm")
    assert [each.unit for each in store.submissions(units={fold("Sở Nội vụ")})] == ["Sở Nội vụ", "sở nội vụ"]
    assert len(store.submissions(units={fold("SỞ TÀI CHÍNH")})) == 2
