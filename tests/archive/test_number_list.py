"""A list of numbers: what is read from it in each form offices keep it in, and what the archive holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.number_list import holdings
from evidence.archive.number_list.holdings import read_list
from evidence.archive.number_list.list_reading import read_listed_numbers
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from evidence.errors import AnnexError, UsageError
from evidence.model.document import Document, Page, Table
from evidence.search.scope import units_only
from tests.support import text_pipeline
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in

HELD = {
    "SNV/1.1/qd.txt": "Số: 1605/QĐ-UBND\nNgày: 15/3/2019\nLoại: Quyết định\nCơ quan: Ủy ban nhân dân tỉnh Lạng Sơn\n"
    "Về: thành lập Ban Chỉ đạo\nCăn cứ Nghị định số 34/2019/NĐ-CP ngày 24/4/2019",
    "STP/1.2/bc.txt": "Số: 7/BC-STP\nNgày: 20/3/2018\nLoại: Báo cáo\n"
    "Cơ quan: Sở Tư pháp tỉnh Lạng Sơn\nVề: truyền tin\n"
    "Thực hiện Quyết định số 88/QĐ-STP",
}
ROWS = [("1", "1605/QĐ-UBND", "15/3/2019", "Ban Chỉ đạo"), ("2", "34/2019/NĐ-CP", "", "Cán bộ")]


@pytest.fixture(params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    monkeypatch.setattr(holdings, "read_files", text_pipeline.read_text_files)
    with Archive.open(Settings(home=tmp_path / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, tmp_path / "ho so", HELD)
        yield opened


def look_up(archive: Archive, tmp_path: Path, text: str, *units: str) -> list[str]:
    """Each line of the list with how it stands."""
    file = tmp_path / "danh sách.txt"
    file.write_text(text, "utf-8")
    result = archive.look_up_numbers(file, units_only(units) if units else EVERYTHING)
    return [f"{each.listed.text} {each.standing.value} {len(each.documents)}" for each in result.holdings]


def test_held_cited_unknown(archive: Archive, tmp_path: Path) -> None:
    assert look_up(archive, tmp_path, "1605/QĐ-UBND\n34/2019/NĐ-CP\n1606/QĐ-UBND\n1605/qđ-ubnd") == [
        "1605/QĐ-UBND held 1",
        "34/2019/NĐ-CP cited 0",
        "1606/QĐ-UBND unknown 0",
        "1605/qđ-ubnd held 1",
    ]


@pytest.mark.parametrize("part", ["1605", "1605/QĐ", "qd ubnd 1605", "số 1605"])
def test_a_number_in_part(archive: Archive, tmp_path: Path, part: str) -> None:
    assert [line.split()[-2:] for line in look_up(archive, tmp_path, part)] == [["held", "1"]]


def test_a_cited_number_in_part(archive: Archive, tmp_path: Path) -> None:
    assert look_up(archive, tmp_path, "NĐ34/2019\nqd stp 88\n99") == [
        "NĐ34/2019 cited 0",
        "qd stp 88 cited 0",
        "99 unknown 0",
    ]


def test_the_date_beside_a_number_tells_which_document_is_meant(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "l.txt"
    file.write_text("1605/QĐ-UBND ngày 15/3/2019\n1605/QĐ-UBND ngày 2/2/2021", "utf-8")
    same, other = archive.look_up_numbers(file, EVERYTHING).holdings
    assert [held.sure for held in same.documents] == [True] and not same.others
    assert other.standing == "unknown" and len(other.others) == 1


def test_nothing_of_another_unit_is_shown(archive: Archive, tmp_path: Path) -> None:
    assert look_up(archive, tmp_path, "1605/QĐ-UBND\n34/2019/NĐ-CP\n1605\n7/BC-STP", "STP") == [
        "1605/QĐ-UBND unknown 0",
        "34/2019/NĐ-CP unknown 0",
        "1605 unknown 0",
        "7/BC-STP held 1",
    ]


def test_a_list_without_numbers_is_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        look_up(archive, tmp_path, "Danh sách văn bản\nTổng cộng")


def test_a_list_that_cannot_be_read_says_why(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(AnnexError):
        look_up(archive, tmp_path, text_pipeline.UNREADABLE)


FORTY = {
    # one document that is held, in the ways people write its number
    "1605/QĐ-UBND": "held", "1605/qđ-ubnd": "held", "1605/QD-UBND": "held", "01605/QĐ-UBND": "held",
    "1605 /QĐ - UBND": "held", "1605/QĐ–UBND": "held", "Số: 1605/QĐ-UBND": "held", "số 1605/QĐ-UBND": "held",
    "Quyết định số 1605/QĐ-UBND": "held", "QĐ số 1605/QĐ-UBND": "held", "Quyết định 1605/QĐ-UBND": "held",
    "1605/QĐ-UBND ngày 15/3/2019": "held", "1605/QĐ-UBND, ngày 15 tháng 3 năm 2019": "held",
    "1605/QĐ-UBND (15/03/2019)": "held", "- 1605/QĐ-UBND": "held", "1. 1605/QĐ-UBND": "held", "a) 1605/QĐ-UBND": "held",
    "+ Quyết định số 1605/QĐ-UBND ngày 15/3/2019 của UBND tỉnh": "held", "1605/QĐ-UBND;": "held", "1605": "held",
    "1605/QĐ": "held", "QĐ 1605": "held", "qd ubnd 1605": "held", "1605 ubnd": "held", "QĐ-UBND 1605": "held",
    "7/BC-STP": "held", "07/BC-STP": "held", "Báo cáo số 7/BC-STP": "held", "bc stp 7": "held",
    # cited by one that is held
    "34/2019/NĐ-CP": "cited", "Nghị định 34/2019/NĐ-CP": "cited", "NĐ 34/2019/NĐ-CP": "cited", "NĐ34/2019": "cited",
    "nghị định số 34/2019": "cited", "88/QĐ-STP": "cited", "qd stp 88": "cited",
    # neither
    "1606/QĐ-UBND": "unknown", "1605/KH-UBND": "unknown", "1605/QĐ-UBND ngày 2/2/2021": "unknown", "160": "unknown",
    "7/BC-SYT": "unknown", "34/2018/NĐ-CP": "unknown",
}  # fmt: skip


def test_forty_numbers_in_as_many_writings(archive: Archive, tmp_path: Path) -> None:
    assert len(FORTY) >= 40
    file = tmp_path / "l.txt"
    file.write_text("\n".join(FORTY), "utf-8")
    standing = [each.standing.value for each in archive.look_up_numbers(file, EVERYTHING).holdings]
    assert dict(zip(FORTY, standing, strict=True)) == FORTY


def test_as_many_in_a_column_of_a_table() -> None:
    """As a CSV file or a workbook has them: none is lost, none is read otherwise than on a line."""
    rows = [("STT", "Số, ký hiệu văn bản", "Trích yếu"), *((str(at), text, "x") for at, text in enumerate(FORTY))]
    page = Page(1, 595, 842, text_pipeline.page(1, "x").origin, (), tables=(Table(tuple(rows)),))
    table = read_listed_numbers(Document(text_pipeline.source("l.csv", b"x"), (page,)))
    lines = read_listed_numbers(text_pipeline.document("\n".join(FORTY)))
    assert not table.others and not lines.others
    assert [(each.number, each.pieces, each.date) for each in table.numbers] == [
        (each.number, each.pieces, each.date) for each in lines.numbers
    ]


# --- reading ------------------------------------------------------------------------------------------------------


def write_csv(file: Path) -> None:
    file.write_text("\n".join(";".join(row) for row in [("STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"), *ROWS]))


def write_xlsx(file: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [("DANH MỤC VĂN BẢN",), ("TT", "Số/Ký hiệu", "Ngày, tháng", "Nội dung"), *ROWS]:
        book.active.append(row)
    book.save(file)


def write_docx(file: Path) -> None:
    document = docx.Document()
    document.add_paragraph("DANH MỤC VĂN BẢN")
    table = document.add_table(rows=0, cols=4)
    for row in [("TT", "Số hiệu văn bản", "Ngày", "Trích yếu"), *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(file))


def write_pdf(file: Path) -> None:
    canvas = Canvas(str(file))
    for at, line in enumerate(["1. 1605/QD-UBND ngay 15/3/2019", "2. 34/2019/ND-CP"]):
        canvas.drawString(72, 700 - 30 * at, line)
    canvas.save()


def write_txt(file: Path) -> None:
    file.write_text("- Quyết định số 1605/QĐ-UBND ngày 15/3/2019 của UBND tỉnh\n- 34/2019/NĐ-CP", "utf-8")


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", write_csv), ("a.xlsx", write_xlsx), ("a.docx", write_docx), ("a.pdf", write_pdf), ("a.txt", write_txt)],
)
def test_lists_as_offices_keep_them(name: str, write: Callable[[Path], None], tmp_path: Path) -> None:
    write(tmp_path / name)
    read = read_list(tmp_path / name, Settings(home=tmp_path / "kho"))
    keys = [(each.number.key if each.number else None, str(each.date)) for each in read.numbers]
    assert keys == [("1605/qdubnd", "2019-03-15"), ("34/2019/ndcp", "None")]


def read_rows(*rows: tuple[str, ...]) -> list[tuple[str, str | None]]:
    page = Page(1, 595, 842, text_pipeline.page(1, "x").origin, (), tables=(Table(rows),))
    read = read_listed_numbers(Document(text_pipeline.source("l.csv", b"x"), (page,)))
    return [(each.text, str(each.date) if each.date else None) for each in read.numbers]


def test_serial_and_symbol_in_columns_of_their_own() -> None:
    rows = (("STT", "Số", "Ký hiệu", "Ngày"), ("1", "12", "TB-SYT", "02/01/2020"), ("2", "13", "", ""))
    assert read_rows(*rows) == [("12/TB-SYT", "2020-01-02"), ("13", None)]


def test_ordinals_and_amounts_are_no_numbers() -> None:
    assert read_rows(("STT", "Số lượng", "Văn bản"), ("1", "40", "Công văn 9/SYT-VP"), ("2", "7", "không số")) == [
        ("9/SYT-VP", None)
    ]


def test_two_numbers_of_one_line_have_each_its_date() -> None:
    lines = "Quyết định số 5/QĐ-SYT ngày 1/2/2020 thay Quyết định số 4/QĐ-SYT ngày 3/4/2019\nNơi nhận"
    read = read_listed_numbers(text_pipeline.document(lines))
    assert [str(each.date) for each in read.numbers] == ["2020-02-01", "2019-04-03"]
    assert read.others == ("Nơi nhận",)
