"""Documents of older archives whose stored text is that of another file than their original.

Before the bytes that are hashed were proved to be those that are read, two files whose names are shown alike, or a
file that was changed at the wrong moment, could leave one's text under the other's hash. The text is read again and
compared: it must be recognisable, not the same, since readers have become better. What OCR made of a scan is not made
again; of scans and photos the number of pages and their sizes are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from evidence.config import Settings
from evidence.errors import ArchiveError
from evidence.ingest import media_types
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.problem import ProblemCode
from evidence.pipeline.read_again import OwnText, measure_sides, read_own_texts
from evidence.store.early_documents import list_early_documents, load_own_texts
from evidence.store.facts import Damage
from evidence.store.store import Store

SHARED_WORDS = 0.3  # of the groups of words of the shorter text; two papers of one office share up to a quarter
SHARED_FIGURES = 0.5  # of the figures: two papers of one form have their words in common, and not their numbers
LEAST_WORDS, LEAST_FIGURES = 20, 8  # with fewer nothing is said
GROUP = 3  # words
SIDE = 2.0  # points by which a side of a page may differ: sizes were rounded otherwise
DOUBTFUL = {ProblemCode.LEGACY_ENCODING, ProblemCode.DOUBTFUL_TEXT}


def find_foreign_texts(store: Store, settings: Settings) -> Iterator[Damage]:
    """Those documents, each as a damage. Opens every document of before again that has text or pages of its own."""
    early = list_early_documents(store)
    if not early:
        return
    candidates = ((sha256, store.originals.bring(sha256), path) for sha256, path in _comparable(store, early))
    with closing(read_own_texts(candidates, settings)) as results:
        for now in results:
            sha256, document = now.sha256, store.document(now.sha256)
            if document is None:
                continue
            if _has_other_pages(document, now, settings) or _tells_of_another_file(
                document, load_own_texts(store, sha256), now
            ):
                yield Damage(sha256, Message("verify-foreign-text", {"sha256": sha256, "path": document.source.path}))


def _comparable(store: Store, hashes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for sha256 in hashes:
        try:
            document = None if store.unfinished(sha256) else store.document(sha256)
            if document is not None and (
                media_types.has_own_pages(document.source.media_type) or any(load_own_texts(store, sha256).values())
            ):
                yield sha256, document.source.path
        except ArchiveError:  # illegible: that is told for itself
            continue


def _has_other_pages(document: Document, now: OwnText, settings: Settings) -> bool:
    """Whether the file has not as many pages as are stored, or they have other sizes."""
    if not media_types.has_own_pages(document.source.media_type) or not document.pages:
        return False
    limit = settings.limits.pages if document.source.media_type == media_types.PDF else settings.limits.frames
    if len(document.pages) not in (now.total, min(now.total, limit)):
        return True
    stored = {page.number: measure_sides(page) for page in document.pages if page.width and page.height}
    common = stored.keys() & {number for number, sides in now.sizes.items() if all(sides)}
    return any(abs(a - b) > SIDE for number in common for a, b in zip(stored[number], now.sizes[number], strict=True))


def _tells_of_another_file(document: Document, stored: dict[int, str], now: OwnText) -> bool:
    """Whether the pages that both readings have tell of two files."""
    common = sorted(stored.keys() & now.pages.keys())
    before, after = ("\n".join(texts[number] for number in common) for texts in (stored, now.pages))
    problems = {problem.code for problem in document.problems} | now.problems
    words = None if problems & DOUBTFUL else _share(_groups(before), _groups(after), LEAST_WORDS)
    if words is not None and words < SHARED_WORDS:
        return True
    if document.source.media_type in (*media_types.WORKBOOKS, media_types.XLS, media_types.XLSB, media_types.ODS):
        return False  # cells are shown as their formats say now: 45000 was a date
    figures = _share(_figures(before), _figures(after), LEAST_FIGURES)
    return figures is not None and figures < SHARED_FIGURES


def _share(before: Counter[str], after: Counter[str], least: int) -> float | None:
    """How much of the smaller one is in the other; ``None`` where that says nothing."""
    smaller = min(before.total(), after.total())
    return (before & after).total() / smaller if smaller >= least else None


def _groups(text: str) -> Counter[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return Counter(" ".join(words[at : at + GROUP]) for at in range(len(words) - GROUP + 1))


def _figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))
