"""What the edXML envelope around a document says of it (QCVN 102:2016/BTTTT), held against what the page says.

The sending office's register filled the envelope in, not the page's printer: it is independent. Where both agree,
a doubtful value becomes sure; where they differ, the value on the page stays but is doubted, with a problem beside it:
one of the two was mistyped or misread. The issuer and the subject can only agree: the envelope names who sent it, and
clerks shorten subjects. Annexes and other documents travel in the same envelope: it counts only where it describes this
one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import fuzz

from evidence.messages import Message
from evidence.model.document import Document, Envelope
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import FieldValue, Record
from evidence.values import agency, kind, number
from evidence.values.date import PartialDate
from evidence.vietnamese.text import fold

T = TypeVar("T")
AGREED = 0.94
CONTRADICTED = 0.7
ALIKE = 90.0  # of 100: subjects of which one has a word more


def compare_envelope(record: Record, document: Document) -> Record:
    """The record with its fields held against the envelope; as it is where there is none or it describes another."""
    envelope = document.envelope
    if envelope is None or document.members or not _of_this(record, envelope):
        return record
    problems: list[Problem] = []

    def held(name: str, field: FieldValue[T], agrees: bool | None) -> FieldValue[T]:
        if field.value is None or agrees is None:
            return field
        if agrees:
            return replace(field, confidence=max(AGREED, field.confidence), note=Message("witness-envelope"))
        params = {"value": _shown(field.value), "told": _shown(getattr(envelope, name))}
        page = field.span.page if field.span else None
        problems.append(Problem(ProblemCode.CONFLICT, Message(f"problem-envelope-{name}", params), page))
        note = Message("witness-envelope-against", params)
        return replace(field, confidence=min(CONTRADICTED, field.confidence), note=note)

    checked = replace(
        record,
        number=held("number", record.number, _agrees(record.number, envelope.number, _same_number)),
        date=held("date", record.date, _agrees(record.date, envelope.date, _same_day)),
        kind=held("kind", record.kind, _agrees(record.kind, envelope.kind, _same_kind)),
        signer=held("signer", record.signer, _agrees(record.signer, envelope.signer, _same_person)),
        issuer=held("issuer", record.issuer, _agrees(record.issuer, envelope.issuer, _same_agency) or None),
        subject=held("subject", record.subject, _agrees(record.subject, envelope.subject, _same_subject) or None),
    )
    return replace(checked, problems=(*record.problems, *problems))


def _of_this(record: Record, envelope: Envelope) -> bool:
    """Whether the envelope and the page have a number, its symbol, or day and kind in common."""
    own, stated = record.number.value, number.parse(envelope.number or "")
    if own is not None and stated is not None:
        if own.key == stated.key or fold(own.symbol) == fold(stated.symbol):
            return True
        if own.serial.lstrip("0") != stated.serial.lstrip("0"):
            return False
    day = record.date.value.to_date() if record.date.value else None
    return day is not None and day == envelope.date and _agrees(record.kind, envelope.kind, _same_kind) is not False


def _agrees(field: FieldValue[T], stated: object, same: Callable[[T, object], bool | None]) -> bool | None:
    """``None`` where one of the two says nothing, or what cannot be understood."""
    return None if field.value is None or not stated else same(field.value, stated)


def _same_number(own: number.Number, stated: object) -> bool | None:
    other = number.parse(str(stated))
    return None if other is None else own.key == other.key


def _same_day(own: PartialDate, stated: object) -> bool:
    return own.to_date() == stated


def _same_kind(own: kind.Kind, stated: object) -> bool | None:
    other = kind.by_name(str(stated))
    return None if other is None else own == other


def _same_agency(own: agency.Agency, stated: object) -> bool:
    return agency.is_same_agency(own, agency.parse(str(stated)))


def _same_person(own: object, stated: object) -> bool:
    name, other = fold(getattr(own, "name", "")), fold(str(stated))
    return name == other or other.endswith(f" {name}")  # "TS. Đỗ Văn Chung"


def _same_subject(own: str, stated: object) -> bool:
    return fuzz.token_set_ratio(fold(own), fold(str(stated))) >= ALIKE


def _shown(value: object) -> str:
    return str(getattr(value, "name", value))
