"""A criteria set as one JSON tree: what ``criteria show --json`` prints. Points and all other decimals are texts."""

from __future__ import annotations

import datetime
from decimal import Decimal

from evidence.messages import Language, Message, say
from evidence.model.criteria import CriteriaSet, Criterion, EvidenceAlternative, MustCite, Requirement
from evidence.model.score_rule import Band, ScorePart, Scoring

SHARES = ("full", "none_below", "each", "missing", "late", "per_day", "deduct")


def render(criteria: CriteriaSet, language: Language | str = Language.VI) -> dict[str, object]:
    """The whole set; only what is said in words of a deadline is in the language."""
    return {
        "set": criteria.set,
        "title": criteria.title,
        "year": criteria.year,
        "level": criteria.level,
        "based_on": str(criteria.based_on) if criteria.based_on else None,
        "based_on_date": _day(criteria.based_on_date),
        "points": str(criteria.points),
        "window": _span(criteria.window_from, criteria.window_to),
        "closing": criteria.closing.isoformat(timespec="minutes") if criteria.closing else None,
        "grades": {grade.name: str(grade.threshold) for grade in criteria.grades},
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "criteria": list(part.criteria),
                "least_forms": part.least_forms,
                "least_rate": _text(part.least_rate),
            }
            for part in criteria.parts
        ],
        "units": [
            {
                "code": unit.code,
                "name": unit.name,
                "issuer": unit.issuer,
                "profile": unit.profile,
                "group": unit.group,
                "ranked": unit.is_ranked,
                "not_applicable": list(unit.not_applicable),
            }
            for unit in criteria.units
        ],
        "criteria": [_criterion(criterion, language) for criterion in criteria.criteria],
    }


def _criterion(criterion: Criterion, language: Language | str) -> dict[str, object]:
    return {
        "code": criterion.code,
        "title": criterion.title,
        "points": str(criterion.points),
        "rule": criterion.score.value,
        "scoring": _scoring(criterion.scoring),
        "rule_text": criterion.rule_text,
        "evidence_text": criterion.evidence_text,
        "page": criterion.page,
        "not_applicable_if": criterion.not_applicable_if or None,
        "full_points_if": criterion.full_points_if or None,
        "timely": criterion.timely,
        "owners": list(criterion.owners),
        "weight": _text(criterion.weight),
        "self_assessed": criterion.self_assessed,
        "block": criterion.block.value if criterion.block else None,
        "not_for": list(criterion.not_for),
        "points_for": {profile: str(points) for profile, points in criterion.points_for},
        "evidence": [_requirement(requirement, language) for requirement in criterion.evidence],
        "children": [_criterion(child, language) for child in criterion.children],
    }


def _scoring(scoring: Scoring) -> dict[str, object] | None:
    """What the rule needs besides its name; None where it needs nothing."""
    if scoring == Scoring():
        return None
    parts: dict[str, object] = {"of": scoring.of, "formula": scoring.formula, "figures": list(scoring.figures)}
    parts |= {name: _text(getattr(scoring, name)) for name in SHARES}
    parts["bands"] = [_band(band) for band in scoring.bands]
    parts["parts"] = [_part(part) for part in scoring.parts]
    parts["deduct_if"] = scoring.deduct_if
    return {key: value for key, value in parts.items() if value}


def _part(part: ScorePart) -> dict[str, object]:
    shown: dict[str, object] = {"name": part.name, "words": part.words, "points": str(part.points)}
    shown |= {"each": _text(part.each), "formula": part.formula, "figures": list(part.figures)}
    shown["bands"] = [_band(band) for band in part.bands]
    return {key: value for key, value in shown.items() if value}


def _band(band: Band) -> dict[str, object]:
    low, high = ("from" if band.low_in else "above"), ("to" if band.high_in else "below")
    sides = {low: _text(band.low), high: _text(band.high), "points": str(band.points)}
    return {key: value for key, value in sides.items() if value is not None}


def _requirement(requirement: Requirement, language: Language | str) -> dict[str, object]:
    return {
        "id": requirement.id,
        "title": requirement.title,
        "proposed": requirement.proposed,
        "kind": requirement.kind.name if requirement.kind else None,
        "kinds": [kind.name for kind in requirement.kinds],
        "issuer": requirement.issuer,
        "issuers": list(requirement.issuers),
        "subject": list(requirement.subject),
        "about": requirement.about,
        "issued": _span(requirement.issued_from, requirement.issued_to),
        "period": requirement.period,
        "series": requirement.series_name,
        "series_id": requirement.series,
        "any_of": [_alternative(option) for option in requirement.any_of],
        "not_subject": list(requirement.not_subject),
        "optional": requirement.optional,
        **_due(requirement, language),
        "clock": requirement.clock.value,
        "shift": requirement.shift.value,
        "count": requirement.count,
        "number": requirement.number_pattern,
        "cites": [_citation(cited) for cited in requirement.cites],
        "annexes": list(requirement.annexes),
        **_wording(requirement),
    }


def _alternative(option: EvidenceAlternative) -> dict[str, object]:
    return {"kinds": [kind.name for kind in option.kinds], "subject": list(option.subject), "period": option.period}


def _due(requirement: Requirement, language: Language | str) -> dict[str, object]:
    """The deadline and what is known of it. Of a proposal ``due`` is the rule as the annex or the preset words it."""
    unknown = say(Message("criteria-due-unknown"), language)
    day, rule, offer = _day(requirement.due), requirement.due_rule, requirement.due_offered
    return {
        "due": rule if rule and requirement.proposed else day,
        "due_day": day,
        "due_rule": rule,
        "due_unknown": requirement.due_unknown,
        "due_words": unknown if requirement.due_unknown and not rule else day or rule,
        "due_text": requirement.due_text or None,
        "due_source": requirement.due_source,
        "due_offered": {"due": offer.rule, "source": offer.source} if offer else None,
    }


def _wording(requirement: Requirement) -> dict[str, object]:
    """Where a proposal comes from; nothing where the set was written by hand."""
    wording = requirement.wording
    if wording is None:
        return {}
    return {
        "words": wording.words,
        "page": wording.page,
        "guide_page": wording.guide_page,
        "sure": wording.sureness.value,
        "doubts": list(wording.doubts),
    }


def _citation(cited: MustCite) -> str:
    return str(cited.number) if cited.number else cited.requirement or ""


def _span(first: datetime.date | None, last: datetime.date | None) -> list[str | None] | None:
    return [_day(first), _day(last)] if first or last else None


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
