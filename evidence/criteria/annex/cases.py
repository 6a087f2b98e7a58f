"""The pieces of a scoring: cases with their points, and what stands between them.

>>> [(case.when, str(case.points)) for case in read_cases("- Có trang riêng thì điểm đánh giá là 0,5;\\n- Không có: 0")]
[('Có trang riêng', '0.5'), ('Không có', '0')]
>>> read_cases("Đạt thì được điểm theo đánh giá của Hội đồng"), read_cases("Báo cáo chậm thì trừ 0,5 điểm")
(None, None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.annex.amounts import to_decimal

POINTS = r"(?P<points>\d{1,3}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?\s*[.;)]*\s*$"
# "…: 0.5", "… thì điểm đánh giá là: 1"; "… thì đạt 0,75 điểm", "… CỘNG THÊM 0.25 điểm"
BEHIND_COLON = re.compile(rf"(?P<when>.+?)\s*[:=]\s*{POINTS}", re.IGNORECASE | re.DOTALL)
BEHIND_VERB = re.compile(
    rf"(?P<when>.+?)\s+(?:thì|được|đạt|cộng thêm)\s+[^:;\d]{{0,40}}?(?:là|đạt|được)?\s*{POINTS}",
    re.IGNORECASE | re.DOTALL,
)
THEN = re.compile(r"\s+thì\s+[^:;\d]{0,40}$", re.IGNORECASE)
TAKEN = re.compile(r"\btrừ\s+(?:đi\s+|thêm\s+)?\d[\d.,]*\s*(?:điểm|đ)?\s*[.;)]*$", re.IGNORECASE)
BREAKS = re.compile(
    r"\n|;\s+|(?<=[:.])\s+(?=[-+]\s)|(?<=\d)\s+(?=-?\s*(?:nếu|từ|dưới|đạt|không|chưa|sử dụng|tính điểm|tính theo)\b)"
    r"|(?<=\bNếu:)\s+|(?<=\d)\.\s+(?=[-(])|(?<=điểm)\.\s+(?=[-(])",
    re.IGNORECASE,
)
CUT = re.compile(r"(?m)(?<=\blà)\s*\n\s*(?=\d+(?:[.,]\d+)?\s*\.?\s*$)")  # a page break before the points
NUMBERED = re.compile(r"\(\d{1,2}\)\s*")
# Not "thí điểm", "thời điểm", "trọng điểm".
POINT = r"(?<!thí )(?<!thời )(?<!trọng )(?<!địa )(?<!đặc )(?<!quan )(?<!ưu )(?<!nhược )điểm"
SPEAKS = re.compile(rf"{POINT}|:\s*\d+(?:[.,]\d+)?\s*$", re.IGNORECASE)
LEADS = re.compile(
    r"(?:yêu cầu|lưu ý|ghi chú|nếu|thống kê|tính tỷ lệ|trong đó|căn cứ|cách tính|đối với|phạm vi|ví dụ)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ScoredCase:
    """A case and its points."""

    when: str
    points: Decimal


def split_pieces(text: str) -> Iterator[str]:
    """The lines and sentences of a scoring, without their bullets."""
    for part in BREAKS.split(CUT.sub(" ", text)):
        piece = NUMBERED.sub("", part.strip(" -+*•–\t"), count=1) if part.strip().startswith("(") else part
        if piece := piece.strip(" -+*•–\t"):
            yield piece


def read_case(piece: str) -> ScoredCase | None:
    """The case that a piece words, if it gives points."""
    if TAKEN.search(piece):
        return None
    match = BEHIND_COLON.fullmatch(piece) or BEHIND_VERB.fullmatch(piece)
    return ScoredCase(THEN.sub("", match["when"]).strip(" -+:"), to_decimal(match["points"])) if match else None


def read_cases(text: str) -> list[ScoredCase] | None:
    """The cases of a scoring; ``None`` where a sentence speaks of points in another way."""
    cases: list[ScoredCase] = []
    for piece in split_pieces(text):
        if case := read_case(piece):
            cases.append(case)
        elif SPEAKS.search(piece) and not (LEADS.match(piece) and not re.search(r"điểm[^.:]*\d", piece)):
            return None
    return cases
