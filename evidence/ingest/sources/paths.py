"""Paths as they are shown, and files found again by the names that people write.

A name on disk is bytes. What is shown and stored is its text, composed (NFC), with bytes that are no UTF-8 replaced:
two files may be shown alike, so a file is opened by its real path, and only what a person wrote is looked for here.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from evidence.vietnamese.text import fold, strip_marks


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


def find_lossy_paths(path: Path) -> tuple[Path, ...]:
    """What that path may mean where letters or marks of it were lost as ``?``, whatever the case of the others."""
    if "?" not in str(path):
        return ()
    places = [Path(path.anchor or ".")]
    for part in path.parts[1:] if path.anchor else path.parts:
        places = [
            entry
            for folder in places
            for entry in ([folder / part] if "?" not in part and (folder / part).exists() else _entries(folder))
            if fits_lossy(part, entry.name)
        ]
    return tuple(places)


def fits_lossy(written: str, whole: str) -> bool:
    """Whether what is written may be that name with letters or marks lost as ``?``.

    >>> fits_lossy("Ke?\u0301 ho?ch", "Kế hoạch"), fits_lossy("Ke? hoach", "Kết luận")
    (True, False)
    """
    pattern = "".join(".?" if letter == "?" else re.escape(letter) for letter in _bare(written))
    return re.fullmatch(pattern, _bare(whole)) is not None


def _bare(name: str) -> str:
    """The name without marks: what stays of a letter whose mark was lost."""
    return strip_marks(fold(display(name)))


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
