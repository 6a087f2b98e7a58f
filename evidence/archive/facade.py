"""The facade: what can be done with an archive. The doors (command line, later the web) call this, and what else the
package offers that needs no open archive: ``file_reading``, ``criteria_sets``, ``criteria_import``, ``ingest_request``.

``with Archive.open(settings) as archive: ...``. Every error is a sentence with a way out; what a method returns are
nouns of ``model`` or of this package. Any method may raise ArchiveError: the archive cannot be read or written.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

from evidence.archive.accounts.accounts import Accounts
from evidence.archive.accounts.identities import Identities
from evidence.archive.appraisal import Appraisal
from evidence.archive.assessment import assess_units
from evidence.archive.audit.trail import AuditTrail
from evidence.archive.criteria_import import ImportedCriteria
from evidence.archive.criteria_sets import KeptCriteria, all_kept_criteria, kept_criteria, readable_criteria
from evidence.archive.document_pages.document_pages import DocumentPages
from evidence.archive.figures.figures import Figures
from evidence.archive.figures.joined_figures import join_figures
from evidence.archive.foreign_texts import find_foreign_texts
from evidence.archive.ingest_request import IngestRequest
from evidence.archive.intake import take_in
from evidence.archive.kept_sets.review import CriteriaReview
from evidence.archive.kept_sets.units import KeptUnits, UnitsRequest, keep_units
from evidence.archive.live_state.live_state import LiveState
from evidence.archive.number_list.holdings import NumberHoldings, find_holdings, read_list
from evidence.archive.outcome import Ingested, IngestEvent, SecondRoundBegins
from evidence.archive.page_images.page_images import PageImages
from evidence.archive.plans.plans import Plans
from evidence.archive.proof_crops import ProofCrops, crop_proofs
from evidence.archive.reextraction import (
    Reextraction,
    list_rereadable,
    read_lot,
    reextract_documents,
    request_rereading,
)
from evidence.archive.scores.kept_year import KeptYear
from evidence.archive.scores.scoring_year import ScoringYear
from evidence.archive.search.archive_search import Scope, SearchHit, SearchResult
from evidence.archive.search.documents import DocumentArchive
from evidence.archive.slips.slips import Slips
from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.archive.stored_findings.worklist import Worklist
from evidence.archive.submissions.placements import summarise_placements
from evidence.archive.unit_work.unit_work import UnitWork
from evidence.archive.uploads.uploads import Uploads
from evidence.archive.views import DocumentView
from evidence.archive.watch import watch_folders
from evidence.config import Settings
from evidence.ingest.sources.walk import OfferedFile
from evidence.match.upcoming import find_due_within
from evidence.model.assessment import Assessment, Figure
from evidence.model.criteria import CriteriaSet
from evidence.model.job import JobQueue
from evidence.model.placement import PlacementSummary
from evidence.pipeline.own_spelling import recount_syllables
from evidence.store.annexes.annex_store import AnnexStore
from evidence.store.backup import write_backup
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.facts import Backup, Damage, Volume
from evidence.store.jobs.job_table import JobTable
from evidence.store.objects.bucket_upkeep import sweep_hourly
from evidence.store.restore import restore_backup
from evidence.store.store import Store
from evidence.store.verify import find_damages

__all__ = [
    "Archive", "Damage", "DocumentView", "IngestEvent", "Ingested", "Reextraction", "SearchHit", "SearchResult",
    "SecondRoundBegins",
]  # fmt: skip

FEED_EVERY = 500  # files between two commits of the index during a long run


class Archive(DocumentArchive):
    """An open archive."""

    def __init__(self, settings: Settings, store: Store, indexing: bool = True) -> None:
        super().__init__(settings, store, indexing)
        self.appraisal = Appraisal(store, settings)
        self.pages = DocumentPages(store)
        self.figures = Figures(store, settings)
        self.plans = Plans(store, settings)
        self.scores = ScoringYear(store, settings)
        self.review = CriteriaReview(store, settings)
        self.accounts = Accounts(store)
        self.identities = Identities(store, self.accounts)
        self.audit = AuditTrail(store)
        self.findings = KeptFindings(store)
        self.year = KeptYear(self.scores, self.findings, settings)
        self.uploads = Uploads(store, settings)
        self.slips = Slips(store)
        self.jobs: JobQueue = JobTable(store)
        self.page_images = PageImages(store, settings)
        self.worklist = Worklist(store)
        self.live = LiveState(store)
        self.unit_work = UnitWork(store, self.findings, self.worklist)

    # --- files in -----------------------------------------------------------------------------------------------

    def ingest(
        self, offered: Iterable[OfferedFile], rehash: bool = False, headers_first: bool = False
    ) -> Generator[IngestEvent, None, None]:
        """What became of each file, one by one, each durable when it is yielded; the index follows.

        ``rehash``: files are hashed even where they were not touched since the last time, and documents of before whose
        stored text is another file's are read anew. ``headers_first``: the header of every file is read and stored
        before the body of any. Bodies that an earlier run left unread are read at the end: ``SecondRoundBegins``.

        A file that cannot be read is a result, never an error. MissingProgramError: a page needs OCR and the engine is
        absent; ArchiveError: the archive cannot be written, by us or for want of room.
        """
        stored = 0
        with closing(take_in(self._store, self._settings, offered, rehash, headers_first)) as events:
            for event in events:
                yield event
                stored += isinstance(event, Ingested) and event.outcome in ("stored", "header")
                if stored >= FEED_EVERY:
                    self._search.index_feed.feed()
                    stored = 0
        self._search.index_feed.feed()

    def ingest_arrivals(
        self, request: IngestRequest, headers_first: bool = False
    ) -> Generator[IngestEvent, None, None]:
        """Files taken as they arrive below the folders of the request, for ever; a folder that is gone for a while is
        waited for. Errors as of ``ingest``."""
        with closing(watch_folders(request.files, request.paths)) as lots:
            for lot in chain([()], lots):
                yield from self.ingest(lot, headers_first=headers_first)

    def reread(self, stale: bool = False) -> Iterator[Reextraction]:
        """Extracts again from the stored pages, without OCR: all documents, or those of another grammar.

        ArchiveError: the archive cannot be written; a document that cannot be extracted is a result.
        """
        yield from self._reread(list_rereadable(self._store, stale))

    def queue_rereading(self, stale: bool = False) -> int:
        """Has the workers do so, in lots; how many documents. ArchiveError: the archive cannot be written."""
        wanted = list_rereadable(self._store, stale)
        for request in request_rereading(wanted):
            self.jobs.add(request)
        return len(wanted)

    def reread_lot(self, work: bytes) -> Iterator[Reextraction]:
        """The documents of such a job extracted again; errors as of ``reread``."""
        yield from self._reread(read_lot(work))

    def _reread(self, wanted: Sequence[str]) -> Iterator[Reextraction]:
        with closing(reextract_documents(self._store, self._settings, wanted)) as results:
            yield from results
        self._search.index_feed.feed()

    # --- documents ----------------------------------------------------------------------------------------------

    def look_up_numbers(self, file: Path, scope: Scope) -> NumberHoldings:
        """What the archive holds of the numbers in that list (text, CSV, workbook, Word, PDF), as far as the scope
        shows it. UnreadableError: no such file; AnnexError: it cannot be read; UsageError: there is no number in it."""
        listed = read_list(file, self._settings)
        with self._store.database.sharing():
            return find_holdings(self._store, self._search, listed, scope)

    def summarise_placements(
        self, offered: Iterable[OfferedFile], hashes: Iterable[str], criteria: CriteriaSet | None = None
    ) -> PlacementSummary:
        """How the files of a run are handed in, and which of their units and criteria that set does not have; without
        one, none of the sets kept here. ``hashes``: the documents that the files became."""
        sets = (criteria,) if criteria else tuple(readable_criteria(self._store))
        return summarise_placements(self._store, offered, hashes, sets)

    # --- criteria and findings ----------------------------------------------------------------------------------

    def keep_criteria(self, imported: ImportedCriteria) -> bool:
        """Keeps a set under its name for ``check``; False where it is there already. CriteriaError: another content
        stands under that name. ArchiveError: a read-only archive."""
        name, paper = imported.criteria.set, imported.paper
        is_new = CriteriaSetStore(self._store).put(name, imported.text, imported.source, imported.sha256)
        if paper is not None:
            AnnexStore(self._store).put(name, paper)
        return is_new

    def keep_units(self, name: str, request: UnitsRequest) -> KeptUnits:
        """Gives a kept set its units. AnnexError names every fault of the list by its row; CriteriaError: an appraisal
        uses the set; UsageError: no such set or province. ArchiveError: a read-only archive."""
        return keep_units(self._store, self._settings, name, request)

    def criteria(self, name: str) -> CriteriaSet:
        """The set of that name. UsageError where the archive has none."""
        return kept_criteria(self._store, name)

    def criteria_sets(self) -> tuple[KeptCriteria, ...]:
        """Every set kept here, by name. CriteriaError for one that this version cannot read."""
        return self._store.database.recall("criteria sets", lambda: all_kept_criteria(self._store))

    def check(
        self,
        criteria: CriteriaSet,
        units: tuple[str, ...],
        as_of: datetime.date,
        figures: tuple[Figure, ...] = (),
        within_days: int | None = None,
    ) -> Assessment:
        """What is met, late, missing or unclear, for those units (all of the set if none is named), as of that day.
        ``figures`` are what score rules need besides documents, and those that people confirmed in the archive; of one
        name the given one counts. ``within_days``: only what is not due yet and falls
        due in so many days. UsageError: the set has no such unit, or no units at all."""
        joined = join_figures(self._store, criteria.set, figures)
        assessment = assess_units(self._store, criteria, units, as_of, joined)
        if within_days is None:
            return assessment
        return replace(assessment, findings=find_due_within(assessment.findings, as_of, within_days))

    def crop_proofs(self, assessment: Assessment) -> ProofCrops:
        """Crops of the originals: the spots that prove those findings. What cannot be shown is left out."""
        return crop_proofs(self._store, self._settings, assessment)

    # --- the archive as a whole ---------------------------------------------------------------------------------

    def backup(self, file: Path) -> Backup:
        """Writes the whole archive, as it is at this moment, into that file. UsageError where it is there already, or
        cannot be written."""
        return write_backup(self._store, file)

    @classmethod
    def restore(cls, settings: Settings, file: Path) -> Volume:
        """Makes ``settings.home``, which must be new or empty, the archive of that backup; how much it holds.
        UsageError: no such file, or a folder in use; ArchiveError: the backup is damaged or of a newer version."""

        def make_index(folder: Path) -> None:
            with cls.open(replace(settings, home=folder)) as archive:
                archive.reindex()

        restore_backup(file, settings.home, make_index, settings.database)
        with cls.open(settings) as archive:
            return archive.volume()

    def verify(self) -> tuple[Damage, ...]:
        """Everything that is not as it should be: originals, database, text of documents of before, index. Empty: the
        archive is whole."""
        foreign = find_foreign_texts(self._store, self._settings)
        return (*find_damages(self._store), *foreign, *self._search.index_feed.find_damages())

    @property
    def queue_url(self) -> str | None:
        """Where a queue engine of its own hands out the jobs; None: workers take them by ``jobs.take``."""
        return self._store.database.engine.address

    def tidy(self) -> None:
        """What the worker does once an hour: files that were not handed in for a day go, and jobs that ended long ago,
        and what the object store holds that no record has known for a day; jobs whose turn was lost get it again."""
        self.uploads.sweep()
        self.jobs.forget_old()
        self.jobs.announce_lost()
        sweep_hourly(self._store)

    @property
    def keeps_index(self) -> bool:
        """Whether an index is kept in this folder, or for all machines in the database."""
        return self._search.keeps_index

    def keep_index(self) -> None:
        """From now on an index is kept in this folder: this machine is searched in. ArchiveError: the folder cannot be
        written."""
        self._search.keep_index()

    def keep_up_index(self) -> bool:
        """Takes into the index, where one is kept here, what any machine stored; whether anything was. ArchiveError:
        the index cannot be written."""
        self._search.look_again()
        return self._search.index_feed.keep_up()

    def reindex(self) -> int:
        """Makes the index, and the counts that scans are spelled by, anew from the database; how many documents there
        are in the index. ArchiveError: the folder cannot be written."""
        recount_syllables(self._store)
        return self._search.index_feed.remake()
