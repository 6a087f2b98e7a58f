"""The text of a query cut into tokens: words, phrases, fields, operators, brackets.

What only looks like syntax is text: a bracket that is never closed, a minus with a blank behind it, the ``không`` of an
ordinary sentence, the colon of ``10:30`` or ``http://``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from evidence.search.fields import Field, find_field, flatten, name_pattern
from evidence.vietnamese.text import nfc

QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
DEPTH = 20  # brackets inside one another; deeper they are text


class Sort(Enum):
    TEXT = auto()
    PHRASE = auto()
    FIELD = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A piece of the query. ``field`` and ``name`` (as typed) only of a field, whose quoted value is ``text``; ``gap``:
    a blank stands behind its colon."""

    sort: Sort
    text: str = ""
    field: Field | None = None
    name: str = ""
    quoted: bool = False
    gap: bool = False


# A minus excludes where a blank stands before it and none behind; between figures it is a dash.
_MINUS = r"(?<![^\s(])-(?=[^\s\d\-)])|(?<![^\s(])(?<!\d\s)-(?=\d)"
_BEFORE = r'(?<![^\s("\-|])'


def tokenize_query(text: str) -> list[QueryToken]:
    """The tokens of a query. Any text at all has some, or none where it is empty."""
    plain = nfc(text).translate(QUOTES)
    if plain.count('"') % 2:
        last = plain.rindex('"')
        plain = f"{plain[:last]} {plain[last + 1 :]}"
    return _keep_real_brackets(list(_scan(plain)))


def _scan(text: str) -> Iterator[QueryToken]:
    shouting = text.upper() == text  # all in capitals: OR and NOT are words like the others
    at = start = 0
    pattern = _pattern()
    flat = flatten(text)
    for match in pattern.finditer(flat):
        if match.start() < at:
            continue
        token = _make_token(match, text, shouting)
        if token is None:
            continue
        if text[start : match.start()].strip():
            yield QueryToken(Sort.TEXT, text[start : match.start()])
        yield token
        at = start = match.end()
    if text[start:].strip():
        yield QueryToken(Sort.TEXT, text[start:])


def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf'{_BEFORE}(?P<name>{name_pattern()})\s?:(?!//)(?P<gap>\s*)(?:"(?P<value>[^"]*)")?'
        r'|"(?P<phrase>[^"]*)"'
        rf"|(?P<minus>{_MINUS})"
        r"|(?<!\S)(?P<word>or|and|not|hoac|khong|va|\|{1,2}|&&)(?!\S)"
        r"|(?<![^\s(\-|])(?P<open>\()|(?P<close>\))"
    )


def _make_token(match: re.Match[str], text: str, shouting: bool) -> QueryToken | None:
    """The token of a match in the flattened text; None where it is ordinary text."""
    if match["name"] is not None:
        name = text[slice(*match.span("name"))]
        quoted = match["value"] is not None
        value = text[slice(*match.span("value"))] if quoted else ""
        return QueryToken(Sort.FIELD, value, find_field(match["name"]), name, quoted, bool(match["gap"]))
    if match["phrase"] is not None:
        return QueryToken(Sort.PHRASE, text[slice(*match.span("phrase"))])
    if match["minus"] is not None:
        return QueryToken(Sort.NOT)
    if match["open"] is not None or match["close"] is not None:
        return QueryToken(Sort.OPEN if match["open"] else Sort.CLOSE)
    return _read_operator(match, text, shouting)


def _read_operator(match: re.Match[str], text: str, shouting: bool) -> QueryToken | None:
    """``OR``, ``NOT``, ``AND`` in capitals; ``hoặc`` also in small letters; ``không`` in small letters only before what
    is no ordinary word, for Vietnamese sentences are full of it."""
    word = text[slice(*match.span("word"))]
    if word in ("|", "||"):
        return QueryToken(Sort.OR)
    if word == "&&":
        return QueryToken(Sort.TEXT)
    capital = word.isupper() and not shouting
    if match["word"] == "hoac":
        return QueryToken(Sort.OR) if capital or word.casefold() == "hoặc" else None
    if match["word"] == "or" and capital:
        return QueryToken(Sort.OR)
    if match["word"] == "not" and capital:
        return QueryToken(Sort.NOT)
    if match["word"] == "khong" and (capital or _excludes(word, text[match.end() :])):
        return QueryToken(Sort.NOT)
    return QueryToken(Sort.TEXT) if match["word"] in ("and", "va") and capital else None


def _excludes(word: str, behind: str) -> bool:
    """Whether a small ``không`` stands before a phrase in quotes or a field."""
    if word.casefold() != "không":
        return False
    return re.match(rf'\s+(?:"|(?:{name_pattern()})\s?:\S)', flatten(behind)) is not None


def _keep_real_brackets(tokens: list[QueryToken]) -> list[QueryToken]:
    """Brackets group only where something is joined or excluded, and all of them are closed; else they are text."""
    groups = any(token.sort in (Sort.OR, Sort.NOT) for token in tokens)
    depth = deepest = 0
    for token in tokens:
        depth += (token.sort is Sort.OPEN) - (token.sort is Sort.CLOSE)
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if groups and depth == 0 and deepest <= DEPTH:
        return tokens
    return [token for token in tokens if token.sort not in (Sort.OPEN, Sort.CLOSE)]
