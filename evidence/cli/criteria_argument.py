"""The criteria set that a person named: a file, or the name of a set kept in the archive."""

from __future__ import annotations

from pathlib import Path

from evidence.archive.criteria_sets import is_file_name, load_criteria
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.model.criteria import CriteriaSet


def load_criteria_argument(context: CliContext, given: Path) -> CriteriaSet:
    """The set. UsageError where there is neither such a file nor such a set; CriteriaError, or AnnexError, for one with
    faults; ArchiveError where there is no archive to look in."""
    if is_file_name(given):
        require_file(given)
        return load_criteria(given, context.settings())
    with Archive.open(context.settings()) as archive:
        return archive.criteria(str(given))
