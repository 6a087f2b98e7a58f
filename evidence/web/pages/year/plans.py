"""Kế hoạch: plans of work taken in by upload, their tasks with owner, deadline and state, marks of people with a note.

A unit sees its own tasks alone; an appraiser those of the units assigned; a head all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import File, Form, Query, UploadFile
from fastapi.responses import Response

from evidence.archive.criteria_import import set_name
from evidence.archive.stored_findings.refresh import current_day
from evidence.errors import UsageError
from evidence.jobs.year_files import YearFilesOutcome, YearFilesRequest, take_year_files
from evidence.model.account import Capability
from evidence.model.criteria import Unit
from evidence.model.plan import OwnerProgress, Plan, TaskProgress, TaskStatus
from evidence.report.plans.plan_terminal import format_due
from evidence.web.error_pages import page_not_found
from evidence.web.pages.criteria_sets import LARGEST, read_file_name, read_number, spool_files
from evidence.web.routing import PageRouter
from evidence.web.security.guard import name_actor
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/ke-hoach"
PAGE_ROWS = 50
SHOWN_OWNERS = 200  # of the task that is opened
LOOKS = {
    TaskStatus.DONE: ("met", "✓"), TaskStatus.DONE_LATE: ("late", "◷"), TaskStatus.OVERDUE: ("missing", "✗"),
    TaskStatus.NOT_DUE: ("not_due", "…"), TaskStatus.TO_CONFIRM: ("unclear", "?"),
}  # fmt: skip
URGENT = (TaskStatus.OVERDUE, TaskStatus.TO_CONFIRM, TaskStatus.NOT_DUE, TaskStatus.DONE_LATE, TaskStatus.DONE)
MARKS = (TaskStatus.DONE, TaskStatus.DONE_LATE, TaskStatus.OVERDUE, TaskStatus.TO_CONFIRM)


@dataclass(frozen=True, slots=True)
class PlanView:
    """What of a plan is shown: the tasks of that unit, of that state; the task that is opened; the page."""

    unit: str = ""
    status: str = ""
    task: str = ""
    number: int = 1

    def link(self, name: str, **changes: object) -> str:
        """The address of that view of the plan, with those parts changed."""
        values = {"don-vi": self.unit, "tinh-trang": self.status, "muc": self.task} | changes
        query = urlencode({key: value for key, value in values.items() if value}, safe="/,")
        return f"{PAGE}/{quote(name, safe='')}" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of the list, as ``parts/pages.html`` asks for it."""

    number: int
    last: int


@router.get(PAGE, Capability.SEE_UNIT)
def list_plans(visit: CurrentVisit) -> Response:
    """Every plan with how its tasks stand, as far as this person sees them."""
    return _render_list(visit)


@router.post(f"{PAGE}/nhap", Capability.LEAD_ROUNDS, body_bytes=LARGEST)
def import_plan(
    visit: CurrentVisit,
    file: Annotated[UploadFile | None, File()] = None,
    name: Annotated[str, Form()] = "",
    year: Annotated[str, Form()] = "",
) -> Response:
    """Takes in the table of tasks; where there is none in the file, it says so."""
    plan = ""
    try:
        with spool_files(file) as (table,):
            source = read_file_name(file)
            plan = set_name(name.strip() or source.rpartition(".")[0])
            request = YearFilesRequest(
                str(table), source, name_actor(visit), visit.person.full_name, visit.language,
                plan=plan, year=read_number(year, 1990, 2100),
            )  # fmt: skip
            outcome = take_year_files(visit.request.app.state.settings, request)
    except UsageError as error:
        outcome = YearFilesOutcome(error.say(visit.language))
    if outcome.failure:
        return _render_list(visit, outcome, {"name": name, "year": year})
    if outcome.remarks:
        return _render_plan(visit, _find_plan(visit, plan), PlanView(), outcome=outcome)
    return visit.redirect(f"{PlanView().link(plan)}?xong={'imported' if outcome.is_new else 'known'}")


@router.get(f"{PAGE}/{{name}}", Capability.SEE_UNIT)
def show_plan(
    visit: CurrentVisit,
    name: str,
    unit: Annotated[str, Query(alias="don-vi")] = "",
    status: Annotated[str, Query(alias="tinh-trang")] = "",
    muc: str = "",
    trang: int = 0,
    xong: str = "",
) -> Response:
    """The tasks; ``muc``: the one that is opened, with each of its owners; ``xong``: what was done just now."""
    return _render_plan(visit, _find_plan(visit, name), PlanView(unit, status, muc, trang), done=xong)


@router.post(f"{PAGE}/{{name}}/xac-nhan", Capability.APPRAISE)
def mark_task(
    visit: CurrentVisit,
    name: str,
    task: Annotated[str, Form()] = "",
    owner: Annotated[str, Form()] = "",
    status: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    unit: Annotated[str, Form(alias="don-vi")] = "",
    chosen: Annotated[str, Form(alias="tinh-trang")] = "",
) -> Response:
    """What a person says of a task for one owner, or for all of them where whoever sees all names none."""
    plan = _find_plan(visit, name)
    view = PlanView(unit, chosen, task)
    progress = next((each for each in _check(visit, plan) if each.task.code == task), None)
    owners = {each.owner for each in progress.owners} if progress else set()
    if owner not in owners and not (owner == "" and visit.scope.units is None and progress):
        raise page_not_found()
    if status not in [each.value for each in MARKS]:
        return _render_plan(visit, plan, view, 400, failure=visit.say("web-plans-no-status"), typed=note, at=owner)
    if not note.strip():
        return _render_plan(visit, plan, view, 400, failure=visit.say("web-plans-no-note"), at=owner)
    visit.archive.plans.mark(name, task, owner, TaskStatus(status), note[:2000], visit.person.full_name)
    return visit.redirect(f"{view.link(name, xong='marked')}#muc")


