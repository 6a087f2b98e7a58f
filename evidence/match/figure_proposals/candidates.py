"""How far a stated number fits a figure that is asked for: what it counts, of which matter, in which role."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from evidence.appraisal.statistics.figure_roles import name_counted
from evidence.appraisal.statistics.table_figures import FIRST_ROW
from evidence.match.figure_proposals.figure_doubts import find_doubts
from evidence.match.figure_proposals.wanted_figures import FigureKind, WantedFigure
from evidence.model.scores.figures import FigureRole, FigureSource, StatedFigure
from evidence.vietnamese.text import fold

ENOUGH, ENOUGH_HANDED = Decimal("0.5"), Decimal("0.25")  # of the title's words, by weight
COUNTED_ENOUGH, RATED_ENOUGH, PLAIN_ENOUGH = (
    Decimal("0.5"),
    Decimal("0.6"),
    Decimal("0.8"),
)  # of the words that say what is counted
APART = Decimal("0.25")  # a number that fits another criterion so much better is that one's
NINTH = Decimal("0.000000001")
ROUNDED = Decimal("0.06")  # a rate printed to one place against the one computed
HUNDRED, ONE, ZERO = Decimal(100), Decimal(1), Decimal(0)
DEEDS = (FigureRole.DONE, FigureRole.IN_TIME)  # what only waits is told beside them
NO_STAND_INS = (FigureRole.PENDING, FigureRole.TOTAL, FigureRole.NOT_DONE)
_MONEY = re.compile(r"\b(?:tỷ|triệu|nghìn|ngàn) đồng")
# Roles that may stand for another one, and the doubt that goes with it.
STAND_INS: Mapping[FigureRole, tuple[tuple[FigureRole, str], ...]] = {
    FigureRole.IN_TIME: ((FigureRole.DONE, "figure-time-unsaid"),),
    FigureRole.TOTAL: ((FigureRole.PLAIN, "figure-role-unsaid"),),
    FigureRole.DONE: ((FigureRole.PLAIN, "figure-role-unsaid"),),
}


@dataclass(frozen=True, slots=True)
class StatisticPaper:
    """A paper of a unit with what it states; ``criteria``: the codes that it was handed in for."""

    sha256: str
    subject: str
    date: datetime.date | None
    criteria: frozenset[str]
    figures: tuple[StatedFigure, ...]


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """A value that may be the figure. ``fit``: how well; ``topic``: how much of the title its place names."""

    value: Decimal
    sources: tuple[FigureSource, ...]
    fit: Decimal
    topic: Decimal
    date: datetime.date
    doubts: tuple[str, ...] = ()
    is_pending: bool = False


class CandidateFinder:
    """Finds them for the figures of one set: words that many titles share tell less."""

    def __init__(self, wanted: Iterable[WantedFigure], year: int = 0) -> None:
        self._wanted, self._year = tuple(wanted), year
        titles = {each.criterion.code: each.topic for each in self._wanted}
        self._shared = Counter(word for words in titles.values() for word in words)

    def find(self, wanted: WantedFigure, papers: Iterable[StatisticPaper]) -> tuple[FigureCandidate, ...]:
        """The candidates, the best first; of those that fit alike the one of the later paper."""
        found = [each for paper in papers for each in self._of_paper(wanted, paper)]
        return tuple(sorted(found, key=lambda each: (round(each.fit, 1), each.date, each.fit), reverse=True))

    def _of_paper(self, wanted: WantedFigure, paper: StatisticPaper) -> Iterator[FigureCandidate]:
        handed = _is_handed(wanted.criterion.code, paper.criteria)
        fitting: list[tuple[StatedFigure, Decimal, Decimal]] = []
        for figure in paper.figures:
            fits = self._fit(wanted, figure, paper, handed)
            if fits is not None:
                fitting.append((figure, *fits))
        exact = {figure.group for figure, _, _ in fitting if figure.role is wanted.role}
        fitting = [each for each in fitting if each[0].group not in exact or not _stands_in(wanted, each[0])]
        date = paper.date or datetime.date.min
        unsure: Callable[[StatedFigure], tuple[str, ...]] = lambda figure: find_doubts(  # noqa: E731
            wanted, figure, paper.subject, self._cover(wanted.topic, _words_around(figure)), handed, self._year
        )
        if wanted.kind is FigureKind.RATE:
            yield from _rates(wanted, fitting, date, unsure)
            return
        for figure, fit, topic in fitting:
            if figure.is_percent and wanted.kind is not FigureKind.YEAR:
                continue
            if wanted.year is not None and f"năm {wanted.year}" not in fold(figure.own):
                continue
            pending = figure.role is FigureRole.PENDING and wanted.role in DEEDS
            accepted, doubts = (
                (True, ()) if pending or wanted.year is not None else accept_role(wanted.role, figure.role)
            )
            if accepted:
                doubts = (*doubts, *unsure(figure))
                lowered = fit - Decimal("0.3") * len(doubts)
                yield FigureCandidate(figure.value, (figure.source,), lowered, topic, date, doubts, pending)

    def _fit(
        self, wanted: WantedFigure, figure: StatedFigure, paper: StatisticPaper, handed: bool
    ) -> tuple[Decimal, Decimal] | None:
        own = name_counted(figure.label)
        around = own | name_counted(figure.context)
        by_year = wanted.kind is FigureKind.YEAR  # "chi thường xuyên: năm 2024 …; năm 2025 …": the noun stands before
        named = around if by_year or figure.group >= FIRST_ROW else own  # or above another column
        near = share_words(wanted.counted, own)
        if not wanted.head <= named or not own:
            return None
        if not by_year and bool(_MONEY.search(fold(figure.own))) != _is_money(wanted):
            return None
        if wanted.kind is FigureKind.VARIABLE and (figure.role, wanted.role) == (FigureRole.PLAIN, FigureRole.DONE):
            return None  # "số vấn đề phát hiện" are not those that were settled
        if wanted.kind is FigureKind.RATE and near < RATED_ENOUGH:
            return None
        needed = COUNTED_ENOUGH if figure.role is not FigureRole.PLAIN else PLAIN_ENOUGH
        counts = wanted.kind is FigureKind.COUNT  # "giải pháp mới" is one of "sáng kiến hoặc giải pháp mới"
        if not counts and share_words(wanted.counted, named) < needed:
            return None
        topic = self._cover(wanted.topic, around | name_counted(paper.subject))
        if topic < (ENOUGH_HANDED if handed else ENOUGH):
            return None
        better = max((self._cover(other.topic, around) for other in self._rivals(wanted)), default=ZERO)
        if not handed and better > topic + APART:
            return None
        return near + near + topic + (Decimal("0.5") if handed else ZERO), topic

    def _rivals(self, wanted: WantedFigure) -> Iterator[WantedFigure]:
        """Figures of other criteria that count the same."""
        for other in self._wanted:
            if other.criterion.code != wanted.criterion.code and other.counted >= wanted.counted:
                yield other

    def _cover(self, words: frozenset[str], text: frozenset[str]) -> Decimal:
        whole = sum((ONE / max(self._shared[word], 1) for word in words), ZERO)
        common = sum((ONE / max(self._shared[word], 1) for word in words & text), ZERO)
        return common / whole if whole else ZERO


def _words_around(figure: StatedFigure) -> frozenset[str]:
    return name_counted(figure.label) | name_counted(figure.context)


def share_words(words: frozenset[str], text: frozenset[str]) -> Decimal:
    """How many of the words the text has, from 0 to 1."""
    return Decimal(len(words & text)) / len(words) if words else ZERO


def _is_money(wanted: WantedFigure) -> bool:
    return bool(wanted.counted & {"tiền", "vốn", "kinh", "ngân"})


def _is_handed(code: str, criteria: frozenset[str]) -> bool:
    """Whether the paper was handed in for that criterion, or one above or below it."""
    return any(code == other or code.startswith(f"{other}.") or other.startswith(f"{code}.") for other in criteria)


def _stands_in(wanted: WantedFigure, figure: StatedFigure) -> bool:
    """Whether the number would only stand in for the figure: its sentence or row has the very one."""
    return any(role is figure.role for role, _ in STAND_INS.get(wanted.role, ()))


def accept_role(wanted: FigureRole, stated: FigureRole) -> tuple[bool, tuple[str, ...]]:
    """Whether a number of that role may be the figure, and with which doubt."""
    if wanted is stated or wanted is FigureRole.PLAIN:
        return wanted is stated or stated not in NO_STAND_INS, ()
    doubt = next((doubt for role, doubt in STAND_INS.get(wanted, ()) if role is stated), None)
    return doubt is not None, (doubt,) if doubt else ()


def _rates(
    wanted: WantedFigure, fitting: list[tuple[StatedFigure, Decimal, Decimal]], date: datetime.date,
    unsure: Callable[[StatedFigure], tuple[str, ...]],
) -> Iterator[FigureCandidate]:  # fmt: skip
    """Percentages: computed from what was done and all that there was, else as printed."""
    for figure, fit, topic in fitting:
        if figure.role is FigureRole.PENDING and not figure.is_percent:
            yield FigureCandidate(figure.value, (figure.source,), fit, topic, date, is_pending=True)
    computed: dict[int, Decimal] = {}
    for figure, fit, topic in sorted(fitting, key=lambda each: each[0].is_percent):
        accepted, doubts = accept_role(wanted.role, figure.role)
        if not accepted or figure.role is FigureRole.PLAIN:
            continue
        doubts = (*doubts, *unsure(figure))
        if not figure.is_percent:
            whole = next((total for total, _, _ in fitting if _is_whole(total, figure)), None)
            if whole is None:
                continue
            value = (figure.value / whole.value * HUNDRED).quantize(NINTH, ROUND_DOWN).normalize()
            printed = [each for each, _, _ in fitting if each.is_percent and each.group == figure.group]
            if printed and all(abs(each.value - value) > ROUNDED for each in printed):
                doubts = (*doubts, "figure-rate-differs")
            computed[figure.group] = value
            sources = tuple(dict.fromkeys((figure.source, whole.source)))
            better = fit + Decimal("0.3") * (1 - len(doubts))
            yield FigureCandidate(_plain(value), sources, better, topic, date, doubts)
        elif figure.value <= HUNDRED and abs(computed.get(figure.group, ZERO) - figure.value) > ROUNDED:
            yield FigureCandidate(figure.value, (figure.source,), fit, topic, date, doubts)


def _is_whole(total: StatedFigure, part: StatedFigure) -> bool:
    """Whether that number is all of which the other is a part: of one sentence or row, else of one page."""
    if total.role is not FigureRole.TOTAL or total.is_percent or not total.value or total.value < part.value:
        return False
    return total.group == part.group or (
        total.source.page == part.source.page and abs(total.group - part.group) <= 2
    )  # fmt: skip


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: 1E+2 is 100."""
    return value.quantize(ONE) if value == value.to_integral_value() else value
