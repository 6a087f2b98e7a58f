"""Every format that is not PDF, DOCX or a picture: the same letter in each, and what is wrong with some."""

from __future__ import annotations

import base64
import email.message
import zipfile
from dataclasses import replace
from pathlib import Path

import papers
import pypdfium2
import pytest
from PIL import Image

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import formats, legacy
from evidence.ingest.identify import media_type
from evidence.ingest.members import clean
from evidence.ingest.reading import Order, Reading

TEXT = "\n".join(papers.BODY)
TCVN3 = "Uû ban nh©n d©n tØnh L¹ng S¬n\nC¨n cø NghÞ quyÕt sè 76/NQ-CP cña ChÝnh phñ, Së Néi vô kÝnh tr×nh"
VNI = "Uûy ban nhaân daân tænh Laïng Sôn\nCaên cöù Nghò quyeát soá 76/NQ-CP cuûa Chính phuû, Sôû Noäi vuï kính trình"
PLAIN = "ban nhân dân tỉnh Lạng Sơn\nCăn cứ Nghị quyết số 76/NQ-CP của Chính phủ, Sở Nội vụ kính trình"


def read(file: Path, limits: Limits | None = None, tables: bool = False) -> Reading:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    reader = formats.reader(media_type(file), tables)
    assert reader is not None, media_type(file)
    return reader(Order(file, scratch, limits or Limits(), 0, tables))


def text(file: Path) -> str:
    return "\n".join(page.text for page in read(file).pages)


