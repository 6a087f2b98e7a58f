"""Whose an index is: that of the archive in its one folder, that in the database, or that of one node among several.

An archive in a database of others has as many folders as machines; each that is searched in keeps an index of its own,
and is known to the log by a name drawn once. A copy of the folder is another node, whose index took in nothing since:
the name holds on the machine and the file that it was drawn for.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from evidence.store.folder import sync_folder, write_error

LOCAL, IN_DATABASE = "local", "database"  # the one folder of an archive; one index for all machines
NODE = "search-node.json"
MACHINE = Path("/etc/machine-id")


def find_node(folder: Path) -> str | None:
    """The name of this node; None: no index is kept in this folder."""
    try:
        file = folder / NODE
        content = json.loads(file.read_text("utf-8"))
        same = (content["machine"], content["file"]) == (_read_machine(), file.stat().st_ino)
        return str(content["node"]) if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def make_node(folder: Path) -> str:
    """The name of this node, drawn where it has none. ArchiveError: the folder cannot be written."""
    known = find_node(folder)
    if known is not None:
        return known
    node = secrets.token_hex(8)
    new = folder / f"{NODE}.new"
    try:
        new.unlink(missing_ok=True)
        new.touch(0o644)
        content = {"node": node, "machine": _read_machine(), "file": new.stat().st_ino}
        new.write_text(json.dumps(content), "utf-8")
        new.replace(folder / NODE)
        sync_folder(folder)
    except OSError as error:
        raise write_error(folder, error) from error
    return node


def _read_machine() -> str:
    try:
        return MACHINE.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
