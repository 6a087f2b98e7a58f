"""The value of a field: quoted, or as many of the words behind the colon as make one value that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from evidence.errors import UsageError
from evidence.search import analyzer
from evidence.search.fields import Field, flatten
from evidence.search.free_text import QUARTER, list_kinds, read_free_text, read_quarter
from evidence.search.lexer import QueryToken
from evidence.search.query import Condition, DateRange, Leaf, NumberPart
from evidence.values import date as dates
from evidence.values import kind
from evidence.values.date import PartialDate, make_date
from evidence.vietnamese.lexicon import is_pair
from evidence.vietnamese.text import fold

LONGEST = 16  # words of a value without quotes
_OPEN_ENDED = (Field.SUBJECT, Field.RECIPIENT)  # their value is all that stands behind the colon
_NAMES = (Field.ISSUER, Field.SIGNER, Field.PLACE, Field.UNIT)
_NUMBERS = (Field.NUMBER, Field.CITES)
_NAMED_NUMBER = re.compile(r"(?P<kind>[a-z]+(?:\s+[a-z]+)*?)(?:\s+so\s*[.:]?)?\s+(?P<number>\d\S*)")
_DATE_RUN = re.compile(
    r"\s*(?:tu\s+)?(?:ngay\s+)?(?:\S+\.\.\S*|\.\.\S+"
    r"|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}|thang\s+\d{1,2}\s*(?:/|nam\s+)\s*\d{4}"
    r"|quy\s+(?:[1-4]|i{1,3}|iv)\s*(?:/|nam\s+|\s)\s*\d{4}|nam\s+\d{4}|\S+)"
)
_QUARTER = re.compile(QUARTER)
_YES = {"co", "yes", "true", "1", "dung"}
_NO = {"khong", "no", "false", "0", "sai"}
STATUSES = {
    "read": "read",
    "da doc": "read",
    "partly-read": "partly-read",
    "doc mot phan": "partly-read",
    "unreadable": "unreadable",
    "khong doc duoc": "unreadable",
}


class KnownValues(Protocol):
    """Which values of a field the archive holds."""

    def holds(self, field: Field, value: str) -> bool:
        """Whether some document has those words in the field, marks and case aside."""
        ...

    def is_whole(self, field: Field, value: str) -> bool:
        """Whether some document has just that value, as it is counted."""
        ...


class NothingKnown:
    """Where no archive is at hand."""

    def holds(self, field: Field, value: str) -> bool:
        return False

    def is_whole(self, field: Field, value: str) -> bool:
        return False


def read_field(token: QueryToken, behind: str, known: KnownValues) -> Iterator[Leaf]:
    """The condition that a field sets, then what stands in ``behind`` after its value.

    UsageError: there is no value, or it cannot be understood and no blank stands before it (a pasted "Ngày: nay" is
    text).
    """
    if token.field is None:  # the lexer makes fields of known names only
        return
    value, rest = (token.text, behind) if token.quoted else _cut_value(token.field, behind, known)
    if not value.strip() or not analyzer.extract_terms(value):
        if token.gap or (not token.quoted and behind.strip()):
            yield from read_free_text(f"{token.name} {behind}", phrase=False)
            return
        raise UsageError("query-no-value", field=token.name)
    try:
        condition = make_condition(token.field, token.name, value.strip())
    except UsageError:
        if not token.gap:
            raise
        yield from read_free_text(f"{token.name} {value} {rest}", phrase=False)
        return
    yield replace(condition, whole=known.is_whole(condition.field, condition.value))
    yield from read_free_text(rest, phrase=False)


def make_condition(field: Field, name: str, value: str) -> Condition:
    """The condition of a field as named in the query. UsageError: the value is none of that field."""
    if field is Field.DATE:
        return Condition(field, value, _parse_range(value))
    if field is Field.CITES and not re.search(r"\d", value):
        raise UsageError("query-no-number", field=name, value=value)
    if field in _NUMBERS:
        return Condition(field, _write_number(value))
    if field is Field.DRAFT:
        flat = flatten(value)
        if flat not in _YES | _NO:
            raise UsageError("query-yes-or-no", field=name, value=value)
        return Condition(field, "true" if flat in _YES else "false")
    if field is Field.STATUS:
        status = STATUSES.get(flatten(value))
        if status is None:
            raise UsageError("query-no-status", field=name, value=value)
        return Condition(field, status)
    return Condition(field, value)


def _cut_value(field: Field, behind: str, known: KnownValues) -> tuple[str, str]:
    """The value and what is left: the longest run of words that is a value of the field, else the first word."""
    if field in _OPEN_ENDED:
        return behind, ""
    if field is Field.DATE:
        match = _DATE_RUN.match(flatten(behind))
        end = match.end() if match else 0
        return behind[:end], behind[end:]
    words = [match.span() for match in re.finditer(r"\S+", behind)]
    for count in range(min(LONGEST, len(words)), 1, -1):
        value = behind[: words[count - 1][1]]
        if _is_value(field, value, known):
            return value, behind[words[count - 1][1] :]
    end = _name_end(behind, words) if field in _NAMES else words[0][1] if words else 0
    return behind[:end], behind[end:]


def _is_value(field: Field, value: str, known: KnownValues) -> bool:
    if field is Field.KIND:
        return (kind.by_name(value.strip()) or kind.by_code(value.strip())) is not None
    if field is Field.STATUS:
        return flatten(value.strip()) in STATUSES
    if field in _NUMBERS:
        return _split_kind(value)[0] is not None
    return known.holds(field, value.strip())


def _split_kind(value: str) -> tuple[kind.Kind | None, str]:
    """The kind that a number is named with, and the rest: ``Nghị định số 30/2020/NĐ-CP``."""
    match = _NAMED_NUMBER.fullmatch(flatten(value.strip()))
    if match is None:
        return None, value
    typed = " ".join(value.strip()[: match.end("kind")].split())
    named = list_kinds().get(flatten(typed)) or kind.by_name(typed) or kind.by_code(typed)
    return (named, value.strip()[match.start("number") :]) if named else (None, value)


def _write_number(value: str) -> str:
    """A number, or pieces of one, as numbers are written: figures, then letters.

    >>> _write_number("NĐ30/2020"), _write_number("nghị định 30/2020"), _write_number("Luật số 41/2024/QH15")
    ('30/2020/ND', '30/2020/NĐ', '41/2024/QH15')
    """
    named, bare = _split_kind(value)
    parts = [leaf for leaf in read_free_text(bare, phrase=False) if isinstance(leaf, NumberPart)]
    pieces = list(parts[0].pieces) if len(parts) == 1 else []
    if named is not None and named.code and bare.replace("/", "").isdigit():
        pieces = [*bare.split("/"), named.code]
    if not pieces:
        return bare
    return "/".join(sorted((piece.upper() for piece in pieces), key=lambda piece: not piece.isdigit()))


def _name_end(text: str, words: list[tuple[int, int]]) -> int:
    """Where a name ends that the archive does not know: at the last of its words that bears a capital, small words
    between (``tỉnh``, ``và``) as long as they are not two side by side."""
    if not words:
        return 0
    end = words[0][1]
    if not text[words[0][0]].isupper():
        return end
    small = 0
    for start, stop in words[1:LONGEST]:
        if text[start].isupper() or _is_one_word(text, end, start, stop):
            end, small = stop, 0
        elif small or not text[start].isalpha():
            break
        else:
            small += 1
    return end


def _is_one_word(text: str, end: int, start: int, stop: int) -> bool:
    """Whether the word is the second half of the one before it: ``Nội vụ``."""
    before = text[:end].split()[-1]
    return not text[end:start].strip() and is_pair(fold(before), fold(text[start:stop]))


def _parse_range(value: str) -> DateRange:
    """``2018``, ``2018..2019-06``, ``..15/3/2019``, ``2018..``, ``quý 3/2019``."""
    quarter = _QUARTER.fullmatch(flatten(value).strip())
    if quarter:
        return read_quarter(quarter["quarter"], int(quarter["year"])).dates
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
    bare = re.sub(r"(?i)^năm\s+", "", text.strip(" ."))
    spelt = f"ngày {bare}" if re.match(r"\d{1,2}\s+th", bare) else bare
    date = make_date(int(bare)) if re.fullmatch(r"(?:19|20)\d\d", bare) else dates.parse(spelt)
    if date is None:
        raise UsageError("query-bad-date", value=whole)
    return date
