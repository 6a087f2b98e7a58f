"""Số liệu: what papers state of the figures that criteria ask for, each with the page and box that it stands in;
a person confirms it, corrects it or says that it does not count. Nothing counts before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query
from fastapi.responses import Response

from evidence.archive.figures.figures import parse_value
from evidence.errors import UsageError
from evidence.messages import Message, say
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet, Unit, walk_criteria
from evidence.model.scores.figures import FigureAnswerKind, FigureSource, KeptFigure, StoredProposal
from evidence.report.scores.standings_terminal import show_number
from evidence.web.error_pages import page_not_found
from evidence.web.pages.ranking import find_ranked_set, list_ranked_sets
from evidence.web.rendering.document_title import title_of
from evidence.web.rendering.page_sheet import make_sheet
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/so-lieu"
LOOKS = {
    FigureAnswerKind.CONFIRMED: ("met", "✓"), FigureAnswerKind.CORRECTED: ("late", "✎"),
    FigureAnswerKind.REFUSED: ("wrong", "✗"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureView:
    """What is shown: the figures of that unit by that set, the one that is opened, which of its places."""

    criteria_set: str
    unit: str = ""
    key: str = ""
    place: int = 0

    def link(self, **changes: object) -> str:
        """The address of that view, with those parts changed."""
        values = {"bo": self.criteria_set, "don-vi": self.unit, "so": self.key, "noi": self.place} | changes
        return f"{PAGE}?{urlencode({key: value for key, value in values.items() if value})}"


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How many figures of a unit wait, how many of them are doubtful, how many were answered how."""

    unit: Unit
    waiting: int
    doubtful: int
    answered: dict[FigureAnswerKind, int]
    is_finding: bool


