"""Numbers that Word counts by itself: in the text, in tables, by styles, started anew, in all their formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.files.office_files import SPACES, level, numbered, numbering, paragraph, table, word
from tests.support.format_reading import read, text

THREE = level(0, "%1.") + level(1, "%1.%2.") + level(2, "%1.%2.%3")


def lines(file: Path) -> list[str]:
    return text(file).split("\n")


def test_levels_count_on_and_begin_again_below_the_next_one(tmp_path: Path) -> None:
    body = "".join(numbered(name, at) for name, at in (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1)))
    file = word(tmp_path / "a.docx", body, numbering=numbering(THREE))
    assert lines(file) == ["1. a", "1.1. b", "1.2. c", "1.2.1 d", "2. e", "2.1. f"]


def test_a_column_of_serial_numbers_is_read_out_of_empty_cells(tmp_path: Path) -> None:
    rows = [(numbered("", at), paragraph(name)) for name, at in (("Kế hoạch", 0), ("Báo cáo", 1), ("Kiểm tra", 1))]
    file = word(tmp_path / "a.docx", table(*rows), numbering=numbering(THREE))
    (page,) = read(file, tables=True).pages
    assert page.tables[0].rows == (("1.", "Kế hoạch"), ("1.1.", "Báo cáo"), ("1.2.", "Kiểm tra"))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("upperRoman", "IV"), ("lowerRoman", "iv"), ("upperLetter", "D"), ("lowerLetter", "d"), ("decimalZero", "04"),
        ("none", ""), ("ordinal", "4"), ("vietnameseCounting", "bốn"), ("decimalEnclosedCircle", "④"),
    ],
)  # fmt: skip
def test_formats(tmp_path: Path, form: str, expected: str) -> None:
    file = word(tmp_path / "a.docx", numbered("x"), numbering=numbering(level(0, "Phần %1:", form, start=4)))
    assert text(file) == f"Phần {expected}: x"


def test_a_newer_format_stands_before_its_substitute(tmp_path: Path) -> None:
    newer = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:suff w:val="nothing"/><w:lvlText w:val="HS-%1"/></w:lvl>'
    )
    assert text(word(tmp_path / "a.docx", numbered("/x"), numbering=numbering(newer))) == "HS-007/x"


def test_lists_count_on_together_unless_one_starts_anew(tmp_path: Path) -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered(name, 0, number) for name, number in (("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 1)))
    file = word(tmp_path / "a.docx", body, numbering=numbering(level(0, "Điều %1."), again + anew))
    assert lines(file) == ["Điều 1. a", "Điều 2. b", "Điều 1. c", "Điều 2. d", "Điều 3. e"]


def test_a_level_of_figures_only_and_one_that_never_begins_again(tmp_path: Path) -> None:
    levels = level(0, "Chương %1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")
    levels += level(2, "Điều %3.", more='<w:lvlRestart w:val="0"/>')
    body = "".join(numbered(name, at) for name, at in (("a", 0), ("b", 1), ("c", 2), ("d", 0), ("e", 2)))
    file = word(tmp_path / "a.docx", body, numbering=numbering(levels))
    assert lines(file) == ["Chương I a", "1.1 b", "Điều 1. c", "Chương II d", "Điều 2. e"]


def test_a_style_numbers_its_paragraphs_and_one_may_step_out(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {SPACES}><w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/>'
        "</w:style></w:styles>"
    )
    levels = level(0, "Điều %1.", more='<w:pStyle w:val="Dieu"/>') + level(1, "%2.", more='<w:pStyle w:val="Khoan"/>')
    body = paragraph("Phạm vi", '<w:pStyle w:val="Dieu"/>') + paragraph("khoản", '<w:pStyle w:val="Khoan"/>')
    body += paragraph("lời", '<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += paragraph("Đối tượng", '<w:pStyle w:val="Dieu"/>')
    file = word(tmp_path / "a.docx", body, numbering=numbering(levels), styles=styles)
    assert lines(file) == ["Điều 1. Phạm vi", "1. khoản", "lời", "Điều 2. Đối tượng"]


def test_bullets_are_shown_where_there_is_text(tmp_path: Path) -> None:
    font = '<w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr>'
    bullet = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0d8"/>{font}</w:lvl>'
    dash = '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    body = numbered("Sở Nội vụ") + numbered("") + numbered("Lưu: VT.", 1)
    file = word(tmp_path / "a.docx", body, numbering=numbering(bullet + dash))
    assert lines(file) == ["➢ Sở Nội vụ", "- Lưu: VT."]


def test_a_numbering_that_is_damaged_is_told_and_the_text_is_read(tmp_path: Path) -> None:
    result = read(word(tmp_path / "a.docx", numbered("a"), numbering="<w:numbering"))
    assert result.pages[0].text == "a"
    assert [problem.code.value for problem in result.problems] == ["damaged"]


def test_styles_in_a_ring_end(tmp_path: Path) -> None:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in (("a", "b"), ("b", "a"))
    )
    linked = '<w:numStyleLink w:val="a"/>'
    file = word(
        tmp_path / "a.docx", paragraph("x", '<w:pStyle w:val="a"/>') + numbered("y"),
        numbering=numbering(linked), styles=f"<w:styles {SPACES}>{ring}</w:styles>",
    )  # fmt: skip
    assert lines(file) == ["x", "y"]
