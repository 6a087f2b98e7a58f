"""Văn bản: one document, each value with its proof on the page; correct it in place, what it cites, its history."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Form
from fastapi.responses import FileResponse, Response

from evidence.archive.views import DocumentView
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.geometry import Box
from evidence.model.record import Record
from evidence.report.citation_graph import drawing
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.citation_lines import cited_line, citing_line
from evidence.web.rendering.document_title import title_of
from evidence.web.rendering.field_rows import ShownField, list_field_rows
from evidence.web.rendering.page_sheet import make_sheet, read_box
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/van-ban/{sha256}"
WIDTH = 1200  # pixels of a page's picture
MOST = 50  # documents that cite this one, shown
MOST_CITING = 200  # looked at
DEPTH = 1  # of the graph drawn


@router.get(PAGE, Capability.SEE_DOCUMENT)
def show_document(visit: CurrentVisit, sha256: str, trang: int = 0, o: str = "", sua: str = "") -> Response:
    """``trang``: the page shown; ``o``: the box drawn on it, four numbers; ``sua``: the field being corrected."""
    return _render(visit, _view(visit, sha256), trang, read_box(o), sua)


@router.post(f"{PAGE}/sua", Capability.CORRECT)
def correct_document(
    visit: CurrentVisit, sha256: str, field: Annotated[str, Form()], value: Annotated[str, Form()] = ""
) -> Response:
    """A person's value in the place of the machine's; an empty one takes the correction back."""
    view = _view(visit, sha256)
    try:
        visit.archive.correct(sha256, field, value.strip() or None, visit.person.full_name, visit.scope)
    except UsageError as error:
        return _render(visit, view, 0, None, field, status=400, failure=error.say(visit.language), typed=value)
    place = next((row.page for row in _rows(view) if row.name == field and row.page), 1)
    return visit.redirect(f"/van-ban/{sha256}?{urlencode({'trang': place})}")


@router.get(f"{PAGE}/trang/{{number}}.webp", Capability.SEE_DOCUMENT)
def show_page_image(visit: CurrentVisit, sha256: str, number: int) -> Response:
    """The picture of a page, drawn once."""
    try:
        image = visit.archive.page_images.find_image(sha256, number, WIDTH, visit.scope)
    except UsageError as error:
        raise page_not_found() from error
    if image is None:
        raise page_not_found()
    return Response(image, media_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


@router.get(f"{PAGE}/goc", Capability.SEE_DOCUMENT)
def download_original(visit: CurrentVisit, sha256: str) -> Response:
    """The file as it was handed in, to be saved, never shown."""
    original = visit.archive.pages.find_original(_view_record(visit, sha256))
    if original is None:
        raise page_not_found()
    name = quote(original.name, safe="")
    return FileResponse(
        original.file,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "private, no-store",
            "ETag": f'"{sha256}"',
            "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT",  # the disk's day tells when another unit handed it in
        },
    )


@router.get(f"{PAGE}/quan-he.svg", Capability.SEE_DOCUMENT)
def show_graph(visit: CurrentVisit, sha256: str) -> Response:
    """What it rests on and what rests on it, drawn."""
    view = _view(visit, sha256)
    graph = visit.archive.graph(view.record.source.sha256, DEPTH, visit.scope)
    return Response(
        drawing.render(graph, visit.language),
        media_type="image/svg+xml",
        headers={"Cache-Control": "private, no-cache"},
    )


def _view(visit: Visit, sha256: str) -> DocumentView:
    """The document of exactly that hash; the same 404 for what is not there and what is not seen."""
    if len(sha256) != 64:
        raise page_not_found()
    try:
        return visit.archive.show(sha256, visit.scope, MOST_CITING)
    except UsageError as error:
        raise page_not_found() from error


def _view_record(visit: Visit, sha256: str) -> Record:
    return _view(visit, sha256).record


def _rows(view: DocumentView) -> list[ShownField]:
    return list(list_field_rows(view.record, view.machine, view.corrections))


def _render(
    visit: Visit,
    view: DocumentView,
    page: int,
    box: Box | None,
    editing: str,
    status: int = 200,
    failure: str = "",
    typed: str = "",
) -> Response:
    record, rows = view.record, _rows(view)
    edited = next((row for row in rows if row.name == editing), None)
    number = page or (edited.page if edited and edited.page else 0) or 1
    chosen = box or (edited.box if edited and edited.page == number else None)
    drawable = visit.archive.pages.has_pictures(record)
    sheet = make_sheet(record, number, rows, chosen)
    if sheet is None and record.pages:
        raise page_not_found()
    shown = view.cited_by[:MOST]
    citing = visit.archive.pages.records((each.sha256 for each in shown), visit.scope)
    return visit.render(
        "document.html",
        status,
        view=view,
        record=record,
        title=title_of(record),
        rows=rows,
        sheet=sheet,
        drawable=drawable,
        text="" if drawable else visit.archive.pages.read_text(record.source.sha256, number),
        original=visit.archive.pages.has_original(record),
        editing=editing if visit.can(Capability.CORRECT) else "",
        failure=failure,
        typed=typed,
        cites=[cited_line(cited) for cited in view.cites],
        cited_by=[citing_line(each, citing[each.sha256]) for each in shown if each.sha256 in citing],
        citing=len(view.cited_by) + view.uncounted,
        about=bool(view.uncounted),
    )
