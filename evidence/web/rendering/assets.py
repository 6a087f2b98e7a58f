"""Static files: each is served under an address with its own hash, so that browsers may keep it for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def static_address(name: str) -> str:
    """The address of that file below ``static/``. KeyError: there is none, a fault of ours."""
    return f"/static/{name}?v={hashlib.sha256(static_files()[name].read_bytes()).hexdigest()[:12]}"


@cache
def static_files() -> dict[str, Traversable]:
    """Every file that is served, by its name below ``static/``: nothing else can be asked for."""
    return dict(_walk(files("evidence.web") / "static", ""))


def _walk(folder: Traversable, above: str) -> list[tuple[str, Traversable]]:
    entries: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        if entry.is_dir():
            entries += _walk(entry, f"{name}/")
        elif f".{entry.name.rpartition('.')[2]}" in MEDIA_TYPES:
            entries.append((name, entry))
    return entries
