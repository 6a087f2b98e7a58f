"""The facade: what can be done with an archive. The doors (command line, later the web) call only this.

``with Archive.open(settings) as archive: ...``. Every error is a sentence with a way out; what a method returns are
nouns of ``model`` or of this module.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence.archive import citation_links as bearing
from evidence.archive import own_spelling as learning
from evidence.archive.appraisal import Appraisal
from evidence.archive.assessment import assess
from evidence.archive.criteria_import import ImportedCriteria
from evidence.archive.intake import take_in
from evidence.archive.outcome import Ingested
from evidence.archive.proof_crops import Pictures, pictures
from evidence.archive.reextraction import Reread, reread
from evidence.archive.search import Hit, Hits, Lookup
from evidence.config import Settings
from evidence.criteria.loader import parse_criteria
from evidence.errors import UsageError
from evidence.ingest.sources.walk import OfferedFile
from evidence.model.assessment import Assessment, Figure, Submission
from evidence.model.criteria import CriteriaSet
from evidence.model.record import Citation, Record
from evidence.store.backup import backup
from evidence.store.commands import moment
from evidence.store.corrections import FIELDS, holding, of_part, place_of, written
from evidence.store.criteria_sets import Kept, Shelf
from evidence.store.facts import Backup, Correction, Damage, Volume
from evidence.store.restore import restore
from evidence.store.store import Store
from evidence.store.verify import damages
from evidence.values import number as numbers
from evidence.values.number import Number

__all__ = ["Archive", "Cited", "Citing", "Damage", "Hit", "Hits", "Ingested", "Reread", "Shown"]

_PREFIX = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
LISTED = 20  # documents named where a reference means several
EACH = 500  # files between two commits of the index during a long run


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and the document in this archive that it means; ``may_be``: those it may mean, where none is sure."""

    citation: Citation
    sha256: str | None
    may_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citing:
    """A document of this archive and the place where it cites the one shown."""

    sha256: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Shown:
    """One document with all that hangs on it. ``record`` holds, with the corrections; ``machine`` is without them."""

    record: Record
    machine: Record
    corrections: tuple[Correction, ...]
    paths: tuple[str, ...]
    submissions: tuple[Submission, ...]
    cites: tuple[Cited, ...]
    cited_by: tuple[Citing, ...]


