"""How a criterion is scored, as the file writes it: the name of a rule, or a mapping with what the rule needs."""

from __future__ import annotations

import itertools
from decimal import Decimal

import yaml

from evidence.criteria import formula
from evidence.criteria.yaml_section import Faults, Section
from evidence.model.score_rule import Band, ScorePart, ScoreRule, Scoring

# Figures that the evidence itself gives; any other is typed in by a person.
READY = ("points", "asked", "found", "met", "late", "missing", "share", "days_late")
KEYS: dict[ScoreRule, tuple[str, ...]] = {
    ScoreRule.TIMELINESS: ("late",),
    ScoreRule.ALL_OR_NOTHING: (),
    ScoreRule.PER_ITEM: ("each", "late"),
    ScoreRule.STEPPED: ("of", "bands"),
    ScoreRule.PROPORTIONAL: ("of", "full", "none_below"),
    ScoreRule.DEDUCTION: ("missing", "late", "per_day"),
    ScoreRule.FORMULA: ("formula", "figures"),
    ScoreRule.SUM_OF_PARTS: ("parts",),
    ScoreRule.YEAR_ON_YEAR: ("of", "bands"),
    ScoreRule.MANUAL: (),
    ScoreRule.SURVEY: (),
}
NEEDED = {
    ScoreRule.STEPPED: ("of", "bands"), ScoreRule.PROPORTIONAL: ("of", "full"), ScoreRule.DEDUCTION: ("missing",),
    ScoreRule.FORMULA: ("formula",), ScoreRule.SUM_OF_PARTS: ("parts",), ScoreRule.YEAR_ON_YEAR: ("of", "bands"),
}  # fmt: skip
ALWAYS = ("deduct", "deduct_if")  # a percentage taken of whatever points a rule gives
PART_KEYS = ("name", "words", "points", "each", "bands", "formula", "figures")
EVERY = tuple(dict.fromkeys(key for keys in (*KEYS.values(), ALWAYS) for key in keys))
SIDES = ("from", "above", "to", "below")
# What a year is compared with the year before by: the difference or the percentage, upwards or downwards.
CHANGES = ("tang", "tang_ty_le", "giam", "giam_ty_le")
YEARS = ("nam_nay", "nam_truoc")  # the figures that it is computed from
ONE, HUNDRED = Decimal(1), Decimal(100)


def read_score_rule(criterion: Section, most: Decimal | None) -> tuple[ScoreRule, Scoring]:
    """The rule and what it needs; ``most`` are the points of the criterion."""
    own = criterion
    if criterion.is_mapping("score"):
        node = criterion.mapping("score")
        assert node is not None
        own = Section(node, criterion.faults, ("rule", *EVERY))
        raw = own.option("rule", tuple(ScoreRule), required=True)
    else:
        raw = criterion.option("score", tuple(ScoreRule))
    rule = ScoreRule(raw) if raw else ScoreRule.MANUAL
    if own is not criterion and raw:
        return rule, _of(rule, own, most)
    for key in NEEDED.get(rule, ()):
        criterion.fault("score", "criteria-score-needs", rule=rule.value, needed=key)
    return rule, Scoring()


def _of(rule: ScoreRule, own: Section, most: Decimal | None) -> Scoring:
    for key in EVERY:
        if own.has(key) and key not in (*KEYS[rule], *ALWAYS):
            own.fault(key, "criteria-score-key", rule=rule.value, options=", ".join((*KEYS[rule], *ALWAYS)))
    for key in NEEDED.get(rule, ()):
        if not own.has(key):
            own.fault("rule", "criteria-score-needs", rule=rule.value, needed=key)
    share = rule in (ScoreRule.TIMELINESS, ScoreRule.PER_ITEM)
    scoring = Scoring(
        of=own.option("of", CHANGES) if rule is ScoreRule.YEAR_ON_YEAR else own.text("of"),
        bands=_bands(own, most),
        full=own.decimal("full", required=False),
        none_below=own.decimal("none_below", required=False),
        each=own.decimal("each", required=False),
        missing=own.decimal("missing", required=False),
        late=own.decimal("late", required=False),
        per_day=own.decimal("per_day", required=False),
        formula=own.text("formula"),
        figures=own.words("figures"),
        parts=tuple(part for node in own.items("parts") if (part := _part(node, own.faults, most))),
        deduct=own.decimal("deduct", required=False),
        deduct_if=own.text("deduct_if") or "",
    )
    _bounds(own, scoring, ONE if share else most, most)
    _names(own, scoring)
    return scoring


