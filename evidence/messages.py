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

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # as in ``resources``, which stands on the same floor


class Language(StrEnum):
    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be: its code in the catalogue and the values of its places."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence: code -> language -> template with ``{name}`` places. A code that stands twice is refused."""
    sentences: dict[str, dict[str, str]] = {}
    folder = files("evidence") / "data" / "messages"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        for code, by_language in yaml.load(file.read_text("utf-8"), Loader=LOADER).items():
            if code in sentences:
                raise ValueError(f"message {code!r} stands twice, last in {file.name}")
            sentences[code] = by_language
    return sentences


def say(message: Message, language: Language | str) -> str:
    """The sentence in that language. An unknown code or a place without a value is a fault of ours: KeyError."""
    return catalogue()[message.code][Language(language).value].format_map(message.params)
