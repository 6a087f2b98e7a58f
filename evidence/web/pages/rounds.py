"""Vòng: the rounds of every set, what is left in the one that is open, opening the next and closing one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from evidence.errors import CriteriaError, UsageError
from evidence.model.account import Capability
from evidence.model.appraisal import Round, RoundClosing, RoundStage
from evidence.model.assessment import Verdict
from evidence.model.kept_finding import OPEN, TO_BE_DONE, FindingCount
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.formats import HERE
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, RowNumber, Visit, at_one_moment

router = PageRouter()
PAGE = "/vong"


@dataclass(frozen=True, slots=True)
class ListedRound:
    """A round as it is listed."""

    opened: Round
    closing: RoundClosing | None
    decisions: int


@dataclass(frozen=True, slots=True)
class UnitRest:
    """How many findings of a unit a person still has to look at, by status, and how many were judged."""

    unit: str
    left: dict[Verdict, int]
    judged: int

    @property
    def total(self) -> int:
        return sum(self.left.values())


@router.get(PAGE, Capability.LEAD_ROUNDS)
@at_one_moment
def list_rounds(visit: CurrentVisit, xong: str = "") -> Response:
    """Every round, the latest first; the form that opens the next."""
    return _render_list(visit, done=xong)


@router.post(PAGE, Capability.LEAD_ROUNDS)
def open_round(
    visit: CurrentVisit,
    criteria_set: Annotated[str, Form()] = "",
    stage: Annotated[str, Form()] = "",
) -> Response:
    """Opens a round of that set with the findings of today."""
    try:
        if stage not in list(RoundStage):
            raise UsageError("web-rounds-no-stage")
        criteria = visit.archive.criteria(criteria_set)
        opened = visit.archive.appraisal.open_round(RoundStage(stage), criteria, _today(), visit.person.full_name)
    except UsageError as error:
        return _render_list(visit, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/{opened.id}?xong=opened")


@router.get(f"{PAGE}/{{number}}", Capability.LEAD_ROUNDS)
@at_one_moment
def show_round(visit: CurrentVisit, number: RowNumber, xong: str = "") -> Response:
    """What is left in it, by unit; what is asked before it is closed."""
    return _render_round(visit, _find(visit, number), done=xong)


@router.post(f"{PAGE}/{{number}}/dong", Capability.DECIDE_FINALLY)
def close_round(
    visit: CurrentVisit, number: RowNumber, name: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    """Closes it, where its name was typed as it stands there: this one and no other."""
    row = _find(visit, number)
    try:
        if name.strip().casefold() != name_round(visit, row.opened).casefold():
            raise UsageError("web-rounds-other-name", name=name_round(visit, row.opened))
        visit.archive.appraisal.close_round(number, visit.person.full_name, note)
    except UsageError as error:
        return _render_round(visit, row, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/{number}?xong=closed")


def name_round(visit: Visit, opened: Round) -> str:
    """What people call the round: ``thẩm định lần 1``."""
    return visit.say(f"round-stage-{opened.stage.value}")


def count_rest(counts: Iterable[FindingCount]) -> tuple[UnitRest, ...]:
    """What is left, by unit, the most first."""
    units: dict[str, tuple[dict[Verdict, int], list[int]]] = {}
    for count in counts:
        left, judged = units.setdefault(count.unit, ({}, [0]))
        if count.judged not in TO_BE_DONE:
            judged[0] += count.count
        elif count.status in OPEN:
            left[count.status] = left.get(count.status, 0) + count.count
    rests = (UnitRest(unit, left, judged[0]) for unit, (left, judged) in units.items())
    return tuple(sorted(rests, key=lambda rest: (-rest.total, rest.unit)))


def _rows(visit: Visit) -> list[ListedRound]:
    closings = visit.archive.appraisal.closings()
    rounds = visit.archive.appraisal.rounds()
    return [
        ListedRound(opened, closings.get(opened.id), visit.archive.appraisal.count_decisions(opened.id))
        for opened in reversed(rounds)
    ]


def _find(visit: Visit, number: int) -> ListedRound:
    for row in _rows(visit):
        if row.opened.id == number:
            return row
    raise page_not_found()


def _is_last(visit: Visit, opened: Round) -> bool:
    """Whether no later round of its set was opened: what is left now is left in it."""
    same = [each.id for each in visit.archive.appraisal.rounds() if each.criteria_set == opened.criteria_set]
    return same[-1] == opened.id


def _today() -> datetime.date:
    return datetime.datetime.now(HERE).date()


def _render_list(visit: Visit, status: int = 200, done: str = "", failure: str = "") -> Response:
    """The rounds; a set that cannot be read is told, and the rounds are listed all the same."""
    names: list[str] = []
    try:
        names = [kept.criteria.set for kept in visit.archive.criteria_sets()]
    except CriteriaError as error:
        failure = failure or error.say(visit.language)
    return visit.render(
        "rounds.html",
        status=status,
        rows=_rows(visit),
        sets=names,
        stages=tuple(RoundStage),
        done=visit.say(f"web-rounds-done-{done}") if done in ("opened", "closed") else "",
        failure=failure,
    )


def _render_round(visit: Visit, row: ListedRound, status: int = 200, done: str = "", failure: str = "") -> Response:
    last = _is_last(visit, row.opened)
    counts = visit.archive.findings.count(row.opened.criteria_set, visit.scope) if last else ()
    return visit.render(
        "round.html",
        status=status,
        row=row,
        name=name_round(visit, row.opened),
        last=last,
        rests=count_rest(counts),
        statuses=[verdict for verdict in Verdict if verdict in OPEN],
        done=visit.say(f"web-rounds-done-{done}") if done in ("opened", "closed") else "",
        failure=failure,
    )
