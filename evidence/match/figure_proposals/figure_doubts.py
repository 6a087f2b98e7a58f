"""Why a stated number may be another one than the figure asked for, although its words fit: each is told with the
proposal, so that what bears no doubt can be believed."""

from __future__ import annotations

import re
from decimal import Decimal

from evidence.appraisal.statistics.figure_roles import name_counted
from evidence.match.figure_proposals.wanted_figures import FigureKind, WantedFigure
from evidence.model.scores.figures import StatedFigure
from evidence.vietnamese.text import fold

SURE_TOPIC = Decimal("0.6")  # of the title's words, by weight, in the sentence or row itself
MOST_FOREIGN = Decimal("0.5")  # of the words beside the number that the figure does not name
FEWEST_FOREIGN = 3
_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_PERIOD = re.compile(
    r"lũy kế|luỹ kế|giai đoạn|từ năm|\bquý (?:[iv]{1,3}|\d)\b|\b\d{1,2} tháng\b|tháng đầu|tháng cuối|"
    r"trong tháng|trong tuần"
)
_PART = re.compile(
    r"trong đó|\bgồm\b|cấp (?:tỉnh|huyện|xã|sở|bộ)|theo ngành dọc|trực tiếp|qua bưu chính|một phần|toàn trình|còn lại"
)
_MONEY = re.compile(r"\b(?:tỷ|triệu|nghìn|ngàn)\b")
_OTHER_DEED = re.compile(r"\b(?:tăng|giảm|so với|thêm|bình quân|trung bình|mỗi|dự kiến|phấn đấu|chỉ tiêu|mục tiêu)\b")


def find_doubts(
    wanted: WantedFigure, figure: StatedFigure, subject: str, topic: Decimal, handed: bool, year: int
) -> tuple[str, ...]:
    """The codes of what makes the number doubtful. ``topic``: how much of the criterion's title its place names;
    ``handed``: the paper was handed in for that criterion; ``year``: of the set, 0 where it is not known."""
    own, asked = fold(figure.own), fold(f"{wanted.meaning} {wanted.criterion.title}")
    doubts = []
    if topic < SURE_TOPIC and not handed:
        doubts.append("figure-topic-unsaid")
    years = [int(match) for match in _YEAR.findall(own)]
    other_year = bool(years and year and year not in years and wanted.kind is not FigureKind.YEAR)
    if other_year or _says(_PERIOD, f"{own} {fold(subject)}", asked):
        doubts.append("figure-other-period")
    if _says(_PART, own, asked):
        doubts.append("figure-part-only")
    if _says(_OTHER_DEED, own, asked):
        doubts.append("figure-other-deed")
    if wanted.kind is FigureKind.YEAR and _MONEY.search(own):
        doubts.append("figure-money-scale")
    words = name_counted(figure.own)
    foreign = words - wanted.counted - wanted.topic
    if len(foreign) >= FEWEST_FOREIGN and Decimal(len(foreign)) / len(words) > MOST_FOREIGN:
        doubts.append("figure-words-differ")
    return tuple(doubts)


def _says(pattern: re.Pattern[str], text: str, asked: str) -> bool:
    """Whether the text has such words, and the question has not."""
    return any(match[0] not in asked for match in pattern.finditer(text))
