"""Criteria sets as people name them: a YAML file, an annex as published, or the name of a set kept in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.criteria_import import YAML, ImportRequest, import_criteria
from evidence.archive.kept_sets.versions import current_criteria
from evidence.config import Settings
from evidence.criteria import figures, loader
from evidence.criteria.levels import LEVELS
from evidence.errors import CriteriaError
from evidence.ingest.sources.csv_text import decode_csv
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet
from evidence.model.review import CriteriaVersion
from evidence.store.criteria_reviews import CriteriaReviewStore
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.store import Store

__all__ = [
    "LEVELS",
    "KeptCriteria",
    "is_file_name",
    "load_criteria",
    "load_figures",
    "load_yaml_criteria",
]

ANNEXES = (".pdf", ".docx", ".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class KeptCriteria:
    """A set of the archive in its last version.

    ``source`` is the name of the file it came from, ``day`` when it was put there, ``versions`` what people made of it.
    """

    criteria: CriteriaSet
    source: str
    day: str
    versions: tuple[CriteriaVersion, ...] = ()


def is_file_name(given: Path) -> bool:
    """Whether a person means a file by that, and not a set of the archive."""
    return given.exists() or given.suffix.lower() in (*YAML, *ANNEXES) or len(given.parts) != 1


def load_criteria(file: Path, settings: Settings) -> CriteriaSet:
    """The set of a YAML file or of an annex. CriteriaError with all faults of the file, or AnnexError with those of an
    annex; UsageError and UnreadableError where the annex cannot be taken."""
    if file.suffix.lower() in ANNEXES:
        return import_criteria(file, ImportRequest(), settings).criteria
    return loader.load_criteria(file)


def load_yaml_criteria(file: Path) -> CriteriaSet:
    """The set of a YAML file. CriteriaError with all faults, or with the reason why the file cannot be read."""
    return loader.load_criteria(file)


def load_figures(file: Path, criteria: CriteriaSet) -> tuple[Figure, ...]:
    """What score rules need besides documents, from a CSV. CriteriaError with all faults."""
    return figures.load_figures(file, criteria, decode_csv)


def kept_criteria(store: Store, name: str) -> CriteriaSet:
    """The set of that name, its last version. UsageError where the archive has none."""
    return current_criteria(store, name)


def all_kept_criteria(store: Store) -> tuple[KeptCriteria, ...]:
    """Every set of the archive, by name."""
    reviews = CriteriaReviewStore(store)
    return tuple(
        KeptCriteria(current_criteria(store, kept.name), kept.source, kept.at[:10], reviews.versions(kept.name))
        for kept in CriteriaSetStore(store).all()
    )


def readable_criteria(store: Store) -> Iterator[CriteriaSet]:
    """The same sets, without any that this version cannot read: for what is only a remark beside other work."""
    for kept in CriteriaSetStore(store).all():
        try:
            yield current_criteria(store, kept.name)
        except CriteriaError:
            continue
