"""The command line: reads arguments, calls one verb, prints what came back. Nothing here that Python cannot do.

The product goes to stdout, all else to stderr. Commands and exit codes are those of ``docs/cli.md`` and
``docs/errors.md``.
"""

from __future__ import annotations

from evidence.cli.main import main

__all__ = ["main"]
