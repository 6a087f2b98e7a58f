"""Formulas in words -> a formula with named figures.

"Tính điểm theo công thức: (b/a)*1.50 + (c/a)*1.00. Trong đó: a là …, b là …. Nếu tỷ lệ b/a <0.8 thì điểm đánh giá là 0.
Trường hợp a = 0 thì đạt điểm tối đa." ``points`` stands for the criterion's maximum.
Also as an equation: "a = Số cuộc họp; b = Tổng số; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa". A rate that is not defined
is the figure ``ty_le``, in percent.

>>> read_formula("a = Số đã nộp;\\nb = Số phải nộp;\\n- Tỷ lệ = a/b;\\n- Điểm = Tỷ lệ × Điểm tối đa").formula
'(a/b)*points'
>>> read_formula("Điểm = Tỷ lệ x Điểm tối đa").formula
'(ty_le/100)*points'
>>> read_formula("Điểm = (b/a)*1,5. Trong đó: a là số phải nộp; b là số đã nộp").formula
'(b/a)*1.5'
"""

from __future__ import annotations

import re
import unicodedata

from evidence.model.score_rule import Scoring

STARTS = re.compile(r"công\s+thức\s*:?\s*", re.IGNORECASE)
ENDS = re.compile(r"\.?\s*(?:trong\s+đó|với\s|\n|$)", re.IGNORECASE)
FIGURE = r"[a-z]\d?"
DEFINED = re.compile(rf"(?:^|\n|[.:;,]\s*)[-+*•]?\s*({FIGURE})\s*(?:là|=|:)\s+(\D[^\n;]*)", re.IGNORECASE)
WHEN = r"(?:nếu|trường hợp)\s*(?:tỷ lệ|tỉ lệ|kết quả)?\s*([-+*/().\sa-z\d]*?)\s*"
LIMIT = r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*thì\s+(?:được\s+)?"
FULL = r"(?:đạt|chấm|tính)?\s*(?:được\s+)?điểm\s+tối\s+đa"
NOUGHT = r"(?:điểm\s+(?:đánh giá|đạt được|số)?\s*(?:là|bằng)?|đạt|không tính điểm)\s*(?:0\b|không)?"
ZERO_BELOW = re.compile(rf"{WHEN}(<=|<|≤|dưới){LIMIT}{NOUGHT}", re.IGNORECASE)
FULL_FROM = re.compile(rf"{WHEN}(>=|≥){LIMIT}{FULL}", re.IGNORECASE)
FULL_AT_ZERO = re.compile(rf"({FIGURE})\s*=\s*0\s*thì\s+(?:được\s+)?{FULL}", re.IGNORECASE)
EQUATION = re.compile(
    r"(?:^|\n)\s*[-+*•]?\s*(?:số\s+)?điểm(?:\s+(?:đạt được|đánh giá|số))?\s*=\s*"
    r"([^\n;]+?)(?=\.?\s*(?:trong\s+đó|với\s)|[\n;]|$)",
    re.IGNORECASE,
)
RATE_NAME = re.compile(r"t[ỷỉ]\s+lệ(?:\s*\(?%\)?)?(?:\s+(?:đạt được|thực hiện|hoàn thành))?", re.IGNORECASE)
RATE = re.compile(r"(?:^|\n|;)\s*[-+*•]?\s*t[ỷỉ]\s+lệ(?:\s*\(?%\)?)?\s*=\s*([^\n;]+)", re.IGNORECASE)
SAFE = re.compile(r"[\sa-z\d.+*/()\-]+")
POINTS = re.compile(r"điểm\s+(?:tối\s+đa|chuẩn)", re.IGNORECASE)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
REST = re.compile(r"điểm|cộng thêm|\btrừ\b|:\s*\d+(?:[.,]\d+)?\s*\.?\s*$", re.IGNORECASE | re.MULTILINE)


def read_formula(text: str) -> Scoring | None:
    """``None``: no formula there. Without ``formula``: one that only a person can read."""
    starts = list(STARTS.finditer(text))
    if not starts:
        return _equation(text)
    if len(starts) > 1:
        return Scoring()
    start = starts[0].end()
    end = ENDS.search(text, start)
    stop = end.start() if end else len(text)
    body = _arithmetic(text[start:stop])
    defined = {name.lower(): said for name, said in DEFINED.findall(text[stop:])}
    used = set(re.findall(r"[a-z]+\d?", body or "")) - {"points"}
    if body is None or not used or used != set(defined) & used or _rates(body, defined):
        return Scoring()
    whole, left = _conditions(body, text[: starts[0].start()], text[stop:])
    figures = tuple(sorted(set(re.findall(rf"\b{FIGURE}\b", whole or ""))))
    if whole is None or REST.search(left) or not set(figures) <= set(defined):
        return Scoring()
    return Scoring(formula=whole, figures=figures)


