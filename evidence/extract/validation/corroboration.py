"""What else speaks for or against the number and the date that the header shows.

Independent of it are: the document naming itself in its annexes (``Kèm theo Quyết định số 99/QĐ-UBND``),
the file's name, the time of a digital signature, an edXML envelope (``envelope``). Agreement makes a doubtful value
sure; contradiction makes a sure one doubtful and is reported. No value is ever changed by it: names of files lie
(``255-nn.pdf`` holds 225/TTg-NN), a portal signs days later. Each is named in ``note``.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from evidence.extract.validation.envelope import compare_envelope
from evidence.messages import Message
from evidence.model.document import Document, Origin
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Citation, FieldValue, Record
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.values.overlay import find_signing_day
from evidence.vietnamese.text import canon

T = TypeVar("T")
AGREED = 0.94  # a doubtful value that one other place corroborates
CONTRADICTED = 0.7
ATTACHED = re.compile(r"[Kk]èm\s+theo\s")
REACH = 120  # characters in which the number stands after "Kèm theo"


def corroborate_record(record: Record, document: Document) -> Record:
    """The record with its number and date held against every other place that speaks of them."""
    number = _number(record.number, document)
    date = _date(record.date, record, document)
    compared = compare_envelope(replace(record, number=number, date=date), document)
    later = _cited_later(compared)
    return _doubt_date(compared, later) if later else compared


def _number(number: FieldValue[Number], document: Document) -> FieldValue[Number]:
    if number.value is None or number.sure or _is_cut(number):
        return number
    if _names_itself(number.value, document)[0]:
        return _raise_confidence(number, "witness-self")
    serial = number.value.serial.lstrip("0")
    named = re.findall(r"(?<!\d)0*(\d{2,5})(?!\d)", PurePath(document.source.path).stem)
    if len(serial) >= 2 and serial in named:
        return _raise_confidence(number, "witness-file-name")
    return number


def _is_cut(number: FieldValue[Number]) -> bool:
    """Whether a rest stands behind it: then what repeats it may be cut at the same place."""
    return number.note is not None and number.note.code == "note-number-rest"


def _date(date: FieldValue[PartialDate], record: Record, document: Document) -> FieldValue[PartialDate]:
    if date.value is None or date.sure:
        return date
    if record.number.value and date.value in _names_itself(record.number.value, document)[1]:
        return _raise_confidence(date, "witness-self")
    if date.value in _signing_days(document):
        return _raise_confidence(date, "witness-signing-time")
    return date


def _names_itself(number: Number, document: Document) -> tuple[bool, set[PartialDate]]:
    """Whether an annex says that it belongs to this number, and the dates it gives with it."""
    named, days = False, set()
    for page in document.pages:
        text = canon(page.text)
        for attached in ATTACHED.finditer(text):
            window = text[attached.start() : attached.end() + REACH].replace("\n", " ")
            match = next((match for match in numbers.search(window) if match.number.key == number.key), None)
            if match:
                named = True
                days |= {match.date for match in dates.search(window[match.end : match.end + 40]) if match.date}
    return named, days


def _signing_days(document: Document) -> set[PartialDate]:
    """The days that signature texts on the pages show."""
    days = set()
    for page in document.pages:
        for line in page.lines:
            if any(word.origin is Origin.WIDGET for word in line.words):
                day = find_signing_day(line.text)
                days |= {day} if day else set()
    return days


def _raise_confidence(field: FieldValue[T], code: str) -> FieldValue[T]:
    return replace(field, confidence=max(AGREED, field.confidence), note=Message(code))


def _cited_later(record: Record) -> Citation | None:
    """A surely read citation dated after the document's own day: one of the two is wrong."""
    day = record.date.value.to_date() if record.date.value else None
    if day is None:
        return None
    for citation in record.citations:
        other = citation.date.to_date() if citation.date and citation.date.whole else None
        if (
            other
            and other > day
            and citation.confidence >= CONTRADICTED
            and other - day < datetime.timedelta(days=3660)
        ):
            return citation
    return None


def _doubt_date(record: Record, later: Citation) -> Record:
    """A doubtful own date is doubted more; a sure one stays, with a problem beside it."""
    params = {"date": str(record.date.value), "cited": later.text}
    problem = Problem(ProblemCode.CONFLICT, Message("problem-cited-later", params), later.span.page)
    date = record.date
    if not date.sure:
        date = replace(date, confidence=min(CONTRADICTED, date.confidence), note=Message("witness-cited-later", params))
    return replace(record, date=date, problems=(*record.problems, problem))
