"""Standards stand beside the citations, never among them."""

from __future__ import annotations

from evidence.codec import decode, encode
from evidence.extract.citations.reader import read_citations
from evidence.extract.citations.standards import read_standards
from evidence.extract.record import read_record
from evidence.model.document import Document, Origin, Page, Source
from evidence.report import record_json
from tests.extract.citations.test_reader import page

TEXT = (
    "Căn cứ Thông tư số 10/2016/TT-BTTTT ngày 01/4/2016 ban hành QCVN 102:2016/BTTTT;\n"
    "áp dụng TCVN ISO 9001:2015, TCVN\n5687:2010 theo Quyết định số 15/QĐ-UBND"
)


def read(*pages: Page) -> list[tuple[str, int, str]]:
    texts = {one.number: one.text for one in pages}
    found = read_standards(pages)
    return [
        (str(one.value), one.span.page, texts[one.span.page][one.span.start : one.span.end])
        for one in found
        if one.span
    ]


def test_each_mention_has_its_place() -> None:
    found = read(page(TEXT), page("2\nxem QCVN 102:2016/BTTTT", 2))
    assert found == [
        ("QCVN 102:2016/BTTTT", 1, "QCVN 102:2016/BTTTT"),
        ("TCVN ISO 9001:2015", 1, "TCVN ISO 9001:2015"),
        ("TCVN 5687:2010", 1, "TCVN\n5687:2010"),
        ("QCVN 102:2016/BTTTT", 2, "QCVN 102:2016/BTTTT"),
    ]


def test_over_a_page_break() -> None:
    (found,) = read_standards((page("theo TCVN"), page("2\n5687:2010 và", 2)))
    assert str(found.value) == "TCVN 5687:2010" and found.span and (found.span.page, found.span.end) == (1, 9)


def test_never_a_citation() -> None:
    assert [str(one.number) for one in read_citations((page(TEXT),))] == ["10/2016/TT-BTTTT", "15/QĐ-UBND"]


def test_doubt_of_ocr_stays() -> None:
    (found,) = read_standards((page("theo TCVN 5687:2010", origin=Origin.OCR, confidence=0.6),))
    assert found.confidence == 0.6 and not found.sure


def test_in_the_record_and_its_json() -> None:
    made = read_record(Document(Source("a.pdf", "0" * 64, "application/pdf", 1), (page(TEXT),)))
    assert decode(encode(made), type(made)) == made
    told = record_json.render(made)["standards"]
    assert [(one["kind"], one["value"]) for one in told] == [
        ("standard", "QCVN 102:2016/BTTTT"),
        ("standard", "TCVN ISO 9001:2015"),
        ("standard", "TCVN 5687:2010"),
    ]
