"""The catalogue: both languages, the same places, nothing missing, nothing left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from evidence.messages import Language, catalogue, find_sentence
from tests.support.violations import refuse

PACKAGE = Path(__file__).parent.parent / "evidence"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
# Whose first argument is a code. UnreadableError is not among them: its first argument is a problem code.
SAY = {
    "Message", "EvidenceError", "UsageError", "MissingProgramError", "CriteriaError", "ArchiveError",
    "InterruptedRunError", "tell", "translate",
}  # fmt: skip


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def faults(code: str, sentences: dict[str, str]) -> Iterator[str]:
    """What is wrong with one entry of the catalogue."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9_]+)*", code):
        yield f"{code}: a code is words with hyphens"
    if set(sentences) != {language.value for language in Language}:
        yield f"{code}: its languages are {sorted(sentences)}"
    elif not all(isinstance(text, str) and text.strip() for text in sentences.values()):
        yield f"{code}: an empty sentence"
    elif places(sentences["vi"]) != places(sentences["en"]):
        yield f"{code}: vi has the places {sorted(places(sentences['vi']))}, en {sorted(places(sentences['en']))}"


def test_both_languages_say_the_same() -> None:
    wrong = [fault for code, sentences in catalogue().items() for fault in faults(code, sentences)]
    refuse(wrong, "mend evidence/data/messages:")


SAID_IN_TEMPLATE = re.compile(r"""say\(\s*["']([a-z0-9_-]+)["']\s*(~)?""")


def said_in_templates() -> Iterator[tuple[Path, str, bool]]:
    """Every code that a template of the pages names: file, code, whether only its beginning (``"role-" ~ role``)."""
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        for match in SAID_IN_TEMPLATE.finditer(path.read_text("utf-8")):
            yield path, match[1], match[2] is not None


def named() -> Iterator[tuple[Path, int, str]]:
    """Every code that the source names outright: file, line, code."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if called in SAY and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield path, node.lineno, first.value


def test_every_code_in_the_source_exists() -> None:
    unknown = [f"{path.name}:{line} {code}" for path, line, code in named() if code not in catalogue()]
    unknown += [
        f"{path.name} {code}"
        for path, code, begins in said_in_templates()
        if (not any(known.startswith(code) for known in catalogue()) if begins else code not in catalogue())
    ]
    refuse(unknown, "write their sentences in evidence/data/messages:")


def test_no_code_is_left_over() -> None:
    """Used is a code that stands in the source as a text, or that a text put together there can spell."""
    constants: set[str] = set()
    patterns: set[str] = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                patterns.add("".join(parts))
    for _, code, begins in said_in_templates():
        if begins:
            patterns.add(re.escape(code) + ".+")
        else:
            constants.add(code)
    constants.add("language-name")  # the example in the docstring of messages.py
    spelt = [re.compile(pattern) for pattern in patterns if re.match(r"[a-z]+\\?-", pattern)]
    unused = [
        code for code in catalogue() if code not in constants and not any(pattern.fullmatch(code) for pattern in spelt)
    ]
    refuse(unused, "nobody says them: take them out of evidence/data/messages:")


def test_a_sentence_found_alone_is_that_of_the_catalogue() -> None:
    assert {code: find_sentence(code) for code in catalogue()} == catalogue()
    with pytest.raises(KeyError):
        find_sentence("cli-")
