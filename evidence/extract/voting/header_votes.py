"""The judgement on what several engines read in one row: which value, how sure.

Each engine has one vote, the majority of its own readings at several crops. Two engines that agree and none against
them: sure. Measured on real scans (docs/accuracy.md), such values were never wrong, while an engine's own confidence
says next to nothing. One engine alone, or two that contradict each other, give a doubtful value with a note.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from evidence.extract.layout.segments import Strip
from evidence.extract.voting import parsed_readings as sights
from evidence.extract.voting.parsed_readings import DateSight, NumberSight
from evidence.messages import Message
from evidence.model.document import LineReading
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import symbol as symbols
from evidence.values.date import PartialDate
from evidence.values.number import Number

T = TypeVar("T")

AGREED, ALL_AGREED = 0.96, 0.98  # two engines, three or more, none against
OUTVOTING = 0.92  # two against one that reads handwriting worse or wavers between its crops; three against one
DOUBTED = 0.6  # one engine against two that may have lost a digit
CLEAR = 0.75  # of the weight: two that waver little against one that does
OUTVOTED = 0.88  # two against one: shown as doubtful
WITNESS = 0.3  # weight of a digital signature's day
HINT = 0.3  # weight of letters that look like a value that was read
ALONE = 0.85  # the most that one engine can give
PROPOSED = 0.4  # letters taken for the digits that they look like
UNZEROED = 0.5  # weight of a day below 10 without the zero that NĐ 30 asks for: a digit may have been lost

# How often an engine's lone value was right on real scans: decides between contradicting engines, never makes sure.
WEIGHTS = {"digits": 1.0, "ppocr": 1.0, "trueocr": 0.7, "tesseract": 0.5}
WEAK = {"tesseract"}  # reads 7 of 104 handwritten places: its dissent says nothing, its assent little (899 for 299)
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


@dataclass(frozen=True, slots=True)
class Tally:
    """One place (serial, day ...): the winner, how sure, and what each engine says."""

    winner: str | None
    confidence: float
    opinions: dict[str, str]

    @property
    def contested(self) -> bool:
        return len(set(self.opinions.values())) > 1


def engine_of(reading: LineReading) -> str:
    """``ppocr`` of ``ppocr@0.2``."""
    return reading.engine.partition("@")[0].partition(" ")[0]


def vote_number(readings: Sequence[LineReading]) -> Vote[Number]:
    """The number that the readings of one row give; readings without a suffix do not count.

    >>> seen = [Reading("trueocr@0", "Số:28H/QĐ-UBND", .9), Reading("ppocr@0", "S: 281/QD-UBND", .9)]
    >>> vote = vote_number([*seen, Reading("digits@0", "Số: 281/~", .9)])
    >>> str(vote.value), vote.confidence
    ('281/QĐ-UBND', 0.96)
    """
    seen = [(reading, sight) for reading in readings if (sight := sights.number(reading.text))]
    symbol = _symbol(seen)
    if symbol is None:
        return Vote(None, 0.0, seen[0][0].text if seen else "")
    told = [(reading, sight) for reading, sight in seen if sight.symbol is None or _close(sight.symbol, symbol)]
    raw = _raw(told, symbol)
    said = [(engine_of(r), s.serial.lstrip("0") or s.serial, _weight(s)) for r, s in told if s.digits]
    tally = _tally(said, _looks((s.serial for _, s in told), 1, 99_999))
    if tally.winner is None:
        return _proposed_number(told, symbol, raw)
    year = Counter(s.year for _, s in told if s.symbol).most_common(1)[0][0]
    joint = Counter(s.joint for _, s in told if s.symbol).most_common(1)[0][0]
    made = Number(tally.winner, symbol, year, joint)
    return Vote(made, tally.confidence, raw, _note(tally))


def vote_date(readings: Sequence[LineReading], signed: Collection[PartialDate] = ()) -> Vote[PartialDate]:
    """The date that the readings of one row give: day, month and year each voted on, the least sure decides.

    ``signed``: days of digital signatures. They tip the scales between days that were read and make none surer.

    >>> seen = [("trueocr", "ngày AGtháng 01 năm 2025"),
    ...         ("ppocr", "ngày 16 tháng 01 năm 2025"), ("digits", "ngày 16 tháng 01 năm")]
    >>> vote = vote_date([Reading(engine, text, .9) for engine, text in seen])
    >>> str(vote.value), vote.confidence
    ('2025-01-16', 0.96)
    """
    seen = [(reading, sight) for reading in readings if (sight := sights.date(reading.text))]
    if not seen:
        return Vote(None, 0.0, "")
    raw = seen[0][0].text
    days, months = (_looks((s.day for _, s in seen), 1, 31), _looks((s.month for _, s in seen), 1, 12))
    month = _tally(_places(seen, lambda s: s.month, 1, 12), months)
    year = _tally(_places(seen, lambda s: s.year, 1945, 2100))
    witnessed = [str(one.day) for one in signed if (str(one.month), str(one.year)) == (month.winner, year.winner)]
    day = _tally(_places(seen, lambda s: s.day, 1, 31), days, witnessed)
    if day.winner and len(day.winner) == 1 and not any(s.day == f"0{day.winner}" for _, s in seen):
        day = _unzeroed(day, day.winner)
    proposed = (day.winner is None and bool(days)) or (month.winner is None and bool(months))
    parts = (day.winner or _best(days), month.winner or _best(months), year.winner)
    value = dates.of(int(parts[2]), int(parts[1]), int(parts[0])) if all(parts) else None  # type: ignore[arg-type]
    if value is None:
        return Vote(None, 0.0, raw)
    if proposed:
        return Vote(value, PROPOSED, raw, Message("readings-letters", {"raw": raw}))
    worst = min((day, month, year), key=lambda tally: tally.confidence)
    return Vote(value, worst.confidence, raw, _note(worst))


# --- the vote on one place ------------------------------------------------------------------------------------------


def _tally(
    sayings: Iterable[tuple[str, str, float]], looks: Iterable[str] = (), witnessed: Collection[str] = ()
) -> Tally:
    """The winner among (engine, value, weight): most engines, then the better ones.

    ``looks``: digits that letters read in the place look like; ``witnessed``: values that a witness outside the row
    gives. Both may tip the scales between values that were read, but bring none of their own and make none surer.
    """
    by_engine: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for engine, value, weight in sayings:
        by_engine[engine][value] += weight
    if not by_engine:
        return Tally(None, 0.0, {})
    opinions = {engine: max(votes, key=lambda value: votes[value]) for engine, votes in by_engine.items()}
    score: dict[str, float] = defaultdict(float)
    for engine, votes in by_engine.items():
        for value, weight in votes.items():
            score[value] += WEIGHTS.get(engine, 0.5) * weight / sum(votes.values())
    backers, hints = Counter(opinions.values()), Counter(looks)
    tipped = {value: score[value] + HINT * (hints[value] > 0) + WITNESS * (value in witnessed) for value in score}
    winner = max(score, key=lambda value: (backers[value] >= 2, tipped[value]))
    return Tally(winner, _certain(opinions, winner, score[winner] / sum(score.values())), opinions)


def _certain(opinions: dict[str, str], winner: str, share: float) -> float:
    """How sure a winner is, ``share`` of the weight being his."""
    least = min((WEIGHTS.get(engine, 0.5) for engine, value in opinions.items() if value == winner), default=0.0)
    backers = sum(value == winner for value in opinions.values())
    strong = sum(value == winner for engine, value in opinions.items() if engine not in WEAK)
    dissent = {engine: value for engine, value in opinions.items() if value != winner and engine not in WEAK}
    if backers >= 2 and strong < 2:
        return OUTVOTED if not dissent else round(min(OUTVOTED, 0.5 + 0.4 * share), 3)
    if backers >= 2 and not dissent:
        return ALL_AGREED if backers >= 3 else AGREED
    lost = any(_holds(value, winner) for value in dissent.values())
    if backers >= 2 and not lost and all(WEIGHTS.get(engine, 0.5) < least for engine in dissent):
        return OUTVOTING
    against = [value for value in opinions.values() if value != winner] if backers < 2 else list(dissent)
    if (backers >= 3 or (backers == 2 and share >= CLEAR)) and len(against) == 1 and not lost:
        return OUTVOTING
    if backers >= 2:
        return round(min(OUTVOTED, 0.5 + 0.5 * share), 3)
    return round(0.3 + 0.4 * share if against else min(ALONE, 0.35 + 0.5 * share), 3)


def _holds(longer: str, shorter: str) -> bool:
    """Whether the one has all digits of the other and more: 17 and 7, of which a digit may have been lost."""
    rest = iter(longer)
    return len(longer) > len(shorter) and all(char in rest for char in shorter)


def _note(tally: Tally) -> Message | None:
    """Who says what, where they differ; who alone, where only one could read."""
    said = ", ".join(f"{engine} {value}" for engine, value in sorted(tally.opinions.items()))
    if tally.contested:
        return Message("readings-disagree", {"readings": said})
    if len(tally.opinions) == 1:
        return Message("readings-alone", {"readings": said})
    return None


# --- parts of a number ----------------------------------------------------------------------------------------------


def _weight(sight: NumberSight) -> float:
    return 1.0 if sight.certain else 0.4


def _close(one: str, two: str) -> bool:
    """Whether a reading's suffix may be the voted one: the same, or begun or ended alike (a stamp may cover a part)."""
    return sights.same_symbol(one, two) or one[:2] == two[:2] or one[-3:] == two[-3:]


