"""Một năm của đơn vị: parts, index and rank, every lost point with its reason, survey, the year before, tasks of plans.

Who sees the unit alone is told nothing that rests on others: its rank only once the points of all are frozen for good.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import quote

from fastapi.responses import Response

from evidence.archive.scores.kept_ranking import rank_kept
from evidence.archive.scores.kept_year import UnitYear, YearBefore
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.comparison import Comparison, Reached
from evidence.model.criteria import CriteriaSet
from evidence.model.losses import LossKind, LossReason, PointLoss
from evidence.report.plans.plan_terminal import format_due
from evidence.report.scores.losses_terminal import say_numbers
from evidence.report.scores.standings_terminal import short, show_index, show_number, show_span
from evidence.web.error_pages import page_not_found
from evidence.web.pages.ranking import show_rank
from evidence.web.pages.year.criterion_points import list_decidable
from evidence.web.pages.year.plans import LOOKS, list_unit_tasks
from evidence.web.pages.year.surveys import list_parts_shown, show_survey_row
from evidence.web.rendering.menu import unit_path
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/don-vi/{code}/nam"
WORK = "/tham-dinh"


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason in words, with the finding and the documents that show it."""

    kind: str
    points: str
    text: str
    requirement: str
    link: str
    documents: tuple[str, ...]


@router.get(PAGE, Capability.SEE_UNIT)
@at_one_moment
def show_year(visit: CurrentVisit, code: str, bo: str = "", xong: str = "") -> Response:
    """``bo``: the set, by itself the one that is worked on; ``xong``: the criterion that was given points just now."""
    criteria = _find_set(visit, code, bo)
    unit = next(each for each in criteria.units if each.code == code)
    names = visit.archive.worklist.names()
    years = [each for each in map(visit.archive.worklist.criteria, names) if any(u.code == code for u in each.units)]
    sets = [visit.archive.worklist.criteria(name) for name in names]
    try:
        year = visit.archive.year.tell_unit(criteria, sets, code, visit.scope)
    except UsageError:  # nothing is kept of it yet
        year = None
    links = _finding_links(visit, criteria, code)
    return visit.render(
        "year/unit_year.html",
        criteria=criteria,
        unit=unit,
        path=unit_path(code),
        sets=[each.set for each in years],
        year=year,
        rank=_tell_rank(visit, criteria, code),
        head=_show_head(visit, year) if year else {},
        parts=_show_parts(visit, criteria, year) if year else (),
        fields=year.fields if year else (),
        losses=[(loss, _show_reasons(visit, loss, links)) for loss in _list_lost(year)] if year else (),
        surveys=[show_survey_row(visit, survey, criteria) for survey in year.surveys] if year else (),
        before=_show_before(visit, year.before, criteria) if year and year.before else (),
        tasks=list_unit_tasks(visit, code, criteria.year),
        decidable=list_decidable(visit, criteria, code, year) if year else (),
        done=visit.say("web-year-decided", criterion=xong) if xong else "",
        looks=LOOKS,
        due=lambda due: format_due(due, visit.language),
        printed=datetime.datetime.now(datetime.UTC),
    )


def _find_set(visit: Visit, code: str, name: str) -> CriteriaSet:
    """The set of that name, or the first that is worked on and has the unit; one 404 for all that is not seen."""
    worklist = visit.archive.worklist
    if visit.scope.sees(code):
        for each in worklist.names():
            criteria = worklist.criteria(each)
            if name in ("", each) and any(unit.code == code for unit in criteria.units):
                return criteria
    raise page_not_found()


def _tell_rank(visit: Visit, criteria: CriteriaSet, code: str) -> str:
    """The rank among its group for who sees the ranking; else of the points that were frozen for good; else empty."""
    if visit.can(Capability.SEE_RANKING):
        ranking = rank_kept(visit.archive.scores, visit.archive.findings, criteria, visit.scope)
        row = next((row for row in ranking.rows if row.standing.points.unit == code), None)
        if row is None:
            return ""
        group = [each for each in ranking.rows if each.standing.points.group == row.standing.points.group]
        return visit.say("web-year-rank", rank=show_rank(row.span), count=len(group))
    frozen = visit.archive.year.find_final(criteria)
    kept = next((each for each in frozen.units if each.points.unit == code), None) if frozen else None
    if frozen is None or kept is None or kept.rank is None:
        return ""
    return visit.say("web-year-rank-frozen", rank=kept.rank, name=frozen.name)


