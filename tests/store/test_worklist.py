"""What an overview counts beside the findings is right after every change, though it is counted once a change; what is
read at one moment is read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.messages import Message
from evidence.model.problem import ProblemCode
from evidence.model.record import Status
from evidence.store.facts import Refusal
from evidence.store.findings.marks import find_last_mark, remove_marks
from evidence.store.store import Store
from evidence.store.worklist.worklist_store import ReadVolume, WorklistStore
from tests.support import text_pipeline

SCOPES = (None, frozenset({"SA"}), frozenset({"SB"}), frozenset({"SA", "SB"}), frozenset({"SX"}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True, resident=True) as store:
        yield store


def put(store: Store, number: int, *units: str, status: Status = Status.READ) -> None:
    document = text_pipeline.document(f"Số: {number}/KH-S\nLoại: Kế hoạch", f"{number}.txt")
    places = [text_pipeline.submission(document, unit, "1.1") for unit in units]
    store.put(document, replace(text_pipeline.record(document), status=status), None, places)


def forget_marks(store: Store) -> None:
    """As who finds anew does, once nothing is stale."""
    with store.database.writing() as session:
        remove_marks(session, find_last_mark(session))


def measure(worklist: WorklistStore) -> list[ReadVolume]:
    return [worklist.measure_read(units) for units in SCOPES]


def test_what_was_read_is_counted_anew_after_every_change(store: Store) -> None:
    worklist = WorklistStore(store)
    refusal = Refusal("SB/9.pdf", "SB", "1.1", None, ProblemCode.TOO_LARGE, Message("x"), b"/d/SB/9.pdf")
    document = text_pipeline.document("Số: 9/KH-S", "SB/9.pdf")
    taken = replace(text_pipeline.submission(document, "SB", "1.1"), path="SB/9.pdf", path_bytes=b"/d/SB/9.pdf")
    changes = (
        lambda: put(store, 1, "SA"),
        lambda: put(store, 2, "SA", "SB"),
        lambda: put(store, 3),
        lambda: forget_marks(store),
        lambda: put(store, 4, "SB", status=Status.UNREADABLE),
        lambda: forget_marks(store),
        lambda: put(store, 4, "SB"),
        lambda: store.refuse(refusal),
        lambda: store.put(document, text_pipeline.record(document), None, [taken]),
    )
    seen = [measure(worklist)]
    for change in changes:
        change()
        seen.append(measure(worklist))
        assert seen[-1] == measure(WorklistStore(store)), "kept from before the change"
    assert [whole for whole, *_ in seen] == [
        ReadVolume(0, 0, 0), ReadVolume(1, 1, 0), ReadVolume(2, 2, 0), ReadVolume(2, 2, 0), ReadVolume(2, 2, 0),
        ReadVolume(3, 3, 1), ReadVolume(3, 3, 1), ReadVolume(3, 3, 0), ReadVolume(3, 3, 1), ReadVolume(4, 4, 0),
    ]  # fmt: skip
    assert seen[-1][1:] == [ReadVolume(2, 2, 0), ReadVolume(3, 3, 0), ReadVolume(4, 4, 0), ReadVolume(0, 0, 0)]


def test_what_is_recalled_is_read_once_in_a_block_and_anew_after_it(store: Store) -> None:
    asked: list[int] = []

    def read() -> int:
        asked.append(store.volume().documents)
        return asked[-1]

    with store.database.sharing():
        assert [store.database.recall("count", read) for _ in range(3)] == [0, 0, 0] and len(asked) == 1
        put(store, 1, "SA")
        assert store.database.recall(("count", "again"), read) == 0  # one moment
    assert [store.database.recall("count", read) for _ in range(2)] == [1, 1] and len(asked) == 4
    with store.database.sharing():
        assert store.database.recall("count", read) == 1
