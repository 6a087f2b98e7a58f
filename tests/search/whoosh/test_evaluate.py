"""What a plan matches, against looking through every document."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evidence.search.plan import Boosted, Constant, Must, PhraseTerms, Plan, Term
from evidence.search.whoosh.evaluate import match_plan
from evidence.search.whoosh.snapshot import IndexSnapshot
from tests.search.random_plans import WORDS, draw_plan, matches
from tests.search.whoosh.index_maker import describe_document, make_index

Words = tuple[str, ...]


def make_documents() -> list[tuple[Words, Words]]:
    """Body and title of each; one of 3,000 words, some empty."""
    draw = random.Random(11)
    sizes = [3_000, 0, 1, 2, *(draw.randrange(2, 40) for _ in range(260))]
    weights = (12, 6, 4, 3, 2, 1)
    return [
        (tuple(draw.choices(WORDS, weights, k=size)), tuple(draw.choices(WORDS, weights, k=size % 7))) for size in sizes
    ]


DOCUMENTS = make_documents()
TERMS = [{"body_f": body, "title_f": title} for body, title in DOCUMENTS]
DELETED = (4, 200)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexSnapshot]:
    fields = [describe_document(str(at), body, title) for at, (body, title) in enumerate(DOCUMENTS)]
    index = make_index(tmp_path_factory.mktemp("kho"), [fields[:150], fields[150:]], [str(at) for at in DELETED])
    opened = IndexSnapshot(index)
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", range(12))
def test_any_plan_matches_what_looking_finds(snapshot: IndexSnapshot, seed: int) -> None:
    draw = random.Random(seed)
    within = np.array(sorted(draw.sample(range(len(DOCUMENTS)), 60)))
    for _ in range(25):
        plan = draw_plan(draw, 3)
        expected = [at for at, terms in enumerate(TERMS) if at not in DELETED and matches(plan, terms)]
        answer = match_plan(snapshot, plan)
        assert answer.ids.tolist() == expected, plan
        some = match_plan(snapshot, plan, within)
        assert some.ids.tolist() == [at for at in within.tolist() if at in expected], plan
        assert some.scores == pytest.approx(answer.scores[np.isin(answer.ids, within)]), plan


def test_scores_are_added_and_boosts_match_nothing_themselves(snapshot: IndexSnapshot) -> None:
    left, right = Term("body_f", "can"), Term("body_f", "da", 3.0)
    scores = {plan: dict(zip(*_listed(snapshot, plan), strict=True)) for plan in (left, right)}
    both = _listed(snapshot, Must((right, left)))
    assert both[1] == pytest.approx([scores[left][at] + scores[right][at] for at in both[0]])
    boosted = _listed(snapshot, Boosted(left, (right,)))
    assert boosted[0] == list(scores[left])
    assert boosted[1] == pytest.approx([scores[left][at] + scores[right].get(at, 0.0) for at in boosted[0]])
    assert set(_listed(snapshot, Constant(left, 7.0))[1]) == {7.0}


def test_a_run_that_stands_there_oftener_weighs_more(tmp_path: Path) -> None:
    once = ("ba", "bo", "ca", *["x"] * 6, "ca", "bo", "ba", *["y"] * 3)
    twice = ("ba", "bo", "ca", *["x"] * 6, "ba", "bo", "ca", *["y"] * 3)
    fields = [describe_document("once", once, once), describe_document("twice", twice, twice)]
    snapshot = IndexSnapshot(make_index(tmp_path, [fields]))
    for field in ("body_f", "title_f"):
        ids, scores = _listed(snapshot, PhraseTerms(field, ("ba", "bo", "ca")))
        assert ids == [0, 1] and scores[1] > scores[0]


def _listed(snapshot: IndexSnapshot, plan: Plan) -> tuple[list[int], list[float]]:
    answer = match_plan(snapshot, plan)
    return answer.ids.tolist(), answer.scores.tolist()
