"""Every format that is not PDF, DOCX or a picture: the same letter in each, and what is wrong with some."""

from __future__ import annotations

import base64
import datetime
import email.message
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.encoding import charsets
from evidence.ingest.formats import registry
from evidence.ingest.imaging.raw_image import load_image
from evidence.model.document import Cell
from tests.support import papers
from tests.support.files.workbooks import xls
from tests.support.format_reading import media_type, odt, read, refused, text, write

TEXT = "\n".join(papers.BODY)
TCVN3 = "Uû ban nh©n d©n tØnh L¹ng S¬n\nC¨n cø NghÞ quyÕt sè 76/NQ-CP cña ChÝnh phñ, Së Néi vô kÝnh tr×nh"
VNI = "Uûy ban nhaân daân tænh Laïng Sôn\nCaên cöù Nghò quyeát soá 76/NQ-CP cuûa Chính phuû, Sôû Noäi vuï kính trình"
PLAIN = "ban nhân dân tỉnh Lạng Sơn\nCăn cứ Nghị quyết số 76/NQ-CP của Chính phủ, Sở Nội vụ kính trình"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_txt_in_unicode(tmp_path: Path, encoding: str) -> None:
    assert text(write(tmp_path / "a.txt", TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize(("data", "name"), [(TCVN3.encode("latin-1"), "TCVN3"), (VNI.encode("latin-1"), "VNI")])
def test_txt_of_before_unicode_is_converted_and_told(tmp_path: Path, data: bytes, name: str) -> None:
    reading = read(write(tmp_path / "a.txt", data))
    assert reading.pages[0].text.endswith(PLAIN)
    assert [(problem.code.value, problem.message.params) for problem in reading.problems] == [
        ("legacy-encoding", {"encoding": name})
    ]


def test_viscii_is_told_from_the_others() -> None:
    pairs = charsets.importlib.import_module("viparse.normalize.viscii").VISCII.pairs
    back = {new: old for old, new in pairs}
    converted = charsets.convert_text("".join(back.get(letter, letter) for letter in TEXT))
    assert (converted.encoding, converted.text) == ("viscii", TEXT)


@pytest.mark.parametrize("plain", [TEXT, "The results of the survey, café © 2019 ®", "HỘI NGHỊ ®", "Số 12/QĐ-UBND", ""])
def test_good_text_is_never_converted(plain: str) -> None:
    assert charsets.convert_text(plain) == charsets.Converted(plain)


def test_html(tmp_path: Path) -> None:
    rows = "".join(f"<p>{line}</p>" for line in papers.BODY)
    page = f"<!DOCTYPE html><head><title>x</title><style>p {{}}</style></head><body><script>no()</script>{rows}</body>"
    assert text(write(tmp_path / "a.html", page)) == TEXT
    deep = "<!DOCTYPE html><p>đầu</p>" + "<div>" * 20_000 + "đáy"
    assert text(write(tmp_path / "deep.html", deep)).startswith("đầu")  # libxml2 stops going down after 256 levels


@pytest.mark.slow
def test_rtf(tmp_path: Path) -> None:
    escaped = "\\par ".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in papers.BODY)
    assert text(write(tmp_path / "a.rtf", "{\\rtf1\\ansi " + escaped + "}")) == TEXT
    old = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in TCVN3.encode("latin-1"))
    reading = read(write(tmp_path / "old.rtf", "{\\rtf1\\ansi " + old.replace("\n", "\\par ") + "}"))
    assert PLAIN in reading.pages[0].text
    assert [problem.code.value for problem in reading.problems] == ["legacy-encoding"]
    assert refused(write(tmp_path / "b.rtf", "{\\rtf1}"))[0] == "damaged"


def test_odt(tmp_path: Path) -> None:
    rows = "".join(f"<text:p>{line}</text:p>" for line in papers.BODY)
    cell = "<table:table-cell><text:p>ô<text:tab/>một</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    page = read(odt(tmp_path / "a.odt", rows + table)).pages[0]
    assert page.text == f"{TEXT}\nô một"
    assert page.lines[-1].cell is not None
    assert refused(odt(tmp_path / "b.odt", "<broken"))[0] == "damaged"


