"""What the edXML envelope around a document says of it (QCVN 102:2016/BTTTT), held against what the page says.

The sending office's register filled the envelope in, not the page's printer: an independent witness. Where both agree,
a doubtful value becomes sure; where they differ, the value on the page stays, is doubted, and a person is told: one of
the two was mistyped or misread. The issuer and the subject can only agree: the envelope names who sent it, and clerks
shorten subjects. Annexes and other documents travel in the same envelope: it is heard only where it speaks of this one.
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
from evidence.vietnamese.text import fold

T = TypeVar("T")
AGREED = 0.94
CONTRADICTED = 0.7
ALIKE = 90.0  # of 100: subjects of which one has a word more


def compare_envelope(record: Record, document: Document) -> Record:
    """The record with its fields held against the envelope; as it is where there is none or it speaks of another."""
    said = document.envelope
    if said is None or document.members or not _of_this(record, said):
        return record
    problems: list[Problem] = []

    def held(field: str, found: FieldValue[T], agrees: bool | None) -> FieldValue[T]:
        if found.value is None or agrees is None:
            return found
        if agrees:
            return replace(found, confidence=max(AGREED, found.confidence), note=Message("witness-envelope"))
        params = {"value": _shown(found.value), "told": _shown(getattr(said, field))}
        page = found.span.page if found.span else None
        problems.append(Problem(ProblemCode.CONFLICT, Message(f"problem-envelope-{field}", params), page))
        note = Message("witness-envelope-against", params)
        return replace(found, confidence=min(CONTRADICTED, found.confidence), note=note)

    checked = replace(
        record,
        number=held("number", record.number, _agrees(record.number, said.number, _same_number)),
        date=held("date", record.date, _agrees(record.date, said.date, lambda one, two: one.to_date() == two)),
        kind=held("kind", record.kind, _agrees(record.kind, said.kind, _same_kind)),
        signer=held("signer", record.signer, _agrees(record.signer, said.signer, _same_person)),
        issuer=held("issuer", record.issuer, _agrees(record.issuer, said.issuer, _same_agency) or None),
        subject=held("subject", record.subject, _agrees(record.subject, said.subject, _same_subject) or None),
    )
    return replace(checked, problems=(*record.problems, *problems))


def _of_this(record: Record, said: Envelope) -> bool:
    """Whether the envelope and the page have a number, its symbol, or day and kind in common."""
    own, told = record.number.value, number.parse(said.number or "")
    if own is not None and told is not None:
        if own.key == told.key or fold(own.symbol) == fold(told.symbol):
            return True
        if own.serial.lstrip("0") != told.serial.lstrip("0"):
            return False
    day = record.date.value.to_date() if record.date.value else None
    return day is not None and day == said.date and _agrees(record.kind, said.kind, _same_kind) is not False


def _agrees(found: FieldValue[T], told: object, same: Callable[[T, object], bool | None]) -> bool | None:
    """``None`` where one of the two says nothing, or what cannot be understood."""
    return None if found.value is None or not told else same(found.value, told)


def _same_number(one: number.Number, told: object) -> bool | None:
    other = number.parse(str(told))
    return None if other is None else one.key == other.key


def _same_kind(one: kind.Kind, told: object) -> bool | None:
    other = kind.by_name(str(told))
    return None if other is None else one == other


def _same_agency(one: agency.Agency, told: object) -> bool:
    return agency.same(one, agency.parse(str(told)))


def _same_person(one: object, told: object) -> bool:
    name, other = fold(getattr(one, "name", "")), fold(str(told))
    return name == other or other.endswith(f" {name}")  # "TS. Đỗ Văn Chung"


def _same_subject(one: str, told: object) -> bool:
    return fuzz.token_set_ratio(fold(one), fold(str(told))) >= ALIKE


def _shown(value: object) -> str:
    return str(getattr(value, "name", value))
