"""The words of a scoring -> a rule, where they leave no choice; otherwise the rule stays ``manual`` beside its text.

Only what is understood whole is turned: every sentence that speaks of points must be part of the rule, the best case
must give the criterion's maximum, and bands must neither overlap nor leave a gap. Clauses are taken out before
(``clauses``). A rule counts documents only where the documents themselves are what is judged ("Ban hành kế hoạch đầy
đủ, kịp thời"); a deed ("đã sắp xếp", "cập nhật kịp thời") is for a person to judge, whatever reports of it.

>>> from decimal import Decimal
>>> rule, how = read_rule("Đạt 100%: 1\\nTừ 80% - dưới 100%: 0,5\\nDưới 80%: 0", Decimal(1), "", False)
>>> rule.value, [(str(one.points), str(one.low), str(one.high)) for one in how.bands]
('stepped', [('0', 'None', '80'), ('0.5', '80', '100'), ('1', '100', 'None')])
>>> words = "Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:\\na là số giao\\nb là số xong"
>>> read_rule(words, Decimal(1), "", False)[1].formula
'(b/a)*points'
>>> read_rule("Kịp thời, đúng quy định: 1\\nKhông kịp thời: 0", Decimal(1), "Kiện toàn tổ chức bộ máy", True)[0].value
'manual'
>>> read_rule("Đầy đủ, kịp thời: 1\\nKhông kịp thời: 0", Decimal(1), "Chế độ báo cáo CCHC", True)[0].value
'all-or-nothing'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from evidence.criteria.annex import bands, formulas, part_sums, year_changes
from evidence.criteria.annex.amounts import to_decimal
from evidence.criteria.annex.cases import ScoredCase, read_cases
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.score_rule import ScoreBlock, ScoreRule, Scoring

# What changes points outside the scale. "trừ" alone is an exception: "(trừ trường hợp …)".
HINDERS = re.compile(
    r"cộng thêm|điểm cộng|cộng dồn|\btrừ\s+(?:đi\s+|thêm\s+)?(?:\d|điểm)|bị trừ|là tổng (?:số )?điểm"
    r"|\bmỗi\b[^\n]*\d\s*điểm",
    re.IGNORECASE,
)
# "Điểm theo kết quả điều tra xã hội học": others ask the people; nothing is read here.
SURVEYED = re.compile(r"(?:theo|dựa trên|căn cứ)\s+kết quả\s+(?:điều tra|khảo sát)\s+xã hội học", re.IGNORECASE)
EACH = re.compile(r"mỗi\s+[^.;\d\n]{2,80}?(?P<each>\d{1,2}(?:[.,]\d{1,3})?)\s*điểm", re.IGNORECASE)
CAPPED = re.compile(r"(?:tối đa|không quá)(?:\s+là)?\s+(\d{1,3}(?:[.,]\d{1,3})?)\s*điểm", re.IGNORECASE)
TIME = re.compile(r"kip thoi|dung han|thoi han|dung thoi gian|thoi gian|so luong|ban hanh")
NOT = re.compile(r"\b(khong|chua|mot trong|tre|cham|muon)\b")
# Nouns; the others are verbs as often ("Hướng dẫn cấp xã …") and need an act before them.
KIND = r"(?:bao cao|ke hoach|quy che|chuong trinh|de an|phuong an|to trinh)"
FORMAL = r"(?:nghi quyet|quyet dinh|thong bao|cong van|huong dan|quy trinh|chi thi)"
ACT = r"(?:ban hanh|xay dung|lap|gui|trinh|nop|tham muu ban hanh|xay dung va ban hanh|xay dung, ban hanh)"
FILLER = r"(?:(?:cac|nhung|day du|kip thoi|dung han|van ban|va|,|co|da|che do|viec|\d+)\s*)*"
# The judged thing is a document: "Ban hành kế hoạch …", "Kế hoạch ban hành …", "Thực hiện chế độ báo cáo"; not
# "Thực hiện kế hoạch …", nor a document and a deed ("Có kế hoạch và tổ chức kiểm tra …").
DOCUMENT = re.compile(
    rf"^(?:neu\s+)?{FILLER}(?:{ACT}\s+{FILLER}(?:{KIND}|{FORMAL})|{KIND}|thuc hien\s+{FILLER}bao cao)\b"
)
DEED = re.compile(
    r"(?:\bva|,)\s+(?:da\s+|viec\s+)?(?:to chuc|trien khai|thuc hien|hoan thanh|xu ly|cong khai|khac phuc|cap nhat)\b"
)
REGULATIONS = re.compile(rf"^(?:neu\s+)?{FILLER}{ACT}\s+{FILLER}(?:quy dinh|quy che)\s+(?:ve|quan ly)\b")
# A case that says how, and not what: the title says what.
MANNER = re.compile(
    rf"^(?:neu\s+)?(?:(?:da|co)\s+)?(?:thuc hien|{ACT})?\s*"
    r"(?:(?:dam bao|bao dam)\s+)?(?:day du|du\b|kip thoi|dung han|dung thoi|dung quy dinh|ve so luong|$)"
)
HALF = Decimal("0.5")
MANUAL = (ScoreRule.MANUAL, Scoring())


def read_rule(text: str, most: Decimal, title: str, evidence: bool) -> tuple[ScoreRule, Scoring]:
    """The rule and what it needs. ``text`` is without clauses; ``title`` tells what the criterion judges; ``evidence``:
    whether documents are proposed that a rule could count."""
    if not text:
        return MANUAL
    if SURVEYED.search(text) and not re.search(r"\d", text):
        return ScoreRule.SURVEY, Scoring()
    parts = part_sums.read_part_sum(text, most)
    if parts:
        return ScoreRule.SUM_OF_PARTS, parts
    if each := read_each(text, most):
        return ScoreRule.FORMULA, each
    if HINDERS.search(text):
        return MANUAL
    formula = formulas.read_formula(text)
    if formula is not None:
        return (ScoreRule.FORMULA, formula) if formula.formula else MANUAL
    cases = read_cases(text)
    if cases is None or len(cases) < 2 or max(case.points for case in cases) != most:
        return MANUAL
    return _scale(cases, title) or (_states(cases, most, title) if evidence else MANUAL)


def _scale(cases: Sequence[ScoredCase], title: str) -> tuple[ScoreRule, Scoring] | None:
    """Bands of a figure, or of its change against the year before."""
    pairs = [(case.when, case.points) for case in cases]
    if change := year_changes.read_year_change(pairs, title):
        return ScoreRule.YEAR_ON_YEAR, change
    stepped = bands.read_bands(pairs)
    return (ScoreRule.STEPPED, stepped) if stepped else None


def read_each(text: str, most: Decimal, block: ScoreBlock | None = None) -> Scoring | None:
    """ "Mỗi mô hình được 0,5 điểm, tối đa 2 điểm"; "mỗi lần trễ hạn trừ 01 điểm": where nothing else gives points.
    Beside the scale the maximum of the ``block`` is the cap.

    >>> read_each("Mỗi mô hình được công nhận: 0,5 điểm, tối đa 2 điểm", Decimal(2)).formula
    'min(so_luong * 0.5, points)'
    >>> read_each("Mỗi báo cáo trễ hạn trừ 0,25 điểm", Decimal(1)).formula
    'max(points - so_lan * 0.25, 0)'
    >>> read_each("Báo cáo trễ hạn (mỗi lần trừ 01 điểm)", Decimal(5), ScoreBlock.PENALTY).formula
    'min(so_lan * 1, points)'
    """
    found = list(EACH.finditer(text))
    if len(found) != 1:
        return None
    caps = [to_decimal(cap) for cap in CAPPED.findall(text)]
    rest = CAPPED.sub(" ", text.replace(found[0][0], " "))
    if re.search(r"điểm|:\s*\d", rest, re.IGNORECASE) or any(cap != most for cap in caps):
        return None
    each, taken = f"{to_decimal(found[0]['each']):f}", bool(re.search(r"\btrừ\b", found[0][0], re.IGNORECASE))
    if block is ScoreBlock.PENALTY:
        return Scoring(formula=f"min(so_lan * {each}, points)", figures=("so_lan",))
    if taken:
        return None if block else Scoring(formula=f"max(points - so_lan * {each}, 0)", figures=("so_lan",))
    return Scoring(formula=f"min(so_luong * {each}, points)", figures=("so_luong",)) if caps or block else None


def judges_document(case: str, title: str) -> bool:
    """Whether a case judges a document itself, by its own words or, where it only says how, by those of the title.

    >>> judges_document("Ban hành kế hoạch đầy đủ, kịp thời", ""), judges_document("Cập nhật dữ liệu kịp thời", "")
    (True, False)
    >>> judges_document("Thực hiện đầy đủ, kịp thời", "Thực hiện chế độ báo cáo định kỳ")
    True
    """
    when, heading = plain_letters(case), plain_letters(title)
    if DEED.search(when):
        return False
    if DOCUMENT.match(when) or REGULATIONS.match(when):
        return True
    named = DOCUMENT.match(heading) or REGULATIONS.match(heading)
    return bool(MANNER.match(when)) and bool(named) and not DEED.search(heading)


def _states(cases: Sequence[ScoredCase], most: Decimal, title: str) -> tuple[ScoreRule, Scoring]:
    """In time / late / not at all; or all of it / nothing."""
    texts = [plain_letters(case.when) for case in cases]
    if not TIME.search(texts[0]) or NOT.search(texts[0]) or not all(NOT.search(text) for text in texts[1:]):
        return MANUAL
    if not judges_document(cases[0].when, title):
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
