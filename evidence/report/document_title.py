"""A document in a few words: its kind, number and date, as people name it."""

from __future__ import annotations

from evidence.messages import Language
from evidence.model.record import Record
from evidence.values.date import PartialDate


def document_title(record: Record, language: Language) -> str:
    """Kind, number and date as far as they are known; empty where none is."""
    kind = record.kind.value.name if record.kind.value else None
    date = format_partial_date(record.date.value, language) if record.date.value else None
    return " ".join(str(part) for part in (kind, record.number.value, date) if part)


def format_partial_date(date: PartialDate, language: Language) -> str:
    """As people here write it: ``15/3/2019`` in Vietnamese; the standard form in English.

    >>> format_partial_date(PartialDate(2019, 3), Language.VI), format_partial_date(PartialDate(2019, 3), Language.EN)
    ('3/2019', '2019-03')
    """
    if language is Language.EN:
        return str(date)
    return "/".join(str(part) for part in (date.day, date.month, date.year) if part is not None)
