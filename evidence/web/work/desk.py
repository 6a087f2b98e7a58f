"""What the work page holds: set, round, the item with its reasons and document, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi.responses import Response

from evidence.archive.stored_findings.kept_findings import FindingView
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.appraisal import Decision, DecisionAct, Round
from evidence.model.assessment import Verdict
from evidence.model.criteria import CriteriaSet
from evidence.model.kept_finding import CHANGED, FindingFilter, FindingKey
from evidence.model.slip import SlipItem
from evidence.report.labels import SIGNS, format_decimal
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.menu import unit_path
from evidence.web.visit import Visit
from evidence.web.work.address import CHOICES, WorkAddress, name_item, read_item
from evidence.web.work.document import WorkDocument, list_tabs, show_document
from evidence.web.work.queue import make_queue
from evidence.web.work.reasons import ReasonRow, list_reasons

TEMPLATES = 6  # sentences to return with, in the catalogue


@dataclass(frozen=True, slots=True)
class WorkDesk:
    """``key``: the item; ``opened``: the round that decisions are made in, None where none takes any."""

    name: str
    criteria: CriteriaSet
    address: WorkAddress
    chosen: FindingFilter
    key: FindingKey | None
    opened: Round | None
    closed: bool

    def at(self, key: FindingKey | None) -> WorkDesk:
        """The same at another item."""
        muc = name_item(key) if key else self.address.muc
        return replace(self, key=key, address=replace(self.address, muc=muc))


@dataclass(frozen=True, slots=True)
class JustDecided:
    """The item that this person decided a moment ago, and what is needed to take it back."""

    key: FindingKey
    decision: Decision
    facts: str
    number: int
    address: str


def open_desk(visit: Visit, address: WorkAddress) -> WorkDesk | None:
    """The desk of that address; None where there is no set to work on. 404: no such set, or a unit that is not seen."""
    names = visit.archive.worklist.names()
    if not names:
        return None
    name = address.bo or names[0]
    if name not in names:
        raise page_not_found()
    criteria = visit.archive.worklist.criteria(name)
    seen = tuple(unit.code for unit in criteria.units if visit.scope.sees(unit.code))
    if address.don_vi and address.don_vi not in seen:
        raise page_not_found()
    opened = visit.archive.worklist.last_round(name)
    closed = opened is not None and visit.archive.worklist.is_closed(opened)
    key = read_item(address.muc, seen)
    return WorkDesk(name, criteria, address, address.chosen(visit.person), key, opened, closed)


def show_desk(
    visit: Visit,
    desk: WorkDesk,
    status: int = 200,
    failure: str = "",
    conflict: Decision | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page. 404: there is no such item."""
    try:
        view = visit.archive.findings.show(desk.name, desk.key, visit.scope) if desk.key else None
    except UsageError as error:
        raise page_not_found() from error
    state = visit.archive.findings.tell_state(desk.name, visit.scope)
    shown = _show_item(visit, desk, view, typed or {}) if view else {"view": None}
    return visit.render(
        "work.html",
        status,
        desk=desk,
        address=desk.address,
        units=[unit for unit in desk.criteria.units if visit.scope.sees(unit.code)],
        fields=desk.criteria.criteria,
        choices=CHOICES,
        signs=SIGNS,
        verdicts={verdict.value: verdict for verdict in Verdict},
        state=state,
        queue=make_queue(visit.archive, desk.name, desk.address, visit.person, desk.key, visit.scope),
        just=_find_just_decided(visit, desk),
        waiting=_count_waiting(visit, desk),
        unit_page=unit_path(desk.key.unit if desk.key else desk.address.don_vi),
        failure=failure,
        conflict=conflict,
        **shown,
    )


