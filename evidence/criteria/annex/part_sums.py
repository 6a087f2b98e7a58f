"""Parts that are added up -> a sum of parts.

Annexes word it three ways: "Điểm đạt được là tổng điểm của 02 nội dung: (1) … 0.5 (2) … 0.25"; "… thì CỘNG THÊM 0.25";
or bare lines whose points add up to the maximum. A part may have cases of its own ("… hoàn thành: 0.5 / chưa hoàn
thành: 0") or a formula. The heads of parts are the lines whose points add up to the criterion's maximum, with
what stands between them a scale of its own from all of the part's points down to none; where two ways fit, nothing is
read.

>>> from decimal import Decimal as D
>>> how = read_part_sum("Có trang riêng: 0,5\\nTin bài hằng tháng: 0,5\\nĐủ: 0,5\\nThiếu: 0,25\\nKhông có: 0", D(1))
>>> [(part.name, str(part.points), part.words, len(part.bands)) for part in how.parts]
[('p1', '0.5', 'Có trang riêng', 0), ('p2', '0.5', 'Tin bài hằng tháng', 0)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise

from evidence.criteria.annex import bands, formulas
from evidence.criteria.annex.cases import SPEAKS, ScoredCase, read_case, split_pieces
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.score_rule import ScorePart, Scoring

ADDED = re.compile(
    r"cộng thêm|cộng dồn|là tổng (?:số )?điểm|tổng (?:số )?điểm (?:đạt được )?của (?:các|\d+|hai|ba)", re.IGNORECASE
)
FORMULA = re.compile(r"công thức", re.IGNORECASE)
OF_FORMULA = re.compile(r"(?<![^\W\d_])[a-z]\d?\s*(?:/\s*[a-z]|=\s*0|là\s)")
NUMBERS = re.compile(r"[\d.,%<>=≥≤–-]+|\b(?:tu|den|duoi|tren|dat|tro len|co|neu|khong|chua|cham|tre|muon|hoac)\b")
GRADE = re.compile(r"^(?:neu |duoc |dat |xep )*(?:loai|hang|muc (?!do\b)|tot\b|kha\b|trung binh|xuat sac|yeu\b|kem\b)")
REMAINDER = re.compile(r"nội dung nào|hình thức nào|cấp nào|tương ứng|đối với cả", re.IGNORECASE)
MOST_CASES = 14  # of one scoring: more is a table that a person reads
ZERO = Decimal(0)


@dataclass(slots=True)
class _Line:
    """A case that may be the head of a part, and the lines below it that give no points."""

    case: ScoredCase
    texts: list[str] = field(default_factory=list)


def is_added(text: str) -> bool:
    """Whether the words say that parts are added up."""
    return bool(ADDED.search(text))


def read_part_sum(text: str, most: Decimal) -> Scoring | None:
    """The parts; ``None`` where there are none, or several ways to tell them."""
    lines = _lines(text)
    if lines is None or not 2 <= len(lines) <= MOST_CASES:
        return None
    ways = [heads for heads in _heads(lines, most) if all(_is_scale(lines, heads, at) for at in range(len(heads)))]
    if len(ways) != 1:
        return None
    heads = ways[0]
    if not is_added(text) and (len(heads) == len(lines) and _are_bands([line.case for line in lines])):
        return None
    parts = [_part(lines, heads, at) for at in range(len(heads))]
    known = tuple(part for part in parts if part is not None)
    return Scoring(parts=known) if len(known) == len(parts) else None


def _lines(text: str) -> list[_Line] | None:
    """The cases with the texts of their formulas; ``None`` where points are spoken of before any case, or otherwise."""
    lines: list[_Line] = []
    for piece in split_pieces(text):
        case = read_case(piece)
        if case and REMAINDER.search(case.when) and not case.points:
            continue
        if case and not OF_FORMULA.search(case.when):
            lines.append(_Line(case))
        elif is_added(piece) and not case:
            continue
        elif _gives_points(piece):
            return None
        elif lines:
            lines[-1].texts.append(piece)
    return lines


def _gives_points(piece: str) -> bool:
    """Whether a sentence that is no case gives or takes points, and not by a formula."""
    speaks = SPEAKS.search(piece) and re.search(r"điểm[^.:]*\d|\d\s*điểm", piece, re.IGNORECASE)
    return bool(speaks) and not FORMULA.search(piece) and not OF_FORMULA.search(piece)


def _heads(lines: Sequence[_Line], most: Decimal) -> Iterator[tuple[int, ...]]:
    """The choices of lines that add up to the maximum; the first line is always one."""
    rest = [at for at in range(1, len(lines)) if lines[at].case.points]
    for count in range(1, len(rest) + 1):
        for chosen in combinations(rest, count):
            if sum((lines[at].case.points for at in (0, *chosen)), ZERO) == most and lines[0].case.points:
                yield (0, *chosen)


def _below(lines: Sequence[_Line], heads: tuple[int, ...], at: int) -> Sequence[_Line]:
    end = heads[at + 1] if at + 1 < len(heads) else len(lines)
    return lines[heads[at] + 1 : end]


def _is_scale(lines: Sequence[_Line], heads: tuple[int, ...], at: int) -> bool:
    """Nothing below the head, or cases from all of its points down to none."""
    worth = [line.case.points for line in _below(lines, heads, at)]
    falling = all(higher > lower for higher, lower in pairwise(worth))
    return not worth or (falling and worth[0] == lines[heads[at]].case.points and worth[-1] == ZERO)


def _are_bands(cases: Sequence[ScoredCase]) -> bool:
    """Whether two cases differ in their numbers or a "không" only, as those of one scale do, or are grades."""
    plain = [NUMBERS.sub(" ", plain_letters(case.when)) for case in cases]
    words = [" ".join(text.split()) for text in plain]
    grades = sum(bool(GRADE.match(plain_letters(case.when))) for case in cases)
    return len(set(words)) < len(words) or grades > 1


def _part(lines: Sequence[_Line], heads: tuple[int, ...], at: int) -> ScorePart | None:
    """``None`` where a formula is there that cannot be read."""
    head, name = lines[heads[at]], f"p{at + 1}"
    below = _below(lines, heads, at)
    texts = [text for line in (head, *below) for text in line.texts]
    if any(FORMULA.search(text) for text in texts):
        how = formulas.read_formula("\n".join(texts))
        if below or how is None or how.formula is None:
            return None
        formula = re.sub(r"\b[a-z]\d?\b", lambda match: f"{name}_{match[0]}", how.formula)
        figures = tuple(f"{name}_{figure}" for figure in how.figures)
        return ScorePart(name, head.case.points, head.case.when, formula=formula, figures=figures)
    scale = bands.read_bands([(line.case.when, line.case.points) for line in below]) if below else None
    return ScorePart(name, head.case.points, head.case.when, bands=scale.bands if scale else ())
