"""A document in a few words: number, day, issuer, as far as they are known."""

from __future__ import annotations

from evidence.model.record import Record


def title_of(record: Record) -> str:
    """ "615/QĐ-UBND · 15/03/2019 · UBND tỉnh Lạng Sơn"; the file's name where nothing could be read."""
    number = str(record.number.value) if record.number.value else ""
    day = format_day(str(record.date.value)) if record.date.value else ""
    issuer = record.issuer.value.code if record.issuer.value else ""
    kind = record.kind.value.name if record.kind.value and not number else ""
    parts = [part for part in (number or kind, day, issuer) if part]
    return " · ".join(parts) or record.source.path.rsplit("/", 1)[-1]


def format_day(iso: str) -> str:
    """``2019-03-15`` as ``15/03/2019``, a month as ``03/2019``."""
    return "/".join(reversed(iso.split("-")))
