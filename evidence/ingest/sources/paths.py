"""Paths as they are shown, and files found again by the names that people write.

A name on disk is bytes. What is shown and stored is its text, composed (NFC), with bytes that are no UTF-8 replaced:
two files may be shown alike, so a file is opened by its real path, and only what a person wrote is looked for here.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path


def display(path: Path | str) -> str:
    """The path as it is shown and stored: composed (NFC), bytes that are no UTF-8 replaced."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def find_path(path: Path) -> Path | None:
    """The file or folder that a person means by that path; ``None`` where none is there, or several are shown so."""
    paths = find_paths(path)
    return paths[0] if len(paths) == 1 else None


def find_paths(path: Path) -> tuple[Path, ...]:
    """What bears that very name, if only as a link; else all that is shown so: names decomposed, or no UTF-8 at all."""
    if os.path.lexists(path):
        return (path,)
    places = [Path(path.anchor or ".")]
    for part in path.parts[1:] if path.anchor else path.parts:
        wanted = display(part)
        places = [entry for folder in places for entry in _entries(folder) if display(entry.name) == wanted]
    return tuple(places)


def is_folder(path: Path) -> bool:
    """Whether a folder lies there, or a link leads to one; no link in a ring and no shut folder above is an error."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_plain_file(path: Path) -> bool:
    """The same of a plain file."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