def _symbol(seen: Sequence[tuple[LineReading, NumberSight]]) -> str | None:
    """The suffix: readings group by letters without marks; the spelling is that of engines which know Đ and Ơ."""
    told = [(engine_of(reading), sight.symbol) for reading, sight in seen if sight.symbol]
    if not told:
        return None
    groups: dict[str, float] = defaultdict(float)
    each = Counter(engine for engine, _ in told)
    for engine, symbol in told:
        known = 1.3 if symbols.is_known(symbol) else 1.0
        groups["".join(map(symbols.ascii_code, symbols.groups(symbol)))] += known / each[engine]
    best = max(groups, key=lambda letters: groups[letters])
    same = [(e, s) for e, s in told if "".join(map(symbols.ascii_code, symbols.groups(s))) == best]
    spelt = [s for e, s in same if e != "ppocr"] or [s for _, s in same]
    return Counter(spelt).most_common(1)[0][0]


def _raw(told: Sequence[tuple[LineReading, NumberSight]], symbol: str) -> str:
    full = [reading.text for reading, sight in told if sight.symbol and sights.same_symbol(sight.symbol, symbol)]
    return full[0] if full else symbol


def _proposed_number(told: Sequence[tuple[LineReading, NumberSight]], symbol: str, raw: str) -> Vote[Number]:
    guess = _best(_looks((s.serial for _, s in told), 1, 99_999))
    if guess is None:
        return Vote(None, 0.0, raw)
    first = next(s for _, s in told)
    return Vote(sights.value(guess, first, symbol), PROPOSED, raw, Message("readings-letters", {"raw": raw}))