def _show_item(visit: Visit, desk: WorkDesk, view: FindingView, typed: Mapping[str, str]) -> dict[str, object]:
    kept, finding = view.kept, view.kept.finding
    reasons = list_reasons(finding)
    reason = reasons.find(desk.address.ly)
    document = _open_document(visit, desk, view, reason)
    current = document.record.source.sha256 if document else ""
    may = visit.person.may_judge(finding.unit, finding.criterion) and desk.opened is not None and not desk.closed
    draft = visit.archive.worklist.read_draft(visit.person.id, desk.name, kept.key)
    return {
        "view": view,
        "kept": kept,
        "finding": finding,
        "reasons": reasons,
        "reason": reason,
        "document": document,
        "tabs": list_tabs(view.records, current),
        "drawable": document is not None and _is_drawable(visit, document),
        "text": _read_text(visit, document),
        "editing": desk.address.sua if visit.can(Capability.CORRECT) and may_correct(visit, view) else "",
        "may_judge": visit.person.may_judge(finding.unit, finding.criterion),
        "may_decide": may,
        "changed": kept.judged == CHANGED,
        "sent": _find_sent(visit, desk, view),
        "points_field": typed.get("points") or _first_points(view),
        "note_field": typed.get("note") or draft,
        "value_field": typed.get("value", ""),
        "act_typed": typed.get("act", ""),
        "templates": range(1, TEMPLATES + 1),
    }


def _count_waiting(visit: Visit, desk: WorkDesk) -> int:
    """How many returns and questions go to the unit worked on with its next slip."""
    unit = desk.key.unit if desk.key else desk.address.don_vi
    return len(visit.archive.slips.list_waiting(desk.name, unit, visit.scope)) if unit else 0


def _find_sent(visit: Visit, desk: WorkDesk, view: FindingView) -> SlipItem | None:
    """The decision on that finding as the unit was sent it, with what the unit answered; None while it waits."""
    sent = visit.archive.slips.list_sent(desk.name, view.kept.key.unit, visit.scope)
    return next((item for item in sent if item.key == view.kept.key), None)


def may_correct(visit: Visit, view: FindingView) -> bool:
    """Whether this person may put a value in the place of the machine's on that finding."""
    finding = view.kept.finding
    return visit.can(Capability.CORRECT) and visit.person.may_judge(finding.unit, finding.criterion)


def _open_document(visit: Visit, desk: WorkDesk, view: FindingView, reason: ReasonRow | None) -> WorkDocument | None:
    """The document of the address, of the reason, or the first; at the page and box of the reason where it is there."""
    finding, address = view.kept.finding, desk.address
    named = (address.tep, reason.document if reason else None, *finding.documents, *view.records)
    sha256 = next((each for each in named if each in view.records), None)
    if sha256 is None:
        return None
    values = visit.archive.pages.read_values(sha256, visit.scope)
    if values is None:
        return None
    proves = reason is not None and reason.document == sha256
    page = address.trang or (reason.page if reason and proves else None) or 1
    box = reason.box if reason and proves and reason.page == page else None
    handed = [each for each in view.submissions if each.unit == finding.unit]
    shown = show_document(values, finding, handed, page, box)
    if address.sua and not address.trang:
        row = next((each for each in shown.rows if each.name == address.sua and each.page), None)
        if row is not None and row.page is not None:
            return show_document(values, finding, handed, row.page, row.box)
    return shown


def _is_drawable(visit: Visit, document: WorkDocument) -> bool:
    return visit.archive.pages.has_pictures(document.record)


def _read_text(visit: Visit, document: WorkDocument | None) -> str:
    if document is None or _is_drawable(visit, document):
        return ""
    number = document.sheet.number if document.sheet else 1
    return visit.archive.pages.read_text(document.record.source.sha256, number)[:4000]


def _first_points(view: FindingView) -> str:
    """What the field of points begins with: what was decided, else what is suggested; where only a person can tell,
    what the evidence brings if it is accepted."""
    points, decision = view.kept.finding.points, view.decision
    if decision is not None and decision.points is not None and view.kept.judged != CHANGED:
        amount = decision.points
    else:
        most = points.suggested_max if points.suggested_max is not None else points.max
        amount = points.suggested if points.suggested is not None else most
    return (format_decimal(amount) or "").replace(".", ",")


def _find_just_decided(visit: Visit, desk: WorkDesk) -> JustDecided | None:
    """The item of ``vua``, where this person's decision on it still stands."""
    seen = tuple(unit.code for unit in desk.criteria.units if visit.scope.sees(unit.code))
    key = read_item(desk.address.vua, seen)
    if key is None:
        return None
    try:
        view = visit.archive.findings.show(desk.name, key, visit.scope)
    except UsageError:
        return None
    decision, number = view.decision, view.kept.decision
    if decision is None or number is None or decision.by != visit.person.full_name or decision.act is DecisionAct.UNDO:
        return None
    return JustDecided(key, decision, view.kept.facts, number, desk.address.item(key))
