"""Fields held against each other: agreement and contradiction, and the problems that a person should see.

Each check takes a record and gives it back with a confidence lowered or a problem added; none changes a value.
The facts are those of the trade: a year inside the number is the year of the date; the group after the number names
the kind; a document without number or date is a draft (NĐ 30/2020, Điều 15 and 17: both are given after signing).
"""

from __future__ import annotations

from dataclasses import replace

from evidence.extract.fields.annex_parent import ANNEX
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Span
from evidence.values import kind as kinds
from evidence.values import registry

UNREAD = {ProblemCode.DAMAGED, ProblemCode.TIME_OUT, ProblemCode.TOO_LARGE, ProblemCode.UNFINISHED}
SCANS = ("application/pdf", "image/")  # media types of what may be the picture of a page
DOUBT = 0.7  # what a contradicted value is worth at most


def has_unread_page(document: Document) -> bool:
    """Whether some page could not be read although the file could."""
    return any(problem.code in UNREAD for problem in document.problems)


def explain_unreadable(document: Document) -> tuple[Problem, ...]:
    """The stated reasons; blank pages where nothing else is known: of a scan, or of a file that holds no text."""
    is_scan = document.source.media_type.startswith(SCANS)
    sentence = Message("problem-no-words" if is_scan else "problem-no-text")
    return document.problems or (Problem(ProblemCode.BLANK_PAGE, sentence),)


def check_consistency(record: Record) -> Record:
    """The record after all checks."""
    for check in (_blank, _year, _kind_and_suffix, _issuer_then, _unsigned):
        record = check(record)
    return record


def _add(record: Record, code: ProblemCode, message: str, page: int | None, /, **params: object) -> Record:
    text = Message(message, {name: str(value) for name, value in params.items()})
    return replace(record, problems=(*record.problems, Problem(code, text, page)))


def _page_of(span: Span | None) -> int | None:
    return span.page if span else None


def _blank(record: Record) -> Record:
    """Blank places are problems; number and date both blank make a draft, whose printed signer has not signed yet."""
    blank_number = _says(record.number.note, "number-blank")
    blank_date = _says(record.date.note, "date-blank")
    if blank_number:
        record = _add(record, ProblemCode.BLANK_NUMBER, "problem-blank-number", _page_of(record.number.span))
    if blank_date:
        record = _add(record, ProblemCode.BLANK_DATE, "problem-blank-date", _page_of(record.date.span))
    if blank_number and record.date.value is None:
        record = _add(record, ProblemCode.DRAFT, "problem-draft", _page_of(record.number.span))
        if record.signer.value:
            doubt = min(0.85, record.signer.confidence)
            signer = replace(record.signer, confidence=doubt, note=Message("note-draft-signer"))
            record = replace(record, signer=signer)
    if _says(record.date.note, "date-impossible"):
        page, printed = _page_of(record.date.span), record.date.raw
        record = _add(record, ProblemCode.IMPOSSIBLE_DATE, "problem-impossible-date", page, date=printed)
    return record


def _says(note: Message | None, code: str) -> bool:
    return note is not None and note.code == code


def _year(record: Record) -> Record:
    """A year inside the number is the year of issue: 38 of 6,157 differ, nearly all drafting errors."""
    number, date = record.number.value, record.date.value
    if number is None or date is None or number.year is None or number.year == date.year:
        return record
    note = Message("note-year-differs", {"number": str(number), "date": str(date)})
    record = replace(
        record,
        number=replace(record.number, confidence=min(DOUBT, record.number.confidence), note=note),
        date=replace(record.date, confidence=min(DOUBT, record.date.confidence), note=note),
    )
    page = _page_of(record.date.span)
    return _add(record, ProblemCode.CONFLICT, "problem-year-differs", page, number=number, date=date)


def _kind_and_suffix(record: Record) -> Record:
    """The kind in the title and the kind's letters in the number; Party rules and the tax office differ lawfully."""
    number, kind = record.number.value, record.kind.value
    if number is None or kind is None or kind.code is None:
        return record
    letters = number.kind_code
    if letters is None or letters == kind.code or kinds.by_code(letters) in (None, kind):
        return record
    note = Message("note-kind-differs", {"number": str(number), "kind": kind.name})
    return replace(record, kind=replace(record.kind, confidence=min(0.85, record.kind.confidence), note=note))


def _issuer_then(record: Record) -> Record:
    """An issuer that did not exist on the date: an old letterhead, or one of the two was misread."""
    issuer, day = record.issuer.value, record.date.value.to_date() if record.date.value else None
    if issuer is None or day is None or registry.valid_on(issuer, day):
        return record
    note = Message("note-issuer-not-then", {"issuer": issuer.name, "date": day.isoformat()})
    doubted = replace(record.issuer, confidence=min(DOUBT, record.issuer.confidence), note=note)
    later = registry.successor(issuer, day)
    page = _page_of(record.issuer.span)
    record = replace(record, issuer=doubted)
    if later == issuer:
        return _add(record, ProblemCode.CONFLICT, "problem-issuer-not-then", page, issuer=issuer, date=day)
    return _add(record, ProblemCode.CONFLICT, "problem-issuer-became", page, issuer=issuer, date=day, later=later)


def _unsigned(record: Record) -> Record:
    if record.annex_of is not None or record.kind.value == ANNEX:
        return record  # an annex bears no signature block (NĐ 30, Phụ lục I, III)
    if record.unfinished:
        return record  # the signature block stands on a page that is still to be read
    if record.signer.value is None and record.signer.raw is None:
        return _add(record, ProblemCode.NO_SIGNATURE, "problem-no-signature", None)
    return record
