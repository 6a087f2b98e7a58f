"""Several documents in one file: where they part, and what must not be parted."""

from __future__ import annotations

import pytest

from evidence.extract.record import read_record, read_records
from evidence.model.document import Document, Line, Origin
from evidence.model.problem import ProblemCode
from tests.support.page_layout import centred, document, head, line, signature

Lines = list[Line]
DATE = "Lạng Sơn, ngày 19 tháng 3 năm 2019"
END = signature(600, ["GIÁM ĐỐC"], "Nguyễn Văn Minh", ["- Như trên;", "- Lưu: VT."])


def letter(number: str = "Số: 446/SNV-CCHC", origin: Origin = Origin.TEXT) -> Lines:
    lines = head(["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"], number, DATE, [], origin, 0.95, ("V/v gửi kế hoạch",))
    return [*lines, line(85, 300, "Kính gửi: Ủy ban nhân dân tỉnh", origin, 0.95)]


def plan(number: str = "Số: 12/KH-SNV", date: str = DATE, origin: Origin = Origin.TEXT) -> Lines:
    title = ["KẾ HOẠCH", "Kiểm tra cải cách hành chính năm 2019"]
    return [
        *head(["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"], number, date, title, origin, 0.95),
        line(85, 300, "I. MỤC ĐÍCH", origin, 0.95),
    ]


def body(text: str = "1. Các đơn vị thực hiện nghiêm túc nội dung kiểm tra.") -> Lines:
    return [line(85, 80, text), line(85, 96, "2. Báo cáo kết quả trước ngày 20 tháng 6.")]


def form(*above: str, number: str = "Số:      /BC-SNV", date: str = "Lạng Sơn, ngày    tháng    năm 2019") -> Lines:
    lines = [centred(480, 20 + 14 * i, text) for i, text in enumerate(above)]
    return [*lines, *head(["UBND TỈNH LẠNG SƠN", "TÊN ĐƠN VỊ"], number, date, ["BÁO CÁO", "Kết quả quý I"])]


OCR = Origin.OCR
SPLIT = {
    "a letter with its plan": (document([*letter(), *END], plan(), [*body(), *END]), [(1, 1), (2, 3)]),
    "two plans scanned together": (
        document([*plan("Số: 11/KH-SNV", origin=OCR), *END], [*plan("Số: 12/KH-SNV", origin=OCR), *END]),
        [(1, 1), (2, 2)],
    ),
    "a handwritten number after an end": (
        document([*letter(), *END], [*plan("Số: AG /KH-SNV", origin=OCR)], body()),
        [(1, 1), (2, 3)],
    ),
    "three": (
        document([*letter(), *END], [*plan(), *END], [*letter("Số: 447/SNV-CCHC"), *END]),
        [(1, 1), (2, 2), (3, 3)],
    ),
    "a draft behind a letter": (
        document([*letter(), *END], plan("Số:      /KH-SNV", "Lạng Sơn, ngày    tháng 3 năm 2019")),
        [(1, 1), (2, 2)],
    ),
}
ANNEX: Lines = [centred(300, 60, "PHỤ LỤC"), centred(300, 76, "(Kèm theo Kế hoạch số 12/KH-SNV)"), *body()]
QUOTED: Lines = [
    *body(),
    centred(420, 400, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    centred(150, 416, "Số: 99/QĐ-UBND"),
]
WHOLE = {
    "one document": document(plan(), body(), [*body(), *END]),
    "an annex": document([*plan(), *END], ANNEX),
    "a form named so": document([*plan(), *END], form("Mẫu số 01")),
    "a form of an annex": document([*plan(), *END], form("Phụ lục 2", number="Số: 15/BC-SNV")),
    "a form with dots": document([*plan(), *END], form(number="Số: ..../BC-SNV", date="…, ngày … tháng … năm …")),
    "a form for any unit": document([*plan(), *END], form()),
    "a second copy": document([*plan(), *END], [*plan(), *END]),
    "a header in the middle of a page": document([*plan(), *END], QUOTED),
    "a motto without rows": document(
        [*plan(), *END], [centred(420, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), centred(300, 90, "ĐƠN ĐỀ NGHỊ")]
    ),
    "a blank header before the end": document(plan(), plan("Số:      /KH-SNV", "Lạng Sơn, ngày    tháng 3 năm 2019")),
}


@pytest.mark.parametrize(("paper", "ranges"), SPLIT.values(), ids=SPLIT)
def test_each_document_has_its_record(paper: Document, ranges: list[tuple[int, int]]) -> None:
    records = read_records(paper)
    assert [(one.first_page, one.last_page) for one in records] == ranges
    assert [tuple(page.number for page in one.pages) for one in records] == [
        tuple(range(low, high + 1)) for low, high in ranges
    ]
    assert {one.source.sha256 for one in records} == {paper.source.sha256}
    mixed = [[problem for problem in one.problems if problem.code is ProblemCode.MIXED_DOCUMENTS] for one in records]
    assert [len(problems) for problems in mixed] == [1, *[0] * (len(records) - 1)]
    first = read_record(paper)
    assert (first.number, first.parts) == (records[0].number, records[1:])


@pytest.mark.parametrize("paper", WHOLE.values(), ids=WHOLE)
def test_what_is_one_document_stays_one(paper: Document) -> None:
    (record,) = read_records(paper)
    assert (record.first_page, record.last_page, record.parts) == (None, None, ())
    assert read_record(paper) == record


def test_each_part_has_its_own_values() -> None:
    one, two = read_records(SPLIT["a letter with its plan"][0])
    assert (str(one.number.value), str(two.number.value)) == ("446/SNV-CCHC", "12/KH-SNV")
    assert [record.kind.value.name for record in (one, two) if record.kind.value] == ["Công văn", "Kế hoạch"]
    assert two.number.span is not None
    assert two.number.span.page == 2
    assert one.signer.value is not None
    assert two.signer.value is not None
