"""Files that a person named: a name that is no file is a slip, found before any work is done."""

from __future__ import annotations

from pathlib import Path

from evidence.cli.output import printable
from evidence.errors import UsageError


def require_file(path: Path) -> None:
    """UsageError for a folder and for what is not there. Whether it can be read is found out when it is."""
    try:
        if path.is_dir():
            raise UsageError("cli-is-folder", path=printable(str(path)))
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("cli-no-file", path=printable(str(path))) from None
    except OSError:
        return