def test_xml_entities_are_not_opened(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "bí mật")
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    bomb = (
        f'<!DOCTYPE d [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file://{secret}">{laughs}]>'
        '<d xmlns:text="t"><body><text:p>a&l29;&f;b</text:p></body></d>'
    )
    file = odt(tmp_path / "a.odt", bomb)
    try:
        content = text(file)
    except UnreadableError as error:
        assert error.problem == "damaged"
    else:
        assert len(content) < 100 and "bí mật" not in content


ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganId>000.00.11.H37</edXML:OrganId><edXML:OrganName>Sở Nội vụ</edXML:OrganName></edXML:From>
<edXML:Code><edXML:CodeNumber>187</edXML:CodeNumber><edXML:CodeNotation>TTr-SNV</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>Lạng Sơn</edXML:Place>
<edXML:PromulgationDate>2025/08/28</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeName>Tờ trình</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>Về việc ban hành Kế hoạch</edXML:Subject>
<edXML:SignerInfo><edXML:FullName>Đỗ Văn Chung</edXML:FullName></edXML:SignerInfo>
</edXML:MessageHeader></edXML:edXMLHeader><edXML:AttachmentEncoded><edXML:Attachment>
<edXML:AttachmentName>totrinh.pdf</edXML:AttachmentName>
<edXML:ContentTransferEncoded>{data}</edXML:ContentTransferEncoded></edXML:Attachment></edXML:AttachmentEncoded>
</edXML:edXMLEnvelope>"""


def test_edxml_is_a_second_witness_with_its_documents_inside(tmp_path: Path) -> None:
    data = base64.b64encode(papers.digital(tmp_path / "a.pdf").read_bytes()).decode()
    reading = read(write(tmp_path / "a.edxml", ENVELOPE.replace("{data}", data)))
    said = reading.envelope
    assert said is not None
    assert (said.number, str(said.date), said.issuer) == ("187/TTr-SNV", "2025-08-28", "Sở Nội vụ")
    assert (said.kind, said.subject, said.signer) == ("Tờ trình", "Về việc ban hành Kế hoạch", "Đỗ Văn Chung")
    assert [(member.name, media_type(Path(member.file))) for member in reading.embedded] == [
        ("totrinh.pdf", media_types.PDF)
    ]


def test_eml_and_its_attachments(tmp_path: Path) -> None:
    inner = email.message.EmailMessage()
    inner["Subject"] = "Thư trong"
    inner["From"] = "a@snv.vn"
    inner.set_content("trong")
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "Văn thư <vt@snv.vn>", "Gửi báo cáo quý I"
    message.set_content(TEXT)
    message.add_alternative(f"<html><p>{TEXT}</p></html>", subtype="html")
    pdf = papers.digital(tmp_path / "a.pdf").read_bytes()
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename="../Báo cáo.pdf")
    message.add_attachment(inner)
    reading = read(write(tmp_path / "a.eml", message.as_bytes()))
    assert [line.text for line in reading.pages[0].lines[:2]] == [
        "From: Văn thư <vt@snv.vn>",
        "Subject: Gửi báo cáo quý I",
    ]
    assert reading.pages[0].text.endswith(TEXT)
    assert [(member.name, media_type(Path(member.file))) for member in reading.embedded] == [
        ("Báo cáo.pdf", media_types.PDF),
        ("2.eml", media_types.EML),
    ]


def test_files_attached_to_a_pdf(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(papers.digital(tmp_path / "a.pdf")) as pdf:
        pdf.new_attachment("../phụ lục.txt").set_data(TEXT.encode())
        pdf.save(tmp_path / "b.pdf")
    reading = read(tmp_path / "b.pdf")
    assert len(reading.pages) == 1
    assert [(member.name, Path(member.file).read_text()) for member in reading.embedded] == [("phụ lục.txt", TEXT)]


@pytest.mark.parametrize("kind", ["webp", "heic"])
def test_photos(tmp_path: Path, kind: str) -> None:
    picture = papers.picture(100).convert("RGB")
    if kind == "heic":
        pillow_heif = pytest.importorskip("pillow_heif")
        pillow_heif.from_pillow(picture).save(tmp_path / "a.heic", quality=50)
    else:
        picture.save(tmp_path / "a.webp")
    (scan,) = read(tmp_path / f"a.{kind}").page_images
    assert load_image(Path(scan.file)).shape == picture.size[::-1]


def test_a_workbook_is_evidence_too(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["TT", "Nội dung"])
    book.active.append([1, "Kế hoạch CCHC"])
    book.save(tmp_path / "a.xlsx")
    assert "Kế hoạch CCHC" in text(tmp_path / "a.xlsx")


def test_cells_as_the_sheet_shows_them(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ngày", "Tỷ lệ", "Điểm", "Gộp", None])
    sheet.append([datetime.date(2025, 3, 15), 0.955, 9.5, "hai ô", None])
    sheet["B2"].number_format, sheet["C2"].number_format = "0.0%", "0.00"
    sheet.merge_cells("D2:E3")
    sheet["Z900"].number_format = "0.00"  # a format alone makes no cell
    hidden = book.create_sheet("ẩn")
    hidden.append(["không đọc"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    (page,) = read(tmp_path / "a.xlsx").pages
    assert page.tables[0].rows == (
        ("Ngày", "Tỷ lệ", "Điểm", "Gộp"),
        ("2025-03-15", "95.5%", "9.50", "hai ô"),
    )


def test_xls_with_a_day_and_a_hidden_sheet(tmp_path: Path) -> None:
    file = xls("day_and_hidden_sheet", tmp_path)
    result = read(file)
    assert [page.text for page in result.pages] == ["Kế hoạch CCHC\n2025-03-15\n12"]
    assert [problem.message.code for problem in result.problems] == ["hidden-sheets"]


def test_html_tables_are_cells_and_page_layout_is_not(tmp_path: Path) -> None:
    head = "<table><tr><td><p>UBND TỈNH<p>SỞ NỘI VỤ<td>CỘNG HÒA<br>Độc lập<tr><td>Số: 1/SNV<td>ngày 5</table>"
    file = write(tmp_path / "a.html", f"<html><table><tr><td>Trang chủ<td>{head}<p>Kính gửi</table></html>")
    (page,) = read(file).pages
    assert [(line.text, line.cell) for line in page.lines] == [
        ("Trang chủ", None), ("UBND TỈNH", Cell(0, 0, 0)), ("SỞ NỘI VỤ", Cell(0, 0, 0)), ("CỘNG HÒA", Cell(0, 0, 1)),
        ("Độc lập", Cell(0, 0, 1)), ("Số: 1/SNV", Cell(0, 1, 0)), ("ngày 5", Cell(0, 1, 1)), ("Kính gửi", None),
    ]  # fmt: skip
    assert page.tables[0].rows == (("UBND TỈNH\nSỞ NỘI VỤ", "CỘNG HÒA\nĐộc lập"), ("Số: 1/SNV", "ngày 5"))


def test_what_is_saved_under_the_name_of_a_word_file(tmp_path: Path) -> None:
    """Web programs send HTML as .doc and .xls; Word saves "single file web pages"; people rename."""
    page = "<!DOCTYPE html><html><body>" + "".join(f"<p>{line}</p>" for line in papers.BODY) + "</body></html>"
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    kind = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    assert text(write(tmp_path / "a.doc", page)) == TEXT
    assert text(write(tmp_path / "a.xls", page)) == TEXT
    assert text(write(tmp_path / "b.doc", f"{head}{kind}{page}\r\n--b--\r\n")) == TEXT
    assert text(papers.word(tmp_path / "c.doc")).endswith(TEXT)


def test_an_odt_with_header_note_and_repeated_cells(tmp_path: Path) -> None:
    many = '<table:table-cell table:number-columns-repeated="9999"/>'
    cells = f"{many}<table:table-cell><text:p>b</text:p></table:table-cell>"
    row = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    note = "<text:note-citation>1</text:note-citation><text:note-body><text:p>chú thích</text:p></text:note-body>"
    odt(tmp_path / "a.odt", f"<text:p>Thân<text:note>{note}</text:note> bài</text:p>{row}")
    with zipfile.ZipFile(tmp_path / "a.odt", "a") as archive:
        archive.writestr("styles.xml", '<s xmlns:text="t"><header><text:p>SAO Y</text:p></header></s>')
    (page,) = read(tmp_path / "a.odt").pages
    assert [line.text for line in page.lines] == ["SAO Y", "Thân bài", "chú thích", "b"]
    assert len(page.tables[0].rows[0]) == 200


def test_csv_is_a_table_where_tables_are_asked_for(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "mã,tên\n1.1,Kế hoạch\n")
    assert read(file, tables=True).pages[0].tables
    assert not read(file).pages[0].tables


def test_xml_of_excel_2003_under_the_name_of_a_sheet(tmp_path: Path) -> None:
    def cell(text: str, kind: str = "String", more: str = "") -> str:
        return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'

    head = cell("Kế hoạch", more=' ss:MergeAcross="1"') + cell("Ngày")
    row = cell("0.30000000000000004", "Number", ' ss:Index="2"') + cell("2025-03-15T00:00:00.000", "DateTime")
    row += cell("15", "Number", ' ss:StyleID="s1"') + cell("2019-03-01T00:00:00.000", "DateTime", ' ss:StyleID="s2"')
    table = f'<Table><Row>{head}</Row><Row ss:Index="3">{row}</Row></Table>'
    codes = (("s1", "&quot;Số &quot;000&quot;/KH&quot;"), ("s2", "mm/yyyy"))
    styles = "".join(f'<Style ss:ID="{name}"><NumberFormat ss:Format="{code}"/></Style>' for name, code in codes)
    hide = '<x:WorksheetOptions xmlns:x="x"><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    file = write(
        tmp_path / "a.xls",
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="I">{table}</Worksheet>'
        f'<Worksheet ss:Name="II"><Table><Row>{cell("ẩn")}</Row></Table>{hide}</Worksheet></Workbook>',
    )
    (page,) = read(file).pages
    assert page.tables[0].rows == (
        ("Kế hoạch", "", "Ngày", "", ""), ("",) * 5, ("", "0.3", "2025-03-15", "Số 015/KH", "03/2019"),
    )  # fmt: skip
    assert [line.cell for line in page.lines][:4] == [Cell(0, 0, 0), Cell(0, 0, 2), Cell(0, 2, 1), Cell(0, 2, 2)]


@pytest.mark.parametrize("media_type", sorted({*registry.READERS, *registry.TABLE_READERS}))
def test_every_format_has_its_reader(media_type: str) -> None:
    assert callable(registry.load_reader(media_type)) and callable(registry.load_reader(media_type, tables=True))


def test_readers_are_loaded_with_the_first_file_of_their_kind() -> None:
    """A search does not wait for the libraries of Word and Excel files."""
    code = (
        "import sys; import evidence.pipeline.scheduler\n"
        "from evidence.ingest import media_types; from evidence.ingest.formats import registry\n"
        "heavy = {'docx', 'openpyxl', 'pdfplumber', 'python_calamine', 'cv2'}\n"
        "print(sorted(heavy & set(sys.modules))); registry.load_reader(media_types.XLS)\n"
        "print('python_calamine' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split("\n")[:2] == ["[]", "True"]


def test_a_page_saved_with_its_pictures_is_one_file(tmp_path: Path) -> None:
    page = email.message.EmailMessage()
    page.set_content(f"<html><p>{papers.BODY[0]}</p></html>", subtype="html")
    page.make_related()
    page.add_related(b"\x89PNG", "image", "png", filename="image001.png")
    page.add_related(b"<x/>", "text", "xml", filename="filelist.xml")
    page.add_related(b"PK", "application", "vnd.ms-officetheme")
    plain = read(write(tmp_path / "a.doc", page.as_bytes()))
    assert (plain.pages[0].text, plain.embedded) == (papers.BODY[0], ())
    page.add_related(b"%PDF-1.4", "application", "pdf", filename="bc.pdf")
    page["From"] = "<Saved by Blink>"
    assert [member.name for member in read(write(tmp_path / "b.mht", page.as_bytes())).embedded] == ["bc.pdf"]
    page.replace_header("From", "vt@snv.vn")
    assert media_type(write(tmp_path / "c.eml", page.as_bytes())) == media_types.EML
