"""The judgement on what several engines read in a number row or a date row: which value, how sure.

Each place of the row is voted on (``place_votes``); of a date the least sure place decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evidence.extract.layout.segments import Segment
from evidence.extract.voting.parsed_readings import (
    DateParts,
    NumberParts,
    number_of,
    parse_date_row,
    parse_number_row,
    same_symbol,
)
from evidence.extract.voting.place_votes import (
    AGREED,
    OUTVOTED,
    Ballot,
    PlaceVote,
    count_votes,
    doubt_lost_digits,
    doubt_lost_zero,
    explain,
)
from evidence.messages import Message
from evidence.model.reading import Alphabet, EngineProfile, Handwriting, LineReading
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import symbol as symbols
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.values.symbol_forms import restore_strokes

T = TypeVar("T")

YEAR_BY_HAND = re.compile(r"\D?0(\d\d)")  # "a026": the 2 of this century was read as a letter, or not at all
PROPOSED = 0.4  # letters taken for the digits that they look like
UNZEROED = 0.5  # weight of a day below 10 without the zero that NĐ 30 asks for: a digit may have been lost
UNCERTAIN = 0.4  # weight of a serial behind which no mark was seen
KNOWN = 1.3  # weight of a suffix that agencies have
LAST_SERIAL, LAST_DAY, LAST_MONTH, YEARS = 99_999, 31, 12, (1945, 2100)
# What engines make of handwritten digits: 1 with a long up-stroke, crossed 7, open 4.
LOOKS = {"A": "1", "M": "11", "l": "1", "I": "1", "|": "1", "N": "1", "H": "4", "F": "7", "Y": "7", "T": "7",
         "g": "9", "q": "9", "O": "0", "o": "0", "Q": "0", "D": "0", "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8",
         "&": "8", "G": "6", "b": "6"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vote(Generic[T]):
    """No value: nothing that could be one was read. ``raw`` is the best reading as it stands."""

    value: T | None
    confidence: float
    raw: str
    note: Message | None = None


def vote_number(readings: Sequence[LineReading]) -> Vote[Number]:
    """The number that the readings of one row give; readings without a suffix do not count.

    >>> from evidence.model.reading import EngineProfile, Handwriting, RowPlaces
    >>> one = EngineProfile("one", Handwriting.PARTLY, Alphabet.VIETNAMESE)
    >>> two = EngineProfile("two", Handwriting.WELL, Alphabet.LATIN)
    >>> three = EngineProfile("three", Handwriting.WELL, Alphabet.FIGURES)
    >>> figures = LineReading(three, "281/", 0.9, places=RowPlaces(serial="281", mark="/"))
    >>> texts = LineReading(one, "Số:28H/QĐ-UBND", 0.9), LineReading(two, "S: 281/QD-UBND", 0.9)
    >>> vote = vote_number([*texts, figures])
    >>> str(vote.value), vote.confidence
    ('281/QĐ-UBND', 0.96)
    """
    rows = [(reading, parts) for reading in readings if (parts := parse_number_row(reading))]
    symbol, disputed = _vote_symbol(rows)
    if symbol is None:
        return Vote(None, 0.0, rows[0][0].text if rows else "")
    rows = [(reading, parts) for reading, parts in rows if parts.symbol is None or _alike(parts.symbol, symbol)]
    raw = _raw(rows, symbol)
    ballots = [
        Ballot(reading.engine, parts.serial.lstrip("0") or parts.serial, 1.0 if parts.certain else UNCERTAIN)
        for reading, parts in rows
        if parts.is_figure
    ]
    serial = count_votes(ballots, _lookalikes((parts.serial for _, parts in rows), 1, LAST_SERIAL))
    serial = _doubt_lost_digits(serial, ballots, rows)
    if serial.winner is None:
        return _propose_number(rows, symbol, raw)
    year = Counter(parts.year for _, parts in rows if parts.symbol).most_common(1)[0][0]
    joint = Counter(parts.joint for _, parts in rows if parts.symbol).most_common(1)[0][0]
    number, note = Number(serial.winner, symbol, year, joint), explain(serial)
    if disputed is not None and note is None:
        return Vote(number, min(OUTVOTED, serial.confidence), raw, disputed)
    return Vote(number, serial.confidence, raw, note)


def vote_date(readings: Sequence[LineReading], signed: Collection[PartialDate] = ()) -> Vote[PartialDate]:
    """The date that the readings of one row give: day, month and year each voted on, the least sure decides.

    ``signed``: days of digital signatures. They tip the scales between days that were read and make none surer.

    >>> from evidence.model.reading import EngineProfile, Handwriting, RowPlaces
    >>> one = EngineProfile("one", Handwriting.PARTLY, Alphabet.VIETNAMESE)
    >>> two = EngineProfile("two", Handwriting.WELL, Alphabet.LATIN)
    >>> three = EngineProfile("three", Handwriting.WELL, Alphabet.FIGURES)
    >>> figures = LineReading(three, "16 01", 0.9, places=RowPlaces(day="16", month="01"))
    >>> texts = LineReading(one, "ngày AGtháng 01 năm 2025", 0.9), LineReading(two, "ngày 16 tháng 01 năm 2025", 0.9)
    >>> vote = vote_date([*texts, figures])
    >>> str(vote.value), vote.confidence
    ('2025-01-16', 0.96)
    """
    rows = [(reading, parts) for reading in readings if (parts := parse_date_row(reading))]
    if not rows:
        return Vote(None, 0.0, "")
    raw = rows[0][0].text
    days = _lookalikes((parts.day for _, parts in rows), 1, LAST_DAY)
    months = _lookalikes((parts.month for _, parts in rows), 1, LAST_MONTH)
    month = count_votes(_ballots(rows, lambda parts: parts.month, 1, LAST_MONTH), months)
    year = count_votes(_ballots(rows, lambda parts: parts.year, *YEARS))
    years = (
        [] if year.winner else [f"20{match[1]}" for _, parts in rows if (match := YEAR_BY_HAND.fullmatch(parts.year))]
    )
    witnessed = [str(day.day) for day in signed if (str(day.month), str(day.year)) == (month.winner, year.winner)]
    day = count_votes(_ballots(rows, lambda parts: parts.day, 1, LAST_DAY), days, witnessed)
    if day.winner and len(day.winner) == 1 and not any(parts.day == f"0{day.winner}" for _, parts in rows):
        day = doubt_lost_zero(day, day.winner)
    value = _date_of(
        day.winner or _most_common(days), month.winner or _most_common(months), year.winner or _most_common(years)
    )
    if value is None:
        return Vote(None, 0.0, raw)
    if day.winner is None or month.winner is None or year.winner is None:
        return Vote(value, PROPOSED, raw, Message("readings-letters", {"raw": raw}))
    worst: PlaceVote = min((day, month, year), key=lambda vote: vote.confidence)
    return Vote(value, worst.confidence, raw, explain(worst))


# --- parts of a number ----------------------------------------------------------------------------------------------


def _alike(symbol: str, other: str) -> bool:
    """Whether a reading's suffix may be the voted one: the same, or begun or ended alike (a stamp may cover a part)."""
    return same_symbol(symbol, other) or symbol[:2] == other[:2] or symbol[-3:] == other[-3:]


