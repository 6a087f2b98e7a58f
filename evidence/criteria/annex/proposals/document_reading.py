"""One option of a mention, read: the phrases of its subject, its period, the year that it bears, who issues it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from evidence.criteria.annex.proposals import acts, issuers, subjects, vocabulary, years_periods
from evidence.criteria.annex.proposals.bodies import BELOW
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.mentions import MentionedDocument
from evidence.model.criteria import EvidenceAlternative
from evidence.values.kind import Kind

_INSPECTION = re.compile(r"(?:thanh tra|kiểm tra|kiểm toán(?: nhà nước)?|giám sát)", re.IGNORECASE)

_CONCLUDES = re.compile(rf"{_INSPECTION.pattern}|^\s*kết luận", re.IGNORECASE)

# "Chương trình công tác năm": the work of the whole office is the matter.
_WORK = re.compile(
    r"\s*công tác(?:\s+(?:(?:hằng|hàng)\s+)?(?P<every>năm|quý|tháng|tuần))?(?:\s+20\d\d)?\s*(?:$|của\b|có\b)",
    re.IGNORECASE,
)

_RESULT = re.compile(r"kết quả\s+(?!thực hiện)", re.IGNORECASE)

MOST_WORDS = 5  # phrases of a heading that names no field


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """``sharpened``: words of the title or a heading stand in the subject."""

    option: MentionedDocument
    subject: tuple[str, ...]
    period: str | None
    sharpened: bool


def read_option(option: MentionedDocument, context: CriterionContext) -> DocumentReading:
    rest = option.rest
    subject = _subject(option)
    names = set(option.kind_names)
    if names == {"Kết luận"}:  # of an authority's inspection: the kind says so
        return DocumentReading(option, tuple(piece for piece in subject if not _says_inspection(piece)), None, False)
    sharpened = subjects.is_weak(subject)
    if sharpened:
        subject = _sharpen(subject, context)
    period = years_periods.read_period(rest, " ".join(subject)) if "Báo cáo" in names else None
    return DocumentReading(option, subject, period, sharpened)


def _subject(option: MentionedDocument) -> tuple[str, ...]:
    """The phrases; of a decision on persons the act alone, of any other act the act and its object."""
    if work := _WORK.match(option.rest):
        return (f"công tác {work['every'] or 'năm'}",)
    decided = option.bare or bool({"Quyết định", "Nghị quyết"} & set(option.kind_names))
    read = acts.read_act(option.rest, option.bare) if decided else None
    if not read:
        return subjects.read_subject(option.rest, of_act=decided)
    act, after = read
    if vocabulary.pattern("acts", "personal").fullmatch(act):
        return (act,)
    if (other := _or_another_act().match(after)) and (other["or"] or act in vocabulary.phrases("acts", "set_up")):
        return subjects.read_subject(after[other.end() :], of_act=True)
    matter = subjects.read_subject(after, of_act=True)
    if matter and act in vocabulary.phrases("acts", "approve") and _RESULT.match(after):
        matter = (f"kết quả {matter[0]}", *matter[1:])  # not the plan of the same matter
    if act in vocabulary.phrases("leading_acts", "definite") or act in _plain_acts():
        return (act, *matter)
    if any(vocabulary.pattern("acts", part).fullmatch(act) for part in ("submit", "issue")):
        made = act.removeprefix("ban hành ") if act.startswith("ban hành ") else ""
        return (made, *matter) if made and matter and not option.bare else matter
    return matter


@cache
def _or_another_act() -> re.Pattern[str]:
    """ "thành lập hoặc kiện toàn Ban Chỉ đạo": a decision names one of the acts, its subject the object alone."""
    acted = f"{vocabulary.all_acts().pattern}|điều chỉnh|bổ sung|sửa đổi|thay thế"
    return re.compile(rf"(?:,?\s*(?P<or>hoặc|hay)\s+|(?:(?P<comma>,)|/|và)\s*)(?:{acted})\s+(?=\S)", re.IGNORECASE)


@cache
def _plain_acts() -> frozenset[str]:
    """Acts that stand in the subject, unlike "trình", "ban hành" and what only directs."""
    parts = ("publish", "assign", "recognise", "approve", "set_up")
    return frozenset(act for part in parts for act in vocabulary.phrases("acts", part))


def _sharpen(subject: tuple[str, ...], context: CriterionContext) -> tuple[str, ...]:
    """With the field of work of title or heading; where no field is named, with the heading's own words."""
    same = next((piece for piece in context.said_before if subject and piece.startswith(f"{subject[0]} ")), "")
    if same and not vocabulary.first_topic(context.title):
        return (same,)
    if matter := _object_of(subject, context.title):
        return (*subject, matter)
    if not subject and context.said_before and not vocabulary.first_topic(context.title):
        return context.said_before
    if context.topic:
        return (*subject, context.topic)
    for heading in (context.title, *context.headings):
        pieces = subjects.read_subject(heading, with_people=True)
        telling = tuple(piece for piece in pieces if not subjects.is_weak((piece,)))
        if telling:
            return (*subject, *telling[:MOST_WORDS])
    return subject


