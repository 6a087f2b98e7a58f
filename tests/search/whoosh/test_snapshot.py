"""What is read of an index as arrays, against the engine's own matchers and scores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import FileIndex

from evidence.search.matching import find_places
from evidence.search.whoosh import postings
from evidence.search.whoosh import snapshot as snapshots
from evidence.search.whoosh.postings import PLACE_BITS
from evidence.search.whoosh.snapshot import IndexSnapshot
from tests.search.whoosh.index_maker import describe_document, make_index

WORDS = ("mot", "hai", "ba", "bon", "tam")
DELETED = ("3", "150", "299")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> FileIndex:
    """Three parts, of several blocks and of one document; words often and rarely, a document of 4,000 words."""
    draw = random.Random(3)
    documents = []
    for at in range(421):
        words = draw.choices(WORDS, weights=(9, 5, 3, 2, 1), k=4_000 if at == 77 else draw.randrange(1, 60))
        documents.append(describe_document(str(at), words, draw.sample(WORDS, draw.randrange(3))))
    return make_index(tmp_path_factory.mktemp("kho"), [documents[:300], documents[300:420], documents[420:]], DELETED)


@pytest.fixture
def snapshot(index: FileIndex) -> Iterator[IndexSnapshot]:
    opened = IndexSnapshot(index)
    yield opened
    opened.close()


@pytest.mark.parametrize("field", ["body_f", "title_f", "big", "sort"])
def test_documents_and_scores_are_those_of_the_engine(index: FileIndex, snapshot: IndexSnapshot, field: str) -> None:
    with index.searcher() as searcher:
        terms = sorted(term.decode() for term in searcher.lexicon(field))
        assert terms == sorted({term for part in snapshot.segments for term, _ in part.list_terms(field)})
        for term in terms:
            matches = snapshot.match_term(field, term)
            expected = {}
            matcher = searcher.postings(field, term)
            while matcher.is_active():
                expected[matcher.id()] = matcher.score()
                matcher.next()
            assert matches.ids.tolist() == list(expected)
            assert matches.scores == pytest.approx(list(expected.values()), rel=1e-6)
            assert snapshot.count_term(field, term) == searcher.doc_frequency(field, term)
            few = np.array(sorted(random.Random(term).sample(range(snapshot.size), 9)))
            some = snapshot.match_term(field, term, few)
            assert some.ids.tolist() == [number for number in few.tolist() if number in expected]
            assert some.scores == pytest.approx([expected[number] for number in some.ids.tolist()], rel=1e-6)


def test_few_are_read_without_the_rest(snapshot: IndexSnapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that hold none of the documents asked for are not unpacked."""
    unpacked = []
    unpack = postings._unpack

    def count(*given: object) -> object:
        unpacked.append(given)
        return unpack(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(postings, "_unpack", count)
    assert snapshot.match_term("sort", "document", np.array([5, 299])).ids.tolist() == [5]
    assert len(unpacked) == 2
    assert len(snapshot.match_term("sort", "document").ids) == 421 - len(DELETED)
    assert len(unpacked) == 2 + 3 + 1 + 1


def test_places_are_those_of_the_engine(index: FileIndex, snapshot: IndexSnapshot) -> None:
    with index.searcher() as searcher:
        for field in ("body_f", "title_f"):
            for term in WORDS:
                expected = []
                matcher = searcher.postings(field, term)
                while matcher.is_active():
                    expected += [(matcher.id() << PLACE_BITS) + place for place in matcher.value_as("positions")]
                    matcher.next()
                documents = snapshot.match_term(field, term).ids
                assert snapshot.find_place_keys(field, term, documents).tolist() == expected
                chosen = set(documents[::7].tolist())
                keys = snapshot.find_place_keys(field, term, documents[::7])
                assert keys.tolist() == [key for key in expected if key >> PLACE_BITS in chosen]


def test_what_is_kept_is_bounded(index: FileIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "KEPT", 9_000)
    snapshot = IndexSnapshot(index)
    whole = [snapshot.match_term("body_f", word).ids.tolist() for word in WORDS]
    assert 0 < len(snapshot._kept) < len(WORDS) and snapshot._kept_bytes <= 9_000
    assert [snapshot.match_term("body_f", word).ids.tolist() for word in WORDS] == whole


@pytest.mark.parametrize(
    ("ids", "wanted", "places"),
    [([], [], []), ([1, 4, 9], [4], [1]), ([4], [1, 4, 9], [0]), ([1, 2, 3], [0, 2, 3, 7], [1, 2]), ([5], [], [])],
)
def test_places_of_wanted_ones(ids: list[int], wanted: list[int], places: list[int]) -> None:
    found = find_places(np.array(ids, dtype=np.int64), np.array(wanted, dtype=np.int64))
    assert found.tolist() == places


def test_an_index_without_documents_answers(tmp_path: Path) -> None:
    snapshot = IndexSnapshot(make_index(tmp_path, []))
    assert snapshot.size == 0 and snapshot.documents.tolist() == [] and snapshot.dates.tolist() == []
    assert (
        snapshot.match_prefix("body_f", "m").tolist() == []
        and snapshot.count_values("f_kind", snapshot.documents) == {}
    )
