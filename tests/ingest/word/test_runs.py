"""What a paragraph shows: signs of picture fonts, tick boxes, fields, prompts, tracked changes, hidden text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.files.office_files import SPACES, paragraph, table, word
from tests.support.format_reading import read, text

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def shown(tmp_path: Path, inside: str, **parts: str) -> str:
    return text(word(tmp_path / "a.docx", f"<w:p>{inside}</w:p>", **parts))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', "≤"),
        ('<w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r>', "☒"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>þ</w:t></w:r>', "☑"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0a8</w:t></w:r>', "☐"),
        ('<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" '
         'w16se:char="2611"/></mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent></w:r>', "☑"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
         "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>", "☒"),
        ('<w:r><w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr><w:t>Q</w:t></w:r>', "■"),  # no letter, whatever it is
    ],
)  # fmt: skip
def test_signs(tmp_path: Path, sign: str, expected: str) -> None:
    assert shown(tmp_path, run("Đạt: ") + sign) == f"Đạt: {expected}"


def form_field(inside: str, kind: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
    return begin + code(kind) + SEPARATE + END


def test_old_form_fields_show_their_state(tmp_path: Path) -> None:
    ticked = form_field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "FORMCHECKBOX")
    empty = form_field("<w:checkBox><w:default w:val='0'/></w:checkBox>", "FORMCHECKBOX")
    entries = "".join(f'<w:listEntry w:val="{name}"/>' for name in ("Tốt", "Khá"))
    choice = form_field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>', "FORMDROPDOWN")
    typed = BEGIN + code("FORMTEXT") + SEPARATE + run("15/3/2019") + END
    assert shown(tmp_path, ticked + empty + choice + run(" ") + typed) == "☒☐Khá 15/3/2019"


def test_of_a_field_only_the_result_is_shown(tmp_path: Path) -> None:
    inner = BEGIN + code("MERGEFIELD so") + SEPARATE + run("99") + END
    outer = BEGIN + code("IF ") + inner + code(' = "99" "đúng"') + SEPARATE + run("615") + END
    assert shown(tmp_path, run("Số: ") + outer + run("/QĐ-UBND")) == "Số: 615/QĐ-UBND"
    assert shown(tmp_path, run("Số: ") + BEGIN + run("615/QĐ")) == "Số: 615/QĐ"  # a field that never ends


def test_prompts_of_content_controls_are_no_text(tmp_path: Path) -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    points = prompt.format(f"<w:tc>{paragraph('Nhập điểm')}</w:tc>")
    row = f"<w:tr><w:tc>{paragraph('Điểm')}</w:tc>{points}</w:tr>"
    body = f"<w:p>{run('Số: ')}{prompt.format(run('Bấm để nhập'))}{filled.format(run('12/KH'))}</w:p>"
    body += prompt.format(paragraph("Nhập nội dung")) + filled.format(paragraph("Nội dung")) + f"<w:tbl>{row}</w:tbl>"
    (page,) = read(word(tmp_path / "a.docx", body)).pages
    assert page.text == "Số: 12/KH\nNội dung\nĐiểm"
    assert page.tables[0].rows == (("Điểm", ""),)


def test_paragraphs_whose_marks_are_deleted_are_one(tmp_path: Path) -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = (
        paragraph("Số: 615/", gone) + paragraph("QĐ-UBND") + paragraph("hết", "<w:rPr><w:moveFrom w:id='2'/></w:rPr>")
    )
    assert text(word(tmp_path / "a.docx", body)) == "Số: 615/QĐ-UBND\nhết"


def test_moved_text_and_deleted_rows(tmp_path: Path) -> None:
    moved = f"<w:p><w:moveFrom w:id='1'>{run('ngày 15')}</w:moveFrom>{run('a')}</w:p>"
    here = f"<w:p><w:moveTo w:id='2'>{run('ngày 15')}</w:moveTo></w:p>"
    rows = table((paragraph("còn"),), (paragraph("bỏ"),)).replace(
        "</w:tr><w:tr>", "</w:tr><w:tr><w:trPr><w:del/></w:trPr>"
    )
    (page,) = read(word(tmp_path / "a.docx", moved + here + rows)).pages
    assert page.text == "a\nngày 15\ncòn"
    assert page.tables[0].rows == (("còn",),)


def test_styles_hide_and_raise_text(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {SPACES}><w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ten"><w:rPr><w:caps/></w:rPr></w:style></w:styles>'
    )
    hidden = run("ẩn", '<w:rStyle w:val="An"/>')
    body = f"<w:p>{run('thấy')}{hidden}</w:p>" + paragraph("Quyết định", '<w:pStyle w:val="Ten"/>')
    result = read(word(tmp_path / "a.docx", body, styles=styles))
    assert result.pages[0].text == "thấy\nQUYẾT ĐỊNH"
    assert [(problem.code.value, problem.message.params["text"]) for problem in result.problems] == [
        ("hidden-text", "ẩn")
    ]


def test_letters_drawn_across_the_page_are_text(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict></w:r>'
    assert shown(tmp_path, run("a") + art) == "a\nDỰ THẢO"


def test_a_text_box_drawn_two_ways_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent>"
    newer = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    older = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{newer}{older}</mc:AlternateContent></w:r>"
    assert shown(tmp_path, both) == "DỰ THẢO"
    assert shown(tmp_path, f"<w:r><mc:AlternateContent>{older}</mc:AlternateContent></w:r>") == "DỰ THẢO"


WHITE = '<w:color w:val="FFFFFF"/>'
BLUE, GREY = '<w:highlight w:val="blue"/>', '<w:color w:val="BFBFBF"/>'
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'


def test_letters_in_the_colour_of_the_paper_are_not_shown_and_told(tmp_path: Path) -> None:
    file = word(tmp_path / "a.docx", f"<w:p>{run('Số: 51/KH-SNV', WHITE)}{run('Số: 72/KH-SNV')}</w:p>")
    assert text(file) == "Số: 72/KH-SNV"
    assert [problem.message.code for problem in read(file).problems] == ["hidden-word-text"]


SEEN = {
    "marked": f"<w:p>{run('72', WHITE + BLUE)}</w:p>",
    "shaded": f"<w:p>{run('72', WHITE + SHADE)}</w:p>",
    "paragraph": f"<w:p><w:pPr>{SHADE}</w:pPr>{run('72', WHITE)}</w:p>",
    "cell": f"<w:tbl><w:tr><w:tc><w:tcPr>{SHADE}</w:tcPr><w:p>{run('72', WHITE)}</w:p></w:tc></w:tr></w:tbl>",
    "outline": f"<w:p>{run('72', WHITE + '<w:outline/>')}</w:p>",
    "grey": f"<w:p>{run('72', GREY)}</w:p>",
}


@pytest.mark.parametrize("body", SEEN.values(), ids=SEEN.keys())
def test_white_letters_upon_a_shade_are_shown(tmp_path: Path, body: str) -> None:
    assert text(word(tmp_path / "a.docx", body)) == "72"
