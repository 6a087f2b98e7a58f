"""Every table that extraction looks into, loaded before the children are forked: each of them would load it anew.

Agencies, kinds, provinces, laws and names lie in YAML. A child took 0.41 s of processor time for a page of text, and
8 ms where the tables had been loaded in its parent.
"""

from __future__ import annotations

import inspect
import sys
from functools import cache

PACKAGES = ("evidence.extract.", "evidence.values.", "evidence.vietnamese.")


@cache
def load_tables() -> None:
    """Calls, once a process, every cached function of these packages that takes no parameter."""
    for name in [name for name in sys.modules if name.startswith(PACKAGES)]:
        for value in list(vars(sys.modules[name]).values()):
            if value is not load_tables and hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                value()
