"""What pages ask for beside their text: one style and one script each, joined of the files in ``static/`` that concern
the page, and the sign of the tab. Each is served under a name with its hash, so that browsers may keep it for ever.

A page of its own style or script is the file ``static/NAME.css`` or ``static/NAME.js`` and, in its template,
``{% set style = "NAME" %}`` or ``{% set script = "NAME" %}``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FRAME = "frame"  # what a page has that names nothing of its own
SHARED = {".css": ("tokens.css", "base.css"), ".js": ("vendor/htmx-2.0.11.min.js", "app.js")}
BEFORE = {  # pages that are made of another's too
    "work": ("document",), "record": ("document",), "criteria": ("document",), "figures": ("document", "record"),
}  # fmt: skip
_ASKED = re.compile(r"(?P<stem>[a-z_]+)(?:\.(?P<hash>[0-9a-f]{12}))?(?P<suffix>\.[a-z]+)")


@dataclass(frozen=True, slots=True)
class Asset:
    """What is sent: ``name`` without the hash (``work.css``), ``digest`` the hash."""

    name: str
    content: bytes
    digest: str

    @property
    def address(self) -> str:
        stem, _, suffix = self.name.rpartition(".")
        return f"/static/{stem}.{self.digest}.{suffix}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[f".{self.name.rpartition('.')[2]}"]


def static_address(name: str) -> str:
    """The address of that asset. KeyError: there is none, a fault of ours."""
    return list_assets()[name].address


def find_asset(asked: str) -> tuple[Asset, bool] | None:
    """The asset of that name, with or without a hash, and whether the hash is that of what it holds now."""
    match = _ASKED.fullmatch(asked)
    asset = list_assets().get(match["stem"] + match["suffix"]) if match else None
    return (asset, asset.digest == match["hash"]) if match and asset else None


@cache
def list_assets() -> dict[str, Asset]:
    """Everything that is served, by its name without the hash: nothing else can be asked for."""
    folder = files("evidence.web") / "static"
    shared = {name for names in SHARED.values() for name in names}
    own = [entry.name for entry in folder.iterdir() if entry.is_file() and entry.name not in shared]
    joined = {f"{FRAME}{suffix}": names for suffix, names in SHARED.items()}
    for name in own:
        stem, _, ending = name.rpartition(".")
        before = [f"{other}.{ending}" for other in BEFORE.get(stem, ())]
        joined[name] = (*SHARED.get(f".{ending}", ()), *(other for other in before if other in own), name)
    return {name: _join(name, folder, parts) for name, parts in joined.items()}


def _join(name: str, folder: Traversable, parts: tuple[str, ...]) -> Asset:
    content = b"\n".join(_read(folder, part) for part in parts)
    return Asset(name, content, hashlib.sha256(content).hexdigest()[:12])


def _read(folder: Traversable, part: str) -> bytes:
    """The file; of our own without the blanks before each line."""
    lines = folder.joinpath(*part.split("/")).read_bytes().splitlines()
    return b"\n".join(lines if "/" in part else list(_squeeze(lines)))


def _squeeze(lines: list[bytes]) -> Iterator[bytes]:
    return (bare for line in lines if (bare := line.strip()))
