"""The query language: words, "phrases", numbers, dates and fields. Never the engine's own syntax.

==========================================  ==========================================================
``cải cách hành chính``                     all the words; typed without marks, they match any marks
``"cải cách hành chính"``                   the words side by side
``615/QĐ-UBND``                             the document that bears the number, then those that cite it
``so:615/QĐ-UBND`` (number)                 only those that bear it; ``so:615`` or ``so:SNV`` by a part
``loai:"quyết định"`` (kind)                by kind, name or code
``coquan:"UBND tỉnh Lạng Sơn"`` (issuer)    by issuing agency, or words of its name
``ngay:2018..2019-06`` (date)               issued then; either end may be left open
``donvi:SNV`` (unit), ``tieuchi:1.2``       handed in by that unit, for that criterion or one under it
``viendan:4361/QĐ-BNV`` (cites)             citing that number
==========================================  ==========================================================

>>> query = parse_query('"một cửa" loai:QĐ báo cáo số 615/QĐ-UBND')
>>> query.words, query.phrases, [str(number) for number in query.numbers], query.filters
(('báo', 'cáo'), (('một', 'cửa'),), ['615/QĐ-UBND'], (Filter(field=<Field.KIND: 'kind'>, value='QĐ', dates=None),))
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.errors import UsageError
from evidence.search import analyzer
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold, nfc, strip_marks


class Field(StrEnum):
    NUMBER = "number"
    KIND = "kind"
    ISSUER = "issuer"
    DATE = "date"
    UNIT = "unit"
    CRITERION = "criterion"
    CITES = "cites"


NAMES = {
    "so": Field.NUMBER,
    "loai": Field.KIND,
    "coquan": Field.ISSUER,
    "ngay": Field.DATE,
    "donvi": Field.UNIT,
    "tieuchi": Field.CRITERION,
    "viendan": Field.CITES,
} | {field.value: field for field in Field}
SHOWN = ("so", "loai", "coquan", "ngay", "donvi", "tieuchi", "viendan")

QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
# A field's name, its value in quotes or not; a blank may stand after the colon, for "Số: 615/QĐ-UBND" is pasted as is.
_FIELD = r'(?<![^\s"])(?P<name>[^\W\d_]+):(?P<gap>\s*)(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]*))'
_PIECE = re.compile(rf'{_FIELD}|"(?P<phrase>[^"]*)"')


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first moment of ``first`` to the last of ``last``; None: open."""

    first: PartialDate | None
    last: PartialDate | None


@dataclass(frozen=True, slots=True)
class Filter:
    field: Field
    value: str
    dates: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. ``marked``: whether any word was typed with a diacritic."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[tuple[PartialDate, tuple[str, ...]], ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def marked(self) -> bool:
        groups = (self.words, *self.phrases, *(words for _, words in self.dates))
        return any(not term.isascii() for group in groups for term in group)

    @property
    def own_numbers(self) -> tuple[Number, ...]:
        """The numbers that a document found may bear as its own."""
        return (*self.numbers, *self._filter_numbers(Field.NUMBER))

    @property
    def cited_numbers(self) -> tuple[Number, ...]:
        """The numbers that the documents are to cite."""
        return tuple(self._filter_numbers(Field.CITES))

    def _filter_numbers(self, field: Field) -> Iterator[Number]:
        values = (numbers.parse(condition.value) for condition in self.filters if condition.field is field)
        return (number for number in values if number)


def parse_query(text: str) -> Query:
    """What the person looks for. UsageError, with what to do, where the query cannot be understood."""
    plain = nfc(text).translate(QUOTES)
    if plain.count('"') % 2:
        raise UsageError("query-open-quote", query=text)
    filters: list[Filter] = []
    phrases: list[str] = []
    free = _PIECE.sub(lambda match: _take_out(match, filters, phrases), plain)
    query = _parse_free_text(free, phrases, tuple(filters))
    if query == Query():
        raise UsageError("query-empty", "query-empty-hint")
    return query


def _take_out(match: re.Match[str], filters: list[Filter], phrases: list[str]) -> str:
    """Takes a field or a phrase out of the text; what stays is returned."""
    if match["name"] is None:
        phrases.append(match["phrase"])
        return " "
    field = NAMES.get(strip_marks(fold(match["name"])))
    value = match["quoted"] if match["quoted"] is not None else match["value"]
    if field is None:
        if match["gap"] or not value:  # "Kính gửi: ..." is text, not a field
            return match.group().replace(":", " ").replace('"', " ")
        raise _unknown_field(match["name"])
    if not value.strip():
        raise UsageError("query-no-value", field=match["name"])
    filters.append(_filter(field, match["name"], value.strip()))
    return " "


def _filter(field: Field, name: str, value: str) -> Filter:
    if field is Field.DATE:
        return Filter(field, value, _parse_range(value))
    if field is Field.CITES and numbers.parse(value) is None:
        raise UsageError("query-no-number", field=name, value=value)
    if not analyzer.extract_terms(value):
        raise UsageError("query-no-value", field=name)
    return Filter(field, value)


def _unknown_field(name: str) -> UsageError:
    near = difflib.get_close_matches(strip_marks(fold(name)), NAMES, n=1, cutoff=0.6)
    fields = ", ".join(f"{name}:" for name in SHOWN)
    if near:
        return UsageError("query-unknown-field", "query-did-you-mean", field=name, near=near[0], fields=fields)
    return UsageError("query-unknown-field", "query-quote-it", field=name, fields=fields)


def _parse_range(value: str) -> DateRange:
    """``2018``, ``2018..2019-06``, ``..15/3/2019``, ``2018..``."""
    first, dots, last = value.partition("..")
    start = _parse_day(first, value) if first.strip() else None
    if not dots:
        return DateRange(start, start)
    end = _parse_day(last, value) if last.strip(" .") else None
    if start is None and end is None:
        raise UsageError("query-bad-date", value=value)
    if start and end and str(start) > str(end) and not str(start).startswith(str(end)):
        raise UsageError("query-dates-turned", first=start, last=end)
    return DateRange(start, end)


def _parse_day(text: str, whole: str) -> PartialDate:
    bare = text.strip(" .")
    date = dates.make_date(int(bare), None, None) if re.fullmatch(r"(?:19|20)\d\d", bare) else dates.parse(bare)
    if date is None:
        raise UsageError("query-bad-date", value=whole)
    return date


def _parse_free_text(text: str, phrases: list[str], filters: tuple[Filter, ...]) -> Query:
    """Numbers and dates are taken out of the free text; what is left are words."""
    wanted: list[Number] = []
    quoted: list[tuple[str, ...]] = []
    for phrase in phrases:
        if number := numbers.parse(phrase):
            wanted.append(number)
        elif terms := tuple(analyzer.extract_terms(phrase)):
            quoted.append(terms)
    if number := numbers.parse(text):
        return Query((), tuple(quoted), (*wanted, number), (), filters)
    left, days = text, []
    for match in reversed(list(numbers.search(left))):
        wanted.append(match.number)
        left = _without_label(left[: match.start]) + " " + left[match.end :]
    for day in reversed(list(dates.search(left))):
        if day.date is None:
            continue
        days.append((day.date, tuple(analyzer.extract_terms(left[day.start : day.end]))))
        left = f"{left[: day.start]} {left[day.end :]}"
    return Query(tuple(analyzer.extract_terms(left)), tuple(quoted), tuple(wanted), tuple(reversed(days)), filters)


def _without_label(before: str) -> str:
    """The text before a number without the "số" that announces it."""
    return re.sub(r"(?i)(?<!\w)(?:số|so)\s*[.:]?\s*$", "", before)
