"""``evidence publish``: a year's index as it is published: annexes, report, charts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.scores.frozen_ranking import publish_frozen
from evidence.archive.scores.judged_parts import RankingRules, parse_grades, rank_judged_parts
from evidence.archive.scores.publication import PublicationRequest, publish_parts, publish_year
from evidence.archive.scores.scoring_year import FrozenUse
from evidence.cli.commands.scoring.year_options import make_request, year_options
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import printable, write_bytes
from evidence.errors import UsageError
from evidence.model.criteria import CriteriaSet
from evidence.model.scores.publication import Publication
from evidence.model.scoring import Grade
from evidence.report.publication.folder import render_files

PATH = click.Path(path_type=Path)
MOST_NAMED = 3


@click.command("publish", cls=Command)
@year_options
@click.option("--parts", cls=Option, type=PATH, metavar="cli-meta-file", help="cli-rank-opt-parts")
@click.option("--frozen", cls=Option, metavar="cli-meta-name", help="cli-publish-opt-frozen")
@click.option("--grades", cls=Option, metavar="cli-meta-grades", help="cli-rank-opt-grades")
@click.option("--title", cls=Option, metavar="cli-meta-text", help="cli-publish-opt-title")
@click.option("--before", cls=Option, type=PATH, metavar="cli-meta-file", help="cli-publish-opt-before")
@click.option("--crosswalk", cls=Option, type=PATH, metavar="cli-meta-file", help="cli-compare-opt-crosswalk")
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-publish-opt-unit")
@click.option("--provisional", cls=Option, is_flag=True, help="cli-rank-opt-provisional")
@click.option("--force", cls=Option, is_flag=True, help="cli-publish-opt-force")
@click.option("-o", "--output", "folder", cls=Option, required=True, type=PATH, metavar="cli-meta-folder",
              help="cli-publish-opt-output")  # fmt: skip
@click.pass_obj
def publish(
    context: CliContext,
    file: Path | None,
    as_of: datetime.date | None,
    figures: Path | None,
    parts: Path | None,
    frozen: str | None,
    grades: str | None,
    title: str | None,
    before: Path | None,
    crosswalk: Path | None,
    units: tuple[str, ...],
    provisional: bool,
    force: bool,
    folder: Path,
) -> None:
    _require_files(parts, before, crosswalk)
    given = parse_grades(grades) if grades is not None else None

    def request_for(criteria: CriteriaSet | None) -> PublicationRequest:
        named = title or (criteria.title if criteria else context.say("publish-title"))
        rules = RankingRules(_choose_grades(given, criteria), provisional)
        return PublicationRequest(named, rules, before, crosswalk, units)

    if frozen is not None and (parts or figures or as_of or grades or provisional):
        raise UsageError("cli-frozen-alone")
    if frozen is not None:
        publication = _publish_frozen(context, frozen, request_for)
    elif parts is None:
        with Archive.open(context.settings()) as archive:
            request = make_request(context, archive, file, as_of, figures)
            basis = archive.scores.gather(request)
        publication = publish_year(basis, request_for(request.criteria), context.settings())
    elif figures or as_of:
        raise UsageError("cli-rank-either")
    else:
        wanted = request_for(load_criteria_argument(context, file) if file is not None else None)
        publication = _publish_parts(context, parts, wanted)
    write_folder(context, publication, folder, force)


def _publish_parts(context: CliContext, parts: Path, wanted: PublicationRequest) -> Publication:
    ranking = rank_judged_parts(parts, context.settings(), wanted.rules)
    if ranking.unused:
        context.tell("cli-rank-unused", names=printable(", ".join(ranking.unused)))
    return publish_parts(ranking.standings, wanted, context.settings())


def _publish_frozen(
    context: CliContext, name: str, request_for: Callable[[CriteriaSet | None], PublicationRequest]
) -> Publication:
    """Points as they were frozen, with the titles of their set."""
    with Archive.open(context.settings()) as archive:
        scores = archive.scores.open_frozen(name).scores
        criteria = archive.criteria(scores.criteria_set)
        archive.scores.note_use(name, scores.criteria_set, FrozenUse.PUBLISHED)
    context.tell("cli-frozen-shown", name=printable(name), at=scores.at[:16], by=printable(scores.by))
    return publish_frozen(scores, criteria, request_for(criteria), context.settings())


def _require_files(parts: Path | None, before: Path | None, crosswalk: Path | None) -> None:
    if crosswalk is not None and before is None:
        raise UsageError("cli-publish-crosswalk")
    for path in (parts, before, crosswalk):
        if path is not None:
            require_file(path)


def _choose_grades(given: tuple[Grade, ...] | None, criteria: CriteriaSet | None) -> tuple[Grade, ...]:
    return given if given is not None else criteria.grades if criteria else ()


def write_folder(context: CliContext, publication: Publication, folder: Path, force: bool) -> None:
    """Writes the files of a publication. UsageError: some of them are there, or the folder cannot be made."""
    contents = render_files(publication, context.language, publication.drawn)
    there = sorted(name for name in contents if (folder / name).exists())
    if there and not force:
        names = ", ".join(there[:MOST_NAMED]) + ("…" if len(there) > MOST_NAMED else "")
        raise UsageError("cli-publish-exists", path=printable(str(folder)), names=names)
    for name, data in contents.items():
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError("cli-cannot-write", path=printable(str(folder)), detail=error.strerror) from error
        write_bytes(target, data)
    units = sum(len(section.standings) for section in publication.whole.sections)
    context.tell("cli-publish-written", count=len(contents), path=printable(str(folder)), units=units)
