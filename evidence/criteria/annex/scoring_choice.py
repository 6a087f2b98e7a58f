"""How a criterion is scored, from the words of the decision and of the guide: the decision's rule wins, and where the
guide's computes otherwise, it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from evidence.criteria import formula
from evidence.criteria.annex import clauses, rule_text
from evidence.criteria.annex.cases import read_case, split_pieces
from evidence.criteria.annex.clauses import ScoringClauses
from evidence.model.score_rule import ScoreBlock, ScorePart, ScoreRule, Scoring
from evidence.vietnamese.text import fold

Rule = tuple[ScoreRule, Scoring]
_WORD = re.compile(r"[^\W_]+")
SAMPLES = (Decimal(7), Decimal(10))  # of every figure: where two formulas agree on both ways round, they are one


@dataclass(frozen=True, slots=True)
class ReadScoring:
    """The rule, the clauses of both texts, and whether the two texts contradict each other."""

    rule: ScoreRule = ScoreRule.MANUAL
    how: Scoring = field(default_factory=Scoring)
    not_applicable_if: str = ""
    full_points_if: str = ""
    timely: bool = False
    self_assessed: bool = True
    conflict: bool = False


def read_scoring(
    decision: str, guide: str, most: Decimal, title: str, evidence: bool, block: ScoreBlock | None = None
) -> ReadScoring:
    """What the words say; ``guide`` is empty where there is none. ``evidence``: documents are proposed. Beside the
    scale the title often says it all: "Báo cáo trễ hạn (mỗi lần trừ 01 điểm)"."""
    if block and not decision:
        decision = title
    texts = [clauses.read_clauses(text, most) for text in (decision, guide) if text]
    rules = [_read_rule(text.scale, most, title, evidence, block) for text in texts]
    rule, how = next((read for read in rules if read[0] is not ScoreRule.MANUAL), rule_text.MANUAL)
    deducting = next((text for text in texts if text.deduct is not None), None)
    if deducting and rule is not ScoreRule.MANUAL:
        how = replace(how, deduct=deducting.deduct, deduct_if=deducting.deduct_if)
    return ReadScoring(
        rule=rule,
        how=how,
        not_applicable_if=_joined(text.not_applicable_if for text in texts),
        full_points_if=_joined(text.full_points_if for text in texts),
        timely=clauses.is_timely(f"{decision}\n{guide}"),
        self_assessed=all(text.self_assessed for text in texts),
        conflict=len(rules) == 2 and _contradict(rules[0], rules[1], texts[0], most),
    )


def _read_rule(text: str, most: Decimal, title: str, evidence: bool, block: ScoreBlock | None) -> Rule:
    """A block's points for each time something was done; of the rest a penalty is for a person to take."""
    each = rule_text.read_each(text, most, block) if block else None
    if each:
        return ScoreRule.FORMULA, each
    return rule_text.MANUAL if block is ScoreBlock.PENALTY else rule_text.read_rule(text, most, title, evidence)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(line for text in texts for line in text.split("\n") if line))


def _contradict(own: Rule, other: Rule, words: ScoringClauses, most: Decimal) -> bool:
    """Whether the guide computes otherwise than the decision."""
    if ScoreRule.MANUAL in (own[0], other[0]):
        parts = [part.points for part in other[1].parts]
        cases = [case.points for piece in split_pieces(words.scale) if (case := read_case(piece)) and case.points]
        return own[0] is ScoreRule.MANUAL and bool(parts) and len(cases) == len(parts) and cases != parts
    if own[0] is not other[0]:
        return True
    if own[1].formula and other[1].formula:
        return not _compute_alike(own[1], other[1], most)
    if own[1].bands != other[1].bands or _points(own[1]) != _points(other[1]):
        return True
    return any(not _is_among(part.words, other[1].parts) for part in own[1].parts)


def _points(how: Scoring) -> list[Decimal]:
    return [part.points for part in how.parts]


def _is_among(words: str, parts: Iterable[ScorePart]) -> bool:
    """Whether one of these parts judges the same, in whatever words: "Không có TTHC trái thẩm quyền" and "Trong năm
    không có TTHC ban hành trái thẩm quyền"; a part without words says nothing against it."""
    own = set(_WORD.findall(fold(words)))
    others = [set(_WORD.findall(fold(part.words))) for part in parts]
    return not own or any(not other or 2 * len(own & other) >= min(len(own), len(other)) for other in others)


def _compute_alike(own: Scoring, other: Scoring, most: Decimal) -> bool:
    if set(own.figures) != set(other.figures):
        return False
    for turned in (False, True):
        values = {name: SAMPLES[(at + turned) % 2] for at, name in enumerate(sorted(own.figures))} | {"points": most}
        if formula.compute_formula(own.formula or "", values) != formula.compute_formula(other.formula or "", values):
            return False
    return True
