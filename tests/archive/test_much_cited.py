"""A law that very many documents cite: not every place is read, what changes it always is, and walls stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.citation_links import citing_documents, first_citing_documents
from evidence.archive.graph.build_graph import build_graph
from evidence.archive.views import view_document
from evidence.model.citation_graph import Force
from evidence.model.placement import Submission
from evidence.model.record import Record, Relation
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.facts import ChangeAction
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.store.submissions import add_change
from tests.support import text_pipeline

LAW = "Số: 76/2021/NQ-CP\nLoại: Nghị quyết\nCơ quan: Chính phủ\nNgày: 15/07/2021"
CITING = 9


def put(store: Store, name: str, text: str, unit: str, relation: Relation = Relation.BASED_ON) -> Record:
    document = text_pipeline.document(text, name)
    record = text_pipeline.record(document)
    record = replace(record, citations=tuple(replace(each, relation=relation) for each in record.citations))
    store.put(document, record, None, [Submission(document.source.sha256, name, unit, "1.1")])
    return record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kho", create=True) as opened:
        yield opened


@pytest.fixture
def law(store: Store) -> Record:
    law = put(store, "law.txt", LAW, "SA")
    for at in range(CITING):
        put(store, f"{at}.txt", f"Số: {at}/KH-SA\nCăn cứ 76/2021/NQ-CP", "SA" if at % 3 else "SB")
    put(store, "end.txt", "Số: 99/2025/NQ-CP\nNgày: 01/02/2025\nthay thế 76/2021/NQ-CP", "SA", Relation.REPLACES)
    return law


def hashes(store: Store, law: Record, scope_of: str | None, most: int) -> tuple[list[str], int]:
    scope = EVERYTHING if scope_of is None else units_only([scope_of])
    places = first_citing_documents(store, law, scope, most)
    return [sha256 for sha256, _ in places.citations], places.unread


def test_the_first_are_read_and_all_that_change_it(store: Store, law: Record) -> None:
    every = [sha256 for sha256, _ in citing_documents(store, law, EVERYTHING)]
    (ending,) = store.citing((law.number.value.key if law.number.value else "",), ("replaces",))
    assert hashes(store, law, None, 100) == (every, 0) and len(every) == CITING + 1
    read, unread = hashes(store, law, None, 2)
    assert read == sorted({*every[:2], ending}) and unread == len(every) - len(read)
    assert hashes(store, law, None, 0) == ([ending], CITING)
    view = view_document(store, law.source.sha256, "x", EVERYTHING, 2)
    assert (len(view.cited_by), view.uncounted, view.force.force) == (len(read), unread, Force.ENDED)
    assert view_document(store, law.source.sha256, "x", EVERYTHING).uncounted == 0


def test_who_sees_a_unit_is_told_of_its_own_papers_alone(store: Store, law: Record) -> None:
    own = [sha256 for sha256, _ in citing_documents(store, law, units_only(["SB"]))]
    assert hashes(store, law, "SB", 100) == (own, 0) and len(own) == CITING // 3
    assert hashes(store, law, "SB", 2) == (own[:2], 1)
    assert hashes(store, law, "SX", 2) == ([], 0)


def test_a_paper_that_was_moved_to_a_unit_counts_for_it(store: Store, law: Record) -> None:
    first = hashes(store, law, "SB", 1)[0][0]
    (entry,) = SubmissionLedger(store).entries(first)
    with store.database.writing() as session:
        add_change(session, entry.id, ChangeAction.MOVE, ("SC", "1.1"), "Lò Thị Hoa", "nhầm")
    assert hashes(store, law, "SC", 5) == ([first], 0)
    assert first not in hashes(store, law, "SB", 5)[0]


def test_a_graph_says_how_many_it_leaves_out(store: Store, law: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = build_graph(store, law.source.sha256, 1, EVERYTHING)
    assert (len(whole.nodes), whole.left_out) == (CITING + 2, 0)
    monkeypatch.setattr("evidence.archive.graph.build_graph.MOST_NODES", 4)
    cut = build_graph(store, law.source.sha256, 1, EVERYTHING)
    assert len(cut.nodes) == 4 and len(cut.nodes) + cut.left_out == len(whole.nodes)
