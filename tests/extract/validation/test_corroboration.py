"""Witnesses beside the header: agreement makes sure, contradiction is told, values never change."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document, Envelope, Line, Origin
from evidence.model.problem import ProblemCode
from tests.support.page_layout import document, head, line, signature

LEFT, DATE = ["UBND TỈNH LẠNG SƠN"], "Lạng Sơn, ngày 16 tháng 01 năm 2025"


def scan(below: list[str], *annex: Line, name: str = "a.pdf", number: str = "Số: 99/QĐ-UBND") -> Document:
    first = head(LEFT, number, DATE, ["QUYẾT ĐỊNH", "Về việc thử", *below], Origin.OCR, 0.96)
    end = signature(560, ["CHỦ TỊCH"], "Cao Văn Thử", ["- Lưu: VT."], Origin.OCR)
    made = document([*first, *end], [*annex]) if annex else document([*first, *end])
    return replace(made, source=replace(made.source, path=name))


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("SNV/1.1/99-QD-UBND.pdf", True),
        ("QD so 099 (16.01.2025).pdf", True),
        ("255-nn.pdf", False),
        ("scan.pdf", False),
    ],
)
def test_a_file_name_that_agrees_makes_a_doubtful_number_sure_and_no_other_changes_it(name: str, sure: bool) -> None:
    record = read_record(scan(["Căn cứ Luật;"], name=name))
    assert str(record.number.value) == "99/QĐ-UBND" and record.number.sure is sure
    assert (record.number.note is not None and record.number.note.code == "witness-file-name") is sure


def test_one_digit_in_a_file_name_proves_nothing() -> None:
    record = read_record(scan(["Căn cứ Luật;"], name="phu luc 9.pdf", number="Số: 9/QĐ-UBND"))
    assert str(record.number.value) == "9/QĐ-UBND" and not record.number.sure


def test_the_annex_that_names_its_document_is_a_witness_for_number_and_date() -> None:
    annex = (
        line(250, 60, "PHỤ LỤC"),
        line(120, 80, "(Kèm theo Quyết định số 99/QĐ-UBND ngày 16 tháng 01 năm 2025 của UBND tỉnh)"),
    )
    record = read_record(scan(["Căn cứ Luật;"], *annex))
    assert record.number.sure and record.date.sure
    assert record.date.note and record.date.note.code == "witness-self"


def test_the_time_of_a_digital_signature_is_a_witness_for_the_date() -> None:
    seal = line(300, 10, "Thời gian ký: 16.01.2025 16:31:37 +07:00", Origin.WIDGET)
    made = scan(["Căn cứ Luật;"])
    page = replace(made.pages[0], lines=(seal, *made.pages[0].lines))
    assert read_record(replace(made, pages=(page,))).date.sure
    assert not read_record(made).date.sure


def test_a_citation_dated_after_the_document_is_told_and_doubts_a_doubtful_date() -> None:
    record = read_record(scan(["Căn cứ Quyết định số 12/QĐ-BNV ngày 20 tháng 3 năm 2025 của Bộ Nội vụ;"]))
    assert "conflict" in {problem.code.value for problem in record.problems}
    assert str(record.date.value) == "2025-01-16" and record.date.confidence <= 0.7


ENVELOPE = Envelope("99/QĐ-UBND", datetime.date(2025, 1, 16), "UBND tỉnh Lạng Sơn", "Quyết định", "Thử", "Cao Văn Thử")


def test_an_envelope_that_agrees_makes_doubtful_values_sure() -> None:
    made = scan(["Căn cứ Luật;"])
    assert not read_record(made).number.sure and not read_record(made).date.sure
    record = read_record(replace(made, envelope=ENVELOPE))
    for found in (record.number, record.date, record.kind, record.issuer, record.signer):
        assert found.confidence >= 0.9 and found.note and found.note.code == "witness-envelope"
    assert not any(problem.code is ProblemCode.CONFLICT for problem in record.problems)


@pytest.mark.parametrize(
    ("field", "told", "page"),
    [
        ("number", "98/QĐ-UBND", "99/QĐ-UBND"),
        ("date", datetime.date(2025, 1, 18), "2025-01-16"),
        ("kind", "Công văn", "Quyết định"),
        ("signer", "Cao Văn Khác", "Cao Văn Thử"),
    ],
)
def test_an_envelope_that_contradicts_is_a_conflict_and_changes_no_value(field: str, told: object, page: str) -> None:
    made = scan(["Căn cứ Luật;"], name="99-QD-UBND.pdf")
    record = read_record(replace(made, envelope=replace(ENVELOPE, **{field: told})))  # type: ignore[arg-type]
    found = getattr(record, field)
    assert str(getattr(found.value, "name", found.value)) == page and not found.sure
    assert found.note and found.note.code == "witness-envelope-against" and str(told) in found.note.params["told"]
    (conflict,) = (problem for problem in record.problems if problem.code is ProblemCode.CONFLICT)
    assert page in conflict.message.params["value"] and str(told) in conflict.message.params["told"]


def test_an_envelope_that_speaks_of_another_document_is_not_heard() -> None:
    other = Envelope("187/TTr-SNV", datetime.date(2025, 1, 20), "Sở Nội vụ", "Tờ trình", "Khác", "Đỗ Văn Chung")
    made = scan(["Căn cứ Luật;"])
    assert read_record(replace(made, envelope=other)).problems == read_record(made).problems
