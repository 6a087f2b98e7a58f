"""The appraiser's commands: what they print, what they refuse, in both languages."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest

from .conftest import SAMPLES, Run, sample

CRITERIA = SAMPLES / "criteria.yaml"
TABLE = (
    "STT;Tiêu chí;Điểm chuẩn;Điểm tự đánh giá;Tài liệu kiểm chứng\n"
    "1.2;Báo cáo;4;3,5;Báo cáo số 132/BC-SXD ngày 26/6/2025 của Sở Xây dựng\n"
)


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    """An archive with one late report of one unit."""
    home = tmp_path / "home"
    file = sample("132-BC-SXD")
    assert evidence("--home", home, "-q", "ingest", file, "--unit", "SXD", "--criterion", "1.2").code == 0
    return home


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "tu-cham.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_a_workbook_by_the_ending_of_its_name(evidence: Run, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    result = evidence("--home", home, "check", "--criteria", CRITERIA, "--unit", "SXD", "-o", target)
    assert (result.code, result.out) == (0, "") and str(target) in result.err
    assert openpyxl.load_workbook(io.BytesIO(target.read_bytes())).sheetnames == ["Tổng hợp", "SXD", "Khắc phục"]


@pytest.mark.parametrize("arguments", [["--format", "xlsx"], ["--crops"], ["--crops", "-o", "a.csv"]])
def test_what_cannot_be_printed_is_said_before_any_work(evidence: Run, home: Path, arguments: list[str]) -> None:
    result = evidence("--home", home, "check", "--criteria", CRITERIA, *arguments)
    assert result.code == 2 and "-o" in result.err and result.out == ""


def test_crops_in_the_page(evidence: Run, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    assert evidence("--home", home, "check", "--criteria", CRITERIA, "--unit", "SXD", "--crops", "-o", target).code == 0
    assert "data:image/png;base64," in target.read_text("utf-8")


def test_a_remediation_list(evidence: Run, home: Path) -> None:
    result = evidence("--home", home, "check", "--criteria", CRITERIA, "--unit", "SXD", "--format", "remedy")
    assert result.code == 0 and "DANH MỤC TỒN TẠI" in result.out


@pytest.mark.parametrize(("language", "word"), [("vi", "Kính gửi: Sở Xây dựng"), ("en", "To: Sở Xây dựng")])
def test_a_letter(evidence: Run, home: Path, tmp_path: Path, language: str, word: str) -> None:
    target = tmp_path / "cv.docx"
    arguments = ["--criteria", CRITERIA, "--unit", "SXD", "--until", "15/2/2026", "-o", target, "--lang", language]
    result = evidence("--home", home, "letter", *arguments)
    assert (result.code, result.out) == (0, "")
    assert any(word in one.text for one in docx.Document(str(target)).paragraphs)


def letter_text(file: Path) -> str:
    paper = docx.Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])


def test_a_letter_holds_what_is_marked(evidence: Run, home: Path, tmp_path: Path) -> None:
    target, book = tmp_path / "cv.docx", tmp_path / "kq.xlsx"
    said = ["--criteria", CRITERIA, "--unit", "SXD", "-o", target]
    plain = evidence("--home", home, "letter", *said, "--from", "Sở Nội vụ tỉnh Hà Trung")
    text = letter_text(target)
    assert plain.code == 0 and "UBND TỈNH HÀ TRUNG\nSỞ NỘI VỤ" in text and "Chưa rõ, cần giải trình" not in text
    evidence("--home", home, "check", "--criteria", CRITERIA, "--unit", "SXD", "-o", book)
    sheet = openpyxl.load_workbook(book)
    head = next(row for row in sheet.worksheets[-1].iter_rows() if any(cell.value == "Mã yêu cầu" for cell in row))
    places = {str(cell.value): cell.column for cell in head}
    marks = [
        row for row in sheet.worksheets[-1].iter_rows(min_row=head[0].row + 1)
        if row[places["Mã yêu cầu"] - 1].value
    ]  # fmt: skip
    for row in marks:
        row[places["Đưa vào công văn"] - 1].value = "x" if row is marks[0] else None
    sheet.save(book)
    assert evidence("--home", home, "letter", *said, "--findings", book).code == 0
    assert "Có 1 nội dung" in letter_text(target)
    code = str(marks[-1][places["Mã yêu cầu"] - 1].value)
    assert evidence("--home", home, "letter", *said, "--only", code, "--superior", "Bộ Nội vụ").code == 0
    assert "Có 1 nội dung" in letter_text(target)
    wrong = evidence("--home", home, "letter", *said, "--only", f"{code},77.7")
    assert wrong.code == 2 and "77.7" in wrong.err and code not in wrong.err


def test_a_letter_in_the_words_of_a_decision(evidence: Run, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "cv.docx"
    said = ["--criteria", CRITERIA, "--unit", "SXD", "-o", target, "--noted"]
    assert evidence("--home", home, "letter", *said).code == 2, "no round is open"
    by = ["--criteria", CRITERIA, "--by", "An"]
    evidence("--home", home, "round", "open", "first", *by)
    nothing = evidence("--home", home, "letter", *said)
    assert nothing.code == 2 and "đánh dấu" in nothing.err
    evidence("--home", home, "round", "decide", "SXD", "1.2", *by, "--points", "1", "--note", "Nộp phụ lục quý III.")
    assert evidence("--home", home, "letter", *said).code == 0
    assert "Nộp phụ lục quý III." in letter_text(target) and "Có 1 nội dung" in letter_text(target)


def test_claims_there_and_back(evidence: Run, home: Path, table: Path) -> None:
    taken = evidence("--home", home, "claims", "import", table, "--unit", "SXD", "--by", "An")
    assert taken.code == 0 and "1 dòng" in taken.out
    told = evidence("--home", home, "claims", "check", "--unit", "SXD")
    assert told.code == 0 and "Không khớp" in told.out and "26/06/2025" in told.out
    (row,) = [json.loads(line) for line in evidence("--home", home, "claims", "check", "--json").out.splitlines()]
    assert (row["unit"], row["criterion"], row["code"], row["page"]) == ("SXD", "1.2", "differs", 1)


def test_a_table_with_shifted_columns_imports_nothing(evidence: Run, home: Path, table: Path) -> None:
    table.write_text(TABLE + "Báo cáo;1.3;2;2;\n1.4;Đôn đốc;hai;2;\n", "utf-8")
    result = evidence("--home", home, "claims", "import", table, "--unit", "SXD", "--by", "An")
    assert result.code == 5 and result.out == ""
    assert "  2: trang 1: cột số thứ tự là “Báo cáo”" in result.err and "  3: " in result.err
    assert evidence("--home", home, "claims", "check").code == 2


@pytest.mark.slow
def test_crosscheck(evidence: Run, home: Path) -> None:
    evidence("--home", home, "-q", "ingest", sample("132-BC-SXD"), "--unit", "SXD", "--criterion", "1.3")
    result = evidence("--home", home, "crosscheck", "--json")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0 and "same-file" in {row["code"] for row in rows}
    assert "Trùng tệp" in evidence("--home", home, "crosscheck").out
    assert len(evidence("--home", home, "crosscheck", "--json", "--limit", "1").out.splitlines()) == 1


def test_rounds(evidence: Run, home: Path) -> None:
    said = ["--criteria", CRITERIA, "--by", "An"]
    assert evidence("--home", home, "round", "decide", "SXD", "1.2", *said, "--points", "1").code == 2
    opened = evidence("--home", home, "round", "open", "first", *said, "--as-of", "31/12/2025")
    assert opened.code == 0 and "thẩm định lần 1" in opened.out
    written = evidence("--home", home, "round", "decide", "sxd", "1.2", *said, "--points", "0,5", "--note", "chậm")
    assert written.code == 0 and "SXD 1.2: 0,5 điểm. chậm – An" in written.out
    assert evidence("--home", home, "round", "decide", "SXD", "1.2", *said, "--points", "nhiều").code == 2
    (row,) = [json.loads(line) for line in evidence("--home", home, "round", "list", "--json").out.splitlines()]
    assert row["decisions"][0]["points"] == "0.5" and row["stage"] == "first"
    same = evidence("--home", home, "round", "diff", "--criteria", CRITERIA, "--as-of", "31/12/2025", "--json")
    assert (same.code, same.out) == (0, "")
    later = evidence("--home", home, "round", "diff", "--criteria", CRITERIA, "--as-of", "1/1/2025", "--lang", "en")
    assert "Changed since round 1" in later.out and "Not due" in later.out


def test_a_letter_to_a_unit_that_is_asked_for_nothing(evidence: Run, home: Path, tmp_path: Path) -> None:
    plain = tmp_path / "set.yaml"
    plain.write_text(
        "set: s\ntitle: T\nyear: 2025\nlevel: so\nunits:\n  - {code: SXD, name: Sở Xây dựng}\n"
        'criteria:\n  - {code: "1", title: A, points: 1}\n', "utf-8",
    )  # fmt: skip
    target = tmp_path / "cv.docx"
    assert evidence("--home", home, "letter", "--criteria", plain, "--unit", "sở xây dựng", "-o", target).code == 0
    assert any("Không có nội dung nào" in one.text for one in docx.Document(str(target)).paragraphs)


def test_claims_are_a_row_a_document_in_every_form(evidence: Run, tmp_path: Path) -> None:
    home, table = tmp_path / "moi", tmp_path / "b.csv"
    cite = "Kế hoạch số 9/KH-STC ngày 3/2/2025; Nghị quyết số 27-NQ/TW ngày 9/11/2022; <b>x</b>"
    rows = "".join(f"2.{at};Nội dung {at};2;1;{cite}\n" for at in range(1, 5))
    table.write_text(f"TT;Nội dung;Điểm tối đa;Điểm tự chấm;Minh chứng\n{rows}", "utf-8")
    assert evidence("--home", home, "claims", "import", table, "--unit", "STC", "--by", "Lan").code == 0  # a new home
    (line,) = evidence("--home", home, "claims", "check", "--json").out.splitlines()
    tree = json.loads(line)
    assert (tree["code"], tree["criteria"], tree["criterion"]) == ("not-handed-in", ["2.1", "2.2", "2.3", "2.4"], "2.1")
    for name in ("c.xlsx", "c.html", "c.json"):
        result = evidence("--home", home, "claims", "check", "-o", tmp_path / name)
        assert (result.code, result.out) == (0, "") and name in result.err
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert [[cell.value for cell in row][1:4] for row in sheet.iter_rows(min_row=4)] == [
        ["Kế hoạch số 9/KH-STC ngày 3/2/2025", "2.1, 2.2, 2.3, 2.4", 4]
    ]
    assert (tmp_path / "c.html").read_text("utf-8").count("<tr class=") == 1
    assert evidence("--home", home, "claims", "check", "--format", "xlsx").code == 2


def test_a_set_and_a_self_assessment_are_told_apart(evidence: Run, tmp_path: Path) -> None:
    head = "TT;Nội dung tiêu chí;Điểm tối đa;Điểm tự chấm\n"
    filled, blank = tmp_path / "tu-cham.csv", tmp_path / "bo.csv"
    filled.write_text(f"{head}1;Kế hoạch;3;2\n2;Báo cáo;4;4\n", "utf-8")
    blank.write_text(f"{head}1;Kế hoạch;3;\n2;Báo cáo;4;\n", "utf-8")
    home = ("--home", tmp_path / "home")
    refused = evidence(*home, "criteria", "import", filled)
    assert refused.code == 5 and "claims import" in refused.err
    assert evidence(*home, "check", "--criteria", filled).code == 5
    refused = evidence(*home, "claims", "import", blank, "--unit", "A", "--by", "B")
    assert refused.code == 2 and "criteria import" in refused.err
    assert evidence(*home, "criteria", "import", blank).code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_a_self_assessment_as_a_spreadsheet_saves_it(evidence: Run, tmp_path: Path, encoding: str) -> None:
    text = "Mã;Nội dung;Điểm tự chấm\r\n1;Công khai;1,5\r\n2;Thủ tục;2\r\n"
    tones = {letter: unicodedata.normalize("NFD", letter) for letter in "ãểủụộậấạ"}
    windows = {"ể": "ê\u0309", "ự": "ư\u0323", "ộ": "ô\u0323", "ậ": "â\u0323", "ấ": "â\u0301"}
    if encoding == "cp1258":
        text = "".join(windows.get(letter, tones.get(letter, letter)) for letter in text)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    home = ("--home", tmp_path / "home")
    result = evidence(*home, "claims", "import", tmp_path / "a.csv", "--unit", "STP", "--by", "Lan")
    assert result.code == 0 and "2 dòng" in result.out
