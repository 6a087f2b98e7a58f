"""A rule over many items is one test: it collects what breaks the rule and fails with the whole list."""

from __future__ import annotations

from collections.abc import Iterable


def refuse(violations: Iterable[object], way_out: str) -> None:
    """Fail where there is a violation, with every one of them in a line of its own under what to do about it."""
    lines = [str(violation) for violation in violations]
    assert not lines, f"{way_out}\n  " + "\n  ".join(lines)
