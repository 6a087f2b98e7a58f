"""Numbers, days and times as people here write them; the clock is that of Viet Nam wherever the server stands."""

from __future__ import annotations

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from evidence.messages import Language
from evidence.report.labels import format_day, format_points

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def show_moment(moment: datetime.datetime | str, seconds: bool = False) -> str:
    """A moment (ISO 8601 where it is text) as ``31/01/2026 09:42``.

    >>> show_moment("2026-01-31T02:42:09+00:00"), show_moment("2026-01-31T02:42:09+00:00", seconds=True)
    ('31/01/2026 09:42', '31/01/2026 09:42:09')
    """
    instant = datetime.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{instant.astimezone(HERE):%d/%m/%Y %H:%M:%S}"[: None if seconds else -3]


def show_day(day: datetime.date | None, language: Language) -> str:
    """A day as ``31/01/2026``; a dash where there is none."""
    return format_day(day, language) if day else "—"


def show_size(size: int) -> str:
    """Bytes as people count them; a file is never of size nothing.

    >>> show_size(13_900_000), show_size(419), show_size(12_400)
    ('14 MB', '1 kB', '12 kB')
    """
    return f"{round(size / 1_000_000)} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def show_points(amount: Decimal | None, language: Language) -> str:
    """Points with the decimal comma: ``0,5``."""
    return format_points(amount, language)


def show_time() -> str:
    """What time it is, as ``09:42``."""
    return f"{datetime.datetime.now(HERE):%H:%M}"
