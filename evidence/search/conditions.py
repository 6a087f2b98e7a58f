"""What a field of the query, and a number that is named in part, asks of the index."""

from __future__ import annotations

import calendar
import re

from evidence.search import analyzer
from evidence.search.fields import Field
from evidence.search.plan import Everything, PhraseTerms, Plan, PrefixTerm, Range, Term, Without, join_all, join_any
from evidence.search.query import Condition, DateRange, Query
from evidence.search.scope import Scope
from evidence.values import agency, kind, number
from evidence.values.date import PartialDate
from evidence.vietnamese.syllable import is_syllable

NOTHING = Without(Everything(), Everything())
_WORDED = {
    Field.SIGNER: "signer",
    Field.PLACE: "place",
    Field.RECIPIENT: "recipient",
    Field.SUBJECT: "title_f",
}


def plan_condition(condition: Condition, scope: Scope) -> Plan:
    """The documents that meet the condition, as far as the scope lets anyone know."""
    if condition.field is Field.DATE:
        return plan_range(condition.dates) if condition.dates else NOTHING
    if condition.field in (Field.NUMBER, Field.CITES):
        return _plan_number(condition)
    if condition.field is Field.ISSUER:
        return plan_whole_issuer(condition.value) if condition.whole else _plan_issuer(condition.value)
    if condition.field is Field.KIND:
        known = kind.by_name(condition.value) or kind.by_code(condition.value)
        return Term("kind", analyzer.label_term(known.name if known else condition.value))
    if condition.field in (Field.UNIT, Field.CRITERION):
        return _plan_submitted(condition, scope)
    if condition.field in _WORDED:
        return _plan_words(_WORDED[condition.field], condition)
    return Term(condition.field.value, condition.value)


def plan_walls(scope: Scope) -> Plan | None:
    """The documents that somebody within the scope handed in; None where all may be seen."""
    if scope.units is None:
        return None
    owned = tuple(Term("owner", unit_term(unit)) for unit in sorted(scope.units))
    return join_any(owned) if owned else NOTHING


def plan_range(dates: DateRange) -> Plan:
    """Issued within; a document of which only month or year is known counts by the first day of it."""
    first = _first_day(dates.first) if dates.first else None
    last = _last_day(dates.last) if dates.last else None
    return Range("date", first, last)


def contains_day(dates: DateRange, date: PartialDate) -> bool:
    """Whether a date counts as within the range, as ``plan_range`` has it."""
    day = _first_day(date)
    after = dates.first is None or day >= _first_day(dates.first)
    return after and (dates.last is None or day <= _last_day(dates.last))


def plan_own_number(pieces: tuple[str, ...]) -> Plan:
    """The documents whose own number holds all the pieces; zeros before a serial do not count."""
    return join_all(tuple(Term("number", number_piece(piece)) for piece in analyzer.strip_term_marks(pieces)))


def number_piece(term: str) -> str:
    """A piece of a number as the index has it: ``03`` is ``3``."""
    return term.lstrip("0") or "0" if term.isdigit() else term


def plan_cited_part(pieces: tuple[str, ...]) -> Plan:
    """The documents that cite a number which begins with those pieces, in whatever order: figures, then letters."""
    start = cited_start(pieces)
    return PrefixTerm("cites", start) if start[0].isdigit() else NOTHING


def cited_start(pieces: tuple[str, ...]) -> str:
    """How the term of a number begins that has those pieces.

    >>> cited_start(("nd", "030", "2020"))
    '30/2020/nd'
    """
    flat = [number_piece(piece) for piece in analyzer.strip_term_marks(pieces)]
    figures, letters = [piece for piece in flat if piece.isdigit()], [piece for piece in flat if not piece.isdigit()]
    return "/".join(figures) + "/" + "".join(letters)


def find_number_pieces(query: Query) -> tuple[tuple[str, ...], ...]:
    """The pieces (without marks) of each number that the query names in part."""
    parts = [part.pieces for part in query.number_parts]
    loose = find_loose_number(query.words)
    fields = (
        tuple(analyzer.extract_terms(condition.value))
        for condition in query.conditions
        if condition.field in (Field.NUMBER, Field.CITES)
        and number.parse(condition.value) is None
        and re.search(r"\d", condition.value)
    )
    every = (*parts, *((loose,) if loose else ()), *fields)
    return tuple(tuple(analyzer.strip_term_marks(pieces)) for pieces in every)


