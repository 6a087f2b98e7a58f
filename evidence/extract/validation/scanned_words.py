"""Words of scanned fields that are none: of no Vietnamese syllable's shape, and nowhere else in the document.

OCR makes such words of faint, stamped or blurred print (``klen thưởng``, ``Ban giám đôc``), at any confidence. Foreign
names (``Karate``) stand in the text again; abbreviations in capitals are no words.

>>> find_strange_word("Về việc klen thưởng học sinh", "", 1), find_strange_word("UBND tỉnh và Ban giám đôc", "", 1)
('klen', 'đôc')
>>> find_strange_word("Sáp nhập Liên đoàn Karate", "đoàn Karate; Karate tỉnh", 2) is None
True
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from evidence.messages import Message
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Record
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, nfc, strip_marks
from evidence.vietnamese.tones import find_wrong_tone

T = TypeVar("T")
DOUBTFUL = 0.85
TIMES = 3  # that the document shows a word, with the field itself, before it is believed
WORD = re.compile(r"[^\W\d_]{2,}")


def doubt_strange_words(record: Record, document: Document) -> Record:
    """The record; subject, issuer and signer read from a scan are not sure where a word of theirs is none."""
    text = fold("\n".join(page.text for page in document.pages))
    issuer, signer = record.issuer.value, record.signer.value
    return replace(
        record,
        subject=_doubt_tone(_doubt(record.subject, record.subject.value or "", text, document), document),
        issuer=_doubt(record.issuer, issuer.name if issuer else "", text, document),
        signer=_doubt(record.signer, signer.name if signer else "", text, document),
    )


def _doubt(field: FieldValue[T], value: str, text: str, document: Document) -> FieldValue[T]:
    if not field.sure or not _is_scanned(field, document):
        return field
    word = find_strange_word(value, text, TIMES)
    if word is None:
        return field
    return replace(field, confidence=DOUBTFUL, note=Message("note-strange-word", {"word": word}))


def _doubt_tone(subject: FieldValue[str], document: Document) -> FieldValue[str]:
    """The subject, not sure where another mark on a word of it is by far more likely: what is left of a lost or wrong
    mark is often a word too."""
    if not subject.sure or not subject.value or not _is_scanned(subject, document):
        return subject
    words = find_wrong_tone(subject.value)
    if words is None:
        return subject
    note = Message("note-wrong-tone", {"word": words[0], "other": words[1]})
    return replace(subject, confidence=DOUBTFUL, note=note)


def _is_scanned(field: FieldValue[T], document: Document) -> bool:
    number = field.span.page if field.span else 1
    return any(page.number == number and page.origin is Origin.OCR for page in document.pages)


def find_strange_word(value: str, text: str, times: int) -> str | None:
    """The first word of ``value`` that is no syllable and stands in ``text`` less than so many ``times``."""
    known = text.casefold()
    for match in WORD.finditer(nfc(value)):
        word = match.group()
        if _is_abbreviation(word) or is_syllable(word.lower()):
            continue
        shown = re.findall(rf"(?<!\w){re.escape(fold(word))}(?!\w)", known)
        if len(shown) < times:
            return word
    return None


def _is_abbreviation(word: str) -> bool:
    """Capitals without tone: ``UBND``, ``CNTT``, ``BĐATGT``."""
    return word.isupper() and strip_marks(word) == word.replace("Đ", "D")
