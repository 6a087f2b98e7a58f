"""A field with a word that is none is not sure on a scan; foreign names and abbreviations are words."""

from __future__ import annotations

import pytest

from evidence.extract.validation.scanned_words import doubt_strange_words
from evidence.messages import Language, say
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Record, Signer, Span, Status
from evidence.values import agency
from tests.support.page_layout import document, line

ABOUT = "Về việc kết nạp {} vào câu lạc bộ của tỉnh"


def scan(*rows: str, origin: Origin = Origin.OCR) -> Document:
    return document([line(85, 100 + 16 * i, row, origin, 0.97) for i, row in enumerate(rows)])


def adjusted(page: Document, **fields: FieldValue[object]) -> Record:
    record = Record(page.source, Status.READ, (), **fields)  # type: ignore[arg-type]
    return doubt_strange_words(record, page)


def sure(value: object) -> FieldValue[object]:
    return FieldValue(value, str(value), Span(1, 0, 5), 0.95)


@pytest.mark.parametrize("word", ["klen", "đôc", "thựơnq", "gíâo", "Truyèn"])
def test_a_word_that_is_none_is_doubt_on_a_scan_alone(word: str) -> None:
    about = ABOUT.format(word)
    subject = adjusted(scan(about), subject=sure(about)).subject
    assert subject.value == about and not subject.sure and subject.note is not None
    assert all(word in say(subject.note, language) for language in Language)
    assert adjusted(scan(about, origin=Origin.TEXT), subject=sure(about)).subject.sure


@pytest.mark.parametrize("word", ["học sinh", "UBND, CNTT", "BĐATGT", "Đắk Nông"])
def test_words_names_and_abbreviations_stay_sure(word: str) -> None:
    about = ABOUT.format(word)
    assert adjusted(scan(about), subject=sure(about)).subject.sure


def test_a_foreign_name_that_the_text_says_again_stays_sure() -> None:
    about = ABOUT.format("Karate")
    assert adjusted(scan(about, "Câu lạc bộ Karate", "môn Karate"), subject=sure(about)).subject.sure
    assert not adjusted(scan(about), subject=sure(about)).subject.sure


def test_issuers_and_signers_are_held_to_it_too() -> None:
    page = scan("LIÊN ĐOÀN VÕ CÓ TRUYÈN")
    record = adjusted(
        page, issuer=sure(agency.Agency("Liên đoàn Võ có Truyèn")), signer=sure(Signer("Nguyễn Vặn Phúuc"))
    )
    assert not record.issuer.sure and not record.signer.sure


@pytest.mark.parametrize(
    ("wrong", "right"), [("tập thế", "tập thể"), ("tố chức", "tổ chức"), ("kết quá", "kết quả"), ("đâu tư", "đầu tư")]
)
def test_a_wrong_mark_that_leaves_a_word_is_doubt_on_a_scan_alone(wrong: str, right: str) -> None:
    about, better = (f"Báo cáo về {words} năm 2024 của các đơn vị" for words in (wrong, right))
    subject = adjusted(scan(about), subject=sure(about)).subject
    assert subject.value == about and not subject.sure and subject.note is not None
    assert all(
        "“" + right.split()[-1 if "tập" in right or "kết" in right else 0] in say(subject.note, language)
        for language in Language
    )
    assert adjusted(scan(better), subject=sure(better)).subject.sure
    assert adjusted(scan(about, origin=Origin.TEXT), subject=sure(about)).subject.sure
