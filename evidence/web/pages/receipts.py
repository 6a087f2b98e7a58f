"""Biên nhận: what was handed in when, with every hash, and what became of each file since."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import Response

from evidence.archive.unit_work.unit_work import CaseStanding, find_uses
from evidence.archive.uploads.receipt_names import name_receipts
from evidence.archive.uploads.uploads import ReceiptView, ReceivedFile
from evidence.errors import UsageError
from evidence.messages import say
from evidence.model.account import Capability
from evidence.model.job import JobState
from evidence.model.kept_finding import KeptFinding
from evidence.model.record import Record, Status
from evidence.report.document_title import format_partial_date
from evidence.web.error_pages import page_not_found
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/nop/bien-nhan/{name}"


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A file of a receipt as it is drawn: ``state`` is ``waiting``, ``reading``, ``failed``, ``matching`` or ``read``;
    ``sentence`` what was read, or why nothing could be."""

    received: ReceivedFile
    state: str
    sentence: str
    uses: tuple[KeptFinding, ...]


@router.get(PAGE, Capability.SEE_UNIT)
@at_one_moment
def show_receipt(visit: CurrentVisit, name: str) -> Response:
    """``name``: ``SXD-0001``. The receipt; htmx asks for its files alone, every other second until all are read."""
    receipt = name_receipts(visit.archive.uploads.list_receipts(visit.scope)).get(name)
    if receipt is None:
        raise page_not_found()
    view = visit.archive.uploads.show_receipt(receipt.number, visit.scope)
    standing = _find_standing(visit, view)
    rows = [_draw(visit, each, standing) for each in view.files]
    open_rows = sum(row.state in ("waiting", "reading", "matching") for row in rows)
    template = "parts/receipt_files.html" if visit.partial else "receipt.html"
    return visit.render(
        template,
        receipt=receipt,
        number=name,
        rows=rows,
        open_rows=open_rows,
        unit=standing.case.name if standing else "",
    )


def _find_standing(visit: Visit, view: ReceiptView) -> CaseStanding | None:
    try:
        case = visit.archive.unit_work.open_case(view.receipt.unit, visit.scope)
    except UsageError:
        return None
    return visit.archive.unit_work.tell_standing(case, visit.scope)


def _draw(visit: Visit, received: ReceivedFile, standing: CaseStanding | None) -> ReceivedRow:
    record, job = received.record, received.job
    if job is not None and job.state is JobState.FAILED and job.message is not None:
        return ReceivedRow(received, "failed", say(job.message, visit.language), ())
    if record is None or not received.is_read:
        ended = job is not None and job.state in (JobState.DONE, JobState.FAILED)
        begun = job is not None and job.state is JobState.RUNNING
        state = "failed" if ended else "reading" if begun else "waiting"
        return ReceivedRow(received, state, visit.say("web-receipt-unread") if ended else "", ())
    if record.status is Status.UNREADABLE:
        problem = record.problems[0].message if record.problems else None
        return ReceivedRow(received, "failed", say(problem, visit.language) if problem else "", ())
    title = _name_document(visit, record)
    uses = _list_uses(visit, standing, received.file.sha256) if standing else ()
    waits = standing is not None and standing.pending and not uses
    return ReceivedRow(received, "matching" if waits else "read", title, uses)


def _list_uses(visit: Visit, standing: CaseStanding, sha256: str) -> tuple[KeptFinding, ...]:
    """The findings that rest on that file, with their reasons."""
    name, lines = standing.case.criteria_set, find_uses(standing.kept, sha256)
    return tuple(visit.archive.findings.show_finding(name, line.key, visit.scope) for line in lines)


def _name_document(visit: Visit, record: Record) -> str:
    """ "Quyết định 615/QĐ-UBND ngày 15/3/2019", as far as it is known."""
    kind = record.kind.value.name if record.kind.value else ""
    name = " ".join(part for part in (kind, str(record.number.value or "")) if part)
    if record.date.value is not None:
        day = format_partial_date(record.date.value, visit.language)
        return visit.say("web-receipt-dated", name=name or visit.say("web-receipt-document"), day=day)
    return name or visit.say("web-receipt-untitled")