def refused(file: Path, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        read(file, limits)
    assert caught.value.say("vi") and caught.value.say("en")
    return caught.value.problem, caught.value.message.code


def write(file: Path, data: bytes | str) -> Path:
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_txt_in_unicode(tmp_path: Path, encoding: str) -> None:
    assert text(write(tmp_path / "a.txt", TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize(("data", "name"), [(TCVN3.encode("latin-1"), "TCVN3"), (VNI.encode("latin-1"), "VNI")])
def test_txt_of_before_unicode_is_converted_and_told(tmp_path: Path, data: bytes, name: str) -> None:
    reading = read(write(tmp_path / "a.txt", data))
    assert reading.pages[0].text.endswith(PLAIN)
    assert [(one.code.value, one.message.params) for one in reading.problems] == [
        ("legacy-encoding", {"encoding": name})
    ]


def test_viscii_is_told_from_the_others() -> None:
    pairs = legacy.importlib.import_module("viparse.normalize.viscii").VISCII.pairs
    back = {new: old for old, new in pairs}
    found = legacy.convert("".join(back.get(letter, letter) for letter in TEXT))
    assert (found.encoding, found.text) == ("viscii", TEXT)


@pytest.mark.parametrize("plain", [TEXT, "The results of the survey, café © 2019 ®", "HỘI NGHỊ ®", "Số 12/QĐ-UBND", ""])
def test_good_text_is_never_converted(plain: str) -> None:
    assert legacy.convert(plain) == legacy.Converted(plain)


def test_html(tmp_path: Path) -> None:
    rows = "".join(f"<p>{line}</p>" for line in papers.BODY)
    page = f"<!DOCTYPE html><head><title>x</title><style>p {{}}</style></head><body><script>no()</script>{rows}</body>"
    assert text(write(tmp_path / "a.html", page)) == TEXT
    deep = "<!DOCTYPE html><p>đầu</p>" + "<div>" * 20_000 + "đáy"
    assert text(write(tmp_path / "deep.html", deep)).startswith("đầu")  # libxml2 stops going down after 256 levels


def test_rtf(tmp_path: Path) -> None:
    escaped = "\\par ".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in papers.BODY)
    assert text(write(tmp_path / "a.rtf", "{\\rtf1\\ansi " + escaped + "}")) == TEXT
    old = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in TCVN3.encode("latin-1"))
    reading = read(write(tmp_path / "old.rtf", "{\\rtf1\\ansi " + old.replace("\n", "\\par ") + "}"))
    assert PLAIN in reading.pages[0].text
    assert [one.code.value for one in reading.problems] == ["legacy-encoding"]
    assert refused(write(tmp_path / "b.rtf", "{\\rtf1}"))[0] == "damaged"


def odt(file: Path, body: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?>' + body if body.startswith("<!DOCTYPE") else
            f'<d xmlns:text="t" xmlns:table="b"><body>{body}</body></d>',
        )  # fmt: skip
    return file


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
        found = text(file)
    except UnreadableError as error:
        assert error.problem == "damaged"
    else:
        assert len(found) < 100 and "bí mật" not in found


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
    assert [(one.name, media_type(Path(one.file))) for one in reading.held] == [("totrinh.pdf", formats.PDF)]


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
    assert [(one.name, media_type(Path(one.file))) for one in reading.held] == [
        ("Báo cáo.pdf", formats.PDF),
        ("thư.eml", formats.EML),
    ]


def test_files_attached_to_a_pdf(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(papers.digital(tmp_path / "a.pdf")) as pdf:
        pdf.new_attachment("../phụ lục.txt").set_data(TEXT.encode())
        pdf.save(tmp_path / "b.pdf")
    reading = read(tmp_path / "b.pdf")
    assert len(reading.pages) == 1
    assert [(one.name, Path(one.file).read_text()) for one in reading.held] == [("phụ lục.txt", TEXT)]


@pytest.mark.parametrize("kind", ["webp", "heic"])
def test_photos(tmp_path: Path, kind: str) -> None:
    picture = papers.picture(100).convert("RGB")
    if kind == "heic":
        pillow_heif = pytest.importorskip("pillow_heif")
        pillow_heif.from_pillow(picture).save(tmp_path / "a.heic", quality=50)
    else:
        picture.save(tmp_path / "a.webp")
    (scan,) = read(tmp_path / f"a.{kind}").scans
    with Image.open(scan.file) as image:
        assert image.size == picture.size


def test_a_workbook_is_evidence_too(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["TT", "Nội dung"])
    book.active.append([1, "Kế hoạch CCHC"])
    book.save(tmp_path / "a.xlsx")
    assert "Kế hoạch CCHC" in text(tmp_path / "a.xlsx")


def test_csv_is_a_table_where_tables_are_asked_for(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "mã,tên\n1.1,Kế hoạch\n")
    assert read(file, tables=True).pages[0].tables
    assert not read(file).pages[0].tables


# --- ZIP ------------------------------------------------------------------------------------------------------------


def pack(file: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def test_zip_names_are_data(tmp_path: Path) -> None:
    names = ["../../x.pdf", "/etc/x.pdf", "a\\b.txt", "bản\u202efdp.exe", "c\x1b[2J\n.txt"]
    names += ["é.txt", "e\u0301.txt", "É.TXT"]
    reading = read(pack(tmp_path / "a.zip", {name: f"nội dung {count}" for count, name in enumerate(names)}))
    told = [one.name for one in reading.held]
    assert told == ["x.pdf", "etc/x.pdf", "a/b.txt", "bảnfdp.exe", "c[2J.txt", "é.txt", "é.txt (2)", "É.TXT (3)"]
    assert all(Path(one.file).parent == tmp_path / "scratch" for one in reading.held)
    assert all(clean(one) == one for one in told)
    assert not (tmp_path.parent / "x.pdf").exists()


def test_what_systems_leave_behind_is_left_out(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.pdf", "a/.DS_Store", "Thumbs.db", "~$a.docx", "a.pdf"]
    assert [one.name for one in read(pack(tmp_path / "a.zip", dict.fromkeys(names, "x"))).held] == ["a.pdf"]


def test_zip_limits(tmp_path: Path) -> None:
    many = pack(tmp_path / "many.zip", {str(count): "x" for count in range(30)})
    assert refused(many, replace(Limits(), members=20)) == ("too-large", "too-many-members")
    fat = pack(tmp_path / "fat.zip", {str(count): bytes(500_000) for count in range(5)})
    assert refused(fat, replace(Limits(), unpacked_bytes=2_000_000)) == ("too-large", "too-large-unpacked")
    assert refused(fat) == ("too-large", "too-dense")
    assert refused(pack(tmp_path / "one.zip", {"x": bytes(2_000_000)})) == ("too-large", "too-dense")
    assert refused(pack(tmp_path / "empty.zip", {})) == ("damaged", "empty-zip")


def test_a_zip_that_lies_about_its_sizes(tmp_path: Path) -> None:
    file = pack(tmp_path / "liar.zip", {"x": bytes(900_000)})
    data = file.read_bytes()
    file.write_bytes(data.replace((900_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    reading = read(file)
    assert [one.message.code for one in reading.problems] == ["member-damaged"] or all(
        Path(one.file).stat().st_size <= 10 for one in reading.held
    )


def test_damaged_and_shut_members_are_told_and_the_others_come(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"hỏng.txt": "x" * 100, "lành.txt": "y" * 100})
    data = bytearray(file.read_bytes())
    data[data.index("hỏng.txt".encode()) + len("hỏng.txt".encode()) + 2] ^= 0xFF
    file.write_bytes(data)
    reading = read(file)
    assert [one.name for one in reading.held] == ["lành.txt"]
    assert [one.message.code for one in reading.problems] == ["member-damaged"]


def test_packed_bytes_that_are_broken_are_damage(tmp_path: Path) -> None:
    papers.word(tmp_path / "a.docx")
    odt(tmp_path / "a.odt", "<text:p>a</text:p>")
    for name in ("a.docx", "a.odt"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        pack(tmp_path / name, parts)
        data = bytearray((tmp_path / name).read_bytes())
        inner = b"word/document.xml" if name == "a.docx" else b"content.xml"
        at = data.index(inner) + len(inner)
        data[at : at + 40] = b"\xff" * 40
        (tmp_path / name).write_bytes(data)
        reader = formats.READERS[formats.DOCX if name == "a.docx" else formats.ODT]
        with pytest.raises(UnreadableError) as caught:
            reader(Order(tmp_path / name, tmp_path, Limits()))
        assert caught.value.problem == "damaged"
