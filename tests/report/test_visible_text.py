"""CSV and HTML show what is hidden; a console keeps its own colours and no others."""

from __future__ import annotations

import io

from jinja2 import Environment
from rich.text import Text

from evidence.report.findings_csv import escape_formula
from evidence.report.templates import load_template
from evidence.report.text.console import TerminalConsole
from evidence.report.text.visible import escape_around_styles

HOSTILE = "a\x1b[8m\x9b\u202eb"
SHOWN = "a\\u001b[8m\\u009b\\u202eb"


def test_csv_and_html() -> None:
    assert escape_formula(f"={HOSTILE}") == f"'={SHOWN}"
    environment: Environment = load_template("report.html").environment
    assert environment.from_string("<p>{{ name }}</p>").render(name=f"<b>{HOSTILE}") == f"<p>&lt;b&gt;{SHOWN}</p>"


def test_a_console_keeps_its_own_colours_alone() -> None:
    out = io.StringIO()
    console = TerminalConsole(file=out, force_terminal=True, color_system="256", width=80, highlight=False)
    console.print(Text(HOSTILE, style="bold"))
    assert escape_around_styles(out.getvalue()) == f"\x1b[1m{SHOWN}\x1b[0m\n"
