"""Options that the commands on points share: the set, the day, the figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from evidence.archive.criteria_sets import is_file_name, load_criteria, load_figures
from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import YearRequest
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import DayType, Option
from evidence.model.criteria import CriteriaSet

F = TypeVar("F", bound=Callable[..., object])


def year_options(function: F) -> F:
    """``--criteria``, ``--as-of``, ``--figures``."""
    path = click.Path(path_type=Path)
    options = (
        criteria_option("file", "cli-score-opt-criteria"),
        click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of"),
        click.option("--figures", cls=Option, type=path, metavar="cli-meta-file", help="cli-check-opt-figures"),
    )
    for option in reversed(options):
        function = option(function)
    return function


def choose_criteria(context: CliContext, archive: Archive, file: Path | None) -> CriteriaSet:
    """The set that was named, a file or one of the archive; else the only one of the archive. UsageError where there
    is none; CriteriaError for one with faults."""
    if file is None:
        return archive.scores.find_criteria()
    if is_file_name(file):
        require_file(file)
        return load_criteria(file, context.settings())
    return archive.criteria(str(file))


def make_request(
    context: CliContext, archive: Archive, file: Path | None, as_of: datetime.date | None, figures: Path | None,
    units: tuple[str, ...] = (),
) -> YearRequest:  # fmt: skip
    """Whose points are asked for. Errors as of ``choose_criteria``."""
    criteria = choose_criteria(context, archive, file)
    typed = load_figures(figures, criteria) if figures else ()
    return YearRequest(criteria, as_of or datetime.date.today(), typed, units)
