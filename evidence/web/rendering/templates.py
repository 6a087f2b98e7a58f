"""The templates of the pages: what is put into them is escaped, and a name that is missing is an error.

Besides their values templates know ``say(code, ...)``, ``asset(name)``, ``moment(...)``, ``day(...)``,
``points(...)``, ``size(bytes)`` and ``sign(status)``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from jinja2 import Environment

from evidence.messages import Language, Message, say
from evidence.report.labels import SIGNS
from evidence.report.templates import make_environment
from evidence.web.rendering.assets import static_address
from evidence.web.rendering.formats import show_day, show_moment, show_points, show_size


def render_template(name: str, language: Language, values: Mapping[str, object]) -> str:
    """The text of that template in that language."""
    return _environment(language).get_template(name).render(values)


@cache
def _environment(language: Language) -> Environment:
    environment = make_environment("evidence.web")

    @cache
    def say_plainly(code: str) -> str:
        return say(Message(code), language)

    def say_here(code: str, /, **params: object) -> str:
        if not params:
            return say_plainly(code)
        return say(Message(code, {key: str(value) for key, value in params.items()}), language)

    def show_day_here(day: datetime.date | None) -> str:
        return show_day(day, language)

    def show_points_here(amount: Decimal | None) -> str:
        return show_points(amount, language)

    environment.globals.update(
        say=say_here, asset=static_address, moment=show_moment, day=show_day_here, points=show_points_here,
        size=show_size, sign=SIGNS.get, language=language.value,
    )  # fmt: skip
    return environment
