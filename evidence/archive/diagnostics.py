"""What ``evidence doctor`` asks of the machine that only rooms below the archive can tell.

Imports nothing that may itself be missing: it answers where no document could be read.
"""

from __future__ import annotations

from evidence.third_party import find_missing_parts

__all__ = ["find_missing_parts"]
