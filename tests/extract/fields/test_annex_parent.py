"""Files of annexes: what names their document, and that nothing of the document passes for theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.extract.record import read_record
from evidence.model.document import Document, Line
from evidence.model.record import Record, Relation
from tests.support.page_layout import centred, document, head, line, signature

SIGNED = "Số: 2775/SNV-CCHC&amp;VTLT; 10/11/2025; 10:59:46;"


def annex(*above: Line, title: str = "DANH MỤC BÁO CÁO ĐỊNH KỲ", tie: str = "") -> Document:
    lines = [*above, centred(300, 60, "PHỤ LỤC I:"), centred(300, 76, title)]
    lines += [centred(300, 92, tie)] if tie else []
    return document([*lines, line(85, 130, "1. Báo cáo quý theo Quyết định số 12/QĐ-SNV ngày 02/01/2025")])


def tied(record: Record) -> tuple[str, str | None] | None:
    one = record.annex_of
    return (str(one.number), str(one.date) if one.date else None) if one else None


CASES = {
    "signature text with &amp;": (annex(line(380, 20, SIGNED)), ("2775/SNV-CCHC&VTLT", "2025-11-10")),
    "signature text on two lines": (
        annex(line(380, 20, "Số: 15/QĐ-UBND; 03/02/2025;"), line(380, 31, "09:05:00 +07:00")),
        ("15/QĐ-UBND", "2025-02-03"),
    ),
    "in brackets": (
        annex(tie="(Kèm theo Quyết định số 15/QĐ-UBND ngày 03/02/2025 của UBND tỉnh)"),
        ("15/QĐ-UBND", "2025-02-03"),
    ),
    "in brackets, issued with": (
        annex(tie="(Ban hành kèm theo Công văn số 446/SNV-CCHC của Sở Nội vụ)"),
        ("446/SNV-CCHC", None),
    ),
    "blank in brackets": (annex(tie="(Kèm theo Quyết định số      /QĐ-UBND ngày    tháng 3 năm 2025)"), None),
    "no tie": (annex(), None),
}


@pytest.mark.parametrize(("paper", "parent"), CASES.values(), ids=CASES)
def test_an_annex_is_tied_and_has_no_number(paper: Document, parent: tuple[str, str | None] | None) -> None:
    record = read_record(paper)
    assert tied(record) == parent
    assert record.kind.value is not None
    assert record.kind.value.name == "Phụ lục"
    assert (record.number.value, record.number.raw, record.date.value) == (None, None, None)
    assert record.subject.value == "DANH MỤC BÁO CÁO ĐỊNH KỲ"
    assert not [problem for problem in record.problems if problem.code == "no-signature"]
    if record.annex_of:
        page = paper.pages[0].text
        assert page[record.annex_of.span.start : record.annex_of.span.end] == record.annex_of.text
        assert record.annex_of.relation is Relation.ATTACHED_TO


def test_a_regulation_keeps_its_kind() -> None:
    lines = [centred(300, 60, "QUY CHẾ"), centred(300, 76, "Tiếp công dân của Sở Nội vụ")]
    lines += [centred(300, 92, "(Ban hành kèm theo Quyết định số 15/QĐ-SNV ngày 03/02/2025 của Sở Nội vụ)")]
    record = read_record(document([*lines, line(85, 130, "Điều 1. Phạm vi điều chỉnh")]))
    assert tied(record) == ("15/QĐ-SNV", "2025-02-03")
    assert record.kind.value is not None
    assert record.kind.value.name == "Quy chế"
    assert record.number.value is None


def letter(*more: Line) -> Document:
    lines = head(["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"], "Số: 446/SNV-CCHC", "Lạng Sơn, ngày 19 tháng 3 năm 2019", [])
    lines += [line(85, 300, "Kính gửi: Văn phòng UBND tỉnh. Gửi (kèm theo Kế hoạch số 5/KH-SNV ngày 02/01/2019)")]
    end = signature(500, ["GIÁM ĐỐC"], "Nguyễn Văn Minh", ["- Như trên;", "- Lưu: VT."])
    return document([*more, *lines, *end])


@pytest.mark.parametrize("mark", [None, "Số: 446/SNV-CCHC; 19/03/2019; 10:59:46"])
def test_a_document_with_a_header_of_its_own_is_no_annex(mark: str | None) -> None:
    record = read_record(letter(*([line(380, 20, mark)] if mark else [])))
    assert record.annex_of is None
    assert str(record.number.value) == "446/SNV-CCHC"
    assert record.kind.value is not None
    assert record.kind.value.name == "Công văn"


def test_a_heading_inside_the_document_makes_no_annex() -> None:
    paper = letter()
    second = document([centred(300, 60, "PHỤ LỤC"), line(85, 90, "1. Số liệu")]).pages[0]
    record = read_record(document(list(paper.pages[0].lines), list(second.lines)))
    assert str(record.number.value) == "446/SNV-CCHC"
    assert [one.value for one in record.annexes] == ["Phụ lục"]


CRITERIA = Path(__file__).parents[4] / "shared" / "data" / "criteria"
REAL = CRITERIA / "PL01-Huong-dan-tu-danh-gia-cham-diem-CCHC-so-nga.pdf"


@pytest.mark.real
def test_the_real_electronic_annex(tmp_path: Path) -> None:
    from evidence.config import Limits, Settings
    from evidence.pipeline import scheduler as pipeline
    from evidence.pipeline.requests import request_file

    (outcome,) = pipeline.read_files([request_file(REAL, Limits())], Settings(home=tmp_path, jobs=1))
    assert tied(outcome.record) == ("2775/SNV-CCHC&VTLT", "2025-11-10")
    assert outcome.record.number.raw is None