def list_unit_tasks(visit: Visit, code: str, year: int) -> list[tuple[Plan, list[TaskProgress]]]:
    """The tasks of that unit in the plans for that year and the next, and in those that name none."""
    rows = []
    for plan in visit.archive.plans.list_plans():
        if plan.year in (0, year, year + 1):
            tasks = _keep_owner(_check(visit, plan), code)
            if tasks:
                rows.append((plan, tasks))
    return rows


def _find_plan(visit: Visit, name: str) -> Plan:
    try:
        return visit.archive.plans.plan(name)
    except UsageError as error:
        raise page_not_found() from error


def _list_units(visit: Visit) -> tuple[Unit, ...]:
    """Those that owners and groups may mean: of the set that is worked on."""
    names = visit.archive.worklist.names()
    return visit.archive.worklist.criteria(names[0]).units if names else ()


def _check(visit: Visit, plan: Plan) -> tuple[TaskProgress, ...]:
    return visit.archive.plans.check_seen(plan.name, _list_units(visit), current_day(), visit.scope)


def _keep_owner(tasks: Sequence[TaskProgress], code: str) -> list[TaskProgress]:
    """The tasks of one owner, each as it stands with that owner alone."""
    kept = []
    for each in tasks:
        own = tuple(owner for owner in each.owners if owner.owner == code)
        if own:
            kept.append(TaskProgress(each.task, own[0].status, own))
    return kept


def _render_list(
    visit: Visit, outcome: YearFilesOutcome | None = None, typed: dict[str, str] | None = None
) -> Response:  # fmt: skip
    rows = []
    for plan in visit.archive.plans.list_plans():
        tasks = _check(visit, plan)
        rows.append((plan, len(tasks), _count(tasks)))
    return visit.render(
        "year/plans.html",
        status=400 if outcome and outcome.failure and not visit.partial else 200,
        rows=rows,
        looks=LOOKS,
        outcome=outcome,
        typed=typed or {"name": "", "year": ""},
    )


def _count(tasks: Sequence[TaskProgress]) -> list[tuple[TaskStatus, int]]:
    counts = Counter(each.status for each in tasks)
    return [(status, counts[status]) for status in URGENT if counts[status]]


def _render_plan(
    visit: Visit,
    plan: Plan,
    view: PlanView,
    status: int = 200,
    failure: str = "",
    typed: str = "",
    at: str = "",
    done: str = "",
    outcome: YearFilesOutcome | None = None,
) -> Response:
    every = _check(visit, plan)
    tasks = _keep_owner(every, view.unit) if view.unit else list(every)
    shown = [each for each in tasks if view.status in ("", each.status.value)]
    opened = next((at for at, each in enumerate(shown) if each.task.code == view.task), None)
    last = max(1, -(-len(shown) // PAGE_ROWS))
    number = min(max(view.number or ((opened or 0) // PAGE_ROWS + 1), 1), last)
    names = {unit.code: unit.name for unit in _list_units(visit)}
    return visit.render(
        "year/plan.html",
        status,
        plan=plan,
        view=view,
        rows=shown[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        total=len(tasks),
        counts=_count(tasks),
        matching=len(shown),
        around=_find_neighbours(shown, opened),
        page=TaskPage(number, last),
        address=view.link(plan.name, muc="") + ("" if view.unit or view.status else "?"),
        owners=_list_owners(every, names),
        names=names,
        outcome=outcome,
        failure=failure,
        typed=typed,
        at=at,
        done=visit.say(f"web-plans-done-{done}") if done in ("imported", "known", "marked") else "",
        **_describe_visit(visit),
    )


def _find_neighbours(tasks: Sequence[TaskProgress], at: int | None) -> tuple[str, str]:
    """The codes of the tasks before and behind the one that is opened; empty where there is none."""
    if at is None:
        return "", ""
    before = tasks[at - 1].task.code if at else ""
    return before, tasks[at + 1].task.code if at + 1 < len(tasks) else ""


def _describe_visit(visit: Visit) -> dict[str, object]:
    """What the page knows that is the same for every plan."""
    return {
        "looks": LOOKS,
        "marks": MARKS,
        "most": SHOWN_OWNERS,
        "due": lambda due: format_due(due, visit.language),
        "stands": _count_owners,
        "may_mark": visit.can(Capability.APPRAISE),
        "whole": visit.scope.units is None,
        "today": current_day(),
    }


def _list_owners(tasks: Sequence[TaskProgress], names: dict[str, str]) -> list[tuple[str, str]]:
    """Code and name of everybody who has a task, by name."""
    owners = {owner.owner for each in tasks for owner in each.owners if owner.owner}
    return sorted(((owner, names.get(owner, owner)) for owner in owners), key=lambda pair: pair[1])


def _count_owners(owners: Sequence[OwnerProgress]) -> list[tuple[TaskStatus, int]]:
    """How many owners stand how, what needs most first."""
    counts = Counter(owner.status for owner in owners)
    return [(status, counts[status]) for status in URGENT if counts[status]]