def _vote_symbol(rows: Sequence[tuple[LineReading, NumberParts]]) -> tuple[str | None, Message | None]:
    """The suffix: readings group by letters without marks; the spelling is that of engines which know Đ and Ơ. Where
    these differ in a stroke that no list settles (``ĐHĐN``, ``DHĐN``), who says what."""
    symbols_read = [(reading.engine, parts.symbol) for reading, parts in rows if parts.symbol]
    if not symbols_read:
        return None, None
    weights: dict[str, float] = defaultdict(float)
    each = Counter(engine.voter for engine, _ in symbols_read)
    for engine, symbol in symbols_read:
        weights[_letters(symbol)] += (KNOWN if symbols.is_known(symbol) else 1.0) / each[engine.voter]
    best = max(weights, key=lambda letters: weights[letters])
    same = [(engine, symbol) for engine, symbol in symbols_read if _letters(symbol) == best]
    spelled = [(engine, symbol) for engine, symbol in same if engine.alphabet is Alphabet.VIETNAMESE]
    winner = Counter(symbol for _, symbol in spelled or same).most_common(1)[0][0]
    return winner, _spelling_dispute(spelled, winner)


def _spelling_dispute(spelled: Sequence[tuple[EngineProfile, str]], winner: str) -> Message | None:
    """What each engine that knows the letters spells mostly, where one differs from the winner in a stroke."""
    own = {
        engine.voter: Counter(symbol for other, symbol in spelled if other.voter == engine.voter).most_common(1)[0][0]
        for engine, _ in spelled
    }
    strokes = {voter: _strokes(symbol) for voter, symbol in own.items()}
    if all(spelling == _strokes(winner) for spelling in strokes.values()):
        return None
    readings = ", ".join(f"{voter} {symbol}" for voter, symbol in sorted(own.items()))
    return Message("readings-disagree", {"readings": readings})


