"""Two words beside each other are found by a term of their own, and weigh what the phrase of them weighs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tantivy import Query

from evidence.search.engine import FindRequest
from evidence.search.plan import MinShould, PhraseTerms
from evidence.search.tantivy.index import TantivyIndex
from tests.search.corpus import make_entry

TEXTS = {
    "kế hoạch": "Số: 1/KH-SNV\nVề: rà soát văn bản",
    "hai lần": "Số: 2/BC-SNV\nVề: rà soát văn bản, rà soát thủ tục",
    "ngược": "Số: 3/BC-SNV\nVề: soát rà bản văn",
    "khác": "Số: 4/BC-SNV\nVề: đào tạo công chức",
}


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    index = TantivyIndex(tmp_path, "me")
    index.rebuild([make_entry(name, text) for name, text in TEXTS.items()])
    return index


def ask(index: TantivyIndex, plan: PhraseTerms | MinShould) -> dict[str, float]:
    return {hit.sha256: hit.score for hit in index.find(FindRequest(plan, None, 9)).ranked}


@pytest.mark.parametrize("field", ["body_f", "title_f"])
def test_a_pair_weighs_what_the_phrase_weighs(index: TantivyIndex, field: str) -> None:
    scores = ask(index, PhraseTerms(field, ("ra", "soat"), 6.0))
    with index._searcher() as searcher:
        phrase = Query.boost_query(Query.phrase_query(index._open().schema, field, ["ra", "soat"]), 6.0)
        hits = searcher.search(phrase, 9).hits
        expected = {str(searcher.doc(address)["id"][0]): score for score, address in hits}
    assert len(scores) == 2 and scores == pytest.approx(expected, rel=0.05)


def test_pairs_follow_a_document_that_changes(index: TantivyIndex) -> None:
    pair = PhraseTerms("body_f", ("van", "ban"))
    assert len(ask(index, pair)) == index.count_pairs([("van", "ban")])["van", "ban"] == 2
    index.update([make_entry("mới", "Số: 5/BC-SNV\nVề: văn bản mới")])
    assert len(ask(index, pair)) == 3
    assert len(ask(index, MinShould((pair, PhraseTerms("body_f", ("ra", "soat"))), 2))) == 2
    assert not ask(index, PhraseTerms("body_f", ("ban", "van", "ban")))
