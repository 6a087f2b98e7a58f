"""Documents cited by name, without a number: laws, and plans, programmes and schemes with a period or a quoted title.

``Luật Đất đai năm 2024``; ``Chương trình cải cách hành chính nhà nước giai đoạn 2021-2030``; ``Đề án “…”``. A bare
"kế hoạch của UBND tỉnh" names nothing, and "Kế hoạch này" is the citing document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.extract.citations.context import find_issuer, read_tail
from evidence.values import kind as kinds
from evidence.values import law
from evidence.values.date import PartialDate, make_date
from evidence.values.kind import Kind

_PLAN = r"(?<![\w“\"])(?P<kind>Kế hoạch|Chương trình|Đề án|Quy chế|Chiến lược|Phương án)"
_PERIOD = (
    r"giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?\d{4}\s*(?:-|đến(?:\s+năm)?)\s*\d{4}"
    r"|(?:đến\s+)?năm\s+\d{4}(?!\d)"
)
_BY_PERIOD = re.compile(rf"{_PLAN}(?P<name>\s[^.;:()“”\"\n0-9]{{3,110}}?)\s(?P<period>{_PERIOD})")
_BY_QUOTES = re.compile(rf"{_PLAN}\s+[“\"](?P<name>[^“”\"]{{8,220}})[”\"]")
_STOPPERS = re.compile(
    r"(?<!\w)(?:này|số|được|đã|theo|tại|ban hành|gửi|trình|báo cáo|trong|từ|của các|đến|Kế hoạch|Chương trình|Đề án|"
    r"Nghị quyết|Quyết định|và các|để|nhằm|là|phải|có|chưa|trên|kèm)(?!\w)"
)
_OWN = re.compile(r"(?:ban\s+hành|này|xây\s+dựng|dự\s+thảo)\s*[,:]?\s*[“\"]?$", re.IGNORECASE)
_LAW_YEAR = re.compile(r"\s*(?:,?\s*năm\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])")


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document named at ``start:end``."""

    start: int
    end: int
    kind: Kind | None
    name: str
    date: PartialDate | None
    issuer: tuple[int, int] | None
    confidence: float


def find_named_documents(text: str) -> Iterator[NamedDocument]:
    """The documents cited by name, in no order."""
    yield from _laws(text)
    seen: set[int] = set()
    for pattern, confidence in ((_BY_PERIOD, 0.75), (_BY_QUOTES, 0.8)):
        for match in pattern.finditer(text):
            if match.start() in seen or not _is_plan(text, match):
                continue
            seen.add(match.start())
            yield _plan(text, match, confidence)


def _laws(text: str) -> Iterator[NamedDocument]:
    for law_match in law.search(text):
        year = _LAW_YEAR.match(text, law_match.end)
        if year is None:
            tail = read_tail(text, law_match.end)
            yield NamedDocument(law_match.start, tail.end, law_match.kind, law_match.name, tail.date, None, 0.9)
        else:
            date = make_date(int(year.group("year")))
            yield NamedDocument(law_match.start, year.end(), law_match.kind, law_match.name, date, None, 0.95)


def _is_plan(text: str, match: re.Match[str]) -> bool:
    if _OWN.search(text, max(0, match.start() - 30), match.start()):
        return False
    quoted = match.re is _BY_QUOTES
    return quoted or not _STOPPERS.search(match.group("name"))


def _plan(text: str, match: re.Match[str], confidence: float) -> NamedDocument:
    """A plan; its issuer right behind belongs to the span, for nothing else tells it from its namesakes."""
    place = find_issuer(text, match.end())
    end = place[1] if place else match.end()
    return NamedDocument(
        match.start(),
        end,
        kinds.by_name(match.group("kind")),
        " ".join(text[match.start() : match.end()].split()),
        None,
        place,
        confidence,
    )
