"""How many must be asked of a population, for a margin of error as people type it."""

from __future__ import annotations

from decimal import Decimal

from evidence.errors import UsageError
from evidence.scoring.amounts import parse_points
from evidence.scoring.surveys.survey_points import compute_sample_size

HUNDRED = Decimal(100)


def compute_needed(population: int, percent: str) -> int:
    """n = N / (1 + N·e²), rounded up; ``percent`` is e: ``5``, ``2,5 %``. UsageError for what is no margin."""
    error = parse_points(percent.strip().removesuffix("%"))
    if error is None or not 0 < error < HUNDRED:
        raise UsageError("survey-bad-error", value=percent)
    return compute_sample_size(population, error / HUNDRED)
