"""What people read: sentences by code, in Vietnamese and English.

No room below the command line and the web writes a sentence; it says which one, with its parameters. Whoever prints it
chooses the language. The sentences stand in ``data/messages/*.yaml`` (one file an area; a code once), so that a clerk
can correct them.

>>> say(Message("language-name"), "vi")
'Tiếng Việt'
>>> say(Message("language-name"), "en")
'English'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # as in ``resources``, which stands on the same floor


NEXT = re.compile(r"\n(?=[^\s#])")  # the end of an entry: a line that is not indented


class Language(StrEnum):
    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be: its code in the catalogue and the values of its places."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@cache
def _read_files() -> dict[str, str]:
    """The text of each file, by its name below the folder."""
    folder = files("evidence") / "data" / "messages"
    entries = {entry.name: entry for entry in folder.iterdir() if not entry.is_dir()}
    for part in folder.iterdir():
        entries |= {f"{part.name}/{entry.name}": entry for entry in part.iterdir()} if part.is_dir() else {}
    return {name: entries[name].read_text("utf-8") for name in sorted(entries) if name.endswith(".yaml")}


@cache
def _join_files() -> str:
    return "\n".join(["", *_read_files().values(), "end:"])


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence: code -> language -> template with ``{name}`` places. A code that stands twice is refused."""
    sentences: dict[str, dict[str, str]] = {}
    for name, text in _read_files().items():
        for code, by_language in yaml.load(text, Loader=LOADER).items():
            if code in sentences:
                raise ValueError(f"message {code!r} stands twice, last in {name}")
            sentences[code] = by_language
    return sentences


@cache
def find_sentence(code: str) -> dict[str, str]:
    """The templates of one code, by language: its lines alone are parsed, for all of them take a tenth of a second."""
    text = _join_files()
    start = text.find(f"\n{code}:") + 1
    end = NEXT.search(text, start)
    if not start or end is None:
        raise KeyError(code)
    by_language: dict[str, str] = yaml.load(text[start : end.start()], Loader=LOADER)[code]
    return by_language


def say(message: Message, language: Language | str) -> str:
    """The sentence in that language. An unknown code or a place without a value is a fault of ours: KeyError."""
    return find_sentence(message.code)[Language(language).value].format_map(message.params)
