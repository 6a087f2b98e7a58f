"""What must hold between the parts of a criteria set: codes once, children sum to parents, profiles that exist."""

from __future__ import annotations

from decimal import Decimal

from evidence.criteria.applicability import reachable_points, weight_factors, weight_sum
from evidence.criteria.reference_names import find_cycle
from evidence.criteria.score_rule_reader import READY
from evidence.criteria.yaml_section import Faults, Section, suggest_option
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule
from evidence.vietnamese.text import fold


class CodeRegistry:
    """The codes met so far, each with its line."""

    def __init__(self, faults: Faults, known: frozenset[str]) -> None:
        self.faults = faults
        self._known = {fold(code) for code in known}
        self._profiles: dict[str, int] = {}
        self._units: dict[str, int] = {}
        self._criteria: dict[str, int] = {}

    def unit(self, code: str | None, section: Section) -> None:
        _once(code, self._units, section, "criteria-unit-twice")

    def criterion(self, code: str | None, section: Section) -> None:
        _once(code, self._criteria, section, "criteria-code-twice")

    def profile(self, name: str, section: Section) -> None:
        if name in self._profiles:
            section.fault("name", "criteria-profile-twice", value=name, first=self._profiles[name])
        self._profiles.setdefault(name, section.line_at("name"))

    def codes(self, key: str, section: Section) -> tuple[str, ...]:
        """A list of criteria of this set."""
        listed = section.words(key)
        for code in listed:
            if fold(code) not in self._known:
                section.fault(key, "criteria-unknown-criterion", value=code)
        return listed


def _once(code: str | None, seen: dict[str, int], section: Section, fault: str) -> None:
    if not code:
        return
    if "/" in code or "\\" in code:  # folders are named after codes, and "1.2/q1" names a requirement
        section.fault("code", "criteria-code-slash", value=code)
    key = fold(code)
    if key in seen:
        section.fault("code", fault, value=code, first=seen[key])
    else:
        seen[key] = section.line_at("code")


def check_sums(criterion: Criterion, section: Section) -> None:
    """Children sum to their parent, to the last decimal; bonus and penalty stand beside the sum. Left out where a
    child's points could not be read, and where weights say what each brings."""
    children = [child for child in criterion.children if child.block is criterion.block]
    if not children or any(each.points < 0 for each in (criterion, *children)) or weight_sum(criterion.children):
        return
    total = sum((child.points for child in children), Decimal(0))
    if total != criterion.points:
        section.fault(
            "points", "criteria-sum", value=criterion.code, total=total, points=criterion.points,
            difference=abs(total - criterion.points),
        )  # fmt: skip


def check_profiles(criterion: Criterion, section: Section, known: set[str]) -> None:
    """``not_for`` and ``points_for`` name profiles that there are: a mistyped one would quietly ask too much."""
    named = [("not_for", name) for name in criterion.not_for]
    named += [("points_for", name) for name, _ in criterion.points_for]
    for key, name in named:
        if name not in known:
            guess = suggest_option(name, known)
            code = "criteria-unknown-profile-near" if guess else "criteria-unknown-profile"
            section.fault(key, code, value=name, guess=guess or "")


def check_score(criterion: Criterion, section: Section) -> None:
    """A rule that counts evidence needs evidence, and stands with the evidence, not with a group of criteria."""
    counting = criterion.score not in (ScoreRule.MANUAL, ScoreRule.SURVEY)
    if counting and criterion.children:
        section.fault("score", "criteria-score-on-group", value=criterion.score)
    elif counting and not criterion.evidence and not _by_figures(criterion):
        section.fault("score", "criteria-score-without-evidence", value=criterion.score)


def _by_figures(criterion: Criterion) -> bool:
    """Whether the rule counts what a person types in, not documents."""
    scoring = criterion.scoring
    return bool(scoring.figures or scoring.parts) or (scoring.of is not None and scoring.of not in READY)


def check_whole_set(criteria: CriteriaSet, top: Section) -> None:
    """What only the whole set shows: rings of deadlines, and special units whose points do not add up."""
    requirements = [
        (f"{criterion.code}/{requirement.id}", requirement)
        for criterion in walk_criteria(criteria.criteria)
        for requirement in criterion.evidence
    ]
    if (name := find_cycle(requirements)) is not None:
        top.fault("criteria", "criteria-target-ring", value=name)
    factors = weight_factors(criteria.criteria, criteria.points)
    for profile in criteria.profiles:
        reachable = (reachable_points(criterion, profile.name) for criterion in criteria.criteria)
        total = sum((points * factor for points, factor in zip(reachable, factors, strict=True)), Decimal(0))
        if profile.scale is not None and total != profile.scale:
            top.fault(
                "profiles", "criteria-profile-scale", value=profile.name, total=total, scale=profile.scale,
                difference=abs(total - profile.scale),
            )  # fmt: skip
    for criterion in walk_criteria(criteria.criteria):
        for name, points in criterion.points_for:
            total = sum((reachable_points(child, name) for child in criterion.children), Decimal(0))
            if criterion.children and not weight_sum(criterion.children) and total != points:
                top.fault(
                    "criteria", "criteria-profile-sum", value=criterion.code, profile=name, total=total, points=points
                )
