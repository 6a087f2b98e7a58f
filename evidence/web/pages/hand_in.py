"""Nộp tài liệu: files come in one request each and wait as drafts; handed in together they get a receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import File, Form, Query, UploadFile
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from evidence.archive.unit_work.unit_work import UnitCase
from evidence.archive.uploads.folder_criterion import find_folder_criterion
from evidence.archive.uploads.receipt_names import name_receipts
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.errors import UsageError
from evidence.jobs.upload_checker import UploadChecker
from evidence.model.account import Capability
from evidence.model.placement import Submission
from evidence.model.receipt import Receipt, UploadDraft
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.upload_stream import BLOCK, take_in_stream
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/nop"
FILE_BYTES = 200_000_000  # of one file; the archive may take less
FORM_BYTES = 500_000_000  # of a form that brings several, without scripts
LATEST = 5  # receipts shown
UnitName = Annotated[str, Query(alias="don-vi")]
Criterion = Annotated[str, Query(alias="muc")]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as it is drawn. ``former``: as what the unit handed it in before; ``twin``: it came in twice now."""

    draft: UploadDraft
    former: Submission | None
    twin: bool

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return self.draft.fault is None and self.draft.criterion is not None


@router.get(PAGE, Capability.HAND_IN)
@at_one_moment
def show_hand_in(visit: CurrentVisit, unit: UnitName = "", criterion: Criterion = "") -> Response:
    """``don-vi``: for which unit, where the person has several; ``muc``: the criterion of files in no folder."""
    case = find_case(visit, unit)
    if visit.partial:
        return visit.render("parts/hand_in_sum.html", case=case, rows=_list_rows(visit, case))
    return _render(visit, case, criterion)


@router.post(f"{PAGE}/tep", Capability.HAND_IN, body_bytes=FILE_BYTES)
async def receive_file(
    visit: CurrentVisit, name: Annotated[str, Query(alias="ten")] = "", unit: UnitName = "", criterion: Criterion = ""
) -> Response:
    """One file as the whole body, written to the disk as it comes; the row that stands for it."""
    case = await run_in_threadpool(find_case, visit, unit)
    try:
        draft = await take_in_stream(visit, case.code, name)
    except ClientDisconnect:
        return Response(status_code=400)
    return await run_in_threadpool(_answer_draft, visit, case, draft, criterion)


@router.post(PAGE, Capability.HAND_IN, body_bytes=FORM_BYTES)
def receive_form(
    visit: CurrentVisit,
    files: Annotated[list[UploadFile], File()],
    unit: Annotated[str, Form(alias="don-vi")] = "",
    criterion: Annotated[str, Form(alias="muc")] = "",
) -> Response:
    """The same without scripts: several files by a plain form."""
    case = find_case(visit, unit)
    try:
        for file in files:
            blocks = iter(lambda: file.file.read(BLOCK), b"")  # noqa: B023  (read out before the next file)
            draft = visit.archive.uploads.spool(
                case.code, file.filename or "", visit.person.full_name, blocks, visit.scope
            )
            examine_draft(visit, case, draft, criterion)
    except UsageError as error:
        return _render(visit, case, criterion, status=400, failure=error.say(visit.language))
    return visit.redirect(_address(case))


@router.post(f"{PAGE}/tieu-chi", Capability.HAND_IN)
def place_draft(
    visit: CurrentVisit,
    token: Annotated[str, Form()] = "",
    criterion: Annotated[str, Form()] = "",
    unit: Annotated[str, Form(alias="don-vi")] = "",
) -> Response:
    """For which criterion a file is to be handed in."""
    case = find_case(visit, unit)
    chosen = criterion if criterion in dict(case.criteria) else None
    draft = visit.archive.uploads.place(case.code, token, chosen, visit.scope)
    if draft is None:
        raise page_not_found()
    return _answer_row(visit, case, draft) if visit.partial else visit.redirect(_address(case))


@router.post(f"{PAGE}/bo", Capability.HAND_IN)
def discard_draft(
    visit: CurrentVisit, token: Annotated[str, Form()] = "", unit: Annotated[str, Form(alias="don-vi")] = ""
) -> Response:
    """Throws a file away that was not handed in."""
    case = find_case(visit, unit)
    visit.archive.uploads.discard(case.code, token, visit.scope)
    return Response(headers={"HX-Trigger": "drafts"}) if visit.partial else visit.redirect(_address(case))