def _show_head(visit: Visit, year: UnitYear) -> dict[str, str]:
    points, language = year.standing.points, visit.language
    return {
        "points": show_span(short(points.lowest), short(points.highest), language).replace(" – ", "–"),
        "max": show_number(short(points.max), language),
        "index": show_index(year.standing, language).replace(" – ", "–"),
        "grade": year.standing.grade or "",
    }


def _show_parts(visit: Visit, criteria: CriteriaSet, year: UnitYear) -> list[tuple[str, str, str]]:
    """Title, points and maximum of each part; without points where it was not assessed."""
    titles = list_parts_shown(visit, criteria)
    rows = []
    for part in year.standing.points.parts:
        points = ""
        if part.lowest is not None and part.highest is not None:
            points = show_span(short(part.lowest), short(part.highest), visit.language).replace(" – ", "–")
        rows.append((titles.get(part.part, part.part), points, show_number(short(part.max), visit.language)))
    return rows


def _list_lost(year: UnitYear) -> list[PointLoss]:
    """The criteria that lost points or may still lose them, what is surely lost first of each field."""
    return [loss for loss in year.losses.losses if loss.lost > 0 or loss.open > 0]


def _finding_links(visit: Visit, criteria: CriteriaSet, code: str) -> str:
    """Where a finding is shown to this person: the work page, or the unit's own; its requirement goes to the end."""
    if visit.can(Capability.APPRAISE):
        names = visit.archive.worklist.names()
        chosen = "" if names[:1] == (criteria.set,) else f"bo={quote(criteria.set)}&"
        return f"{WORK}?{chosen}don-vi={quote(code)}&ket-luan=tat-ca&muc={quote(code)}/"
    return f"{unit_path(code)}#m"


def _show_reasons(visit: Visit, loss: PointLoss, links: str) -> list[ShownReason]:
    shown = [_show_reason(visit, reason, links) for reason in loss.reasons]
    if not loss.reasons and loss.unexplained:
        kind = visit.say("report-score-kind-unexplained")
        shown.append(ShownReason(kind, "", "", "", "", ()))
    return shown


def _show_reason(visit: Visit, reason: LossReason, links: str) -> ShownReason:
    sentence = say_numbers(reason.message, visit.language) if reason.message else ""
    if reason.kind is LossKind.OPEN and reason.message and reason.message.params.get("lacking") == "–":
        sentence = visit.say("web-year-waits")
    return ShownReason(
        say_kind(visit, reason),
        show_number(short(reason.points), visit.language) if reason.points else "",
        ": ".join(text for text in (reason.text, sentence) if text),
        reason.requirement,
        f"{links}{quote(reason.requirement)}" if reason.requirement else "",
        reason.documents,
    )


def say_kind(visit: Visit, reason: LossReason) -> str:
    """The kind of reason in words."""
    return visit.say(f"report-score-kind-{reason.kind.value}")


def _show_before(visit: Visit, before: YearBefore, criteria: CriteriaSet) -> list[dict[str, str]]:
    """The fields and the total against the year before, in order of the set."""
    titles = {field.code: field.title for field in criteria.criteria}
    rows = [each for each in before.comparisons if each.level in ("field", "total")]
    return [_show_comparison(visit, each, titles.get(each.criterion, each.title)) for each in rows]


def _show_comparison(visit: Visit, row: Comparison, field: str) -> dict[str, str]:
    title = visit.say("report-compare-level-total") if row.level == "total" else f"{row.criterion} {field}"
    return {
        "title": title,
        "level": row.level,
        "old": "; ".join(_show_reached(visit, each) for each in row.old) or "–",
        "new": _show_reached(visit, row.new) if row.new else "–",
        "points": _show_change(visit, short(row.points)) if row.points is not None else "–",
        "percent": _show_change(visit, f"{row.percent:.2f}") if row.percent is not None else "–",
        "mark": visit.say(f"report-compare-{row.mark.value}"),
    }


def _show_change(visit: Visit, amount: str) -> str:
    """With its sign, and without one where nothing changed."""
    return show_number(amount if amount.startswith("-") or not amount.strip("0.") else f"+{amount}", visit.language)


def _show_reached(visit: Visit, reached: Reached) -> str:
    if reached.points is None:
        return visit.say("web-year-open")
    percent = f" ({show_number(f'{reached.percent:.2f}', visit.language)} %)" if reached.percent is not None else ""
    numbers = (show_number(short(amount), visit.language) for amount in (reached.points, reached.max))
    return "/".join(numbers) + percent
