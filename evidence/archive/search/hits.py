"""The hits that are shown: what the store knows of the documents that the index named, by a few queries for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.archive.search.visibility import show_source
from evidence.model.geometry import Box
from evidence.model.record import Record
from evidence.search.engine import RankedDocument, SearchEngine
from evidence.search.entries import LONG, is_draft
from evidence.search.page_plan import plan_pages
from evidence.search.passages.snippet import Snippet, make_snippets
from evidence.search.passages.sought_places import SoughtPlaces
from evidence.search.plan import Plan
from evidence.search.query import Query
from evidence.search.scope import Scope
from evidence.store.searches.search_reader import SearchReader
from evidence.store.searches.stored_bytes import StoredPage

SHOWN_PAGES = 3  # pages of a long file that are looked through for passages


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document found. ``bears``: it bears a number of the query; ``cites``: it cites or names one. ``units``: who
    handed it in, as far as the scope shows; ``box``: where the first passage stands on its page."""

    sha256: str
    path: str
    record: Record
    bears: bool
    cites: bool
    snippets: tuple[Snippet, ...]
    score: float
    units: tuple[str, ...] = ()
    draft: bool = False
    box: Box | None = None


def make_hits(
    reader: SearchReader, index: SearchEngine | None, ranked: Sequence[RankedDocument], query: Query, scope: Scope
) -> tuple[SearchHit, ...]:
    """The documents in their order, with passages; one that has no record is left out (``verify`` names it). Without
    an index a long file has no passages. IndexDamagedError: the index cannot be read."""
    hashes = [document.sha256 for document in ranked]
    records, submissions = reader.load_records(hashes), reader.submissions_of(hashes)
    plan, sought = plan_pages(query), SoughtPlaces(query)
    wanted = {sha256: _shown_pages(index, record, plan) for sha256, record in records.items()}
    pages = reader.load_pages(wanted)
    hits = []
    for document in ranked:
        sha256 = document.sha256
        if sha256 not in records:
            continue
        seen = [each for each in submissions.get(sha256, ()) if scope.sees(each.unit)]
        path = seen[0].path if seen else records[sha256].source.path
        record = show_source(records[sha256], path, scope)
        snippets, box = _find_passages(pages.get(sha256, ()), sought)
        hit = SearchHit(
            sha256=sha256,
            path=path,
            record=record,
            bears=document.bears,
            cites=document.names and not document.bears,
            snippets=snippets,
            score=document.score,
            units=tuple(dict.fromkeys(each.unit for each in seen if each.unit)),
            draft=is_draft(record),
            box=box,
        )
        hits.append(hit)
    return tuple(hits)


def _shown_pages(index: SearchEngine | None, record: Record, plan: Plan | None) -> tuple[int, ...]:
    """The pages that passages are taken from: of a long file those that the index names."""
    if plan is None:
        return ()
    if len(record.pages) <= LONG:
        return tuple(page.number for page in record.pages)
    return index.find_pages(record.source.sha256, plan, SHOWN_PAGES) if index is not None else ()


def _find_passages(pages: Sequence[StoredPage], sought: SoughtPlaces) -> tuple[tuple[Snippet, ...], Box | None]:
    """The passages, and the box round what was looked for first in the first of them."""
    snippets = make_snippets(((page.number, page.recall_text()) for page in pages), sought)
    if not snippets or not snippets[0].marks:
        return snippets, None
    start, end = (snippets[0].start + at for at in snippets[0].marks[0])
    words = next(page for page in pages if page.number == snippets[0].page).read_text()
    return snippets, words.find_box(start, end)