def _object_of(subject: tuple[str, ...], title: str) -> str:
    """What the title does the act to: "công vụ" for "Kế hoạch kiểm tra" under "Kiểm tra công vụ"."""
    if not subject or vocabulary.first_topic(title):
        return ""
    acted = re.search(rf"(?<![^\W_]){re.escape(subject[0])}\s+(?P<rest>.+)", title, re.IGNORECASE)
    pieces = subjects.read_subject(acted["rest"]) if acted else ()
    matter = next((piece for piece in pieces[:1] if not subjects.is_weak((piece,))), "")
    below = BELOW.search(acted["rest"]) if acted and not matter else None
    return below[0] if below else matter


def merge_options(readings: list[DocumentReading]) -> list[DocumentReading]:
    """Options of one subject are one, of several kinds; a bare list in brackets takes the subject of its neighbour."""
    merged: list[DocumentReading] = []
    for reading in readings:
        for place, other in enumerate(merged):
            if (_covers(reading.subject, other.subject) or not other.subject) and other.period == reading.period:
                kinds = tuple(dict.fromkeys((*other.option.kinds, *reading.option.kinds)))
                rest = f"{other.option.rest} {reading.option.rest}"
                merged[place] = replace(reading, option=replace(other.option, kinds=kinds, rest=rest))
                break
        else:
            merged.append(reading)
    return merged


def _covers(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether one says the other and no act more: a certificate need not say "công nhận"."""
    words = f" {' '.join(vocabulary.long_words(piece) for piece in longer)} "
    acted = longer[:1] != shorter[:1] and longer[:1] and longer[0] in _plain_acts()
    return not acted and all(f" {vocabulary.long_words(piece)} " in words for piece in shorter)


def _says_inspection(piece: str) -> bool:
    return subjects.is_weak((piece,)) or bool(all(_INSPECTION.fullmatch(part.strip()) for part in piece.split("/")))


def read_year(kinds: Iterable[Kind], reading: DocumentReading, context: CriterionContext) -> int | None:
    """Plans, reports, notices and assignments bear the year of the set, and so do decisions on yearly matters; other
    decisions, minutes, regulations do not."""
    names, subject = {kind.name for kind in kinds}, " ".join(reading.subject)
    if vocabulary.pattern("yearless_subjects").search(subject):
        return None
    if _decides_yearly(names, reading.subject):
        return context.year
    yearless = names & set(vocabulary.phrases("yearless_kinds"))
    if yearless and (yearless == names or not all(name.startswith(("Giấy", "Thư")) for name in yearless)):
        return None
    if "Thông báo" in names and _CONCLUDES.search(reading.option.rest):
        return None
    if names == {"Thông báo"} and reading.subject and _appoints(reading.subject[0]):
        return None
    return context.year if names or _is_directive(reading) else None


def _decides_yearly(names: set[str], subject: tuple[str, ...]) -> bool:
    """ "giao biên chế", "dự toán thu, chi": decided anew each year."""
    if names - {"Quyết định", "Nghị quyết"} or not subject:
        return False
    if vocabulary.pattern("acts", "assign").fullmatch(subject[0]):
        return True
    return bool(names) and bool(vocabulary.pattern("yearly_subjects").search(" ".join(subject)))


def _is_directive(reading: DocumentReading) -> bool:
    """A bare "văn bản" that directs, guides, urges: it is of the year, whether or not its subject says so."""
    read = acts.read_act(reading.option.rest, bare=True) if reading.option.bare else None
    return read is not None and not vocabulary.all_acts().fullmatch(read[0])


def _appoints(piece: str) -> bool:
    return any(vocabulary.pattern("acts", part).match(piece) for part in ("personal", "set_up"))


def read_issue_window(
    kinds: Iterable[Kind], reading: DocumentReading, about: int | None, year: int
) -> tuple[datetime.date | None, datetime.date | None]:
    """The window of the year judged, for what bears no year and yet must be of it."""
    subject = reading.subject
    names = {kind.name for kind in kinds}
    acted = bool(subject) and subject[0] in vocabulary.phrases("issued_acts")
    of_year = acted or names & {"Biên bản", "Thông báo"} or names == {"Báo cáo"}
    within = datetime.date(year, 1, 1) if year else None, datetime.date(year, 12, 31) if year else None
    if about == year and _is_directive(reading):
        return within
    if about is not None or not of_year or not year or ("Quyết định" in names and not acted):
        return None, None
    return within


def read_issuer(
    readings: list[DocumentReading], options: Iterable[MentionedDocument], context: CriterionContext
) -> str:
    """One for all options: "A hoặc B của đơn vị" says it once, of the last; anybody where they differ."""
    rest = " ".join(reading.option.rest for reading in readings)
    names = tuple(kind.name for reading in readings for kind in reading.option.kinds)
    named = {_named(option, context.level) for option in options}
    if any(reading.option.listed for reading in readings) or len(named - {None}) > 1:
        return "any"
    return issuers.read_issuer(rest, names, context.title, context.level)


def _named(option: MentionedDocument, level: str) -> str | None:
    """The body; a plan or report of nobody is the unit's, also beside another's."""
    named = issuers.named_issuer(option.rest, level, option.kind_names)
    own = bool(option.kinds) and set(option.kind_names) <= {"Kế hoạch", "Báo cáo"} and bool(option.rest)
    return named or ("unit" if own else None)


def as_alternative(reading: DocumentReading) -> EvidenceAlternative:
    subject = (*reading.subject, reading.period) if reading.period else reading.subject
    return EvidenceAlternative(reading.option.kinds, subject, reading.period)