def find_loose_number(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The pieces of a number that is typed as loose words, a figure alone or with letters of its symbol; None: they are
    words, or a year.

    >>> find_loose_number(("36", "snv", "bc")), find_loose_number(("báo", "cáo", "36")), find_loose_number(("2019",))
    (('36', 'snv', 'bc'), None, None)
    """
    if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) <= 5:
        return None if re.fullmatch(r"(?:19|20)\d\d", words[0]) else words
    letters = [word for word in words if not word.isdigit()]
    figures = [word for word in words if word.isdigit()]
    short = all(len(word) <= 5 for word in figures) and all(len(word) <= 6 for word in letters)
    if not (2 <= len(words) <= 5 and len(figures) == 1 and short and all(map(_may_be_code, letters))):
        return None
    pieces = tuple(analyzer.strip_term_marks(words))
    return pieces if all(map(str.isascii, pieces)) else None


def _may_be_code(word: str) -> bool:
    """Whether a word may be letters of a symbol: no syllable, and no marks but that of Đ."""
    return (word.isascii() or "đ" in word) and not is_syllable(word)


def day_number(date: PartialDate) -> int:
    """A date as the index orders it: ``20190315``; of a month or year its first day.

    >>> day_number(PartialDate(2019, 3, 15)), day_number(PartialDate(2019))
    (20190315, 20190101)
    """
    return _first_day(date)


def _first_day(date: PartialDate) -> int:
    return date.year * 10_000 + (date.month or 1) * 100 + (date.day or 1)


def _last_day(date: PartialDate) -> int:
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    return date.year * 10_000 + month * 100 + day


def _plan_number(condition: Condition) -> Plan:
    """By the whole number, by each piece that was typed (own number), by how it begins (cited)."""
    field = "number" if condition.field is Field.NUMBER else "cites"
    whole = number.parse(condition.value)
    exact = Term(field, analyzer.number_term(whole)) if whole is not None else None
    pieces = tuple(analyzer.strip_term_marks(analyzer.extract_terms(condition.value)))
    if condition.field is Field.NUMBER:
        if exact is not None and whole is not None and whole.issuer_code is not None:
            return exact
        parts = plan_own_number(pieces)
        return join_any((exact, parts)) if exact is not None else parts
    part = plan_cited_part(pieces)
    return join_any((exact, part)) if exact is not None else part


def plan_whole_issuer(value: str) -> Plan:
    """By the whole name of the agency as it is counted: its office is another agency."""
    names = dict.fromkeys((value, agency.parse(value).name))
    return join_any(tuple(Term("f_issuer", name) for name in names))


def _plan_issuer(value: str) -> Plan:
    """By the words of the name side by side, as typed or as the agency is properly called."""
    typed = analyzer.strip_term_marks(analyzer.extract_terms(value))
    proper = analyzer.strip_term_marks(analyzer.extract_terms(agency.parse(value).name))
    runs = [typed] if typed == proper else [typed, proper]
    return join_any(tuple(_run("issuer", tuple(run)) for run in runs if run))


def _plan_words(field: str, condition: Condition) -> Plan:
    """A name by its words side by side; a subject by all its words."""
    terms = tuple(analyzer.strip_term_marks(analyzer.extract_terms(condition.value)))
    if condition.field is Field.SUBJECT:
        return join_all(tuple(Term(field, term) for term in terms))
    return _run(field, terms)


def _plan_submitted(condition: Condition, scope: Scope) -> Plan:
    """By the unit that handed it in, or the criterion it was handed in for: of submissions within the scope alone."""
    if condition.field is Field.UNIT:
        label = analyzer.label_term(condition.value)
        return Term("unit", label) if scope.sees_label(label) else NOTHING
    code = analyzer.criterion_terms(condition.value)[-1]
    if scope.units is None:
        return Term("criterion", code)
    seen = tuple(Term("submitted", submitted_term(unit, code)) for unit in sorted(scope.units))
    return join_any(seen) if seen else NOTHING


def submitted_term(unit: str, code: str) -> str:
    """A unit and a criterion (as ``analyzer.criterion_terms`` has it) as one term."""
    return f"{unit_term(unit)}:{code}"


def unit_term(unit: str) -> str:
    """A unit's code as one term that no other unit has, whatever its letters.

    >>> unit_term("SNV") == unit_term("snv")
    False
    """
    return unit.encode().hex()


def _run(field: str, terms: tuple[str, ...]) -> Plan:
    return PhraseTerms(field, terms) if len(terms) > 1 else Term(field, terms[0])
