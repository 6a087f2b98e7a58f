"""Progress: only where a person looks, and never in the product."""

from __future__ import annotations

import io
import sys

import pytest

from evidence.cli.context import CliContext
from evidence.cli.progress import BLANK, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


CASES = [(True, False, True), (True, True, False), (False, False, False)]


@pytest.mark.parametrize(("terminal", "quiet", "drawn"), CASES)
def test_drawn_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool, drawn: bool) -> None:
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(CliContext(quiet=quiet), total=2) as progress:
        progress.show("SNV/1.2/" + "x" * 90 + "bc.pdf")
    assert ("1/2 tệp" in stream.getvalue()) is drawn
    assert stream.getvalue().endswith(BLANK) is drawn
