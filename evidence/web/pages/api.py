"""The HTTP interface: the shapes of the contract, for programs with an access token; described by OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import Path, Query
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from evidence.archive.search.archive_search import Order, SearchHit, SearchRequest
from evidence.archive.search.hit_json import hit_json
from evidence.archive.unit_work.unit_work import UnitCase
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.errors import UsageError
from evidence.messages import say
from evidence.model.account import Capability
from evidence.model.receipt import Receipt, UploadDraft
from evidence.report import findings_json, record_json
from evidence.web.error_pages import page_not_found
from evidence.web.pages.hand_in import FILE_BYTES, examine_draft, find_case, name_receipt
from evidence.web.rendering.api_description import describe_api
from evidence.web.rendering.upload_stream import take_in_stream
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
LINES = "application/jsonl"
Unit = Annotated[str, Query(alias="don-vi", max_length=100, description="Mã đơn vị; bỏ trống: đơn vị của tài khoản.")]


@router.get("/api/openapi.json", Capability.SIGNED_IN)
def show_description(visit: CurrentVisit) -> Response:
    """This interface as OpenAPI describes it."""
    return JSONResponse(describe_api(visit.request.app.routes))


@router.api("POST", "/api/tai-lieu", Capability.HAND_IN, body_bytes=FILE_BYTES)
async def hand_in_file(
    visit: CurrentVisit,
    name: Annotated[str, Query(alias="ten", max_length=1000, description="Tên tệp, có thể kèm thư mục.")],
    unit: Unit = "",
    criterion: Annotated[
        str, Query(alias="muc", max_length=100, description="Mã tiêu chí; bỏ trống: theo thư mục trong tên tệp.")
    ] = "",
) -> Response:
    """Hands in one file, the body of the request; answers with its receipt once every byte is durable."""
    case = await run_in_threadpool(find_case, visit, unit)
    try:
        draft = await take_in_stream(visit, case.code, name)
    except ClientDisconnect:
        return Response(status_code=400)
    receipt = await run_in_threadpool(_hand_in, visit, case, draft, criterion)
    called = await run_in_threadpool(name_receipt, visit, case, receipt)
    return JSONResponse(_receipt_json(called, receipt), 201)


@router.api("GET", "/api/don-vi/{code}/ket-luan", Capability.SEE_UNIT)
def list_findings(visit: CurrentVisit, code: Annotated[str, Path(max_length=100)]) -> Response:
    """The unit's findings as they are kept: a line each."""
    try:
        case = visit.archive.unit_work.open_case(code, visit.scope)
    except UsageError as error:
        raise page_not_found() from error
    try:
        findings = visit.archive.findings.show_unit(case.criteria_set, case.code, visit.scope).findings
    except UsageError:  # nothing is kept of it yet
        findings = ()
    return _lines(findings_json.finding_json(each.finding, visit.language) for each in findings)


@router.api("GET", "/api/tra-cuu", Capability.SEARCH)
def search(
    visit: CurrentVisit,
    query: Annotated[str, Query(alias="q", min_length=1, max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Annotated[str | None, Query(alias="sau", max_length=1000)] = None,
    order: Annotated[Literal["relevance", "date"], Query(alias="sap")] = "relevance",
    facets: bool = False,
) -> Response:
    """Hits, a line each; with ``facets`` a last line of counts, total and the cursor of what follows."""
    result = visit.archive.search(SearchRequest(query, limit, Order(order), after, facets=facets), visit.scope)
    rest: list[dict[str, object]] = [{"facets": result.facets, "total": result.total, "next": result.next}]
    return _lines([*(_hit_json(hit, visit) for hit in result.hits), *(rest if facets else [])])


@router.api("GET", "/api/van-ban/{sha256}", Capability.SEE_DOCUMENT)
def show_record(visit: CurrentVisit, sha256: Annotated[str, Path(min_length=64, max_length=64)]) -> Response:
    """The record of the document of that hash."""
    try:
        record = visit.archive.show(sha256, visit.scope, 0).record
    except UsageError as error:
        raise page_not_found() from error
    return JSONResponse(record_json.render(record, visit.language))


def _hand_in(visit: Visit, case: UnitCase, draft: UploadDraft, criterion: str) -> Receipt:
    """UsageError: the file cannot be read at all; then nothing is kept of it."""
    seen = examine_draft(visit, case, draft, criterion)
    if seen.fault is not None:
        visit.archive.uploads.discard(case.code, draft.token, visit.scope)
        raise UsageError("api-refused", sentence=say(seen.fault, visit.language))
    files = (HandedUpload(draft.token, seen.criterion),)
    request = HandInRequest(case.code, case.criteria_set, visit.person.full_name, files, case.due)
    return visit.archive.uploads.hand_in(request, visit.scope)


def _hit_json(hit: SearchHit, visit: Visit) -> dict[str, object]:
    """The score rests on how often a word stands in the whole archive: told to nobody who does not see all of it."""
    row = hit_json(hit, visit.language)
    return row if visit.scope.units is None else {**row, "score": None}


def _receipt_json(name: str, receipt: Receipt) -> dict[str, object]:
    return {
        "receipt": name,
        "unit": receipt.unit,
        "at": receipt.at.isoformat(timespec="seconds"),
        "due": receipt.due.isoformat() if receipt.due else None,
        "days_late": receipt.days_late,
        "files": [
            {"name": file.name, "criterion": file.criterion, "size": file.size, "sha256": file.sha256}
            for file in receipt.files
        ],
    }


def _lines(rows: Iterable[dict[str, object]]) -> Response:
    return Response("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), media_type=LINES)
