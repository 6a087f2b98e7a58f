"""What an annex words as evidence -> proposed requirements, asked of nobody until a person confirms them.

>>> context = CriterionContext("Thực hiện chế độ báo cáo CCHC", year=2025, level="so", scoring="gửi đúng thời gian")
>>> first, *others = read_proposals("Các báo cáo định kỳ", context)
>>> first.id, first.subject, first.period, first.series_name, first.due_unknown, len(others)
('bc-q1', ('cải cách hành chính', 'quý I'), 'quý I', 'cchc-quarterly', True, 3)
>>> (plan,) = read_proposals("- Kế hoạch CCHC năm; TLKC khác (nếu có).", context)
>>> plan.kind.name, plan.subject, plan.about, plan.issuer, plan.proposed
('Kế hoạch', ('CCHC',), 2025, 'unit', True)
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from evidence.criteria.annex.proposals import deadlines, subjects, vocabulary, years_periods
from evidence.criteria.annex.proposals.bodies import without_owners
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.dated_proposals import date_slots, find_series
from evidence.criteria.annex.proposals.document_reading import (
    DocumentReading,
    as_alternative,
    merge_options,
    read_issue_window,
    read_issuer,
    read_option,
    read_year,
)
from evidence.criteria.annex.proposals.mentions import Mention, read_mentions
from evidence.criteria.annex.proposals.segments import split_segments
from evidence.model.criteria import Requirement, Sureness, Wording
from evidence.values.kind import Kind
from evidence.vietnamese.text import fold, strip_marks

LONGEST_TITLE = 90
_TIMES = re.compile(r"định kỳ|quý|tháng|năm", re.IGNORECASE)
_FORBIDDEN = re.compile(r"\s*(?:không|chưa)\s+(?:(?:để|có|xảy ra|bị|phát sinh|còn)\s+)+", re.IGNORECASE)
_FINDINGS = {"Kết luận", "Quyết định", "Thông báo", "Biên bản", "Bản án", "Công văn"}
SHARED_PAIRS = 2  # of neighbouring syllables: three in a row, or two words, of what must not happen
MOST = 20  # requirements of one criterion, a series as one; a longer list is prose


def read_proposals(evidence: str, context: CriterionContext) -> tuple[Requirement, ...]:
    """The proposals of a criterion, each document once; none where the unit does not assess itself."""
    if vocabulary.pattern("not_self_assessed").search(f"{evidence}\n{context.scoring}"):
        return ()
    mentions = [mention for segment in split_segments(evidence) for mention in read_mentions(segment)]
    read: list[Requirement] = []
    for mention in mentions:
        read += _read_mention(mention, replace(context, said_before=_last_matter(read)))
    numbered = tuple(_number(_once(read)))
    entries = {requirement.series or requirement.id for requirement in numbered}
    return numbered if len(entries) <= MOST else ()


def _last_matter(read: list[Requirement]) -> tuple[str, ...]:
    """What the document asked for just before is about, without its act: "Quyết định lập Tổ A, Kế hoạch của Tổ"."""
    before = next((asked for asked in reversed(read) if asked.subject and not asked.is_open), None)
    pieces = before.subject if before else ()
    acts = vocabulary.all_acts()
    return tuple(piece for piece in pieces if before and piece != before.period and not acts.fullmatch(piece))


def _once(requirements: Iterable[Requirement]) -> list[Requirement]:
    seen: dict[object, Requirement] = {}
    for asked in requirements:
        words = " ".join(vocabulary.long_words(piece) for piece in asked.subject)
        seen.setdefault((asked.kinds, words, asked.period, asked.about, asked.any_of), asked)
    return list(seen.values())


def _number(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """Ids that stand once in the criterion; the slots of a series keep the id that they share."""
    used: Counter[str] = Counter()
    for _, group in groupby(enumerate(requirements), key=_series_key):
        asked = [requirement for _, requirement in group]
        base = asked[0].series or asked[0].id
        used[base] += 1
        name = base if used[base] == 1 else f"{base}-{used[base]}"
        for requirement in asked:
            slot = requirement.id.removeprefix(base)
            yield replace(requirement, id=name + slot, series=name if requirement.series else None)


def _series_key(row: tuple[int, Requirement]) -> object:
    """Alike for the slots of one series alone."""
    place, asked = row
    return (asked.series, asked.wording, asked.about) if asked.series else place


def _read_mention(mention: Mention, context: CriterionContext) -> Iterator[Requirement]:
    readings = merge_options([read_option(option, context) for option in mention.options])
    rest = mention.options[0].rest
    if not _is_asked(readings, rest, context) or _shows_failure(readings, context.title):
        return
    words = " ".join((rest, *mention.segment.asides))
    years = years_periods.read_years(rest, context.year)
    kinds = tuple(dict.fromkeys(kind for reading in readings for kind in reading.option.kinds))
    base = _base(mention, readings, context)
    series = find_series(readings[0], words, mention.count, context) if len(readings) == 1 else None
    for about in years or (read_year(kinds, readings[0], context),):
        first, last = read_issue_window(kinds, readings[0], about, context.year)
        asked = replace(base, about=about, issued_from=first, issued_to=last)
        yield from date_slots(asked, series, readings, context)


def _is_asked(readings: list[DocumentReading], words: str, context: CriterionContext) -> bool:
    """ "Báo cáo của tỉnh" names no document, but for a criterion about reporting: it says only whose it is."""
    rest = without_owners(f" {subjects.NUMBER.sub(' ', words)} ", competent=False)
    rest = (rest if _TIMES.search(words) else vocabulary.by_order().sub(" ", rest)).strip()
    rest = rest if _TIMES.search(words) else subjects.without_remarks(f" {rest}").strip()
    if not rest:
        return context.is_about_reporting and readings[0].option.kind_names == ("Báo cáo",)
    if re.match(r"(?:và|cùng|,|;)(?![^\W_])", rest):
        return False
    return bool(readings[0].subject or readings[0].option.kinds)


def _shows_failure(readings: list[DocumentReading], title: str) -> bool:
    """ "Kết luận về vụ mất an toàn" under "Không để xảy ra mất an toàn": its presence costs points."""
    forbidden = _FORBIDDEN.match(title)
    if not forbidden or not all(set(reading.option.kind_names) & _FINDINGS for reading in readings):
        return False
    shunned = _pairs(title[forbidden.end() :])
    needed = max(1, min(SHARED_PAIRS, len(shunned)))
    return all(len(_pairs(reading.option.rest) & shunned) >= needed for reading in readings)


def _pairs(text: str) -> set[tuple[str, str]]:
    words = vocabulary.long_words(text).split()
    return set(itertools.pairwise(words))


def _base(mention: Mention, readings: list[DocumentReading], context: CriterionContext) -> Requirement:
    first = readings[0]
    option = first.option
    names = [kind.name for reading in readings for kind in reading.option.kinds]
    several = len(readings) > 1
    kind, *others = option.kinds or (None,)
    return Requirement(
        id=_short_name(kind),
        title=_title(mention, readings),
        proposed=True,
        kind=None if several else kind,
        other_kinds=() if several else tuple(others),
        issuer=read_issuer(readings, mention.options, context),
        subject=() if several else first.subject,
        any_of=tuple(as_alternative(reading) for reading in readings) if several else (),
        count=mention.count,
        optional=mention.segment.optional or set(names) == {"Kết luận"},
        clock=deadlines.read_clock(context.scoring),
        wording=_wording(mention, readings, context),
    )


def _title(mention: Mention, readings: list[DocumentReading]) -> str:
    """The annex's words where they are short; else kinds and subject, as the words stand beside them."""
    words = mention.segment.words
    if len(words) <= LONGEST_TITLE or not all(reading.subject for reading in readings):
        return words[: 2 * LONGEST_TITLE]
    parts = [f"{'/'.join(reading.option.kind_names) or 'Văn bản'} {', '.join(reading.subject)}" for reading in readings]
    return " hoặc ".join(parts)


def _wording(mention: Mention, readings: list[DocumentReading], context: CriterionContext) -> Wording:
    doubts = []
    if any(reading.sharpened for reading in readings):
        doubts.append("proposal-subject-from-title")
    if any(reading.option.bare for reading in readings):
        doubts.append("proposal-kind-unnamed")
    if not all(reading.subject for reading in readings):
        doubts.append("proposal-no-subject")
    elif any(subjects.is_thin(reading.subject) for reading in readings):
        doubts.append("proposal-subject-thin")
    if mention.or_other:
        doubts.append("proposal-left-open")
    if len(mention.segment.text) > 200:
        doubts.append("proposal-long")
    weighty = {"proposal-no-subject", "proposal-subject-thin", "proposal-long", "proposal-kind-unnamed"} & set(doubts)
    sureness = Sureness.DOUBTFUL if weighty else Sureness.LIKELY if doubts else Sureness.SURE
    return Wording(mention.segment.words[:500], context.page, context.guide_page, sureness, tuple(doubts))


def _short_name(kind: Kind | None) -> str:
    """What ids begin with: ``bc``, ``kh``; ``vb`` where no kind is named."""
    return strip_marks(fold(kind.code or kind.name)).replace(" ", "-").replace("đ", "d") if kind else "vb"
