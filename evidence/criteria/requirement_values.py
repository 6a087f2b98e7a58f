"""What single keys of a requirement say: its period, its kinds of document, who issues it."""

from __future__ import annotations

import re

from evidence.criteria import periods
from evidence.criteria.levels import LEVELS
from evidence.criteria.yaml_section import Section, suggest_option
from evidence.values import kind as kinds
from evidence.values.kind import Kind

ONE_ASCII_WORD = re.compile(r"[a-z_-]+")


def read_period(section: Section) -> str | None:
    raw = section.text("period")
    if raw and periods.parse_period(raw) is None:
        section.fault("period", "criteria-bad-period", value=raw)
        return None
    return raw


def read_kinds(section: Section) -> tuple[Kind, ...]:
    return tuple(kind for raw in section.words("kind") if (kind := _kind(section, raw)))


def _kind(section: Section, raw: str) -> Kind | None:
    kind = kinds.by_name(raw) or kinds.by_code(raw)
    if kind is None:
        guess = suggest_option(raw, [known.name for known in kinds.kinds()])
        code = "criteria-unknown-kind-near" if guess else "criteria-unknown-kind"
        section.fault("kind", code, value=raw, guess=guess or "")
    return kind


def read_issuers(section: Section) -> tuple[str, ...]:
    """``unit``, ``any``, levels or names. A single lower-case ASCII word that is none of them was mistyped."""
    issuers = section.words("issuer")
    for raw in issuers:
        if ONE_ASCII_WORD.fullmatch(raw) and raw not in ("unit", "any", *LEVELS):
            section.fault("issuer", "criteria-unknown-issuer", value=raw)
    return issuers
