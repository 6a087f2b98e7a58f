"""Document numbers (số, ký hiệu)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    serial: str
    symbol: str
    year: int | None = None
