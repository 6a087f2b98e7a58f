"""What stands in the plain text of a query: numbers whole and in part, dates, periods, prefixes; the rest are words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from evidence.search import analyzer
from evidence.search.fields import Field, flatten
from evidence.search.query import (
    Condition,
    DateRange,
    DateSought,
    Leaf,
    NumberPart,
    NumberSought,
    PeriodSought,
    PhraseSought,
    Prefix,
    Words,
)
from evidence.values import date as dates
from evidence.values import kind
from evidence.values import number as numbers
from evidence.values.date import PartialDate, make_date
from evidence.values.number import Number
from evidence.vietnamese.text import fold, nfc

_DAY = (
    r"(?:ngay\s+)?(?P<{0}>\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{4}}|(?:19|20)\d\d)"
)
_FROM_TO = re.compile(rf"(?<!\w)tu\s+{_DAY.format('first')}\s*(?:den|-|–)\s*(?:het\s+)?{_DAY.format('last')}(?![\w/])")
QUARTER = r"quy\s+(?P<quarter>[1-4]|i{1,3}|iv)\s*(?:/|nam\s+|\s)\s*(?P<year>(?:19|20)\d\d)"  # in flattened text
_QUARTER = re.compile(rf"(?<!\w){QUARTER}(?![\w/])")
_PREFIX = re.compile(r"(?<!\w)(?P<stem>[^\W_]{2,})\*(?!\w)")
# "NĐ30/2020", "QĐ 1605/2019", "1605/QĐ", "1605/2020/QĐ", "QĐ-UBND 1605"
_SYMBOL = r"[a-z]{2,10}(?:[-/][a-z]{2,10})*"
_PART = re.compile(
    rf"(?<![\w/.,-])(?:(?P<before>{_SYMBOL})[\s.-]*(?P<serial>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))?"
    rf"|(?P<serial2>\d{{1,5}})(?:/(?P<year2>(?:19|20)\d\d))?/(?P<behind>{_SYMBOL}))(?![\w/-])"
)
_SERIAL_YEAR = re.compile(
    r"(?<![\w/])(?:(?:so\s+)?(?P<serial>\d{1,5})/(?P<year>(?:19|20)\d\d)"
    r"|so\s+(?P<serial2>\d{1,5})\s+nam\s+(?P<year2>(?:19|20)\d\d))(?![\w/])"
)
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class _Found:
    """A leaf and the characters of the text it was read from."""

    start: int
    end: int
    leaf: Leaf


def read_free_text(text: str, phrase: bool) -> tuple[Leaf, ...]:
    """The leaves of a plain text in their order; ``phrase``: it stood in quotes, so its words stay side by side.

    >>> read_free_text("báo cáo NĐ30/2020 cải các*", phrase=False)
    (Words(terms=('báo', 'cáo')), NumberPart(pieces=('nd', '30', '2020'), typed=('nđ30', '2020')), \
Words(terms=('cải',)), Prefix(term='các'))
    """
    if number := numbers.parse(text):
        return (_number_leaf(number),)
    if phrase:
        return _read_phrase(text)
    leaves: list[Leaf] = []
    at = 0
    for place in _find_all(text):
        leaves += _words(text[at : place.start], place.leaf)
        leaves.append(place.leaf)
        at = place.end
    return (*leaves, *_words(text[at:], None))


def _read_phrase(text: str) -> tuple[Leaf, ...]:
    day = dates.parse(text)
    terms = tuple(analyzer.extract_terms(text))
    if day is not None and terms:
        return (DateSought(day, terms),)
    return (PhraseSought(terms) if len(terms) > 1 else Words(terms),) if terms else ()


def _find_all(text: str) -> list[_Found]:
    """What is not an ordinary word, in order, none inside another; the first reader that claims a place has it."""
    found: list[_Found] = []
    readers: tuple[Callable[[str], Iterator[_Found]], ...] = (
        _find_spans,
        _find_numbers,
        _find_parts,
        _find_quarters,
        _find_dates,
        _find_prefixes,
    )
    for reader in readers:
        for place in reader(text):
            if not any(place.start < other.end and other.start < place.end for other in found):
                found.append(place)
    return sorted(found, key=lambda place: place.start)


def _find_spans(text: str) -> Iterator[_Found]:
    """``từ ngày 1/1/2019 đến ngày 30/6/2019``."""
    for match in _FROM_TO.finditer(flatten(text)):
        first, last = _parse_day(match["first"]), _parse_day(match["last"])
        if first and last and str(first) <= f"{last}~":
            span = DateRange(first, last)
            yield _Found(match.start(), match.end(), Condition(Field.DATE, f"{first}..{last}", span))


def _find_numbers(text: str) -> Iterator[_Found]:
    for match in numbers.search(text):
        yield _Found(match.start, match.end, _number_leaf(match.number))


def _number_leaf(number: Number) -> NumberSought | NumberPart:
    """A whole number, or what is only its front: ``1605/QĐ`` names no issuer."""
    if number.kind_code is None or number.issuer_code is not None or len(re.split("[-/]", number.symbol)) > 1:
        return NumberSought(number)
    typed = tuple(analyzer.extract_terms(str(number.plain)))
    return NumberPart(tuple(analyzer.strip_term_marks(typed)), typed)


def _find_parts(text: str) -> Iterator[_Found]:
    """A piece of a number: its serial with a code or name of a kind, or with the year."""
    flat = flatten(text)
    for match in _PART.finditer(flat):
        symbol = match["before"] or match["behind"]
        if not any(_is_code(piece) for piece in re.split("[-/]", symbol)):
            continue
        serial = (match["serial"] or match["serial2"]).lstrip("0") or "0"
        start = _first_code(flat, match.start())
        codes = analyzer.extract_terms(flat[start : match.start()] + symbol)
        pieces = (*codes, serial, *filter(None, (match["year"] or match["year2"],)))
        typed = tuple(analyzer.extract_terms(text[start : match.end()]))
        yield _Found(start, match.end(), NumberPart(pieces, typed))
    yield from _find_named_parts(text, flat)


def _first_code(flat: str, start: int) -> int:
    """Where the run of codes begins that stands before ``start``: ``qd ubnd 1605``."""
    while (before := re.search(r"(?<![^\s])([a-z]{2,10})\s+$", flat[:start])) and _is_code(before[1]):
        start = before.start()
    return start


def _find_named_parts(text: str, flat: str) -> Iterator[_Found]:
    """``nghị định 30/2020``, ``nghị định số 30 năm 2020``: the name of a kind, a serial and a year."""
    for match in re.finditer(_SERIAL_YEAR, flat):
        printed, year = match["serial"] or match["serial2"], match["year"] or match["year2"]
        before = re.search(r"(?<!\w)([a-z]+\s[a-z]+)\s+$", flat[: match.start()])
        named = list_kinds().get(before[1]) if before else None
        if before is None or named is None or named.code is None or (match["serial"] and _is_month(printed)):
            continue
        serial = printed.lstrip("0") or "0"
        pieces = (*analyzer.strip_term_marks(analyzer.extract_terms(named.code)), serial, year)
        typed = tuple(analyzer.extract_terms(text[before.start() : match.end()]))
        yield _Found(before.start(), match.end(), NumberPart(pieces, typed))


def _is_month(figure: str) -> bool:
    """Whether ``figure/2020`` can be a month: ``báo cáo 6/2020``."""
    return 1 <= int(figure) <= 12


def _is_code(piece: str) -> bool:
    return piece in _codes()


@cache
def list_kinds() -> dict[str, kind.Kind]:
    """The kinds by their names without marks."""
    return {flatten(each.name): each for each in kind.code_index().values()}


@cache
def _codes() -> frozenset[str]:
    return frozenset(flatten(code) for code in kind.code_index()) | {"ubnd", "hdnd"}


def _find_quarters(text: str) -> Iterator[_Found]:
    for match in _QUARTER.finditer(flatten(text)):
        yield _Found(match.start(), match.end(), read_quarter(match["quarter"], int(match["year"])))


def read_quarter(figure: str, year: int) -> PeriodSought:
    """A quarter of a year, in a figure (``3``) or a small Roman numeral (``iii``), and how it is written.

    >>> str(read_quarter("3", 2019).dates.first), read_quarter("iii", 2019).wordings[1]
    ('2019-07', ('quý', 'iii', 'năm', '2019'))
    """
    quarter = _NUMERALS.get(figure) or int(figure)
    roman = next(numeral for numeral, value in _NUMERALS.items() if value == quarter)
    writings = (f"quý {quarter} năm {year}", f"quý {roman} năm {year}", f"quý {quarter}/{year}", f"quý {roman}/{year}")
    span = DateRange(make_date(year, 3 * quarter - 2), make_date(year, 3 * quarter))
    return PeriodSought(span, tuple(tuple(fold(writing).replace("/", " ").split()) for writing in writings))


def _find_dates(text: str) -> Iterator[_Found]:
    for match in dates.search(text):
        if match.date is not None:
            typed = tuple(analyzer.extract_terms(text[match.start : match.end]))
            yield _Found(match.start, match.end, DateSought(match.date, typed))


def _find_prefixes(text: str) -> Iterator[_Found]:
    for match in _PREFIX.finditer(text):
        if len(analyzer.extract_terms(match["stem"])) == 1:
            yield _Found(match.start(), match.end(), Prefix(nfc(match["stem"]).casefold()))


def _words(text: str, following: Leaf | None) -> list[Leaf]:
    """The words of a piece of text; before a number without what announces it: "số", and the name of its kind."""
    if isinstance(following, NumberSought | NumberPart):
        text = re.sub(r"(?i)(?<!\w)(?:số|so)\s*[.:]?\s*$", "", text)
    terms = tuple(analyzer.extract_terms(text))
    if isinstance(following, NumberSought):
        announced = kind.code_index().get(following.number.kind_code or "")
        name = tuple(analyzer.extract_terms(announced.name if announced else "công văn"))
        if analyzer.strip_term_marks(terms[-len(name) :]) == analyzer.strip_term_marks(name):
            terms = terms[: -len(name)]
    return [Words(terms)] if terms else []


def _parse_day(text: str) -> PartialDate | None:
    """A year, a month in figures or a day."""
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return make_date(int(text))
    month = re.fullmatch(r"(\d{1,2})/(\d{4})", text)
    return make_date(int(month[2]), int(month[1])) if month else dates.parse(text)
