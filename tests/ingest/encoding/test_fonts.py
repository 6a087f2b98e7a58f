"""Text in the fonts of before Unicode, in every office format: told by the font's name, run by run."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.styles import Font

from evidence.config import Limits, Settings
from evidence.ingest.formats import libreoffice, registry, xls_fonts
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.support.files.workbooks import xls
from tests.support.format_reading import media_type

TEXT = "Uỷ ban nhân dân tỉnh Lạng Sơn, trước ngày 15 tháng 3, kính trình Hội đồng"
NEW = "Đã ký ngày 15/7/2021 của Chính phủ, café © 2019 ®"
ENGLISH = "Public Administration Reform Index, 95% ® of the provinces"
soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
kit = pytest.mark.skipif(libreoffice.find_library() is None, reason="LibreOffice is not installed")


def encoded(text: str, encoding: str) -> str:
    """The text as an old font stores it: the letters whose bytes it draws over."""
    pairs = importlib.import_module("viparse.normalize.encodings").get_charmap(encoding).pairs
    back: dict[str, str] = {}
    for old, new in pairs:
        back.setdefault(new, old)
    return "".join(back.get(letter, letter) for letter in text)


OLD, VNI = encoded(TEXT, "tcvn3"), encoded(TEXT, "vni")


def read(file: Path) -> ReadResult:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    reader = registry.load_reader(media_type(file))
    assert reader is not None
    return reader(ReadRequest(file, scratch, Limits()))


def encodings_of(reading: ReadResult) -> list[str]:
    return [
        problem.message.params["encoding"] for problem in reading.problems if problem.code.value == "legacy-encoding"
    ]


def texts(reading: ReadResult) -> list[str]:
    return [line.text for page in reading.pages for line in page.lines]


def word(file: Path, *paragraphs: list[tuple[str, str]], usual: str = "Times New Roman") -> Path:
    """Paragraphs of runs, each with its font; no font: that of the style."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = usual  # type: ignore[attr-defined]
    for runs in paragraphs:
        paragraph = paper.add_paragraph()
        for text, font in runs:
            run = paragraph.add_run(text)
            if font:
                run.font.name = font
    paper.save(str(file))
    return file


def mixed(file: Path) -> Path:
    """Capitals by font, the font of the style, Unicode and English beside old letters in one paragraph."""
    return word(
        file,
        [(encoded("Ủy ban nhân dân".lower(), "tcvn3"), ".VnTimeH")],
        [(OLD, "")],
        [(NEW, "Times New Roman"), (" ", ""), (encoded("kính trình", "tcvn3"), ".VnTime")],
        [(ENGLISH, ".VnTime")],
        usual=".VnTime",
    )


MIXED = ["ỦY BAN NHÂN DÂN", TEXT, f"{NEW} kính trình"]


def test_docx(tmp_path: Path) -> None:
    reading = read(mixed(tmp_path / "a.docx"))
    assert texts(reading)[:3] == MIXED
    assert encodings_of(reading) == ["TCVN3"]


def test_english_under_another_font_stays(tmp_path: Path) -> None:
    reading = read(word(tmp_path / "a.docx", [(ENGLISH, "Arial")], [(OLD, ".VnTime")], [("1. PAR Index", ".VnTime")]))
    assert texts(reading) == [ENGLISH, TEXT, "1. PAR Index"]


def test_vni_whose_mark_stands_in_another_run(tmp_path: Path) -> None:
    cut = VNI.index("Laïng") + 2
    reading = read(word(tmp_path / "a.docx", [(VNI[:cut], "VNI-Times"), (VNI[cut:], "VNI-Times")]))
    assert texts(reading) == [TEXT] and encodings_of(reading) == ["VNI"]


def test_a_font_that_lies(tmp_path: Path) -> None:
    reading = read(word(tmp_path / "a.docx", [(TEXT, ".VnTime")], [("Bà Hà, bà Tô", ".VnTime")], [(NEW, ".VnTimeH")]))
    assert texts(reading) == [TEXT, "Bà Hà, bà Tô", NEW] and not encodings_of(reading)


def test_one_paragraph_retyped_under_an_old_font(tmp_path: Path) -> None:
    reading = read(word(tmp_path / "a.docx", [(OLD, "")], [(OLD, "")], [(TEXT, "")], usual=".VnArial"))
    assert texts(reading) == [TEXT] * 3