def _equation(text: str) -> Scoring | None:
    """The formula of "Điểm = …"; ``None`` where there is no such line."""
    lines = list(EQUATION.finditer(text))
    if len(lines) != 1:
        return Scoring() if lines else None
    rates = list(RATE.finditer(text))
    rate = rates[0][1] if len(rates) == 1 else "ty_le/100"
    body = _arithmetic(RATE_NAME.sub("(%RATE%)", lines[0][1]).replace("%RATE%", "z"))
    percent = re.search(r"/\s*100\b|100\s*%", lines[0][1])
    inner = ("ty_le" if percent else "ty_le/100") if not rates else _arithmetic(rate)
    if rates and re.search(r"[*x×]\s*100\b(?!\s*%)", rate) and not percent:  # 95 or 0.95: nobody says
        return Scoring()
    if body is None or inner is None or len(rates) > 1:
        return Scoring()
    whole = body.replace("(z)", f"({inner})")
    rest = RATE.sub(" ", EQUATION.sub(" ", text))
    defined = {name.lower() for name, _ in DEFINED.findall(rest)}
    figures = tuple(sorted(set(re.findall(r"\bty_le\b|\b[a-z]\d?\b", whole))))
    known = all(figure in defined or figure == "ty_le" for figure in figures)
    sound = figures and known and not REST.search(DEFINED.sub(" ", rest))
    return Scoring(formula=whole, figures=figures) if sound else Scoring()


def _arithmetic(raw: str) -> str | None:
    """The formula in signs that a machine takes; ``None`` where other words stand in it."""
    plain = unicodedata.normalize("NFKC", POINTS.sub(" points ", raw)).strip(" .;:")
    plain = re.sub(r"(?<=\d),(?=\d)", ".", plain).replace("×", "*").replace("÷", "/").replace("–", "-")
    plain = re.sub(r"(?<=[\w)%])\s*[xX]\s*(?=[\d(p])", "*", plain)
    plain = PERCENT.sub(lambda match: str(float(match[1]) / 100).rstrip("0").rstrip("."), plain)
    plain = re.sub(r"\s+", "", plain.lower())
    names = set(re.findall(r"[a-z]+\d?", plain))
    sound = SAFE.fullmatch(plain) and plain.count("(") == plain.count(")") and re.search(r"[*/]", plain)
    return plain if sound and all(name == "points" or re.fullmatch(FIGURE, name) for name in names) else None


def _rates(body: str, defined: dict[str, str]) -> bool:
    """Whether a figure is a percentage that the formula takes whole: 95 or 0.95 nobody says."""
    return any("%" in said for said in defined.values()) and "/100" not in body


def _conditions(body: str, before: str, after: str) -> tuple[str | None, str]:
    """The formula with its exceptions, and what of the text is no part of it."""
    whole, left = body, after
    for pattern, worth, sign in ((FULL_FROM, "points", ">="), (ZERO_BELOW, "0", "<")):
        if case := pattern.search(left):
            compared = _arithmetic(case[1]) if case[1].strip() else None
            limit = float(case[3].replace(",", ".")) / (100 if case[4] else 1)
            if compared is None or case[2] in ("<=", "≤"):
                return None, left
            whole = f"{worth} if {compared} {sign} {limit:g} else {_inner(whole)}"
            left = left.replace(case[0], " ")
    if full := FULL_AT_ZERO.search(left):
        whole = f"points if {full[1].lower()} == 0 else {_inner(whole)}"
        left = left.replace(full[0], " ")
    left = re.sub(r"(?m)điểm (?:được )?(?:đánh giá|đạt được)[^.\n]*(?:theo|là)\s*$", " ", f"{before}\n{left}")
    left = re.sub(r"(?im)^.*?(?:tính\s+(?:điểm\s+)?|điểm đạt được (?:được )?tính\s+)theo\s*$", " ", left)
    return whole, DEFINED.sub(" ", left)


def _inner(formula: str) -> str:
    return f"({formula})" if " if " in formula else formula