def _bounds(own: Section, scoring: Scoring, late: Decimal | None, most: Decimal | None) -> None:
    """No part brings more than the whole; full points need something to be full of."""
    bounds = (("late", scoring.late, late), ("each", scoring.each, most), ("deduct", scoring.deduct, HUNDRED))
    for key, value, bound in bounds:
        if value is not None and bound is not None and value > bound:
            own.fault(key, "criteria-too-high", value=value, most=bound)
    if scoring.full is not None and scoring.full == 0:
        own.fault("full", "criteria-want-decimal", value=scoring.full)
    if scoring.full is not None and scoring.none_below is not None and scoring.none_below > scoring.full:
        own.fault("none_below", "criteria-too-high", value=scoring.none_below, most=scoring.full)


def _names(own: Section, scoring: Scoring) -> None:
    """Figures are words; a formula uses none that it does not name; parts of a sum bear different names."""
    for name in (*scoring.figures, *((scoring.of,) if scoring.of and scoring.of not in READY else ())):
        _name(own, "of" if name == scoring.of else "figures", name)
    _formula(own, scoring.formula, scoring.figures)
    names = [part.name for part in scoring.parts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        own.fault("parts", "criteria-part-twice", value=name)


def _name(own: Section, key: str, name: str) -> None:
    if not name.isidentifier() or name in READY or formula.formula_names(name) is None:
        own.fault(key, "criteria-figure-name", value=name, options=", ".join(READY))


def _formula(own: Section, text: str | None, figures: tuple[str, ...]) -> None:
    if text is None:
        return
    used = formula.formula_names(text)
    if used is None:
        own.fault("formula", "criteria-formula", value=text)
    for name in sorted((used or frozenset()) - {*READY, *figures}):
        own.fault("formula", "criteria-formula-name", value=name, options=", ".join(READY))


def _part(node: yaml.Node, faults: Faults, most: Decimal | None) -> ScorePart | None:
    """One part of a sum; it brings no more than the whole."""
    own = Section(node, faults, PART_KEYS)
    name, points = own.text("name", required=True), own.decimal("points")
    if points is not None and most is not None and points > most:
        own.fault("points", "criteria-too-high", value=points, most=most)
    part = ScorePart(
        name=name or "",
        points=points if points is not None else Decimal(0),
        words=own.text("words") or "",
        each=own.decimal("each", required=False),
        bands=_bands(own, points),
        formula=own.text("formula"),
        figures=own.words("figures"),
    )
    for key, figure in (("name", name), *(("figures", figure) for figure in part.figures)):
        if figure:
            _name(own, key, figure)
    _formula(own, part.formula, part.figures)
    ways = [key for key in ("each", "bands", "formula") if own.has(key)]
    if len(ways) > 1:
        own.fault(ways[1], "criteria-part-ways", options=", ".join(ways))
    return part if name and points is not None else None


def _bands(own: Section, most: Decimal | None) -> tuple[Band, ...]:
    """The bands, lowest first, without overlap and without a gap between two."""
    bands = [(band, node) for node in own.items("bands") if (band := _band(node, own.faults, most))]
    bands.sort(key=lambda pair: (pair[0].low is not None, pair[0].low or Decimal(0), not pair[0].low_in))
    for (band, _), (following, node) in itertools.pairwise(bands):
        _neighbours(band, following, own.faults, node.start_mark.line + 1)
    return tuple(band for band, _ in bands)


def _band(node: yaml.Node, faults: Faults, most: Decimal | None) -> Band | None:
    own = Section(node, faults, ("points", *SIDES))
    points = own.decimal("points")
    values = {side: own.decimal(side, required=False) for side in SIDES if own.has(side)}
    if points is not None and most is not None and points > most:
        own.fault("points", "criteria-too-high", value=points, most=most)
    low = values.get("from", values.get("above"))
    high = values.get("to", values.get("below"))
    low_in, high_in = "from" in values, "to" in values
    both = len(values) != (low is not None) + (high is not None) or not values
    empty = low is not None and high is not None and (low > high or (low == high and not (low_in and high_in)))
    if both or empty:
        faults.add(own.line, "criteria-band-sides")
        return None
    return None if points is None else Band(points, low, low_in, high, high_in)


def _neighbours(band: Band, following: Band, faults: Faults, line: int) -> None:
    if band.high is None or following.low is None or band.high > following.low:
        value = following.low if following.low is not None else band.high
        faults.add(line, "criteria-bands-overlap", value=value if value is not None else "…")
    elif band.high < following.low:
        faults.add(line, "criteria-bands-gap", value=f"{band.high}–{following.low}")
    elif band.high_in and following.low_in:
        faults.add(line, "criteria-bands-overlap", value=band.high)
    elif not band.high_in and not following.low_in:
        faults.add(line, "criteria-bands-gap", value=band.high)
