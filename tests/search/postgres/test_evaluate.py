"""What a plan matches, against looking through every document; and how the best of an answer are weighed."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.entries import IndexEntry, analyze_entry
from evidence.search.plan import Boosted, PhraseTerms, Should, Term
from evidence.search.postgres import index as postgres_index
from evidence.search.postgres import rows
from tests.search.corpus import make_entry
from tests.search.random_plans import WORDS, draw_plan, matches
from tests.support.servers.search_engines import open_engine

SEEDS, PLANS = range(4), 12


def make_documents() -> list[IndexEntry]:
    """Texts of few words, one of 20,000: more than PostgreSQL keeps places of, some empty."""
    draw = random.Random(11)
    sizes = [20_000, 0, 1, 2, *(draw.randrange(2, 40) for _ in range(90))]
    text = [" ".join(draw.choices(WORDS, (12, 6, 4, 3, 2, 1), k=size)) for size in sizes]
    title = [" ".join(draw.choices(WORDS, k=size % 7)) for size in sizes]
    made = [make_entry(f"{at}.txt", f"Số: {at}/BC-X\nVề: {title[at]}\n\n{text[at]}") for at in range(len(sizes))]
    return [replace(entry, texts=(body,)) for entry, body in zip(made, text, strict=True)]


DOCUMENTS = make_documents()
TERMS = {entry.sha256: analyze_entry(entry).terms for entry in DOCUMENTS}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    engine = open_engine("postgres", tmp_path_factory.mktemp("kho"))
    with engine.exclusive(wait=True), pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "VECTOR", 40)  # a document becomes several rows
        engine.rebuild(DOCUMENTS[:60])
        engine.update(DOCUMENTS[50:])
    return engine


@pytest.mark.parametrize("seed", SEEDS)
def test_any_plan_matches_what_looking_finds(engine: SearchEngine, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(PLANS):
        plan, walls = draw_plan(draw, 3), draw_plan(draw, 1)
        expected = {sha256 for sha256, terms in TERMS.items() if matches(plan, terms)}
        seen = {sha256 for sha256 in expected if matches(walls, TERMS[sha256])}
        for wall, wanted in ((None, expected), (walls, seen)):
            answer = engine.find(FindRequest(plan, wall, len(DOCUMENTS)))
            assert ({hit.sha256 for hit in answer.ranked}, answer.total) == (wanted, len(wanted)), (plan, wall)


def test_pages_of_an_answer_join_whatever_is_asked_for_and_however_few_are_weighed(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_index, "WEIGHED", 10)
    plan = Boosted(Should((Term("body_f", "ba"), Term("title_f", "can"))), (PhraseTerms("body_f", WORDS[:3], 6.0),))
    whole = [hit.sha256 for hit in engine.find(FindRequest(plan, None, 1_000)).ranked]
    pages = [engine.find(FindRequest(plan, None, 7, first)).ranked for first in range(0, len(whole), 7)]
    assert [hit.sha256 for page in pages for hit in page] == whole and len(set(whole)) == len(whole) > 60


def test_who_says_a_word_oftener_for_its_length_comes_first(tmp_path: Path) -> None:
    other = "chuyện khác hẳn ở đây " * 20
    texts = {"nhiều": f"rà soát văn bản, rà soát thủ tục, rà soát {other}", "ít": f"rà soát văn bản {other}"}
    texts |= {"dài": f"rà soát văn bản, rà soát thủ tục, rà soát {other * 40}"}
    entries = {name: make_entry(f"{name}.txt", f"Số: 1/BC-X\n\n{text}") for name, text in texts.items()}
    engine = open_engine("postgres", tmp_path)
    with engine.exclusive(wait=True):
        engine.rebuild(entries.values())
    for plan in (Term("body_f", "soat"), PhraseTerms("body_f", ("ra", "soat"))):
        hits = [hit.sha256 for hit in engine.find(FindRequest(plan, None, 9)).ranked]
        assert hits == [entries[name].sha256 for name in ("nhiều", "ít", "dài")]