@pytest.mark.parametrize(("encoding", "name"), [("tcvn3", "TCVN3"), ("vni", "VNI"), ("viscii", "VISCII")])
def test_renamed_fonts_are_told_by_their_letters(tmp_path: Path, encoding: str, name: str) -> None:
    if encoding == "viscii":  # five of its capitals are control characters, which no DOCX can hold
        assert not set(encoded(TEXT, encoding)) & set(map(chr, range(32)))
    runs = [[(encoded(TEXT, encoding), "Arial")], [(TEXT, "Arial")], [(ENGLISH, "Arial")]]
    reading = read(word(tmp_path / "a.docx", *runs))
    assert texts(reading) == [TEXT, TEXT, ENGLISH] and encodings_of(reading) == [name]


def test_bytes_of_a_symbol_font(tmp_path: Path) -> None:
    private = "".join(chr(0xF000 + ord(letter)) if ord(letter) > 127 else letter for letter in OLD)
    assert texts(read(word(tmp_path / "a.docx", [(private, ".VnTime")]))) == [TEXT]


def test_cells_of_a_table(tmp_path: Path) -> None:
    paper = docx.Document()
    cell: Any = paper.add_table(rows=1, cols=2).cell(0, 1)
    cell.paragraphs[0].add_run(OLD).font.name = ".VnTime"
    paper.save(str(tmp_path / "a.docx"))
    (page,) = read(tmp_path / "a.docx").pages
    assert page.tables[0].rows == (("", TEXT),) and page.text == TEXT


@pytest.mark.slow
@soffice
@kit
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_the_same_from_other_programs(tmp_path: Path, kind: str) -> None:
    mixed(tmp_path / "a.docx")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    reading = read(tmp_path / f"a.{kind}")
    assert texts(reading)[:3] == MIXED
    assert encodings_of(reading) == ["TCVN3"]


def rtf(file: Path) -> Path:
    def escaped(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\'{ord(c):02x}" for c in text)

    fonts = "{\\fonttbl{\\f0\\fnil\\fcharset0 .VnTime;}{\\f1\\fnil\\fcharset0 .VnTimeH;}{\\f2 Times New Roman;}}"
    new = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in NEW)
    capitals = escaped(encoded("ủy ban nhân dân", "tcvn3"))
    file.write_text(f"{{\\rtf1\\ansi\\ansicpg1252{fonts}\\f1 {capitals}\\par\\f0 {escaped(OLD)}\\par\\f2 {new}\\par}}")
    return file


@pytest.mark.slow
@kit
def test_rtf(tmp_path: Path) -> None:
    reading = read(rtf(tmp_path / "a.rtf"))
    assert texts(reading) == ["ỦY BAN NHÂN DÂN", TEXT, NEW] and encodings_of(reading) == ["TCVN3"]


def test_rtf_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "FOLDERS", ())
    reading = read(rtf(tmp_path / "a.rtf"))
    assert texts(reading)[-2:] == [TEXT, NEW] and encodings_of(reading) == ["TCVN3"]  # the capitals are lost


def test_odt(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="{}" style:family="text"><style:text-properties style:font-name="{}"/></style:style>'
    )
    content = (
        '<d xmlns:text="t" xmlns:style="s"><auto>'
        + style.format("C", ".VnTimeH")
        + style.format("T", ".VnTime")
        + "</auto>"
        f'<body><text:p><text:span text:style-name="C">{encoded("ủy ban nhân dân", "tcvn3")}</text:span></text:p>'
        f'<text:p text:style-name="T">{OLD}</text:p><text:p>{NEW}</text:p></body></d>'
    )
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    reading = read(tmp_path / "a.odt")
    assert texts(reading) == ["ỦY BAN NHÂN DÂN", TEXT, NEW] and encodings_of(reading) == ["TCVN3"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_html(tmp_path: Path, encoding: str) -> None:
    capitals = f"<font face='.VnTimeH'>{encoded('ủy ban nhân dân', 'tcvn3')}</font>"
    page = f"<html><p>{capitals}<p style='font-family: \".VnTime\", serif'>{OLD}<p>{ENGLISH}</html>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    reading = read(tmp_path / "a.html")
    assert texts(reading) == ["ỦY BAN NHÂN DÂN", TEXT, ENGLISH] and encodings_of(reading) == ["TCVN3"]


@pytest.mark.parametrize("font", [".VnArial", "Arial"])
def test_xlsx(tmp_path: Path, font: str) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([OLD, NEW, 1])
    sheet.append([encoded("tổng số báo cáo đã gửi", "tcvn3"), ENGLISH, 2])
    for row in sheet.iter_rows(max_col=1):
        row[0].font = Font(name=font)
    book.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx")
    assert reading.pages[0].tables[0].rows == ((TEXT, NEW, "1"), ("tổng số báo cáo đã gửi", ENGLISH, "2"))
    assert encodings_of(reading) == ["TCVN3"]


def test_txt_of_two_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join([TEXT] * 9 + [OLD, ENGLISH]), "utf-8")
    reading = read(tmp_path / "a.txt")
    assert texts(reading) == [TEXT] * 10 + [ENGLISH] and encodings_of(reading) == ["TCVN3"]


