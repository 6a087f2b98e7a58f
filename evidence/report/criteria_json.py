"""A criteria set as one JSON tree: what ``criteria show --json`` prints. Points and all other decimals are texts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from evidence.model.criteria import Band, CriteriaSet, Criterion, MustCite, Requirement, Scoring

SHARES = ("full", "none_below", "each", "missing", "late", "per_day")


def render(found: CriteriaSet) -> dict[str, Any]:
    """The whole set."""
    return {
        "set": found.set,
        "title": found.title,
        "year": found.year,
        "level": found.level,
        "based_on": str(found.based_on) if found.based_on else None,
        "based_on_date": _day(found.based_on_date),
        "points": str(sum((one.points for one in found.criteria), Decimal(0))),
        "units": [
            {"code": one.code, "name": one.name, "issuer": one.issuer, "profile": one.profile} for one in found.units
        ],
        "criteria": [_branch(one) for one in found.criteria],
    }


def _branch(one: Criterion) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "points": str(one.points),
        "rule": one.score.value,
        "scoring": _scoring(one.scoring),
        "rule_text": one.rule_text,
        "evidence_text": one.evidence_text,
        "page": one.page,
        "not_for": list(one.not_for),
        "points_for": {profile: str(points) for profile, points in one.points_for},
        "evidence": [_asked(each) for each in one.evidence],
        "children": [_branch(child) for child in one.children],
    }


def _scoring(how: Scoring) -> dict[str, Any] | None:
    """What the rule needs besides its name; None where it needs nothing."""
    if how == Scoring():
        return None
    told: dict[str, Any] = {"of": how.of, "formula": how.formula, "figures": list(how.figures)}
    told |= {name: _text(getattr(how, name)) for name in SHARES}
    told["bands"] = [_band(one) for one in how.bands]
    return {key: value for key, value in told.items() if value}


def _band(one: Band) -> dict[str, Any]:
    low, high = ("from" if one.low_in else "above"), ("to" if one.high_in else "below")
    sides = {low: _text(one.low), high: _text(one.high), "points": str(one.points)}
    return {key: value for key, value in sides.items() if value is not None}


def _asked(one: Requirement) -> dict[str, Any]:
    window = [_day(one.issued_from), _day(one.issued_to)]
    return {
        "id": one.id,
        "title": one.title,
        "proposed": one.proposed,
        "kind": one.kind.name if one.kind else None,
        "kinds": [kind.name for kind in one.kinds],
        "issuer": one.issuer,
        "issuers": list(one.issuers),
        "subject": list(one.subject),
        "about": one.about,
        "issued": window if any(window) else None,
        "period": one.period,
        "series": one.series,
        "due": _day(one.due),
        "clock": one.clock.value,
        "shift": one.shift.value,
        "count": one.count,
        "number": one.number_pattern,
        "cites": [_cited(cite) for cite in one.cites],
        "annexes": list(one.annexes),
    }


def _cited(one: MustCite) -> str:
    return str(one.number) if one.number else one.requirement or ""


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
