"""A document in a few words: its kind, number and date, as people name it."""

from __future__ import annotations

from evidence.model import Record


def title(record: Record) -> str:
    """Kind, number and date as far as they are known; empty where none is."""
    kind = record.kind.value.name if record.kind.value else None
    return " ".join(str(part) for part in (kind, record.number.value, record.date.value) if part)
