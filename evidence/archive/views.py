"""What the archive shows of a document: record, corrections, who handed it in, what it cites and what cites it."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.archive.citation_links import citing_documents, first_citing_documents, resolve_citations
from evidence.archive.graph.force import judge_force
from evidence.archive.search.visibility import sees_change, sees_entry, show_source
from evidence.errors import UsageError
from evidence.model.citation_graph import DocumentForce
from evidence.model.placement import Submission
from evidence.model.record import Citation, Record
from evidence.search.scope import Scope
from evidence.store.corrections import FIELDS as CORRECTABLE
from evidence.store.corrections import apply_corrections, find_part, format_value
from evidence.store.facts import Correction, SubmissionChange
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger

__all__ = [
    "CORRECTABLE",
    "CitingDocument",
    "CorrectionView",
    "DocumentView",
    "PartView",
    "ResolvedCitation",
    "SubmissionChange",
    "format_value",
    "view_correction",
    "view_document",
]


@dataclass(frozen=True, slots=True)
class ResolvedCitation:
    """A citation, and the document in this archive that it means; ``may_be``: those it may mean, where none is sure."""

    citation: Citation
    sha256: str | None
    may_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """A document of this archive and the place where it cites the one shown."""

    sha256: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """An appraiser's correction; ``machine`` is the value that the machine had read, as people write it."""

    correction: Correction
    machine: str | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A further document of a file, what it cites, what cites it, whether it is in force."""

    record: Record
    cites: tuple[ResolvedCitation, ...]
    cited_by: tuple[CitingDocument, ...]
    force: DocumentForce


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with all that hangs on it. ``record`` holds, with the corrections; ``machine`` is without them.
    ``submissions`` are those that hold; ``changes``: what was moved and withdrawn, in order. ``parts``: the further
    documents of its file; ``uncounted``: places that cite its number and were not looked at (``view_document``)."""

    record: Record
    machine: Record
    corrections: tuple[CorrectionView, ...]
    paths: tuple[str, ...]
    submissions: tuple[Submission, ...]
    changes: tuple[SubmissionChange, ...]
    cites: tuple[ResolvedCitation, ...]
    cited_by: tuple[CitingDocument, ...]
    force: DocumentForce
    parts: tuple[PartView, ...] = ()
    uncounted: int = 0


def view_document(
    store: Store, sha256: str, reference: str, scope: Scope, most_citing: int | None = None
) -> DocumentView:
    """The document with that hash, with what the scope shows of what hangs on it. UsageError where there is none;
    ``reference`` is how the person named it. ``most_citing``: how many places that merely cite it are looked at; those
    that change it are looked at all."""
    machine, corrections = store.machine_record(sha256), store.corrections(sha256)
    if machine is None:
        raise UsageError("show-unknown", ref=reference)
    record = apply_corrections(machine, corrections)
    entries = [entry for entry in SubmissionLedger(store).entries(sha256) if sees_entry(entry, scope)]
    if scope.units is not None and not entries:
        raise UsageError("show-unknown", ref=reference)
    paths = tuple(dict.fromkeys(entry.handed_in.path for entry in entries)) or (record.source.path,)
    changes = [change for entry in entries for change in entry.changes if sees_change(change, scope)]
    submissions = tuple(entry.holds for entry in entries if entry.holds is not None)
    citing = first_citing_documents(store, record, scope, most_citing)
    return DocumentView(
        record=show_source(record, paths[0], scope),
        machine=show_source(machine, paths[0], scope),
        corrections=tuple(view_correction(correction, machine) for correction in corrections),
        paths=paths,
        submissions=submissions,
        changes=tuple(sorted(changes, key=lambda change: change.at)),
        cites=_cites(store, record, scope),
        cited_by=tuple(CitingDocument(*each) for each in citing.citations),
        force=judge_force(store, record, citing.citations),
        parts=tuple(_view_part(store, part, paths[0], scope) for part in record.parts),
        uncounted=citing.unread,
    )


def view_correction(correction: Correction, machine: Record) -> CorrectionView:
    """The correction beside what the machine had read in that field."""
    value = getattr(find_part(machine, correction.page), correction.field)
    return CorrectionView(correction, format_value(correction.field, value))


def _view_part(store: Store, part: Record, path: str, scope: Scope) -> PartView:
    citing = tuple(citing_documents(store, part, scope))
    cited_by = tuple(CitingDocument(*each) for each in citing)
    cites = _cites(store, part, scope)
    return PartView(show_source(part, path, scope), cites, cited_by, judge_force(store, part, citing))


def _cites(store: Store, record: Record, scope: Scope) -> tuple[ResolvedCitation, ...]:
    targets = resolve_citations(store, record.citations, record.source.sha256, scope)
    pairs = zip(record.citations, targets, strict=True)
    return tuple(ResolvedCitation(citation, target.sha256, target.may_be) for citation, target in pairs)
