"""The words of a scoring -> a rule, where they leave no choice; otherwise the rule stays ``manual`` beside its text.

Only what is understood whole is turned: every sentence that speaks of points must be part of the rule, the best case
must give the criterion's maximum, and bands must neither overlap nor leave a gap. "Cộng thêm", "trừ", several sums in
one cell: a person reads them.

>>> from decimal import Decimal
>>> rule, how = read_rule("Đạt 100%: 1\\nTừ 80% - dưới 100%: 0,5\\nDưới 80%: 0", Decimal(1), False)
>>> rule.value, [(str(one.points), str(one.low), str(one.high)) for one in how.bands]
('stepped', [('0', 'None', '80'), ('0.5', '80', '100'), ('1', '100', 'None')])
>>> words = "Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:\\na là số giao\\nb là số xong"
>>> read_rule(words, Decimal(1), False)[1].formula
'(b/a)*points'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.annex import bands, formulas
from evidence.criteria.annex.amounts import to_decimal
from evidence.criteria.annex.columns import plain_letters
from evidence.model.score_rule import ScoreRule, Scoring

# "…: 0.5", "… thì điểm đánh giá là 1;", "… thì đạt 0,75 điểm"
WORTH = re.compile(
    r"(?P<when>.+?)(?:\s*[:;=]\s*|\s+(?:thì|được|đạt)\s+[^:;\d]{0,40}?(?:là|đạt|được)?\s*:?\s*)"
    r"(?P<points>\d{1,3}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?\s*[.;]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
BREAKS = re.compile(r"\n|;\s+|(?<=[:.])\s+(?=[-+]\s)|(?<=\d)\s+(?=-\s+(?:nếu|từ|dưới|đạt)\b)", re.IGNORECASE)
HINDERS = re.compile(
    r"cộng thêm|\btrừ\b|điểm cộng|cộng dồn|tổng điểm|mỗi|\(2\)|không tự (?:đánh giá|chấm)", re.IGNORECASE
)
SPEAKS = re.compile(r"điểm|:\s*\d+(?:[.,]\d+)?\s*$", re.IGNORECASE)
LEADS = re.compile(
    r"(?:yêu cầu|lưu ý|ghi chú|nếu|thống kê|tính tỷ lệ|trong đó|căn cứ|cách tính|đối với)\b", re.IGNORECASE
)
DOCUMENTS = re.compile(r"kip thoi|dung han|thoi han|dung thoi gian|thoi gian|so luong|ban hanh")
NOT = re.compile(r"\b(khong|chua|mot trong|tre|cham|muon)\b")
HALF = Decimal("0.5")
MANUAL = (ScoreRule.MANUAL, Scoring())


@dataclass(frozen=True, slots=True)
class ScoredCase:
    """A case and its points."""

    when: str
    points: Decimal


def read_rule(text: str, most: Decimal, evidence: bool) -> tuple[ScoreRule, Scoring]:
    """The rule and what it needs. ``evidence``: whether documents are proposed that a rule could count."""
    if not text or HINDERS.search(text):
        return MANUAL
    formula = formulas.read_formula(text)
    if formula is not None:
        return (ScoreRule.FORMULA, formula) if formula.formula else MANUAL
    cases = read_cases(text)
    if cases is None or len(cases) < 2 or max(case.points for case in cases) != most:
        return MANUAL
    stepped = bands.read_bands([(case.when, case.points) for case in cases])
    if stepped:
        return ScoreRule.STEPPED, stepped
    return _states(cases, most) if evidence else MANUAL


def read_cases(text: str) -> list[ScoredCase] | None:
    """The cases of a scoring; ``None`` where a sentence speaks of points in another way."""
    cases: list[ScoredCase] = []
    for piece in filter(None, (part.strip(" -+*•–\t") for part in BREAKS.split(text))):
        match = WORTH.fullmatch(piece)
        if match:
            cases.append(ScoredCase(match["when"].strip(" -+:"), to_decimal(match["points"])))
        elif SPEAKS.search(piece) and not (LEADS.match(piece) and not re.search(r"điểm[^.:]*\d", piece)):
            return None
    return cases


def _states(cases: Sequence[ScoredCase], most: Decimal) -> tuple[ScoreRule, Scoring]:
    """In time / late / not at all; or all of it / nothing."""
    texts = [plain_letters(case.when) for case in cases]
    if not DOCUMENTS.search(texts[0]) or NOT.search(texts[0]) or not all(NOT.search(text) for text in texts[1:]):
        return MANUAL
    worth = [case.points for case in cases]
    if len(cases) == 2 and worth == [most, 0]:
        return ScoreRule.ALL_OR_NOTHING, Scoring()
    late = re.search(r"\b(khong|chua) (kip thoi|dung han|dung thoi)|\b(tre|cham|muon)\b", texts[1])
    none = re.match(r"(khong|chua) (ban hanh|thuc hien|co|xay dung|gui)", texts[-1])
    if len(cases) == 3 and worth[0] == most and worth[2] == 0 and most > worth[1] > 0 and late and none:
        share = worth[1] / most
        whole = "day du" not in texts[1] and share * most == worth[1]
        return (ScoreRule.TIMELINESS, Scoring(late=share if share != HALF else None)) if whole else MANUAL
    return MANUAL
