"""Tra cứu: any prior decision, by number, words, or what is known of it; with counts to narrow it down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form
from fastapi.responses import Response

from evidence.archive.search.archive_search import Order, SearchHit, SearchRequest, SearchResult, Snippet
from evidence.errors import UsageError
from evidence.messages import say
from evidence.model.account import Capability
from evidence.model.geometry import Box
from evidence.web.rendering.document_title import title_of
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/tra-cuu"
HITS = 20  # on a page
MOST_VALUES = 8  # of a facet
# what each count narrows by, as the language of search writes it
FACETS: Mapping[str, str] = {
    "kind": 'loai:"{}"',
    "year": "ngay:{}",
    "issuer": 'coquan:"{}"',
    "unit": 'donvi:"{}"',
    "criterion": "tieuchi:{}",
    "status": "trangthai:{}",
}


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value with the number of documents that have it, and the page of those alone."""

    value: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit as it is drawn: ``pieces`` are the passage in turns of plain and marked text."""

    hit: SearchHit
    title: str
    address: str
    passages: tuple[tuple[int, tuple[tuple[str, bool], ...]], ...]


@router.get(PAGE, Capability.SEARCH)
def show_search(visit: CurrentVisit, q: str = "", sau: str = "", sap: str = "", luu: str = "") -> Response:
    """``q``: the query; ``sau``: where an earlier page ended; ``sap``: ``ngay`` for the newest first; ``luu``: whether
    the query was kept just now."""
    saved = visit.archive.saved_searches.list_saved_of(visit.person.name)
    if not q.strip():
        return _render(visit, q=q, sap=sap, saved=saved)
    order = Order.DATE if sap == "ngay" else Order.RELEVANCE
    try:
        result = visit.archive.search(SearchRequest(q, HITS, order, sau or None, facets=True), visit.scope)
    except UsageError as error:
        return _render(visit, status=400, q=q, sap=sap, saved=saved, failure=error.say(visit.language))
    return _render(
        visit,
        q=q,
        sap=sap,
        saved=saved,
        result=result,
        rows=[_row(hit) for hit in result.hits],
        facets={name: tuple(links) for name in FACETS if (links := list(_links(name, result, q, sap)))},
        notes=[say(note, visit.language) for note in result.notes],
        understood=[say(part, visit.language) for part in result.understood],
        first=result.first + 1,
        following=_address(q, sap, result.next) if result.next else "",
        kept=bool(luu),
    )


@router.post(f"{PAGE}/luu", Capability.SEARCH)
def keep_search(visit: CurrentVisit, q: Annotated[str, Form()] = "") -> Response:
    """Keeps the query for this person alone."""
    if q.strip():
        visit.archive.saved_searches.save(q.strip(), q.strip(), visit.person.name)
    return visit.redirect(f"{PAGE}?{urlencode({'q': q, 'luu': 1})}")


def _render(visit: Visit, status: int = 200, **values: object) -> Response:
    empty: dict[str, object] = {
        "result": None, "rows": [], "facets": {}, "notes": [], "understood": [], "first": 0, "following": "",
        "failure": "", "kept": False,
    }  # fmt: skip
    return visit.render("search.html", status, **{**empty, **values})


def _row(hit: SearchHit) -> HitRow:
    page = hit.snippets[0].page if hit.snippets else 1
    address = document_address(hit.sha256, page, hit.box)
    passages = tuple((snippet.page, tuple(_pieces(snippet))) for snippet in hit.snippets)
    return HitRow(hit, title_of(hit.record), address, passages)


def document_address(sha256: str, page: int | None = None, box: Box | None = None) -> str:
    """The page of that document, open at that page with that box drawn."""
    query = {
        **({"trang": str(page)} if page else {}),
        **({"o": ",".join(f"{side:.1f}" for side in box)} if box else {}),
    }
    return f"/van-ban/{sha256}" + (f"?{urlencode(query, safe=',')}" if query else "")


def _pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in snippet.marks:
        yield snippet.text[at:start], False
        yield snippet.text[start:end], True
        at = end
    yield snippet.text[at:], False


def _links(name: str, result: SearchResult, q: str, sap: str) -> Iterator[FacetLink]:
    """Values that narrow the query down; one that holds for every hit narrows nothing."""
    for value, count in list(result.facets.get(name, {}).items())[:MOST_VALUES]:
        condition = FACETS[name].format(value.replace('"', " "))
        if value and condition not in q and not (name == "status" and count == result.total):
            yield FacetLink(value, count, _address(f"{_group(q)} {condition}", sap))


def _group(q: str) -> str:
    """The query as one operand: a condition behind "a OR b" would belong to b alone.

    >>> _group("kế hoạch OR báo cáo"), _group("(a OR b) loai:KH")
    ('(kế hoạch OR báo cáo)', '(a OR b) loai:KH')
    """
    outside = re.sub(r"\([^()]*\)|\"[^\"]*\"", "", q)
    return f"({q})" if re.search(r"\bOR\b|\bhoặc\b|\|", outside) else q


def _address(q: str, sap: str, after: str | None = None) -> str:
    query = {"q": q, **({"sap": sap} if sap else {}), **({"sau": after} if after else {})}
    return f"{PAGE}?{urlencode(query)}"
