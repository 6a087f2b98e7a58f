"""The units of a kept set, from a list or a dossier's folders: a version of the set like one that is accepted.

Lists are read by the pipeline, in contained children. Any fault, and the set stays as it is.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.archive.kept_sets.versions import current_criteria, keep_version
from evidence.config import Settings
from evidence.criteria.units.unit_folders import read_unit_folders
from evidence.criteria.units.unit_identity import UnitListContext, find_province, match_province
from evidence.criteria.units.unit_list import Remark, UnitList, read_unit_tables
from evidence.errors import AnnexError, UsageError
from evidence.ingest.sources.paths import display
from evidence.model.criteria import CriteriaSet, walk_criteria
from evidence.model.review import CriteriaVersion
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class UnitsRequest:
    """``file``: the list, or a dossier's folder. ``province``: where neither set nor list says it. ``target``: the name
    of a new set to make."""

    file: Path
    by: str
    province: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class KeptUnits:
    """The set with its units, and what a person should know of them."""

    criteria: CriteriaSet
    version: int
    province: str | None
    remarks: tuple[Remark, ...]


def keep_units(store: Store, settings: Settings, name: str, request: UnitsRequest) -> KeptUnits:
    """Gives the set its units. AnnexError names every fault by its row; CriteriaError: an appraisal uses the set;
    UsageError: no such set, no such province."""
    criteria = current_criteria(store, name)
    context = UnitListContext(criteria.level, criteria.year, _province(request, criteria))
    codes = frozenset(criterion.code for criterion in walk_criteria(criteria.criteria))
    units, sha256 = _read(request.file, settings, context, codes)
    path = display(request.file.name or request.file)
    if units.faults:
        raise AnnexError("units-faults", units.faults, path=path, count=len(units.faults))
    now = datetime.datetime.now(datetime.UTC)
    version = CriteriaVersion(0, request.target or name, "units", path, sha256, (), request.by, now)
    number, kept = keep_version(store, name, version, replace(criteria, units=units.units))
    return KeptUnits(kept, number, context.province, units.remarks)


def _province(request: UnitsRequest, criteria: CriteriaSet) -> str | None:
    """As the person says it; else the one that the set's title names, or its words."""
    if request.province:
        province = match_province(request.province)
        if province is None:
            raise UsageError("units-no-province", value=request.province)
        return province
    every = list(walk_criteria(criteria.criteria))
    words = [text for criterion in every for text in (criterion.title, criterion.rule_text, criterion.evidence_text)]
    return find_province([criteria.title]) or find_province(words)


def _read(file: Path, settings: Settings, context: UnitListContext, codes: frozenset[str]) -> tuple[UnitList, str]:
    if file.is_dir():
        folders = sorted(_folders(file))
        return read_unit_folders(folders, context, codes), hashlib.sha256("\n".join(folders).encode()).hexdigest()
    document = next(read_files([request_file(file, settings.limits)], settings, tables=True)).document
    if not document.pages:
        problems = tuple((None, problem.message) for problem in document.problems)
        raise AnnexError("annex-unreadable", problems, path=display(file.name))
    tables = [table for page in document.pages for table in page.tables]
    return read_unit_tables(tables, context, codes), document.source.sha256


def _folders(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir() and not entry.name.startswith((".", "__")):
            yield display(entry.name).strip()