class Archive:
    """An open archive."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._lookup = Lookup(store)
        self.appraisal = Appraisal(store, settings)

    @classmethod
    def open(cls, settings: Settings, create: bool = False) -> Self:
        """The archive in ``settings.home``; with ``create`` it is made there if the folder is new or empty."""
        return cls(settings, Store.open(settings.home, create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def ingest(
        self,
        offered: Iterable[OfferedFile],
        rehash: bool = False,
        headers_first: bool = False,
        bodies: Callable[[int], None] = lambda waiting: None,
    ) -> Iterator[Ingested]:
        """What became of each file, one by one, each durable when it is told; the index follows.

        ``rehash``: files are hashed even where they were not touched since the last time. ``headers_first``: the
        header of every file is read and stored before the body of any. Without it too, bodies that an earlier run
        left unread are read at the end. ``bodies`` is called when that begins, with how many there are.
        """
        stored = 0
        with closing(take_in(self._store, self._settings, offered, rehash, headers_first, bodies)) as told:
            for one in told:
                yield one
                stored += one.outcome in ("stored", "header")
                if stored >= EACH:
                    self._lookup.feed()
                    stored = 0
        self._lookup.feed()

    def check(
        self, criteria: CriteriaSet, units: tuple[str, ...], as_of: datetime.date, figures: tuple[Figure, ...] = ()
    ) -> Assessment:
        """What is met, late, missing or unclear, for those units (all of the set if none is named), as of that day.
        ``figures`` are what score rules need besides documents."""
        return assess(self._store, criteria, units, as_of, figures)

    def keep_criteria(self, imported: ImportedCriteria) -> bool:
        """Keeps a set under its name for ``check``; False where it is there already. CriteriaError: another content."""
        shelf = Shelf(self._store)
        return shelf.put(imported.criteria.set, imported.text, imported.source, imported.sha256)

    def criteria(self, name: str) -> CriteriaSet:
        """The set of that name. UsageError where the archive has none."""
        kept = Shelf(self._store).get(name)
        if kept is None:
            names = ", ".join(one.name for one in self.criteria_sets()) or "–"
            raise UsageError("criteria-no-set", set=name, names=names)
        return parse_criteria(kept.text, name)

    def criteria_sets(self) -> tuple[Kept, ...]:
        """Every set kept here, by name."""
        return Shelf(self._store).all()

    def pictures(self, assessment: Assessment) -> Pictures:
        """Crops of the originals: the spots that prove those findings."""
        return pictures(self._store, self._settings, assessment)

    def search(self, query: str, limit: int = 10) -> Hits:
        """The documents that answer the query (``search.query`` has the language)."""
        return self._lookup.search(query, limit)

    def show(self, ref: str) -> Shown:
        """The document with that hash prefix (4 characters or more) or number. UsageError: none, or several."""
        sha256 = self._meant(ref)
        record, machine = self._store.record(sha256), self._store.machine(sha256)
        if record is None or machine is None:
            raise UsageError("show-unknown", ref=ref)
        submissions = self._store.submissions(sha256)
        return Shown(
            record=record,
            machine=machine,
            corrections=self._store.corrections(sha256),
            paths=tuple(dict.fromkeys(one.path for one in submissions)) or (record.source.path,),
            submissions=submissions,
            cites=tuple(self._cited(one, sha256) for one in record.citations),
            cited_by=tuple(Citing(*one) for one in bearing.citing(self._store, record)),
        )

    def correct(self, ref: str, field: str, value: str | None, author: str, page: int | None = None) -> Correction:
        """Puts an appraiser's value in the place of the machine's, which stays beside it; without one, withdraws it.

        ``page``: of a file with several documents, a page of the one that is meant; without, the first one.
        UsageError: no such document, page or field, a value that is none of that field, no name, nothing to withdraw.
        """
        sha256 = self._meant(ref)
        machine = self._store.machine(sha256)
        place = place_of(machine, page) if machine else None
        if machine is None or place is None:
            raise UsageError("correct-page", ref=ref, page=page)
        if field not in FIELDS:
            raise UsageError("correct-field", field=field, fields=", ".join(FIELDS))
        text = None if value is None else written(field, value)
        if value is not None and text is None:
            raise UsageError("correct-value", f"correct-form-{field}", value=value, field=field)
        if value is None and field not in holding(of_part(machine, self._store.corrections(sha256), place)):
            raise UsageError("correct-nothing", ref=ref, field=field)
        if not author.strip():
            raise UsageError("correct-author")
        correction = Correction(sha256, field, text, " ".join(author.split()), moment(), page)
        self._store.correct(correction)
        self._lookup.feed()
        return correction

    def backup(self, file: Path) -> Backup:
        """Writes the whole archive, as it is at this moment, into that file. UsageError where it is there already."""
        return backup(self._store, file)

    @classmethod
    def restore(cls, settings: Settings, file: Path) -> Volume:
        """Makes ``settings.home``, which must be new or empty, the archive of that backup; how much it holds."""
        restore(file, settings.home)
        with cls.open(settings) as archive:
            archive.reindex()
            return archive.volume()

    def verify(self) -> tuple[Damage, ...]:
        """Everything that is not as it should be: originals, database, index. Empty: the archive is whole."""
        return (*damages(self._store), *self._lookup.damages())

    def volume(self) -> Volume:
        """How much the archive holds."""
        return self._store.volume()

    def reindex(self) -> int:
        """Makes the index, and the counts that scans are spelled by, anew from the database; how many documents there
        are in the index."""
        learning.relearn(self._store)
        return self._lookup.remake()

    def reread(self, stale: bool = False) -> Iterator[Reread]:
        """Extracts again from the stored pages, without OCR: all documents, or those of another grammar."""
        with closing(reread(self._store, self._settings, stale)) as told:
            yield from told
        self._lookup.feed()

    def _meant(self, ref: str) -> str:
        number = numbers.parse(ref)
        if number is not None:
            found = tuple(sha256 for sha256, _ in self._store.bearers(number.key)) or self._inside(number)
        elif _PREFIX.fullmatch(ref.strip()):
            found = self._store.by_prefix(ref.strip().lower())
        else:
            found = ()
        if not found:
            raise UsageError("show-unknown", ref=ref)
        if len(found) > 1:
            raise UsageError("show-several", ref=ref, count=len(found), list=self._listed(found))
        return found[0]

    def _inside(self, number: Number) -> tuple[str, ...]:
        """The files that hold a document of that number behind their first one: the index knows them."""
        hits = self._lookup.search(f"so:{number}", LISTED).hits
        return tuple(hit.sha256 for hit in hits if hit.bears)

    def _listed(self, found: tuple[str, ...]) -> str:
        records = self._store.records(found[:LISTED])
        rows = [f"\n  {sha256[:12]}  {record.source.path}" for sha256, record in records.items()]
        return "".join([*rows, "\n  …"] if len(found) > LISTED else rows)

    def _cited(self, citation: Citation, own: str) -> Cited:
        found = bearing.meant(self._store, citation, own)
        return Cited(citation, found.sha256, found.may_be)
