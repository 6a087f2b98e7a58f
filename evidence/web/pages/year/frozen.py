"""Chốt điểm và công bố: a head keeps the points of a set as they stand, takes the file that another machine checks, and
the files of the decision. Each is written into the audit, and every page says which points it shows."""

from __future__ import annotations

import datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Form
from fastapi.responses import Response

from evidence.archive.scores.frozen_ranking import FrozenRound
from evidence.archive.scores.kept_ranking import rank_kept
from evidence.archive.scores.scoring_year import FrozenUse
from evidence.errors import UsageError
from evidence.jobs.publication_files import PackRequest, pack_publication
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet
from evidence.web.error_pages import page_not_found
from evidence.web.pages.ranking import PAGE, find_frozen_round, find_ranked_set, list_ranked_sets
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
FREEZE = f"{PAGE}/chot"
LONGEST_NAME = 80
SENTENCES = {"frozen-open": "web-frozen-open", "frozen-stale": "web-frozen-stale"}


@router.get(FREEZE, Capability.SEE_RANKING)
def show_frozen(visit: CurrentVisit, bo: str = "", xong: str = "") -> Response:
    """What was frozen of the set, who and when; the forms that freeze, export and publish. ``xong``: the name that
    points were frozen under just now."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        return visit.render("criteria/ranking_none.html")
    return _render(visit, criteria, done=xong)


@router.post(FREEZE, Capability.DECIDE_FINALLY)
def freeze_points(
    visit: CurrentVisit,
    bo: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    provisional: Annotated[str, Form()] = "",
) -> Response:
    """Keeps the points of every unit as they stand; nothing that comes later moves them."""
    criteria = _require_set(visit, bo)
    kept = " ".join(name.split())[:LONGEST_NAME]
    try:
        visit.archive.year.freeze(criteria, kept, visit.person.full_name, bool(provisional))
    except UsageError as error:
        code = SENTENCES.get(error.message.code)
        failure = visit.say(code, **error.message.params) if code else error.say(visit.language)
        return _render(visit, criteria, 400, failure, kept)
    return visit.redirect(f"{FREEZE}?{urlencode({'bo': criteria.set, 'xong': kept})}")


@router.post(f"{FREEZE}/tep", Capability.DECIDE_FINALLY)
def export_frozen(
    visit: CurrentVisit, bo: Annotated[str, Form()] = "", name: Annotated[str, Form()] = ""
) -> Response:  # fmt: skip
    """The file of frozen points that another machine checks (``evidence score verify``)."""
    criteria = _require_set(visit, bo)
    frozen = find_frozen_round(visit, criteria, name)
    data = visit.archive.scores.export(frozen.scores.name)
    visit.archive.scores.note_use(name, criteria.set, FrozenUse.EXPORTED)
    return _download(data, f"{criteria.set} {name}.evs", "application/octet-stream")


@router.post(f"{PAGE}/cong-bo", Capability.DECIDE_FINALLY)
def publish_points(
    visit: CurrentVisit, bo: Annotated[str, Form()] = "", name: Annotated[str, Form()] = ""
) -> Response:  # fmt: skip
    """Annexes (DOCX, XLSX), draft report and charts as one ZIP: of frozen points, or without a name of those of now."""
    criteria = _require_set(visit, bo)
    if name:
        find_frozen_round(visit, criteria, name)
    try:
        request = PackRequest(criteria.set, name, visit.language)
        data = pack_publication(visit.request.app.state.settings, request)
    except UsageError as error:
        return _render(visit, criteria, 400, error.say(visit.language))
    visit.archive.scores.note_use(name, criteria.set, FrozenUse.PUBLISHED)
    return _download(data, f"{criteria.set} {name or 'hien-tai'}.zip", "application/zip")


def _require_set(visit: Visit, name: str) -> CriteriaSet:
    criteria = find_ranked_set(visit, name)
    if criteria is None:
        raise page_not_found()
    return criteria


def _download(data: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=media_type, headers=headers)


def _render(
    visit: Visit, criteria: CriteriaSet, status: int = 200, failure: str = "", typed: str = "", done: str = ""
) -> Response:
    ranking = rank_kept(visit.archive.scores, visit.archive.findings, criteria, visit.scope)
    return visit.render(
        "year/frozen.html",
        status,
        criteria=criteria,
        sets=[each.set for each in list_ranked_sets(visit)],
        rows=visit.archive.year.list_frozen(criteria),
        counts=_count_units,
        ranking=ranking,
        ready=bool(ranking.rows) and not ranking.unknown and not ranking.state.pending,
        failure=failure,
        typed=typed,
        done=visit.say("web-frozen-done", name=done) if done else "",
        printed=datetime.datetime.now(datetime.UTC),
    )


def _count_units(frozen: FrozenRound) -> int:
    return len(frozen.scores.units)
