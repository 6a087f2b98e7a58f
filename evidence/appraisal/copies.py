"""What two documents of nearly the same text are to each other: one paper twice, one document in two formats, or one
form filled in twice.

An office keeps the DOCX that it wrote beside the PDF that it issued: that is one document, and no reuse. A form (sơ yếu
lý lịch, phiếu, điều lệ by a model) has the same words whoever fills it in: what differs stands on both sides. A letter
or plan written on the words of an earlier one is no form: it has a subject of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from evidence.appraisal.near_duplicates import DuplicatePair
from evidence.model.document import Origin
from evidence.model.record import FieldValue, Record
from evidence.values import agency as agencies
from evidence.values.date import PartialDate
from evidence.vietnamese.text import fold

FILLED, FILLED_IN_PICTURES = 2, 5  # words that are other ones, from which a form was filled in twice ...
SHARE, SHARE_IN_PICTURES = 0.004, 0.035  # ... and their share of the text
REVISED = 0.05  # share up to which two texts of one agency on one subject are two states of one document
SURPLUS = 0.15  # what one format may have more than the other: page numbers, the number and date of the issued one
BLANKS, WORDS_A_BLANK = 3, 60  # places to fill in, and words for each, of a form that nobody filled in
WRITTEN = frozenset(
    fold(name)
    for name in ("Công văn", "Báo cáo", "Kế hoạch", "Tờ trình", "Thông báo", "Quyết định", "Chương trình", "Hướng dẫn",
                 "Kết luận", "Phương án", "Đề án", "Chỉ thị", "Công điện")
)  # fmt: skip
PICTURE, PDF = "image/", "application/pdf"


class CopyKind(StrEnum):
    RESCAN = "rescan"
    NEAR_COPY = "near-copy"
    TWO_FORMATS = "two-formats"
    SAME_FORM = "same-form"
    BLANK_FORM = "blank-form"


def classify_copies(pair: DuplicatePair, first: Record, second: Record) -> CopyKind | None:
    """What the two are to each other; None where number, agency or date surely differ: a text taken over."""
    if are_surely_other(first, second):
        return None
    if _is_filled_in(pair, first, second):
        if not (_is_written(first) and _is_written(second)):
            return CopyKind.SAME_FORM
        if not _has_same_subject(first, second):
            return None
    if _are_two_formats(first, second) and not (pair.difference and pair.difference.surplus > SURPLUS):
        return CopyKind.TWO_FORMATS
    if _is_blank_form(pair) and not (_has_number(first) or _has_number(second)):
        return CopyKind.BLANK_FORM
    return CopyKind.RESCAN if is_picture(first) or is_picture(second) else CopyKind.NEAR_COPY


def group_forms(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The documents of each form, from the pairs of them.

    >>> group_forms([("a", "b"), ("c", "d"), ("b", "e")])
    (('a', 'b', 'e'), ('c', 'd'))
    """
    group_of: dict[str, set[str]] = {}
    for first, second in pairs:
        joined = group_of.get(first, {first}) | group_of.get(second, {second})
        for name in joined:
            group_of[name] = joined
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))


def is_picture(record: Record) -> bool:
    """Whether a page of it was read from a picture."""
    return any(page.origin is Origin.OCR for page in record.pages)


def are_surely_other(record: Record, other: Record) -> bool:
    """Another number, agency or date: a form that was filled in, or a text taken over, but not the same paper."""
    agency, second = record.issuer.value, other.issuer.value
    if agency and second and record.issuer.sure and other.issuer.sure and not agencies.is_same_agency(agency, second):
        return True
    if record.number.value and other.number.value and record.number.sure and other.number.sure:
        return record.number.value.key != other.number.value.key
    return record.date.sure and other.date.sure and _differ(record.date.value, other.date.value)


def _differ(date: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether the two days cannot be one; a date whose day is still blank differs from none of its month."""
    if date is None or other is None:
        return False
    parts = ((date.year, other.year), (date.month, other.month), (date.day, other.day))
    return any(part is not None and counterpart is not None and part != counterpart for part, counterpart in parts)


def _is_filled_in(pair: DuplicatePair, first: Record, second: Record) -> bool:
    difference = pair.difference
    if difference is None or _has_same_number(first, second):
        return False
    pictures = is_picture(first) or is_picture(second)
    fewest, share = (FILLED_IN_PICTURES, SHARE_IN_PICTURES) if pictures else (FILLED, SHARE)
    if difference.replaced < fewest or difference.share < share:
        return False
    return difference.share > REVISED or not _has_same_subject(first, second)


def _is_written(record: Record) -> bool:
    """Whether it surely is an administrative document with a subject of its own, and no form."""
    kind = record.kind
    return bool(kind.sure and kind.value and fold(kind.value.name) in WRITTEN and _words(record.subject))


def _is_blank_form(pair: DuplicatePair) -> bool:
    difference = pair.difference
    return difference is not None and difference.blanks >= max(BLANKS, difference.words // WORDS_A_BLANK)


def _has_number(record: Record) -> bool:
    return record.number.value is not None


def _has_same_number(first: Record, second: Record) -> bool:
    number, other = first.number, second.number
    return bool(number.sure and other.sure and number.value and other.value and number.value.key == other.value.key)


def _has_same_subject(first: Record, second: Record) -> bool:
    """Whether one agency surely writes on one subject in both."""
    issuer, other = first.issuer, second.issuer
    if not (
        issuer.sure
        and other.sure
        and issuer.value
        and other.value
        and agencies.is_same_agency(issuer.value, other.value)
    ):
        return False
    return bool(_words(first.subject)) and _words(first.subject) == _words(second.subject)


def _words(subject: FieldValue[str]) -> list[str]:
    return fold(subject.value).split() if subject.sure and subject.value else []


def _are_two_formats(first: Record, second: Record) -> bool:
    """A text and its PDF, or two formats of office programs; a PDF and a photo are two pictures of one paper."""
    types = {first.source.media_type, second.source.media_type}
    return len(types) > 1 and not all(name == PDF or name.startswith(PICTURE) for name in types)