def _strokes(symbol: str) -> str:
    """The letters of a symbol with their strokes, as lists print them."""
    return re.sub(r"[^A-ZĐ]", "", restore_strokes(symbol).upper())


def _letters(symbol: str) -> str:
    return "".join(map(symbols.ascii_code, symbols.groups(symbol)))


def _raw(rows: Sequence[tuple[LineReading, NumberParts]], symbol: str) -> str:
    whole = (reading.text for reading, parts in rows if parts.symbol and same_symbol(parts.symbol, symbol))
    return next(whole, symbol)


def _doubt_lost_digits(
    serial: PlaceVote, ballots: Sequence[Ballot], rows: Sequence[tuple[LineReading, NumberParts]]
) -> PlaceVote:
    """The vote, after what speaks for more digits than the winner has: readings with letters among them (``A3`` beside
    ``3``), and ink that nobody read."""
    lengths: dict[str, list[int]] = defaultdict(list)
    printed = 0  # digits that the winner has with its zeros
    for reading, parts in rows:
        if parts.serial and reading.engine.handwriting is not Handwriting.HARDLY:
            lengths[reading.engine.voter].append(len(parts.serial))
            printed = max(printed, len(parts.serial)) if parts.serial.lstrip("0") == serial.winner else printed
    strokes = max((parts.strokes or 0 for _, parts in rows), default=0)
    return doubt_lost_digits(serial, ballots, printed, lengths, strokes)


def _propose_number(rows: Sequence[tuple[LineReading, NumberParts]], symbol: str, raw: str) -> Vote[Number]:
    guess = _most_common(_lookalikes((parts.serial for _, parts in rows), 1, LAST_SERIAL))
    if guess is None:
        return Vote(None, 0.0, raw)
    _, first = rows[0]
    return Vote(number_of(guess, first, symbol), PROPOSED, raw, Message("readings-letters", {"raw": raw}))


# --- parts of a date ------------------------------------------------------------------------------------------------


def _ballots(
    rows: Sequence[tuple[LineReading, DateParts]], part: Callable[[DateParts], str], least: int, most: int
) -> Iterable[Ballot]:
    """The readings in which the place holds a number that can be."""
    for reading, parts in rows:
        text = part(parts)
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            weight = UNZEROED if most == LAST_DAY and len(text) == 1 else 1.0
            yield Ballot(reading.engine, str(int(text)), weight)


def _date_of(day: str | None, month: str | None, year: str | None) -> PartialDate | None:
    return dates.make_date(int(year), int(month), int(day)) if day and month and year else None


def _lookalikes(texts: Iterable[str], least: int, most: int) -> list[str]:
    """The digits that readings with letters look like; only ever a proposal."""
    values = []
    for text in texts:
        digits = "".join(LOOKS.get(char, char) for char in text)
        if digits != text and digits.isascii() and digits.isdigit() and least <= int(digits) <= most:
            values.append(str(int(digits)))
    return values


def _most_common(values: Sequence[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None


# --- what the vote makes of a field ---------------------------------------------------------------------------------


def settle_number(field: FieldValue[Number], segment: Segment) -> FieldValue[Number]:
    """The number of the segment's own text, after the vote of all engines that read its row."""
    if not segment.readings or not segment.is_ocr or field.confidence >= AGREED:
        return field
    vote = vote_number(_all_readings(segment))
    return _settled(field, segment, vote) if vote.value else field


def settle_date(
    field: FieldValue[PartialDate], segment: Segment, signed: Collection[PartialDate] = ()
) -> FieldValue[PartialDate]:
    """The date of the segment's own text, after the vote of all engines that read its row."""
    if not segment.readings or not segment.is_ocr or field.confidence >= AGREED:
        return field
    vote = vote_date(_all_readings(segment), signed)
    return _settled(field, segment, vote) if vote.value else field


def _all_readings(segment: Segment) -> tuple[LineReading, ...]:
    """The further readings, then the segment's own text as what its engine read."""
    if segment.engine is None:
        return segment.readings
    return (*segment.readings, LineReading(segment.engine, segment.text, segment.confidence))


def _settled(field: FieldValue[T], segment: Segment, vote: Vote[T]) -> FieldValue[T]:
    raw = field.raw if field.raw and field.value == vote.value else vote.raw
    return FieldValue(vote.value, raw, field.span or segment.span(), vote.confidence, vote.note)
