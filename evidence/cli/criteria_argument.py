"""The criteria set that a person named: a file, or the name of a set kept in the archive; the option that names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from evidence.archive.criteria_sets import is_file_name, load_criteria
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Option
from evidence.model.criteria import CriteriaSet

F = TypeVar("F", bound=Callable[..., object])


def criteria_option(name: str, text: str, required: bool = False) -> Callable[[F], F]:
    """``--criteria SET|FILE`` for the parameter of that name; ``text``: the code of what ``--help`` says of it."""
    return click.option(
        "--criteria", name, cls=Option, required=required, type=click.Path(path_type=Path),
        metavar="cli-meta-set-or-file", help=text,
    )  # fmt: skip


def load_criteria_argument(context: CliContext, given: Path) -> CriteriaSet:
    """The set. UsageError where there is neither such a file nor such a set; CriteriaError, or AnnexError, for one with
    faults; ArchiveError where there is no archive to look in."""
    if is_file_name(given):
        require_file(given)
        return load_criteria(given, context.settings())
    with Archive.open(context.settings()) as archive:
        return archive.criteria(str(given))
