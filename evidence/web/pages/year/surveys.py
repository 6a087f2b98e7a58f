"""Khảo sát: a survey's file with its map taken in by upload, and what the surveys of a set say of each unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated
from urllib.parse import quote

from fastapi import File, Form, UploadFile
from fastapi.responses import Response

from evidence.errors import UsageError
from evidence.jobs.year_files import YearFilesOutcome, YearFilesRequest, take_year_files
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet
from evidence.model.survey import UnitSurvey
from evidence.report.scores.standings_terminal import short, show_number
from evidence.web.error_pages import page_not_found
from evidence.web.pages.criteria_sets import LARGEST, read_file_name, read_number, spool_files
from evidence.web.pages.ranking import find_ranked_set, list_ranked_sets
from evidence.web.routing import PageRouter
from evidence.web.security.guard import name_actor
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/khao-sat"
TENTH = Decimal("0.1")
STATES = {None: ("open", "unclear", "?"), True: ("assessed", "met", "✓"), False: ("not-assessed", "na", "–")}


@router.get(PAGE, Capability.LEAD_ROUNDS)
@at_one_moment
def show_surveys(visit: CurrentVisit, bo: str = "", xong: int = -1) -> Response:
    """What was taken in, how it counts, and the form for more. ``xong``: so many forms were taken in just now."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        return visit.render("year/surveys_none.html")
    return _render(visit, criteria, done=xong)


@router.post(f"{PAGE}/nhap", Capability.LEAD_ROUNDS, body_bytes=LARGEST)
def import_survey(
    visit: CurrentVisit,
    bo: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    map: Annotated[UploadFile | None, File()] = None,
    replaces: Annotated[str, Form()] = "",
) -> Response:
    """Counts the file as its map says; where anything is refused nothing is taken, and every place is named."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        raise page_not_found()
    try:
        with spool_files(file, map) as files:
            if len(files) < 2:
                raise UsageError("web-surveys-no-map")
            request = YearFilesRequest(
                str(files[0]), read_file_name(file), name_actor(visit), visit.person.full_name, visit.language,
                criteria.set, str(files[1]), read_file_name(map), read_number(replaces, 1, 10**9),
            )  # fmt: skip
            outcome = take_year_files(visit.request.app.state.settings, request)
    except UsageError as error:
        outcome = YearFilesOutcome(error.say(visit.language))
    if outcome.failure or outcome.remarks:
        return _render(visit, criteria, outcome)
    return visit.redirect(f"{PAGE}?bo={quote(criteria.set)}&xong={outcome.count}")


def list_parts_shown(visit: Visit, criteria: CriteriaSet) -> dict[str, str]:
    """The titles of the parts of the set's points, by name."""
    usual = {name: visit.say(f"report-publish-part-{name}") for name in ("thamdinh", "dieutra", "hailong")}
    return usual | {part.name: part.title for part in criteria.parts if part.title and part.title != part.name}


def show_survey_row(visit: Visit, survey: UnitSurvey, criteria: CriteriaSet) -> dict[str, str]:
    """A unit's part in the words of the reader."""
    language = visit.language
    names = {unit.code: unit.name for unit in criteria.units}
    state, look, sign = STATES[survey.is_assessed]
    rate = show_number(f"{survey.rate.quantize(TENTH, ROUND_HALF_UP):f}", language) if survey.rate is not None else ""
    return {
        "unit": survey.unit,
        "name": names.get(survey.unit, survey.unit),
        "part": list_parts_shown(visit, criteria).get(survey.part, survey.part),
        "forms": "–" if survey.forms is None else str(survey.forms),
        "sent": "–" if survey.sent is None else str(survey.sent),
        "needed": "–" if survey.needed is None else str(survey.needed),
        "rate": f"{rate} %" if rate else "–",
        "valid": str(sum(each.valid for each in survey.criteria)),
        "unknown": str(sum(each.unknown for each in survey.criteria)),
        "blank": str(sum(each.blank for each in survey.criteria)),
        "max": show_number(short(survey.max), language),
        "points": show_number(short(survey.score), language) if survey.score is not None else "–",
        "state": visit.say(f"report-score-{state}"),
        "look": look,
        "sign": sign,
        "why": ", ".join(visit.say(f"report-score-{code}") for code in survey.shortfalls),
    }


def _render(
    visit: Visit, criteria: CriteriaSet, outcome: YearFilesOutcome | None = None, done: int = -1
) -> Response:  # fmt: skip
    surveys = visit.archive.scores.surveys(criteria)
    replaced = {kept.replaces for kept in surveys}
    units = visit.archive.scores.score_surveys(criteria)
    titles = list_parts_shown(visit, criteria)
    thresholds = [
        (titles.get(part.name, part.title), part.least_forms, part.least_rate)
        for part in criteria.parts
        if part.least_forms is not None or part.least_rate is not None
    ]
    return visit.render(
        "year/surveys.html",
        status=400 if outcome and outcome.failure and not visit.partial else 200,
        criteria=criteria,
        sets=[each.set for each in list_ranked_sets(visit)],
        surveys=[
            (kept, sum(each.forms for each in kept.tally.forms), kept.id in replaced) for kept in reversed(surveys)
        ],
        counting=[kept for kept in surveys if kept.id not in replaced],
        rows=[show_survey_row(visit, unit, criteria) for unit in units],
        thresholds=thresholds,
        outcome=outcome,
        done=visit.say("web-surveys-done", count=done) if done >= 0 else "",
    )
