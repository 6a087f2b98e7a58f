"""Duyệt yêu cầu: the proposals of a set one at a time, the annex' words beside what the machine understood; one key
decides, and the next one stands there."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField, ReviewSheet
from evidence.web.error_pages import page_not_found
from evidence.web.pages.criteria_sets import PAGE, find_set, has_proposals, set_path
from evidence.web.rendering import page_sheet, review_items
from evidence.web.rendering.review_items import QueueItem
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
HERE = "#hien"  # the row of the queue that is shown
WIDTH = 1200  # pixels of the annex' page


@router.get(f"{PAGE}/{{name}}/duyet", Capability.EDIT_CRITERIA)
def show_proposal(visit: CurrentVisit, name: str, muc: str = "") -> Response:
    """That proposal; without a name the first that nobody has decided on, or that there is none left."""
    queue, sheet = _open_review(visit, name)
    if not muc:
        first = review_items.find_left(queue, "")
        if first:
            return visit.redirect(f"{set_path(name)}/duyet{first.query}{HERE}")
        return visit.render("criteria/criteria_review_done.html", path=set_path(name), queue=queue, name=name)
    return _render(visit, sheet, queue, _require(queue, muc))


@router.post(f"{PAGE}/{{name}}/duyet", Capability.EDIT_CRITERIA)
async def read_answer(visit: CurrentVisit, name: str, request: Request) -> Response:
    """Keeps the decision and goes on to what is left; what is wrong with a value is said beside it."""
    form = await request.form()
    values = {key: value for key, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_answer, visit, name, values)


@router.get(f"{PAGE}/{{name}}/trang/{{number}}.webp", Capability.EDIT_CRITERIA)
def show_annex_page(visit: CurrentVisit, name: str, number: int) -> Response:
    """The picture of a page of the file that the set was read from, drawn once."""
    try:
        image = visit.archive.page_images.find_annex_image(name, number, WIDTH)
    except UsageError as error:
        raise page_not_found() from error
    if image is None:
        raise page_not_found()
    return Response(image, media_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


def _answer(visit: Visit, name: str, values: Mapping[str, str]) -> Response:
    queue, sheet = _open_review(visit, name)
    item = _require(queue, values.get("muc", ""))
    act = _choose_act(item, values.get("act", ""))
    typed = {field: values[field.value] for field in ReviewField if field.value in values}
    row = item.shown.row
    answer = ReviewAnswer(row.criterion, row.requirement, act, _changes(visit, item, act, typed))
    faults = visit.archive.review.answer(name, row, review_items.name_answer(item, answer, queue))
    if faults:
        by_field = {fault.field: visit.say(fault.message.code, **fault.message.params) for fault in faults}
        failure = by_field.pop(None, "")
        shown = {field: text for field, text in by_field.items() if field}
        return _render(visit, sheet, queue, item, 400, typed, shown, failure)
    queue, _ = _open_review(visit, name)
    left = review_items.find_left(queue, item.name)
    return visit.redirect(f"{set_path(name)}/duyet{left.query}{HERE}" if left else f"{set_path(name)}/duyet")


def _changes(
    visit: Visit, item: QueueItem, act: ReviewAct, typed: Mapping[ReviewField, str]
) -> tuple[ProposalValue, ...]:
    """What was typed as the values that answers hold; of what is added, all but what is empty."""
    if act not in (ReviewAct.EDIT, ReviewAct.ADD):
        return ()
    values = [ProposalValue(field, visit.archive.review.parse(field, text)) for field, text in typed.items()]
    return tuple(value for value in values if value.value or item.is_proposal)


def _choose_act(item: QueueItem, text: str) -> ReviewAct:
    """Of a proposal: accept, edit, drop, as before; of anything else: add, or drop what was added."""
    asked = ReviewAct(text) if text in list(ReviewAct) else None
    if item.is_proposal:
        if asked is ReviewAct.REMEMBERED and item.shown.row.remembered is None:
            raise page_not_found()
        fits = asked not in (None, ReviewAct.ADD)
    else:
        fits = asked is ReviewAct.ADD or (asked is ReviewAct.DROP and item.act == ReviewAct.ADD)
    if asked is None or not fits:
        raise page_not_found()
    return asked


def _open_review(visit: Visit, name: str) -> tuple[tuple[QueueItem, ...], ReviewSheet]:
    kept = find_set(visit, name)
    sheet = visit.archive.review.sheet(name, visit.language)
    return review_items.list_queue(sheet, has_proposals(kept.criteria)), sheet


def _require(queue: tuple[QueueItem, ...], name: str) -> QueueItem:
    item = review_items.find_item(queue, name)
    if item is None:
        raise page_not_found()
    return item


def _render(
    visit: Visit,
    sheet: ReviewSheet,
    queue: tuple[QueueItem, ...],
    item: QueueItem,
    status: int = 200,
    typed: Mapping[ReviewField, str] | None = None,
    faults: Mapping[ReviewField, str] | None = None,
    failure: str = "",
) -> Response:
    spot = visit.archive.review.find_spot(item.shown.row, sheet.criteria_set)
    before, behind = review_items.neighbours(queue, item.name)
    return visit.render(
        "criteria/criteria_review.html",
        status=status,
        name=sheet.criteria_set,
        path=set_path(sheet.criteria_set),
        queue=queue,
        item=item,
        row=item.shown.row,
        sheet=page_sheet.make_annex_sheet(*spot) if spot else None,
        fields=review_items.draw_fields(item, sheet, typed or {}, faults or {}),
        before=before,
        behind=behind,
        left=sum(each.is_left for each in queue),
        proposals=sum(each.is_proposal for each in queue),
        failure=failure,
    )