def _unzeroed(day: Tally, winner: str) -> Tally:
    """A day below 10 without its zero is never sure: two engines read 17 as 7, and 11 as 4. Two digits are believed."""
    longer = [value for value in day.opinions.values() if _holds(value, winner)]
    strong = [value for engine, value in day.opinions.items() if len(value) == 2 and engine not in WEAK]
    if longer or strong:
        return replace(day, winner=(longer or strong)[0], confidence=DOUBTED)
    return replace(day, confidence=min(day.confidence, OUTVOTED))


# --- parts of a date ------------------------------------------------------------------------------------------------


def _places(
    seen: Sequence[tuple[LineReading, DateSight]], part: Callable[[DateSight], str], least: int, most: int
) -> Iterable[tuple[str, str, float]]:
    """(engine, value, weight) of the readings in which the place holds a number that can be."""
    for reading, sight in seen:
        text = part(sight)
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            weight = UNZEROED if most == 31 and len(text) == 1 else 1.0
            yield engine_of(reading), str(int(text)), weight


def _looks(texts: Iterable[str], least: int, most: int) -> list[str]:
    """The digits that readings with letters look like; only ever a proposal."""
    made = []
    for text in texts:
        digits = "".join(LOOKS.get(char, char) for char in text)
        if digits != text and digits.isascii() and digits.isdigit() and least <= int(digits) <= most:
            made.append(str(int(digits)))
    return made


def _best(values: Sequence[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None


# --- what the vote makes of a finding -------------------------------------------------------------------------------


def settle_number(found: FieldValue[Number], strip: Strip) -> FieldValue[Number]:
    """The number found in the strip's own text, after the vote of all engines that read its row."""
    if not strip.readings or not strip.is_ocr or found.confidence >= AGREED:
        return found
    vote = vote_number((*strip.readings, _own(strip)))
    return _settled(found, strip, vote) if vote.value else found


def settle_date(
    found: FieldValue[PartialDate], strip: Strip, signed: Collection[PartialDate] = ()
) -> FieldValue[PartialDate]:
    """The date found in the strip's own text, after the vote of all engines that read its row."""
    if not strip.readings or not strip.is_ocr or found.confidence >= AGREED:
        return found
    vote = vote_date((*strip.readings, _own(strip)), signed)
    return _settled(found, strip, vote) if vote.value else found


def _own(strip: Strip) -> LineReading:
    return LineReading("tesseract", strip.text, strip.confidence)


def _settled(found: FieldValue[T], strip: Strip, vote: Vote[T]) -> FieldValue[T]:
    raw = found.raw if found.raw and found.value == vote.value else vote.raw
    return FieldValue(vote.value, raw, found.span or strip.span(), vote.confidence, vote.note)
