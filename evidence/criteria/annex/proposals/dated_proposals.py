"""Proposals with their periods and deadlines: one a slot of a series, each with what is known of its deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.criteria.annex.proposals import deadlines, vocabulary, years_periods
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.document_reading import DocumentReading
from evidence.criteria.annex.proposals.years_periods import AskedSeries
from evidence.model.criteria import OfferedDue, Requirement, Sureness, Wording


def find_series(reading: DocumentReading, words: str, count: int, context: CriterionContext) -> AskedSeries | None:
    """Of reports alone: the periods listed in the line; else, where the criterion is about reporting, in its rule."""
    if reading.option.kind_names != ("Báo cáo",):
        return None
    field = " ".join(reading.subject)
    series = years_periods.read_series(words, field) or years_periods.counted_series(count, field)
    if series is None and context.is_about_reporting and reading.period is None:
        ruled = years_periods.read_series(context.scoring, field)
        return replace(ruled, assumed=True) if ruled else None
    return series


def date_slots(
    asked: Requirement, series: AskedSeries | None, readings: list[DocumentReading], context: CriterionContext
) -> Iterator[Requirement]:
    """The requirement with its deadline; of a series one a slot."""
    if series is None:
        period = readings[0].period if len(readings) == 1 else None
        single = replace(asked, period=period, subject=(*asked.subject, period) if period else asked.subject)
        yield _due(single, asked.subject, (period,) if period else (), context)
        return
    dated = _due(replace(asked, count=1), asked.subject, tuple(slot.period for slot in series.slots), context)
    wording = _doubt_period(dated.wording) if series.assumed and dated.wording else dated.wording
    for slot in series.slots:
        yield replace(
            dated,
            id=f"{asked.id}-{slot.id}",
            title=f"{asked.kind} {', '.join(asked.subject)} {slot.period}",
            subject=(*asked.subject, slot.period),
            period=slot.period,
            series=asked.id,
            series_name=series.name,
            wording=wording,
        )


def _doubt_period(wording: Wording) -> Wording:
    sureness = max(wording.sureness, Sureness.LIKELY, key=list(Sureness).index)
    return replace(wording, doubts=(*wording.doubts, "proposal-period-assumed"), sureness=sureness)


def _due(
    asked: Requirement, subject: tuple[str, ...], periods: tuple[str, ...], context: CriterionContext
) -> Requirement:
    """The deadline that the annex gives, or the usual one that binds the set's level; else that it is not known."""
    words = asked.wording.words if asked.wording else ""
    said = deadlines.time_words(words) or deadlines.time_words(context.scoring) or deadlines.time_words(context.title)
    given = deadlines.read_deadline(words, context.year)
    if given is None:
        ruled = deadlines.read_deadline(context.scoring, context.year)
        given = ruled if ruled and _speaks_of(ruled.before, context.title, asked) else None
    if given and (periods or "period" not in given.rule):
        unknown = given.is_counted
        return replace(asked, due_rule=given.rule, due_text=given.text, due_source=context.source, due_unknown=unknown)
    preset = deadlines.find_preset(tuple(kind.name for kind in asked.kinds), subject, periods)
    if preset is None:
        return replace(asked, due_unknown=True, due_text=said)
    if context.level in preset.levels and said and re.search(r"báo cáo", context.title, re.IGNORECASE):
        return replace(asked, due_rule=preset.rule, due_source=preset.source, due_text=said)
    return replace(asked, due_unknown=True, due_text=said, due_offered=OfferedDue(preset.rule, preset.source))


def _speaks_of(clause: str, title: str, asked: Requirement) -> bool:
    """Whether the words in front of a deadline, or else the title, are about this document: its act, or its kind."""
    for words in (clause, title):
        if act := vocabulary.all_acts().search(words):
            submits = vocabulary.pattern("acts", "submit").fullmatch(act[0]) is not None
            submitted = submits and "Tờ trình" in {kind.name for kind in asked.kinds}
            return submitted or (bool(asked.kinds) and asked.subject[:1] == (act[0].lower(),))
        if kinds := {match[0].lower() for match in re.finditer(vocabulary.kind_names(), words, re.IGNORECASE)}:
            return bool(kinds & {kind.name.lower() for kind in asked.kinds})
    return False
