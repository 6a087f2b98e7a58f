"""What an archive's own digital text teaches the spelling of its scans: names and places that are common in it.

Counted are pages whose text was typed (no OCR, no layer or encoding that is in doubt, no signature's or stamp's words)
and bears its marks. The count is kept and made anew when the archive has clearly grown, not with every file: what OCR
made of a page is remembered under the count that it was spelled by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from evidence.errors import ArchiveError
from evidence.ingest.layout.text_quality import MARKED, marked_share
from evidence.ingest.ocr.decoding.counting import CopyDetector, SyllableCounter, split_syllables
from evidence.model.document import Document, Origin
from evidence.model.problem import ProblemCode
from evidence.store import syllable_counts
from evidence.store.store import Store
from evidence.store.syllable_counts import StoredCounts
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BigramCounts

FEWEST = 2  # documents, copies apart, in which a syllable or a pair must stand
ENOUGH = 5_000  # syllables: some ten pages; fewer teach nothing
GROWN = 1.5  # from so many times the documents, and the digital text, it is counted anew
MOST = 3_000_000  # syllables: some 7,000 pages, the newest; 1.1 ms a page
PAGES = 20_000  # that are looked through for them
AGAIN = 64  # documents taken in by one run, and as many as there were before, from which that run counts anew
DOUBTS = frozenset(
    {ProblemCode.LEGACY_ENCODING, ProblemCode.DOUBTFUL_TEXT, ProblemCode.DAMAGED, ProblemCode.TIME_OUT}
)  # of a page or the whole file: its text is not sure to be what was typed


class ArchiveSpelling:
    """The counts that one run spells by, made when its first scan comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counts: BigramCounts | None = None
        self._before: int | None = None
        self._since = 0

    def counts(self) -> BigramCounts | None:
        """The counts of syllables; ``None`` where the archive's digital text is too little."""
        if self._before is None:
            self._before = self._store.volume().documents
            self._counts = load_own_counts(self._store)
        return self._counts

    def count_stored(self) -> None:
        """Counts a document that was taken in."""
        self._since += 1

    @property
    def outgrown(self) -> bool:
        """Whether scans are read, and so many documents came since the first of them that counting anew is worth it."""
        return self._before is not None and self._since >= max(AGAIN, self._before)


def load_own_counts(store: Store) -> BigramCounts | None:
    """The counts that scans of this archive are spelled by now; None where its digital text is too little."""
    kept, stored = syllable_counts.load_counts(store.folder), store.volume().documents
    if kept is None or stored >= GROWN * max(kept.documents, 2):
        kept = _grown(kept, _counted(store, stored))
        syllable_counts.save_counts(store.folder, kept)
    try:
        return bigrams.parse_counts(kept.text) if kept.text else None
    except ValueError:  # whoever wrote that into the file
        return bigrams.parse_counts(recount_syllables(store).text)


def recount_syllables(store: Store) -> StoredCounts:
    """Counts the stored documents anew, whatever was kept."""
    kept = _counted(store, store.volume().documents)
    syllable_counts.save_counts(store.folder, kept)
    return kept


def _grown(before: StoredCounts | None, now: StoredCounts) -> StoredCounts:
    """The new count where there is clearly more digital text than before; else the former one, which holds on."""
    if before is None or now.syllables >= min(MOST, GROWN * before.syllables):
        return now
    return StoredCounts(now.documents, before.syllables, before.text)


def _counted(store: Store, stored: int) -> StoredCounts:
    tally, copies, pages = SyllableCounter(), CopyDetector(), 0
    for document in _newest(store):
        pages += len(document.pages)
        syllables = split_syllables("\n".join(typed_pages(document)))
        if syllables and not copies.is_copy(syllables):
            tally.add_document(syllables)
        if tally.syllables >= MOST or pages >= PAGES:
            break
    enough = tally.syllables >= ENOUGH
    lines = bigrams.format_counts(tally.counts(FEWEST)) if enough else ()
    return StoredCounts(stored, tally.syllables, "".join(f"{line}\n" for line in lines))


def _newest(store: Store) -> Iterator[Document]:
    """The documents, the last one stored first. One whose pages cannot be read (``verify`` names it) is left out."""
    for sha256 in reversed(store.hashes()):
        with suppress(ArchiveError):
            if document := store.document(sha256):
                yield document


def typed_pages(document: Document) -> Iterator[str]:
    """The text of each page that is sure to be what was typed."""
    doubtful = {problem.page for problem in document.problems if problem.code in DOUBTS}
    if None in doubtful:
        return
    for page in document.pages:
        if page.origin is not Origin.TEXT or page.engine is not None or page.number in doubtful:
            continue
        words = (word.text for line in page.lines for word in line.words if word.origin is Origin.TEXT)
        text = " ".join(words)
        if marked_share(text) >= MARKED:
            yield text
