"""What ``evidence doctor`` asks of the machine that only rooms below the archive can tell.

Imports nothing that may itself be missing: it answers where no document could be read.
"""

from __future__ import annotations

import importlib

from evidence.third_party import find_missing_parts

__all__ = ["find_missing_parts", "find_missing_walls"]

WALLS = ("landlock", "seccomp")  # of the kernel, around the children that read


def find_missing_walls() -> tuple[str, ...]:
    """Which of those walls this machine cannot put up; all of them where a package for it is missing."""
    try:
        return tuple(importlib.import_module("evidence.sandbox.policy").missing_mechanisms())
    except ImportError:
        return WALLS
