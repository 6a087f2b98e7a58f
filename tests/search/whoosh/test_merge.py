"""Parts made into one: nothing is lost, what was deleted is gone, and the engine still reads them itself."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from whoosh.index import FileIndex

from evidence.search.engine import FindRequest
from evidence.search.plan import Term
from evidence.search.whoosh.index import WhooshIndex
from evidence.search.whoosh.merge import FANOUT
from evidence.search.whoosh.snapshot import IndexSnapshot
from tests.search.corpus import ENTRIES, make_entry
from tests.search.whoosh.index_maker import Fields, describe_document, make_index

WORDS = ("mot", "hai", "ba", "bon", "tam")
Held = dict[tuple[str, str], list[tuple[str, float, bytes]]]


def make_fields(count: int) -> list[Fields]:
    draw = random.Random(7)
    return [
        describe_document(f"{at:03}", draw.choices(WORDS, (9, 5, 3, 2, 1), k=draw.randrange(1, 30)), [WORDS[at % 5]])
        for at in range(count)
    ]


def read_all(index: FileIndex) -> Held:
    """Every term of every field, by the engine's own reading: the documents by name, their weights and values."""
    held: Held = {}
    with index.reader() as reader:
        names = {number: stored["id"] for number, stored in reader.iter_docs()}
        for field, term in reader.all_terms():
            matcher = reader.postings(field, term)
            while matcher.is_active():
                if matcher.id() in names:
                    posting = (names[matcher.id()], matcher.weight(), bytes(matcher.value() or b""))
                    held.setdefault((field, term.decode()), []).append(posting)
                matcher.next()
    return {key: sorted(postings) for key, postings in held.items()}


def test_many_parts_hold_what_one_part_holds(tmp_path: Path) -> None:
    fields = make_fields(FANOUT * 60)
    deleted = [f"{at:03}" for at in range(0, len(fields), 9)]
    kept = [document for document in fields if document["id"] not in deleted]
    (tmp_path / "many").mkdir()
    (tmp_path / "one").mkdir()
    parts = [fields[at : at + 10] for at in range(0, len(fields), 10)]
    many = make_index(tmp_path / "many", parts, deleted)
    one = make_index(tmp_path / "one", [kept])
    assert read_all(many) == read_all(one)
    snapshot = IndexSnapshot(many)
    assert len(snapshot.segments) < 2 * FANOUT < len(parts)
    assert any(len(part.deleted) for part in snapshot.segments)
    assert sorted(str(stored["id"]) for stored in snapshot.list_stored()) == [document["id"] for document in kept]


def test_a_part_of_which_most_is_deleted_is_written_anew(tmp_path: Path) -> None:
    fields = make_fields(40)
    index = make_index(tmp_path, [fields[:30], fields[30:]], [f"{at:03}" for at in range(25)])
    snapshot = IndexSnapshot(index)
    assert sorted(part.count for part in snapshot.segments) == [5, 10]
    assert not any(len(part.deleted) for part in snapshot.segments)
    whole = make_index(tmp_path, [fields[:30]], [f"{at:03}" for at in range(30)])
    assert IndexSnapshot(whole).size == 0


def test_an_index_fed_singly_answers_as_one_made_at_once(tmp_path: Path) -> None:
    """Pages of long files, dates, facets and revisions too."""
    long = replace(make_entry("dài", "Số: 9/BC-SNV\nVề: báo cáo"), texts=tuple(f"trang {at} lẻ" for at in range(9)))
    entries = [*ENTRIES.values(), long, *(make_entry(str(at), f"Số: {at}/BC-X\nVề: việc {at}") for at in range(40, 56))]
    (tmp_path / "fed").mkdir()
    (tmp_path / "made").mkdir()
    fed, made = WhooshIndex(tmp_path / "fed", "me"), WhooshIndex(tmp_path / "made", "me")
    made.rebuild(entries)
    fed.rebuild([])
    for entry in entries:
        fed.update([replace(entry, revision=0, texts=("cũ",))])
        fed.update([entry])
    snapshots = []
    for index in (fed, made):
        with index._snapshot() as snapshot:
            snapshots.append(snapshot)
            named = {at: stored.get("id") or stored["page"] for at, stored in enumerate(snapshot.list_stored())}
            assert len(named) == len(entries) + 9
        assert index.revisions() == {entry.sha256: 1 for entry in entries}
        assert not index.find(FindRequest(Term("body_f", "cu"), None, 9)).total
    dates = [sorted(snapshot.dates[snapshot.documents].tolist()) for snapshot in snapshots]
    assert dates[0] == dates[1] and max(dates[0]) == 20240203
    facets = [snapshot.count_values("f_kind", snapshot.documents) for snapshot in snapshots]
    assert facets[0] == facets[1] and facets[0]
    assert len(snapshots[0].segments) < 3 * FANOUT