def test_xls_by_its_letters(tmp_path: Path) -> None:
    reading = read(xls("old_letters", tmp_path))
    assert reading.pages[0].tables[0].rows == ((TEXT, NEW, ENGLISH),) and encodings_of(reading) == ["TCVN3"]


def test_xls_by_its_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way, inside the walls: fonts of cells and of stretches in one, formats, days, merged cells."""
    file = xls("old_fonts", tmp_path)
    settings = Settings(home=tmp_path)
    (outcome,) = pipeline.read_files([request_file(file, settings.limits)], settings)
    (page,) = outcome.document.pages
    assert page.tables[0].rows == (
        ("ỦY BAN NHÂN DÂN", TEXT, NEW),
        ("ỦY BAN NHÂN DÂN", "12", ""),
        ("ỦY BAN NHÂN DÂN tỉnh Lạng Sơn", "9.50", "2025-03-15"),
        ("TRUE", "95.5%", "#DIV/0!"),
        ("gộp", "", ""),
        (None, "", "x"),
    )
    assert "legacy-encoding" in [problem.code.value for problem in outcome.record.problems]
    monkeypatch.setattr(xls_fonts, "read_sheets", lambda *_: None)
    rows = read(file).pages[0].tables[0].rows
    assert [row[0] for row in rows][:2] == ["ủy ban nhân dân"] * 2 and rows[0][1:] == (TEXT, NEW)


def test_xls_in_unicode_is_read_where_xlrd_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts(read(xls("unicode", tmp_path))) == [TEXT, NEW]
    monkeypatch.setattr(xls_fonts, "read_sheets", lambda *_: None)
    assert texts(read(xls("unicode", tmp_path))) == [TEXT, NEW]


def test_a_ring_of_sectors_is_not_followed_for_ever(tmp_path: Path) -> None:
    assert xls_fonts.read_sheets(xls("ring_of_sectors", tmp_path), 0.5) is None


@pytest.mark.parametrize("cut", [600, 2_000, 4_000, 5_000])
def test_a_damaged_xls_has_no_fonts(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.xls").write_bytes(xls("old_fonts", tmp_path).read_bytes()[:cut] + bytes(3_000))
    assert xls_fonts.read_sheets(tmp_path / "a.xls", 5) is None


def test_excel_2003_by_its_fonts(tmp_path: Path) -> None:
    """XML of Excel 2003: the style of a cell, of its row, of all names the font; a style may lean on another."""
    space = 'xmlns="{0}" xmlns:ss="{0}"'.format("urn:schemas-microsoft-com:office:spreadsheet")
    styles = (
        '<Style ss:ID="Default"><Font ss:FontName=".VnTime"/></Style><Style ss:ID="b"><Font ss:Bold="1"/></Style>'
        '<Style ss:ID="h"><Font ss:FontName=".VnArialH"/></Style><Style ss:ID="i" ss:Parent="h"/>'
        '<Style ss:ID="n"><Font ss:FontName="Arial"/></Style>'
    )
    head = encoded("ủy ban nhân dân", "tcvn3")

    def cell(text: str, style: str = "") -> str:
        attribute = style and f' ss:StyleID="{style}"'
        return f'<Cell{attribute}><Data ss:Type="String">{text}</Data></Cell>'

    rows = (
        f"<Row>{cell(head, 'h')}{cell(OLD)}{cell(OLD, 'b')}</Row><Row ss:StyleID='i'>{cell(head)}{cell(NEW, 'n')}</Row>"
    )
    (tmp_path / "a.xls").write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {space}><Styles>{styles}</Styles>'
        f"{''.join(f'<Worksheet><Table>{rows}</Table></Worksheet>' for _ in range(2))}</Workbook>"
    )
    reading = read(tmp_path / "a.xls")
    assert reading.pages[0].tables[0].rows == (("ỦY BAN NHÂN DÂN", TEXT, TEXT), ("ỦY BAN NHÂN DÂN", NEW, ""))
    assert texts(reading) == ["ỦY BAN NHÂN DÂN", TEXT, TEXT, "ỦY BAN NHÂN DÂN", NEW] * 2 and encodings_of(reading) == [
        "TCVN3"
    ]