@router.post(f"{PAGE}/gui", Capability.HAND_IN)
def hand_in(
    visit: CurrentVisit,
    token: Annotated[list[str], Form()],
    unit: Annotated[str, Form(alias="don-vi")] = "",
) -> Response:
    """Hands in the files that stood on the page; leads to their receipt."""
    case = find_case(visit, unit)
    ready = {row.draft.token: row.draft.criterion for row in _list_rows(visit, case) if row.ready}
    files = tuple(HandedUpload(each, ready[each]) for each in dict.fromkeys(token) if each in ready)
    request = HandInRequest(case.code, case.criteria_set, visit.person.full_name, files, case.due)
    try:
        receipt = visit.archive.uploads.hand_in(request, visit.scope)
    except UsageError as error:
        return _render(visit, case, "", status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/bien-nhan/{name_receipt(visit, case, receipt)}")


def find_case(visit: Visit, unit: str) -> UnitCase:
    """The unit that this person hands in for. The same 404 where there is none such."""
    units = visit.person.units
    chosen = unit or (units[0] if units else "")
    try:
        return visit.archive.unit_work.open_case(chosen, visit.scope)
    except UsageError as error:
        raise page_not_found() from error


def examine_draft(visit: Visit, case: UnitCase, draft: UploadDraft, criterion: str = "") -> UploadDraft:
    """Takes the first look at a file that came in, and keeps its criterion: what its folders name, else that one."""
    checker: UploadChecker = visit.request.app.state.upload_checker
    fault = checker.check(visit.archive.uploads.locate(draft), draft.name)
    codes = dict(case.criteria)
    named = find_folder_criterion(draft.name, codes) or (criterion if criterion in codes else None)
    placed = visit.archive.uploads.place(case.code, draft.token, named, visit.scope) if named else None
    return visit.archive.uploads.mark(placed or draft, fault) if fault else placed or draft


def list_unit_receipts(visit: Visit, case: UnitCase) -> dict[str, Receipt]:
    """The receipts of that unit by name, the latest first."""
    receipts = visit.archive.uploads.list_receipts(visit.scope)
    return name_receipts(each for each in receipts if each.unit == case.code)


def name_receipt(visit: Visit, case: UnitCase, receipt: Receipt) -> str:
    """What that receipt of the unit is called."""
    return next(name for name, each in list_unit_receipts(visit, case).items() if each.number == receipt.number)


def _answer_draft(visit: Visit, case: UnitCase, draft: UploadDraft, criterion: str) -> Response:
    return _answer_row(visit, case, examine_draft(visit, case, draft, criterion))


def _answer_row(visit: Visit, case: UnitCase, draft: UploadDraft) -> Response:
    row = next((each for each in _list_rows(visit, case) if each.draft.token == draft.token), None)
    if row is None:
        raise page_not_found()
    answer = visit.render("parts/hand_in_row.html", case=case, row=row)
    answer.headers["HX-Trigger"] = "drafts"
    return answer


def _list_rows(visit: Visit, case: UnitCase) -> list[DraftRow]:
    drafts = visit.archive.uploads.list_drafts(case.code, visit.scope)
    copies = Counter(draft.sha256 for draft in drafts)
    return [
        DraftRow(
            draft, next(iter(visit.archive.uploads.find_former(draft, visit.scope)), None), copies[draft.sha256] > 1
        )
        for draft in drafts
    ]


def _address(case: UnitCase) -> str:
    return f"{PAGE}?don-vi={case.code}"


def _render(visit: Visit, case: UnitCase, criterion: str, status: int = 200, failure: str = "") -> Response:
    receipts = list_unit_receipts(visit, case)
    return visit.render(
        "hand_in.html",
        status,
        case=case,
        rows=_list_rows(visit, case),
        criterion=criterion if criterion in dict(case.criteria) else "",
        receipts=list(receipts.items())[:LATEST],
        most=FILE_BYTES,
        failure=failure,
    )
