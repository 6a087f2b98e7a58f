"""Cells as the sheet shows them, what is hidden, text boxes, strings of all kinds, faults that do not matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.ingest.formats import sheet_rows
from evidence.ingest.reader_protocol import ReadResult
from evidence.model.document import Cell
from tests.support.files.office_files import SPACES, Parts, number_formats, relationships, sheet_parts
from tests.support.format_reading import pack, read, refused


def workbook(tmp_path: Path, parts: Parts) -> ReadResult:
    return read(pack(tmp_path / "a.xlsx", parts))


def number(value: float | str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("code", "value", "shown", "plain"),
    [
        ("0&quot;/QĐ-UBND&quot;", 615, "615/QĐ-UBND", "615/QĐ-UBND"),
        ("&quot;Số &quot;000&quot;/KH&quot;", 15, "Số 015/KH", "Số 015/KH"),
        ("mm/yyyy", 43525, "03/2019", "03/2019"),
        ("&quot;ngày &quot;dd&quot; tháng &quot;mm&quot; năm &quot;yyyy", 43539, "ngày 15 tháng 03 năm 2019", ""),
        ("m/d/yyyy", 43529, "2019-03-05", "2019-03-05"),  # shown 3/5/2019, and read as 3 May
        ("dd/mm/yy", 43539, "15/03/2019", "15/03/2019"),
        ("0000000000", 912345678, "0912345678", "0912345678"),
        ("#,##0", 1500000, "1.500.000", "1500000"),
        ("#,##0.00", 1234.5, "1.234,50", "1234.50"),
        ("0", 9.5, "10", "9.5"),  # rounded to look at, whole to count with
        ("0.0%", 0.955, "95.5%", "95.5%"),
        (";;;", 7, "-", "-"),  # nothing: only the cell beside it
    ],
)
def test_numbers_in_their_formats(tmp_path: Path, code: str, value: float, shown: str, plain: str) -> None:
    (page,) = workbook(tmp_path, sheet_parts(f"<row>{inline('-')}{number(value, 1)}</row>", number_formats(code))).pages
    assert page.text.split("\n")[-1] == shown
    assert page.tables[0].rows[0][-1] == (plain or shown)


def test_cells_of_every_kind(tmp_path: Path) -> None:
    strings = '<si><r><rPr><b/></rPr><t>Số </t></r><r><t>12</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    cells = [
        '<c t="s"><v>0</v></c>', '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>',
        '<c t="str"><f>A1</f><v>nối</v></c>',
        '<c t="d" s="1"><v>2019-03-15T00:00:00</v></c>', "<c><f>SUM(A1)</f></c>", inline("a_x000D_&#10;b"),
        '<c t="s"><v>99</v></c>', number("1E400"), "<c><v>abc</v></c>",
    ]  # fmt: skip
    data = f"<row>{''.join(cells)}</row>"
    result = workbook(tmp_path, sheet_parts(data, number_formats("dd/mm/yyyy"), strings))
    assert result.pages[0].tables[0].rows == (
        ("Số 12", "TRUE", "#N/A", "nối", "15/03/2019", "=SUM(A1)", "a\nb", "", "1E400", "abc"),
    )
    assert [problem.message.code for problem in result.problems] == ["formulas-without-value"]


def test_the_days_of_1904(tmp_path: Path) -> None:
    parts = sheet_parts(f"<row>{number(42077, 1)}</row>", number_formats("dd/mm/yyyy"))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert workbook(tmp_path, parts).pages[0].text == "15/03/2019"


def test_what_is_hidden_is_told_and_not_shown_but_counted(tmp_path: Path) -> None:
    """An annex with rows folded up is still imported whole."""
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    data = f"<row>{inline('STT')}{inline('ẩn cột')}{inline('Tên')}</row>"
    data += f'<row hidden="1">{inline("1.1")}</row><row ht="0">{inline("1.2")}</row><row>{inline("2")}</row>'
    parts = sheet_parts(data, before=columns)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="Nháp" sheetId="2" state="veryHidden" r:id="r9"/></sheets>'
    )
    result = workbook(tmp_path, parts)
    assert result.pages[0].text == "STT\nTên\n2"
    assert result.pages[0].tables[0].rows[1] == ("1.1", "", "")
    told = {problem.message.code: problem.message.params for problem in result.problems}
    assert {problem.code.value for problem in result.problems} == {"hidden-text"}
    assert (told["hidden-rows"]["rows"], told["hidden-columns"]["columns"]) == ("2, 3", "B")
    assert told["hidden-sheets"]["names"] == "Nháp"


def test_rows_hidden_by_default(tmp_path: Path) -> None:
    before = '<sheetFormatPr zeroHeight="1"/>'
    result = workbook(tmp_path, sheet_parts(f"<row>{inline('thấy')}</row>", before=before))
    assert (result.pages[0].text, result.problems) == ("thấy", ())


def test_text_boxes_stand_at_their_rows(tmp_path: Path) -> None:
    def box(row: int, text: str) -> str:
        body = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r><a:br/><a:r><a:t>sau</a:t></a:r></a:p></xdr:txBody>"
        place = f"<xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
        return f"<xdr:twoCellAnchor>{place}<xdr:grpSp><xdr:sp>{body}</xdr:sp></xdr:grpSp></xdr:twoCellAnchor>"

    parts = sheet_parts(f"<row>{inline('a')}</row><row>{inline('b')}</row>")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("d", "drawing", "../drawings/drawing1.xml"))
    parts["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {SPACES}>{box(9, 'Nơi nhận')}{box(1, 'Số: 615/QĐ')}</xdr:wsDr>"
    (page,) = workbook(tmp_path, parts).pages
    assert page.text == "a\nSố: 615/QĐ\nsau\nb\nNơi nhận\nsau"
    assert [line.cell for line in page.lines][:2] == [Cell(0, 0, 0), None]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("xl/styles.xml", "<styleSheet"), ("xl/styles.xml", "<styleSheet><fills><fill/></fills></styleSheet>"),
        ("xl/theme/theme1.xml", "x"), ("docProps/core.xml", "<a>"), ("xl/worksheets/_rels/sheet1.xml.rels", "<"),
    ],
)  # fmt: skip
def test_faults_that_have_nothing_to_do_with_the_cells(tmp_path: Path, name: str, data: str) -> None:
    result = workbook(tmp_path, {**sheet_parts(f"<row>{number(9.5)}</row>", "<x/>"), name: data})
    assert (result.pages[0].text, result.problems) == ("9.5", ())


def test_formats_that_are_lost_are_told(tmp_path: Path) -> None:
    parts = sheet_parts(f"<row>{number(43539, 2)}{number(5)}</row>", number_formats("dd/mm/yyyy"))
    result = workbook(tmp_path, parts)
    assert [problem.message.code for problem in result.problems] == ["formats-lost"]


def test_a_sheet_that_is_lost_is_told(tmp_path: Path) -> None:
    parts = sheet_parts(f"<row>{inline('a')}</row>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="B" sheetId="7" r:id="r9"/></sheets>'
    )
    result = workbook(tmp_path, parts)
    assert result.pages[0].text == "a"
    assert [problem.message.code for problem in result.problems] == ["sheet-lost"]
    broken = {**sheet_parts("x"), "xl/worksheets/sheet1.xml": "<worksheet"}
    assert refused(pack(tmp_path / "b.xlsx", broken)) == ("damaged", "damaged-sheet")


def test_more_rows_than_are_read_are_told(tmp_path: Path) -> None:
    data = f'<row r="1">{inline("a")}</row><row r="{sheet_rows.ROWS + 1}">{inline("b")}</row>'
    result = workbook(tmp_path, sheet_parts(data))
    assert result.pages[0].text == "a"
    assert [problem.message.code for problem in result.problems] == ["sheet-too-large"]


def test_tick_boxes_are_signs_of_a_font(tmp_path: Path) -> None:
    styles = '<fonts><font/><font><name val="Wingdings"/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>'
    data = '<row><c s="1" t="inlineStr"><is><t>þ</t></is></c><c t="inlineStr"><is><t>þ</t></is></c></row>'
    assert workbook(tmp_path, sheet_parts(data, styles)).pages[0].text == "☑\nþ"


def test_old_letters_are_told_by_the_font_of_each_stretch(tmp_path: Path) -> None:
    run = '<r><rPr><rFont val="{}"/></rPr><t xml:space="preserve">{}</t></r>'
    strings = f"<si>{run.format('.VnTimeH', 'quyÕt ®Þnh ')}{run.format('.VnTime', 'cña tØnh')}</si>"
    result = workbook(tmp_path, sheet_parts('<row><c t="s"><v>0</v></c></row>', strings=strings))
    assert result.pages[0].text == "QUYẾT ĐỊNH của tỉnh"
    assert [problem.code.value for problem in result.problems] == ["legacy-encoding"]
