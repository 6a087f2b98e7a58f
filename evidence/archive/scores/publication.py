"""What a decision publishes of a year, put together: from points judged elsewhere, or from a set of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.archive.scores.comparison import compare_years, load_crosswalk, read_year_table
from evidence.archive.scores.year_basis import YearBasis, join_units
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.model.comparison import Crosswalk
from evidence.model.scores.publication import Publication, PublishedField
from evidence.model.scoring import PartPoints, UnitPoints, UnitStanding
from evidence.scoring.joined_points import LeafPoints, score_leaves
from evidence.scoring.publication.annexes import make_field_annex, make_whole_annex, share_fields
from evidence.scoring.publication.year_changes import list_changes, total_results
from evidence.scoring.ranking import RankingRules, find_open_units, rank_units
from evidence.scoring.score_parts import list_parts
from evidence.vietnamese.text import fold

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class PublicationRequest:
    """``before``, ``crosswalk``: the table of the year before, and what became of its units. ``units``: those that are
    drawn against the mean; the first of each group where none is named."""

    title: str
    rules: RankingRules
    before: Path | None = None
    crosswalk: Path | None = None
    units: tuple[str, ...] = ()


def publish_parts(
    standings: Sequence[UnitStanding], request: PublicationRequest, settings: Settings
) -> Publication:  # fmt: skip
    """Points judged elsewhere, already ranked: their parts are the fields. UsageError: points are open, and
    ``provisional`` was not asked for; CriteriaError: the table of the year before has faults."""
    names = dict.fromkeys(part.part for standing in standings for part in standing.points.parts)
    fields = tuple(PublishedField(name, "") for name in names)
    return publish_fields(standings, fields, [standing.points for standing in standings], request, settings)


def publish_year(basis: YearBasis, request: PublicationRequest, settings: Settings) -> Publication:
    """The points of a set as they stand: its highest criteria are the fields. Errors as of ``publish_parts``."""
    standings = rank_units(join_units(basis), request.rules)
    fields = tuple(PublishedField(criterion.code, criterion.title) for criterion in basis.criteria.criteria)
    return publish_fields(standings, fields, _field_points(basis), request, settings)


def publish_fields(
    standings: Sequence[UnitStanding], fields: tuple[PublishedField, ...], units: Sequence[UnitPoints],
    request: PublicationRequest, settings: Settings,
) -> Publication:  # fmt: skip
    """Ranked units with the same units' points by field. Errors as of ``publish_parts``."""
    provisional = request.rules.provisional
    open_names = [standing.points.name for standing in find_open_units(standings)]
    if open_names and not provisional:
        names = ", ".join(open_names[:MOST_NAMED]) + ("…" if len(open_names) > MOST_NAMED else "")
        raise UsageError("publish-open", count=len(open_names), names=names)
    having = {part.part for unit in units for part in unit.parts if part.applicable > 0}
    shown = tuple(field for field in fields if field.code in having)
    publication = Publication(
        request.title,
        (make_whole_annex(standings), *(make_field_annex(field, units, provisional) for field in shown)),
        shown,
        share_fields(shown, _in_order(units, standings)),
        tuple(grade.name for grade in request.rules.grades),
        drawn=tuple(_find_name(name, standings) for name in request.units),
        is_provisional=bool(open_names),
    )
    if request.before is None:
        return publication
    old = read_year_table(request.before, settings)
    crosswalk = load_crosswalk(request.crosswalk, settings) if request.crosswalk else Crosswalk()
    changes = list_changes(compare_years(old, total_results(standings), crosswalk))
    return replace(publication, changes=changes)


def _find_name(wanted: str, standings: Sequence[UnitStanding]) -> str:
    """The name of the unit of that code or name. UsageError: there is none."""
    for standing in standings:
        if fold(wanted) in (fold(standing.points.unit), fold(standing.points.name)):
            return standing.points.name
    raise UsageError("publish-unknown-unit", unit=wanted)


def _in_order(units: Sequence[UnitPoints], standings: Sequence[UnitStanding]) -> list[UnitPoints]:
    by_unit = {unit.unit: unit for unit in units}
    return [by_unit[standing.points.unit] for standing in standings]


def _field_points(basis: YearBasis) -> tuple[UnitPoints, ...]:
    """The points of each unit by field instead of by part."""
    parts, sources = list_parts(basis.criteria), basis.sources()
    units = []
    for unit in basis.units:
        by_field: dict[str, list[LeafPoints]] = {}
        for leaves in score_leaves(basis.criteria, unit, parts, sources[unit.code]).values():
            for leaf in leaves:
                by_field.setdefault(leaf.leaf.above[0] if leaf.leaf.above else leaf.leaf.criterion.code, []).append(
                    leaf
                )
        points = tuple(part for code, leaves in by_field.items() for part in _sum_field(code, leaves))
        units.append(UnitPoints(unit.code, unit.name, unit.group, unit.is_ranked, points))
    return tuple(units)


def _sum_field(code: str, leaves: Sequence[LeafPoints]) -> tuple[PartPoints, ...]:
    """A field with what was assessed of it; none where it stands beside the scale."""
    scale = [leaf for leaf in leaves if not leaf.is_beside_scale]
    if not scale:
        return ()
    counted = [leaf for leaf in scale if leaf.is_assessed]
    if not counted:
        return (PartPoints(code, sum((leaf.max for leaf in scale), start=scale[0].max * 0)),)
    zero = counted[0].max * 0
    return (
        PartPoints(
            code,
            sum((leaf.max for leaf in counted), zero),
            sum((leaf.lowest for leaf in counted), zero),
            sum((leaf.highest for leaf in counted), zero),
        ),
    )
