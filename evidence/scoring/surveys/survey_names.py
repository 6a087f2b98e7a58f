"""Units and options as people answer with them, looked up whatever the writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from evidence.criteria.yaml_section import suggest_option
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet
from evidence.model.survey import OptionValue, SurveyMap
from evidence.scoring.surveys.headings import plain
from evidence.vietnamese.text import fold

_COMMITTEE = re.compile(r"^(?:ubnd|ủy ban nhân dân)\s+")
_TRAILING = re.compile(r"[\s.;,:!]+$")


def unit_names(criteria: CriteriaSet, survey_map: SurveyMap) -> dict[str, str]:
    """The code of each unit by every name that means it alone: code, name, issuer, with or without "UBND", and what
    the map calls it."""
    meant: dict[str, set[str]] = {}
    for unit in criteria.units:
        for name in (unit.code, unit.name, unit.issuer):
            for key in _spellings(name):
                meant.setdefault(key, set()).add(unit.code)
    names = {key: codes.copy().pop() for key, codes in meant.items() if len(codes) == 1}
    exact = {fold(plain(name)): unit.code for unit in criteria.units for name in (unit.name, unit.code)}
    names |= exact
    aliases = {
        alias: names[fold(plain(name))] for alias, name in survey_map.units.items() if fold(plain(name)) in names
    }
    return names | aliases


def _spellings(name: str) -> Iterable[str]:
    folded = fold(plain(name))
    yield folded
    bare = _COMMITTEE.sub("", folded)
    if bare != folded:
        yield bare
        yield f"ubnd {bare}"
        yield f"ủy ban nhân dân {bare}"


def find_unit_code(text: str, names: Mapping[str, str]) -> str | None:
    """The code of the unit that a cell names; None for none, or for one of several."""
    folded = fold(plain(text))
    return names.get(folded) or next((names[key] for key in _spellings(folded) if key in names), None)


def option_names(options: Iterable[OptionValue]) -> dict[str, OptionValue]:
    """The options by their wording."""
    return {option_key(option.option): option for option in options}


def option_key(text: str) -> str:
    """The wording of an option without what spreadsheets and hands add to it.

    >>> option_key("Rất  tốt."), option_key("5.0") == option_key("5")
    ('rất tốt', True)
    """
    folded = _TRAILING.sub("", fold(plain(text)))
    return re.sub(r"^(\d+)[.,]0+$", r"\1", folded)


def refuse_unit(text: str, cell: str, names: dict[str, str]) -> Message:
    """That the cell names no unit of the set, with the one it may mean where one is near."""
    if not text:
        return Message("survey-no-unit", {"cell": cell})
    guess = suggest_option(text, names)
    if guess is None:
        return Message("survey-unknown-unit", {"cell": cell, "value": text})
    return Message("survey-unknown-unit-near", {"cell": cell, "value": text, "guess": names[guess]})
