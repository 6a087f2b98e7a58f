"""OpenDocument spreadsheets: the text that the program showed, hidden things, repeated rows."""

from __future__ import annotations

from pathlib import Path

from evidence.ingest.reader_protocol import ReadResult
from tests.support.format_reading import pack, read, refused

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def cell(text: str, kind: str = "string", value: str = "", more: str = "") -> str:
    attributes = f'office:value-type="{kind}" {more}' + (f' office:value="{value}"' if value else "")
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods(tmp_path: Path, rows: str, before: str = "", behind: str = "") -> ReadResult:
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    body = f'<office:spreadsheet><table:table table:name="A">{before}{rows}</table:table>{behind}</office:spreadsheet>'
    content = f"<office:document-content {SPACES}>{style}<office:body>{body}</office:body></office:document-content>"
    return read(pack(tmp_path / "a.ods", {"mimetype": TYPE, "content.xml": content}))


def test_what_was_shown_is_read_and_numbers_are_plain_in_the_table(tmp_path: Path) -> None:
    numbers = row(
        cell("615/QĐ-UBND", "float", "615"), cell("0027", "float", "27"), cell("1.500.000", "float", "1500000"),
        cell("9,50", "float", "9.5"), cell("95,5%", "percentage", "0.955"), cell("15/03/2019", "date"),
    )  # fmt: skip
    (page,) = ods(tmp_path, numbers).pages
    assert page.text == "615/QĐ-UBND\n0027\n1.500.000\n9,50\n95,5%\n15/03/2019"
    assert page.tables[0].rows == (("615/QĐ-UBND", "0027", "1500000", "9.50", "95.5%", "15/03/2019"),)


def test_a_value_without_text_is_shown_all_the_same(tmp_path: Path) -> None:
    bare = '<table:table-cell office:value-type="float" office:value="9.5"/>'
    day = '<table:table-cell office:value-type="date" office:date-value="2019-03-15"/>'
    assert ods(tmp_path, row(bare, day)).pages[0].text == "9.5\n2019-03-15"


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    before = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row(cell("a"), cell("cột")) + row(cell("dòng"), more='table:visibility="filter"')
    result = ods(tmp_path, rows, before, '<table:table table:name="B" table:style-name="h"/>')
    assert result.pages[0].text == "a"
    assert sorted(problem.message.code for problem in result.problems) == [
        "hidden-columns", "hidden-rows", "hidden-sheets",
    ]  # fmt: skip


def test_repeated_and_merged_cells(tmp_path: Path) -> None:
    many = 'table:number-columns-repeated="16000"'
    merged = cell("gộp", more='table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell/>"
    rows = row(merged, cell("x")) + row(covered, cell("y")) + row(cell("z", more='table:number-columns-repeated="3"'))
    rows += row(f"<table:table-cell {many}/>", more='table:number-rows-repeated="1040000"') + row(cell("cuối"))
    result = ods(tmp_path, rows)
    assert result.pages[0].tables[0].rows == (("gộp", "x", ""), (None, "y", ""), ("z", "z", "z"))
    assert [problem.message.code for problem in result.problems] == ["sheet-too-large"]


def test_one_that_is_broken(tmp_path: Path) -> None:
    assert refused(pack(tmp_path / "a.ods", {"mimetype": TYPE, "content.xml": "<broken"}))[0] == "damaged"