@router.get(PAGE, Capability.APPRAISE)
def show_figures(
    visit: CurrentVisit,
    bo: str = "",
    unit: Annotated[str, Query(alias="don-vi")] = "",
    so: str = "",
    noi: int = 0,
    xong: str = "",
) -> Response:
    """The units with what waits; ``don-vi``: the figures of one, ``so`` the one that is opened, by criterion and name
    (the first that waits where none is named), ``noi``: which of the places that state it."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        return visit.render("year/surveys_none.html")
    if not unit:
        return _render_units(visit, criteria, xong)
    return _render_unit(visit, criteria, FigureView(criteria.set, unit, so, noi), done=xong)


@router.post(f"{PAGE}/tim", Capability.APPRAISE)
def find_figures(
    visit: CurrentVisit, bo: Annotated[str, Form()] = "", unit: Annotated[str, Form(alias="don-vi")] = ""
) -> Response:
    """Has the papers of that unit, or of all that this person sees, looked through by the worker."""
    criteria = find_ranked_set(visit, bo)
    units = [each for each in _seen_units(visit, criteria) if unit in ("", each.code)] if criteria else []
    if criteria is None or not units:
        raise page_not_found()
    for each in units:
        visit.archive.figures.request_finding(criteria.set, each.code)
    return visit.redirect(FigureView(criteria.set, unit).link(xong="tim"))


@router.post(f"{PAGE}/tra-loi", Capability.APPRAISE)
def answer_figure(
    visit: CurrentVisit,
    bo: Annotated[str, Form()] = "",
    unit: Annotated[str, Form(alias="don-vi")] = "",
    so: Annotated[str, Form()] = "",
    act: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:
    """Confirms, corrects or refuses, and goes on to the next that waits; where somebody answered meanwhile, says who
    and writes nothing. ``seen``: what was proposed on the page, and how many answers stood there."""
    criteria = find_ranked_set(visit, bo)
    stored = next((each for each in _list_unit(visit, criteria, unit) if _key(each) == so), None) if criteria else None
    if criteria is None or stored is None or not _may_answer(visit, stored):
        raise page_not_found()
    view = FigureView(criteria.set, unit, so)
    try:
        counted = _read_answer(act, value, stored)
        if seen != _seen_mark(stored):
            raise UsageError("web-figures-answered")
        if not visit.archive.figures.answer(criteria.set, stored, counted, visit.person.full_name, note.strip()[:2000]):
            raise UsageError("web-figures-answered")
    except UsageError as error:
        status = 409 if error.message.code == "web-figures-answered" else 400
        return _render_unit(visit, criteria, view, status, error.say(visit.language), (value, note))
    following = _follow(_list_unit(visit, criteria, view.unit), stored)
    return visit.redirect(view.link(so=following, noi=0, xong="ghi"))


def _read_answer(act: str, value: str, stored: StoredProposal) -> Decimal | None:
    """What counts from now on. UsageError: no act that there is, no number."""
    if act == "refuse":
        return None
    if act not in ("confirm", "correct"):
        raise UsageError("web-figures-no-act")
    if act == "confirm":
        return stored.proposal.figure.value
    amount = parse_value(value)
    if amount is None:
        raise UsageError("web-figures-bad-value", value=value)
    return amount


def _seen_units(visit: Visit, criteria: CriteriaSet) -> list[Unit]:
    return [unit for unit in criteria.units if visit.scope.sees(unit.code)]


def _key(stored: StoredProposal) -> str:
    """By which the figure of a unit is named in addresses; numbers of rows would tell how many others there are."""
    return f"{stored.proposal.figure.criterion}/{stored.proposal.figure.name}"


def _seen_mark(stored: StoredProposal) -> str:
    return f"{stored.facts[:16]}.{len(stored.answers)}"


def _may_answer(visit: Visit, stored: StoredProposal) -> bool:
    figure = stored.proposal.figure
    return visit.person.may_judge(figure.unit, figure.criterion)


def _list_unit(visit: Visit, criteria: CriteriaSet, code: str) -> list[StoredProposal]:
    """In the order of the set."""
    own = visit.archive.figures.list_proposals(criteria.set, visit.scope, code) if code else ()
    places = {criterion.code: at for at, criterion in enumerate(walk_criteria(criteria.criteria))}
    return sorted(own, key=lambda each: (places.get(each.proposal.figure.criterion, 0), each.proposal.figure.name))


def _find_waiting(proposals: Sequence[StoredProposal], after: str = "") -> StoredProposal | None:
    """The next that nobody answered, from that one on and round to the beginning."""
    at = next((at for at, each in enumerate(proposals) if _key(each) == after), -1)
    ordered = [*proposals[at + 1 :], *proposals[: at + 1]]
    return next((each for each in ordered if each.answer is None), None)


def _follow(proposals: Sequence[StoredProposal], opened: StoredProposal | None) -> str:
    """The next that waits; empty where none does."""
    following = _find_waiting(proposals, _key(opened) if opened else "")
    return _key(following) if following else ""


def _render_units(visit: Visit, criteria: CriteriaSet, done: str) -> Response:
    every = visit.archive.figures.list_proposals(criteria.set, visit.scope)
    rows = []
    for unit in _seen_units(visit, criteria):
        own = [each for each in every if each.proposal.figure.unit == unit.code]
        waiting = [each for each in own if each.answer is None]
        kinds = [each.answer.kind for each in own if each.answer]
        answered = {kind: kinds.count(kind) for kind in FigureAnswerKind}
        doubtful = sum(bool(each.proposal.doubts) for each in waiting)
        finding = visit.archive.figures.is_finding(criteria.set, unit.code)
        rows.append(UnitFigures(unit, len(waiting), doubtful, answered, finding))
    return visit.render(
        "year/figure_units.html",
        criteria=criteria,
        sets=[each.set for each in list_ranked_sets(visit)],
        rows=rows,
        looks=LOOKS,
        view=FigureView(criteria.set),
        done=visit.say("web-figures-done-tim") if done == "tim" else "",
    )


def _render_unit(
    visit: Visit,
    criteria: CriteriaSet,
    view: FigureView,
    status: int = 200,
    failure: str = "",
    typed: tuple[str, str] = ("", ""),
    done: str = "",
) -> Response:
    unit = next((each for each in _seen_units(visit, criteria) if each.code == view.unit), None)
    if unit is None:
        raise page_not_found()
    proposals = _list_unit(visit, criteria, unit.code)
    opened = next((each for each in proposals if _key(each) == view.key), None)
    if view.key and opened is None:
        raise page_not_found()
    opened = opened or _find_waiting(proposals)
    places = _list_places(opened) if opened else []
    source = places[min(max(view.place, 0), len(places) - 1)][1] if places else None
    return visit.render(
        "year/figures.html",
        status,
        criteria=criteria,
        unit=unit,
        view=FigureView(view.criteria_set, view.unit, _key(opened) if opened else "", view.place),
        proposals=proposals,
        opened=opened,
        seen=_seen_mark(opened) if opened else "",
        places=places,
        may_answer=opened and _may_answer(visit, opened),
        counting=_find_counting(visit, criteria, opened),
        following=_follow(proposals, opened),
        waiting=sum(each.answer is None for each in proposals),
        finding=visit.archive.figures.is_finding(criteria.set, unit.code),
        failure=failure,
        typed=typed,
        done=visit.say(f"web-figures-done-{done}") if done in ("tim", "ghi") else "",
        **_describe_visit(visit),
        **_show_source(visit, source),
    )


def _describe_visit(visit: Visit) -> dict[str, object]:
    """How the template words numbers and doubts."""
    return {
        "looks": LOOKS,
        "key": _key,
        "number": lambda amount: show_number(f"{amount:f}", visit.language),
        "sentence": lambda code: say(Message(code), visit.language),
    }


def _list_places(stored: StoredProposal) -> list[tuple[Decimal | None, FigureSource, str]]:
    """Every place: those that state the figure (no number beside them), other values, what is pending."""
    proposal = stored.proposal
    own: list[tuple[Decimal | None, FigureSource, str]] = [(None, source, "own") for source in proposal.sources]
    others = [(value, source, "other") for value, source in proposal.others]
    return [*own, *others, *((value, source, "pending") for value, source in proposal.pending)]


def _find_counting(visit: Visit, criteria: CriteriaSet, stored: StoredProposal | None) -> KeptFigure | None:
    """What counts now of that name, with who said so."""
    if stored is None:
        return None
    figure = stored.proposal.figure
    key = (figure.unit, figure.criterion, figure.name)
    kept = visit.archive.figures.list_kept(criteria.set)
    return next((each for each in kept if (each.figure.unit, each.figure.criterion, each.figure.name) == key), None)


def _show_source(visit: Visit, source: FigureSource | None) -> dict[str, object]:
    """The page with its box, as the template asks for it; without a picture the page's text."""
    nothing: dict[str, object] = {"record": None, "sheet": None, "drawable": False, "text": "", "title": ""}
    if source is None:
        return nothing
    record = visit.archive.pages.records([source.document], visit.scope).get(source.document)
    if record is None:
        return nothing
    drawable = visit.archive.pages.has_pictures(record)
    return {
        "record": record,
        "title": title_of(record),
        "sheet": make_sheet(record, source.page, (), source.box),
        "drawable": drawable,
        "text": "" if drawable else visit.archive.pages.read_text(source.document, source.page),
    }
