"""The criteria set that a person named: a file, or the name of a set kept in the archive."""

from __future__ import annotations

from pathlib import Path

from evidence.archive import criteria_import as importing
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.criteria.loader import load_criteria
from evidence.model.criteria import CriteriaSet

ANNEXES = (".pdf", ".docx", ".xlsx", ".csv")


def chosen(context: CliContext, given: Path) -> CriteriaSet:
    """The set. UsageError where there is neither such a file nor such a set; CriteriaError for one with faults."""
    if given.exists() or given.suffix.lower() in (*importing.YAML, *ANNEXES) or len(given.parts) != 1:
        require_file(given)
        if given.suffix.lower() in ANNEXES:
            return importing.read(given, importing.ImportRequest(), context.settings()).criteria
        return load_criteria(given)
    with Archive.open(context.settings()) as archive:
        return archive.criteria(str(given))
