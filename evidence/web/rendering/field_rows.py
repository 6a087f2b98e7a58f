"""The fields of a record as the pages draw them: value, how sure, where it stands, what a person put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.archive.views import CORRECTABLE, CorrectionView, format_value
from evidence.messages import Message
from evidence.model.geometry import Box
from evidence.model.record import FieldValue, Record
from evidence.web.rendering.document_title import format_day

FIELDS = ("number", "date", "place", "issuer", "parent", "kind", "subject", "signer", "recipients")


@dataclass(frozen=True, slots=True)
class ShownField:
    """``value``: as people write it, empty where none was read; ``raw``: what is printed. ``state``: ``sure``,
    ``doubtful``, ``unreadable`` (seen, not readable), ``absent``, ``corrected``. ``by``, ``at`` and ``machine``: of the
    correction that holds."""

    name: str
    value: str
    raw: str
    state: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    note: Message | None = None
    by: str = ""
    at: str = ""
    machine: str = ""

    @property
    def correctable(self) -> bool:
        """Whether a person may put a value in its place."""
        return self.name in CORRECTABLE


def list_field_rows(record: Record, machine: Record, corrections: Iterable[CorrectionView]) -> Iterator[ShownField]:
    """One for each field, in the order of the paper."""
    latest = {each.correction.field: each for each in corrections if each.correction.page is None}
    for name in FIELDS:
        read: FieldValue[object] = getattr(machine, name)
        held: FieldValue[object] = getattr(record, name)
        corrected = latest.get(name)
        holds = corrected is not None and corrected.correction.value is not None
        row = ShownField(
            name=name,
            value=_show(name, held),
            raw=read.raw or "",
            state="corrected" if holds else _state(read),
            confidence=read.confidence,
            page=read.span.page if read.span else None,
            box=read.span.box if read.span else None,
            note=read.note,
            by=corrected.correction.author if corrected and holds else "",
            at=corrected.correction.at if corrected and holds else "",
            machine=_show(name, read) if holds else "",
        )
        yield row


def _show(name: str, field: FieldValue[object]) -> str:
    if name == "recipients" and isinstance(field.value, tuple):
        return "; ".join(map(str, field.value))
    text = format_value(name, field) or ""
    return format_day(text) if name == "date" else text


def _state(field: FieldValue[object]) -> str:
    if field.value is not None:
        return "sure" if field.sure else "doubtful"
    return "unreadable" if field.raw else "absent"
