"""The HTML templates of the reports: what is put into them is escaped, and a name that is missing is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evidence.report.text.visible import escape_hidden


def _show_hidden(value: object) -> object:
    """Texts without marks that turn the writing or controls; what a template made itself stays as it is."""
    return escape_hidden(value) if type(value) is str else value


def make_environment(package: str) -> Environment:
    """The templates that lie in that package's folder ``templates``."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show_hidden,
        auto_reload=False,  # a look at every file of a page each time it is drawn cost half a millisecond
    )


@cache
def load_template(name: str) -> Template:
    """The template of a report of that file name, loaded once."""
    return make_environment("evidence.report").get_template(name)
