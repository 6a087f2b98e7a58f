"""What an annex words as evidence -> proposed requirements: kind, subject words, periods, how many, by when.

"Các báo cáo CCHC Quý I, 6 tháng, Quý III và báo cáo năm" asks for four reports. A line that names no kind of document
("Phụ lục thống kê tin, bài", "TLKC khác"), or only one that there may be ("nếu có"), proposes nothing: its words stay
in the criterion. Nothing here is asked of anybody until a person confirms it.

>>> proposals, _ = read_evidence("Các báo cáo CCHC Quý I, 6 tháng và báo cáo năm.", 2025)
>>> [(proposal.id, proposal.subject, proposal.period) for proposal in proposals]
[('bc-q1', ('CCHC', 'quý I'), 'quý I'), ('bc-6t', ('CCHC', '6 tháng'), '6 tháng'), ('bc-nam', ('CCHC', 'năm'), 'năm')]
>>> (plan,), _ = read_evidence("- Kế hoạch CCHC năm; TLKC khác (nếu có).", 2025)
>>> plan.kind.name, plan.subject, plan.about, plan.issuer, plan.proposed
('Kế hoạch', ('CCHC',), 2025, 'unit', True)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from evidence.model.criteria import Clock, Requirement
from evidence.values import date as dates
from evidence.values import kind as kinds
from evidence.values.kind import Kind
from evidence.vietnamese.text import fold, strip_marks

MOST = 12  # proposals of one criterion; a longer list is prose
LONGEST = 60  # characters of a subject word: more is a sentence, which no subject repeats
ITEMS = re.compile(r"\n|;\s*|(?<=[.:])\s+(?=[-+•]\s)|(?<=\s)(?=[-+•]\s+[A-ZĐ])")
OPTIONAL = re.compile(r"nếu có|tùy|khi có|hoặc tương đương", re.IGNORECASE)
PLURAL = re.compile(r"(?:các|những|bản|file|tệp|01)\s+", re.IGNORECASE)
COUNTED = re.compile(r"(?:ít nhất|tối thiểu|từ)?\s*(\d{1,2})\s+(?=\D)", re.IGNORECASE)
ASIDE = re.compile(r"\([^)]*\)?|\"")
STOPS = re.compile(
    r"\s+(?:của|do|về việc|về|theo|tại|trong|được|có|ghi|kèm|gồm|cho|đối với|bằng|trên|thể hiện|liên quan|đã|phải|để|"
    r"hằng|hàng|định kỳ|và|hoặc|từng|so với|năm)(?=\s|$)|[,:.]",
    re.IGNORECASE,
)
ABOUT = re.compile(r"\s*(?:về việc|về)\s+", re.IGNORECASE)
OWN = re.compile(r"của\s+(?:các\s+)?(?:cơ quan|đơn vị|sở|địa phương|tỉnh|xã|phường|ngành)\b", re.IGNORECASE)
OTHERS = re.compile(
    r"(?:của|do)\s+(?:các\s+)?(?:bộ|ubnd|hđnd|văn phòng|thanh tra|kiểm toán|cấp có thẩm quyền|cơ quan có)",
    re.IGNORECASE,
)
PERIODS = (
    ("q1", "quý I", r"quý\s+(?:I|1)(?![IV\d])"),
    ("q2", "quý II", r"quý\s+(?:II|2)(?![I\d])"),
    ("6t", "6 tháng", r"(?:6|06|sáu)\s+tháng"),
    ("q3", "quý III", r"quý\s+(?:III|3)\b"),
    ("q4", "quý IV", r"quý\s+(?:IV|4)\b"),
    ("9t", "9 tháng", r"(?:9|09|chín)\s+tháng"),
    (
        "nam", "năm",
        r"(?:báo cáo|và|,|tổng kết|;|tháng)\s+(?:hằng\s+|hàng\s+|cả\s+)?năm\b(?!\s+\d)|^(?:hằng|hàng)?\s*năm\b",
    ),
)  # fmt: skip
YEARLY = re.compile(r"(?:(?:hằng|hàng)\s+năm|(?<!trong )\bnăm)\b(?=\s*(?:của|theo|[,;.)]|$))", re.IGNORECASE)
YEAR = re.compile(r"năm\s+(20\d\d)", re.IGNORECASE)
BEFORE = re.compile(r"(trước|chậm nhất|hạn|muộn nhất)[^;\n]{0,30}?ngày\s*$", re.IGNORECASE)
ARRIVED = re.compile(r"ngày đến|ngày nhận|thời điểm nhận", re.IGNORECASE)
BY_THE_UNIT = {"Báo cáo", "Kế hoạch", "Tờ trình"}


def read_evidence(text: str, year: int | None, scoring: str = "") -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    """The proposals, and the dates among the words that no calendar has."""
    wrong = tuple(
        raw
        for match in dates.search(text + "\n" + scoring)
        if match.date is None and len(re.findall(r"\d+", raw := (text + "\n" + scoring)[match.start : match.end])) == 3
    )
    clock = Clock.RECEIVED if ARRIVED.search(scoring) or ARRIVED.search(text) else Clock.ISSUED
    whole = ASIDE.sub(lambda match: match[0].replace(";", ",").replace("\n", " "), text)
    proposals = [proposal for item in ITEMS.split(whole) for proposal in _item(item.strip(" -+•*.\t"), year)]
    if len(proposals) > MOST:
        return (), wrong
    named = zip(proposals, _unique([proposal.id for proposal in proposals]), strict=True)
    return tuple(replace(proposal, id=unique_id, clock=clock) for proposal, unique_id in named), wrong


def _unique(ids: Sequence[str]) -> list[str]:
    """``bc, bc`` becomes ``bc, bc-2``."""
    counts = [ids[: at + 1].count(name) for at, name in enumerate(ids)]
    return [name if count == 1 else f"{name}-{count}" for name, count in zip(ids, counts, strict=True)]


def _item(item: str, year: int | None) -> Iterator[Requirement]:
    """The requirements of one line of evidence."""
    if not item or OPTIONAL.search(item):
        return
    count, rest = _counted(item)
    kind, rest = _kind(rest)
    if kind is None:
        return
    rest = re.split(r"\s+hoặc\s", ASIDE.sub(" ", rest))[0]
    own, about = _subject(rest, kind), YEAR.search(rest)
    if not own or OTHERS.search(rest):
        return
    issuer = "unit" if OWN.search(rest) or kind.name in BY_THE_UNIT else "any"
    due = _due(item)
    code = strip_marks(fold(kind.code or kind.name)).replace(" ", "-").replace("đ", "d")
    base = Requirement(
        id=code, title=" ".join(item.split()), kind=kind, issuer=issuer, subject=(own,), due=due, count=count,
        proposed=True, about=int(about[1]) if about else None,
    )  # fmt: skip
    periods = [(name, period) for name, period, pattern in PERIODS if re.search(pattern, rest, re.IGNORECASE)]
    if kind.name == "Báo cáo" and (periods or YEARLY.search(rest)):
        for name, period in periods or [("nam", "năm")]:
            title = f"{kind.name} {own} {period}" if len(periods) > 1 else base.title
            slot = replace(base, id=f"{code}-{name}", title=title, subject=(own, period), period=period, count=1)
            yield replace(slot, about=base.about or year)
    else:
        yield replace(base, about=base.about or (year if kind.name == "Kế hoạch" and YEARLY.search(rest) else None))


def _counted(item: str) -> tuple[int, str]:
    match = COUNTED.match(item)
    if match:
        return max(1, int(match[1])), item[match.end() :]
    plural = PLURAL.match(item)
    return 1, item[plural.end() :] if plural else item


@cache
def _names() -> tuple[tuple[str, Kind], ...]:
    rows = [(fold(kind.name), kind) for kind in kinds.kinds() if kind.name != "Văn bản"]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _kind(item: str) -> tuple[Kind | None, str]:
    folded = fold(item)
    for name, kind in _names():
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalpha():
            return kind, item[len(name) :]
    return None, item


def _subject(rest: str, kind: Kind) -> str:
    """The words that a subject of such a document has: up to where the line goes on to explain."""
    plain = ASIDE.sub(" ", rest)
    for _, _, pattern in PERIODS:
        plain = re.sub(pattern, "|", plain, flags=re.IGNORECASE)
    plain = ABOUT.sub(" ", plain, count=1) if ABOUT.match(plain) else plain
    words = STOPS.split(plain.split("|")[0], maxsplit=1)[0].strip(" -–/")
    return " ".join(words.split()) if 2 < len(words) <= LONGEST else ""


def _due(item: str) -> datetime.date | None:
    """ "Trước ngày 20/12/2025" ends the day before; "chậm nhất ngày 20/12/2025" on the day itself."""
    for match in dates.search(item):
        day = match.date.to_date() if match.date else None
        cue = re.search(r"(trước|chậm nhất|hạn|muộn nhất)[^;\n]{0,30}$", item[: match.start], re.IGNORECASE)
        if day and cue:
            return day - datetime.timedelta(days=1) if cue[1].lower() == "trước" else day
    return None
