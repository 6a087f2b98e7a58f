"""What may be called sure: the last word on confidence, from what stands around a value. No value is changed.

How well a value was read is weighed where it is read. Here it is asked whether it can be what it was taken for: a
subject that its line goes on after, an issuer that nobody knows and that the document names nowhere else. Each of these
signs was wrong more often than the bar allows (of values with 0.9 or more, 99.5 % are right) where it was met, in the
first set, in the held-out documents or in the gazette's 412 texts. Two signs make sure what its place alone does not:
a printed number that says the same kind as the title (of the gazette's texts 119 of 119 right), and one that stands
where a consolidated text is authenticated (77 of 77; 11 of 11 with their days).
Measured: docs/accuracy.md, "Which evidence may make sure".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from evidence.extract.fields.annex_parent import ANNEX
from evidence.extract.fields.body_openings import reads_as_sentence
from evidence.messages import Message
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Record
from evidence.values import agency as agencies
from evidence.values import kind as kinds
from evidence.vietnamese.text import fold, strip_marks

T = TypeVar("T")
DOUBTFUL = 0.85  # shown as doubtful, ahead of what one engine alone says
BACKED = 0.92  # printed digits, and the title says that they are the document's own
LONGEST = 600  # characters, where reading a subject stops; of 4,245 real ones a single one has more (604)
IN_FORCE = re.compile(r"hiệu lực (thi hành )?(kể )?từ|sửa đổi, bổ sung (một số điều )?bởi:", re.IGNORECASE)
MERGED = r"\s+ngày\s[^;]{5,200}?(có hiệu lực|được sửa đổi, bổ sung bởi)"  # what a consolidated text says of its origin
CHARTER = "Điều lệ"  # its members adopt it; the agency over it is the one that approved it, or its own name
LAWS = {"Luật", "Bộ luật"}
AUTHENTICATED = fold("Xác thực văn bản hợp nhất")
HEAD = 3000  # characters of page 1 in which it says so


def adjust_confidence(record: Record, document: Document) -> Record:
    """The record with the confidence of what cannot be sure lowered, and why."""
    adjustments: tuple[Callable[[Record, Document], Record], ...] = (_subject, _issuer, _kind, _number, _consolidated)
    for adjust in adjustments:
        record = adjust(record, document)
    return record


def _doubt(field: FieldValue[T], code: str) -> FieldValue[T]:
    """Doubtful; a doubt stated before stays."""
    return replace(field, confidence=DOUBTFUL, note=Message(code)) if field.sure else field


def _subject(record: Record, document: Document) -> Record:
    subject = record.subject
    if not subject.sure or subject.value is None:
        return record
    if record.kind.value is None:
        return replace(record, subject=_doubt(subject, "note-subject-untitled"))
    if IN_FORCE.search(subject.value) or len(subject.value) > LONGEST:
        return replace(record, subject=_doubt(subject, "note-subject-runs-on"))
    if reads_as_sentence(subject.value, strip_marks(subject.value).lower()):
        return replace(record, subject=_doubt(subject, "note-subject-sentence"))
    if _goes_on(subject, document):
        return replace(record, subject=_doubt(subject, "note-subject-goes-on"))
    return record


def _goes_on(subject: FieldValue[str], document: Document) -> bool:
    """Whether the text after it begins with a small letter, as no heading and no paragraph does."""
    page = next((page for page in document.pages if subject.span and page.number == subject.span.page), None)
    after = page.text[subject.span.end :].lstrip() if page and subject.span else ""
    return after[:1].islower() and not re.match(r"[a-zđ]\W", after)


def _issuer(record: Record, document: Document) -> Record:
    """An agency that the registry does not know is sure where the document names it again."""
    issuer = record.issuer
    if record.kind.value is not None and record.kind.value.name == CHARTER:
        return replace(record, issuer=_doubt(issuer, "note-issuer-charter"))
    if not issuer.sure or issuer.value is None or agencies.agency_level(issuer.value) is not None:
        return record
    if record.envelope is not None or _named_again(issuer.value.name, document):
        return record
    return replace(record, issuer=_doubt(issuer, "note-issuer-unknown"))


def _named_again(name: str, document: Document) -> bool:
    known = "".join(char for char in fold(name) if char.isalnum())
    text = "".join(char for page in document.pages for char in fold(page.text) if char.isalnum())
    return text.count(known) >= 2


def _kind(record: Record, document: Document) -> Record:
    """A title with no number place under it: a form, or the title of what was consolidated here."""
    number = record.number
    if record.kind.value == ANNEX or record.annex_of is not None or number.value is not None or number.raw:
        return record
    return replace(record, kind=_doubt(record.kind, "note-kind-unnumbered"))


def _number(record: Record, document: Document) -> Record:
    """A number in printed text whose place says little (office files, web pages, last pages): what else backs it.

    The title's kind and the number's letters agree, or it stands where a consolidated text is authenticated; then the
    day beside it is backed too.
    """
    number = record.number
    page = next((page for page in document.pages if number.span and page.number == number.span.page), None)
    if number.value is None or number.note is not None or page is None:
        return record
    if page.origin is not Origin.TEXT or page.engine is not None:  # an engine read some of its rows
        return record
    if number.value.kind_code == "VBHN" and AUTHENTICATED in fold(page.text):
        beside = record.date.span is not None and record.date.span.page == page.number and record.date.note is None
        return replace(record, number=_confirm(number), date=_confirm(record.date) if beside else record.date)
    return replace(record, number=_confirm(number)) if _says_its_kind(record) else record


def _confirm(field: FieldValue[T]) -> FieldValue[T]:
    return replace(field, confidence=max(BACKED, field.confidence)) if field.value is not None else field


def _says_its_kind(record: Record) -> bool:
    """``NGHỊ ĐỊNH`` over ``71/2018/NĐ-CP``, ``LUẬT`` over ``06/2022/QH15``. Not a joint document: its many issuers run
    over the line, and what is behind it was lost."""
    kind, number = record.kind, record.number.value
    if number is None or kind.value is None or not kind.sure or kind.span is None or kind.span == record.number.span:
        return False
    if number.symbol.startswith("QH"):
        return kind.value.name in LAWS
    return number.kind_code is not None and number.kind_code == kind.value.code and not kinds.is_joint(kind.value)


def _consolidated(record: Record, document: Document) -> Record:
    """A header that the text under it names as another document, amended since: a consolidated text's origin."""
    number = record.number
    if number.value is None or not number.sure or not document.pages:
        return record
    head = " ".join(document.pages[0].text[:HEAD].split())
    if not re.search(re.escape(str(number.value)) + MERGED, head):
        return record
    code = "note-consolidated-origin"
    return replace(
        record,
        number=_doubt(number, code),
        date=_doubt(record.date, code),
        issuer=_doubt(record.issuer, code),
        kind=_doubt(record.kind, code),
    )
