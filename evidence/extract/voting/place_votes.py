"""The vote of several engines on one place of a row: a number's serial; a date's day, month or year.

Each engine has one vote, the majority of its own readings at several crops. An engine counts by what it declares of
itself (``model.reading.EngineProfile``), and none is named here. Two engines that agree and none against them: sure.
Measured on real scans (docs/accuracy.md), such values were never wrong, while an engine's own confidence says next to
nothing. One engine alone, or two that are contradicted, give a doubtful value with a note that asks a person to look:
who says that is never sure himself (two of three read 2002 in a 2062 written by hand).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence.messages import Message
from evidence.model.reading import EngineProfile, Handwriting

AGREED, ALL_AGREED = 0.96, 0.98  # two engines, three or more, none against
OUTVOTING = 0.89  # two against one that reads handwriting worse or wavers between its crops; three against one
DOUBTED = 0.6  # one engine against two that may have lost a digit
CLEAR = 0.75  # of the weight: two that waver little against one that does
OUTVOTED = 0.88  # two against one: shown as doubtful
WITNESS = 0.3  # weight of a digital signature's day
HINT = 0.3  # weight of letters that look like a value that was read
ALONE = 0.85  # the most that one engine can give

# How often an engine's lone value was right on real scans: decides between contradicting engines, never makes sure.
WEIGHTS = {Handwriting.WELL: 1.0, Handwriting.PARTLY: 0.7, Handwriting.HARDLY: 0.5}


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one reading says of the place; ``weight``: how clearly."""

    engine: EngineProfile
    value: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceVote:
    """The winner, how sure it is, and what each voter says. ``weak``: voters that hardly read handwriting: their
    dissent says nothing, their assent little (899 for 299)."""

    winner: str | None
    confidence: float
    choices: dict[str, str] = field(default_factory=dict)
    weak: frozenset[str] = frozenset()
    strokes: int = 0  # pieces of ink in the place, where they are more than the winner has digits

    @property
    def contested(self) -> bool:
        """Whether an engine whose word counts says something else."""
        return any(value != self.winner for voter, value in self.choices.items() if voter not in self.weak)


def count_votes(ballots: Iterable[Ballot], looks: Iterable[str] = (), witnessed: Collection[str] = ()) -> PlaceVote:
    """The winner: most engines, then the better ones.

    ``looks``: digits that letters read in the place look like; ``witnessed``: values that a witness outside the row
    gives. Both may tip the scales between values that were read, but bring none of their own and make none surer.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    weights: dict[str, float] = defaultdict(float)
    for ballot in ballots:
        votes[ballot.engine.voter][ballot.value] += ballot.weight
        weights[ballot.engine.voter] = max(weights[ballot.engine.voter], WEIGHTS[ballot.engine.handwriting])
    if not votes:
        return PlaceVote(None, 0.0)
    choices = {voter: max(values, key=lambda value: values[value]) for voter, values in votes.items()}
    score: dict[str, float] = defaultdict(float)
    for voter, values in votes.items():
        for value, weight in values.items():
            score[value] += weights[voter] * weight / sum(values.values())
    backers, hints = Counter(choices.values()), Counter(looks)
    tipped = {value: score[value] + HINT * (hints[value] > 0) + WITNESS * (value in witnessed) for value in score}
    winner = max(score, key=lambda value: (backers[value] >= 2, tipped[value]))
    confidence = _confidence(choices, weights, winner, score[winner] / sum(score.values()))
    return PlaceVote(winner, confidence, choices, frozenset(_weak(weights)))


def _weak(weights: dict[str, float]) -> Iterable[str]:
    return (voter for voter, weight in weights.items() if weight <= WEIGHTS[Handwriting.HARDLY])


def _confidence(choices: dict[str, str], weights: dict[str, float], winner: str, share: float) -> float:
    """How sure a winner is, ``share`` of the weight being his."""
    weak = set(_weak(weights))
    least = min((weights[voter] for voter, value in choices.items() if value == winner), default=0.0)
    backers = sum(value == winner for value in choices.values())
    strong = sum(value == winner for voter, value in choices.items() if voter not in weak)
    dissent = {voter: value for voter, value in choices.items() if value != winner and voter not in weak}
    if backers >= 2 and strong < 2:
        return OUTVOTED if not dissent else round(min(OUTVOTED, 0.5 + 0.4 * share), 3)
    if backers >= 2 and not dissent:
        return ALL_AGREED if backers >= 3 else AGREED
    lost = any(holds_digits(value, winner) for value in dissent.values())
    if backers >= 2 and not lost and all(weights[voter] < least for voter in dissent):
        return OUTVOTING
    against = [value for value in choices.values() if value != winner] if backers < 2 else list(dissent)
    if (backers >= 3 or (backers == 2 and share >= CLEAR)) and len(against) == 1 and not lost:
        return OUTVOTING
    if backers >= 2:
        return round(min(OUTVOTED, 0.5 + 0.5 * share), 3)
    return round(0.3 + 0.4 * share if against else min(ALONE, 0.35 + 0.5 * share), 3)


def holds_digits(longer: str, shorter: str) -> bool:
    """Whether one value has all digits of the other and more: 17 and 7, of which a digit may have been lost."""
    rest = iter(longer)
    return len(longer) > len(shorter) and all(char in rest for char in shorter)


def doubt_lost_zero(day: PlaceVote, winner: str) -> PlaceVote:
    """A day below 10 without its zero is never sure: two engines read 17 as 7, and 11 as 4. Two digits are believed."""
    longer = [value for value in day.choices.values() if holds_digits(value, winner)]
    strong = [value for voter, value in day.choices.items() if len(value) == 2 and voter not in day.weak]
    if longer or strong:
        return replace(day, winner=(longer or strong)[0], confidence=DOUBTED)
    return replace(day, confidence=min(day.confidence, OUTVOTED))


def doubt_lost_digits(
    serial: PlaceVote, ballots: Collection[Ballot], digits: int, lengths: Mapping[str, Sequence[int]], strokes: int
) -> PlaceVote:
    """A serial of which digits may have been lost is never sure: 113 was read as 3 by two engines that took its first
    strokes for a letter or for nothing. ``digits``: of the winner with its zeros; ``lengths``: how many signs each
    voter read in the place, at each crop; ``strokes``: how many pieces of ink stand there. Where two voters read more,
    more is believed.
    """
    if serial.winner is None:
        return serial
    digits = max(digits, len(serial.winner))
    longer = [voter for voter, signs in lengths.items() if 2 * sum(count > digits for count in signs) > len(signs)]
    if strokes > digits:
        serial = replace(serial, confidence=min(serial.confidence, OUTVOTED), strokes=strokes)
    if len(longer) < 2:
        return serial
    rest = count_votes(ballot for ballot in ballots if len(ballot.value) > digits)
    return replace(serial, winner=rest.winner or serial.winner, confidence=min(DOUBTED, serial.confidence))


def explain(vote: PlaceVote) -> Message | None:
    """Who says what, where they differ; who alone, where only one could read."""
    readings = ", ".join(f"{voter} {value}" for voter, value in sorted(vote.choices.items()))
    if vote.contested:
        return Message("readings-disagree", {"readings": readings})
    if vote.strokes and vote.winner is not None:
        return Message("readings-strokes", {"value": vote.winner, "strokes": str(vote.strokes)})
    if len(vote.choices) == 1:
        return Message("readings-alone", {"readings": readings})
    return None
