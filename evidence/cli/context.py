"""What a command is given besides its own arguments: the reader's language, the archive, how much is said."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evidence import config
from evidence.errors import UsageError
from evidence.messages import Language, Message, say
from evidence.report.text.visible import escape_hidden


@dataclass(slots=True)
class CliContext:
    """The global options. Not frozen: each may stand before the command or after it, and the parser fills them in."""

    language: Language = Language.VI
    home: Path | None = None
    quiet: bool = False
    verbose: bool = False
    stopped: bool = False  # Ctrl-C was pressed; Python swallows the interrupt itself where it meets a clean-up

    def settings(self, jobs: int | None = None) -> config.Settings:
        """The settings under these options. UsageError where they, the environment or the file are wrong."""
        return config.load_settings(home=self.home, language=self.language.value, jobs=jobs)

    def say(self, code: str, /, **params: object) -> str:
        """The sentence of that code in the reader's language."""
        return say(Message(code, {name: str(value) for name, value in params.items()}), self.language)

    def tell(self, code: str, /, **params: object) -> None:
        """A sentence on stderr, unless ``-q``."""
        if not self.quiet:
            print(escape_hidden(self.say(code, **params)), file=sys.stderr, flush=True)


def login_name() -> str:
    """Who is at the machine, where nobody says who does it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "-"


def preferred_language(arguments: Sequence[str]) -> Language:
    """The language of the reader, known before anything is parsed: help and complaints need it at once.

    >>> preferred_language(["read", "--lang", "en"]), preferred_language(["--lang=vi", "--help"])
    (<Language.EN: 'en'>, <Language.VI: 'vi'>)
    """
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    given = [option.removeprefix("--lang=") for option in options if option.startswith("--lang=")]
    given += [value for option, value in pairwise(options) if option == "--lang"]
    try:
        return config.load_settings(language=given[-1] if given else None).language
    except UsageError:  # said again, and better, when the command reads its settings
        return Language.VI
