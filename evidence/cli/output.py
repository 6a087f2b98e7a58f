"""What is printed: the product, on stdout, in UTF-8 whatever the terminal's locale."""

from __future__ import annotations

import io
import os
import shutil
import sys
import unicodedata
from pathlib import Path

import click

from evidence.errors import UsageError
from evidence.report.text.visible import escape_around_styles, escape_hidden

# Besides control characters: line and paragraph separators and the marks that turn the direction of writing; in the
# name of a hostile file they would make one line look like two, or like another name.
_UNSEEN = {"Cc", "Zl", "Zp", "Cs"}
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def use_utf8() -> None:
    """Makes stdout and stderr UTF-8; what cannot be written (bytes of a broken file name) becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_colour() -> bool:
    """Whether stdout is a terminal that wants colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Characters that fit on a line; 120 where stdout is no terminal."""
    return shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else 120


def emit(text: str, end: str = "\n") -> None:
    """Prints a line of the product at once, what is hidden in it as escapes. A reader that went away (``| head``) ends
    the command quietly."""
    shown = escape_around_styles(text) if wants_colour() else escape_hidden(text)
    try:
        print(shown, end=end, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None


def printable(text: str) -> str:
    r"""The text as one line without characters that move the cursor or turn the writing.

    >>> printable("a\nb\x1b[31m.pdf")
    'a\\nb\\x1b[31m.pdf'
    >>> printable("báo cáo.pdf")
    'báo cáo.pdf'
    """
    return "".join(letter.encode("unicode_escape").decode("ascii") if _is_hidden(letter) else letter for letter in text)


def show_place(unit: str | None, criterion: str | None) -> str:
    """A unit and a criterion as they are listed: ``SNV / 1.2``."""
    return f"{unit or '-'} / {criterion or '-'}"


def _is_hidden(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in _UNSEEN


def write_text(path: Path, text: str) -> None:
    """Writes the file whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """The same for a file that is no text."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError("cli-cannot-write", path=printable(str(path)), detail=error.strerror) from error
