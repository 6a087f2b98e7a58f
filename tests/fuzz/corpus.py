"""What the mutants are made from: the samples, files of every format of our own making, and the real documents.

The real ones lie beside the project and are read in place; where they are absent, the others make the corpus.
"""

from __future__ import annotations

import base64
import email.message
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pillow_heif
import pypdfium2

from tests.fuzz.mutate import packed
from tests.support import papers, signing
from tests.support.files.workbooks import FOLDER

ROOT = Path(__file__).resolve().parents[2]
REAL = tuple(ROOT.parent / "shared" / "data" / name for name in ("documents", "unlabelled"))
LARGEST = 2_000_000  # bytes of a base: larger ones cost time and teach no more
KINDS = frozenset(".pdf .docx .doc .xlsx .xls .odt .rtf .eml .zip .html .txt .jpg .png .tif .heic .webp .edxml".split())  # noqa: SIM905
TEXT = "\n".join([*papers.LEFT, *papers.RIGHT, *papers.BODY])


@dataclass(frozen=True, slots=True)
class Base:
    """A file that mutants are made from. ``ours``: its mutants may be kept in the repository."""

    name: str
    data: bytes
    ours: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


def gather() -> list[Base]:
    """All bases, ordered by their names."""
    found = [*_made(), *_files(ROOT / "samples" / "dossier", True)]
    for folder in REAL:
        found += _files(folder, False)
    return sorted(found, key=lambda one: (one.name, one.sha256))


def _files(folder: Path, ours: bool) -> Iterator[Base]:
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in KINDS and file.is_file() and file.stat().st_size <= LARGEST:
            yield Base(file.name, file.read_bytes(), ours)


def _made() -> Iterator[Base]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for file in [make(place / f"made{suffix}") for suffix, make in MAKERS.items()]:
            yield Base(file.name, file.read_bytes(), True)
        yield from _by_office(place)


def _by_office(place: Path) -> Iterator[Base]:
    """DOC, which no Python library writes, where LibreOffice is installed; XLS as it wrote them once."""
    for file in sorted(FOLDER.glob("*.xls")):
        yield Base(file.name, file.read_bytes(), True)
    program = shutil.which("soffice")
    if program:
        home = f"-env:UserInstallation=file://{place}/office"
        source = str(place / "made.docx")
        command = [program, home, "--headless", "--convert-to", "doc", "--outdir", str(place), source]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
    file = place / "made.doc"
    if file.exists():
        yield Base(file.name, file.read_bytes(), True)


def _saved(file: Path, data: bytes | str) -> Path:
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def _workbook(file: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["TT", "Nội dung", "Điểm"], [1, "Kế hoạch CCHC", 0.5], [2, "=A2+1", "2025-03-15"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    book.save(file)
    return file


def _odt(file: Path) -> Path:
    rows = "".join(f"<text:p>{line}</text:p>" for line in TEXT.splitlines())
    cell = '<table:table-cell table:number-columns-spanned="1"><text:p>ô<text:tab/>một</text:p></table:table-cell>'
    table = f"<table:table><table:table-row>{cell * 3}</table:table-row></table:table>"
    body = f'<d xmlns:text="t" xmlns:table="b"><body>{rows}{table}</body></d>'
    return _saved(
        file, packed([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", body.encode())])
    )


def _rtf(file: Path) -> Path:
    rows = ("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in TEXT.splitlines())
    return _saved(file, "{\\rtf1\\ansi\\ansicpg1258{\\fonttbl{\\f0 Times New Roman;}}" + "\\par ".join(rows) + "}")


def _mail(file: Path) -> Path:
    message, inner = email.message.EmailMessage(), email.message.EmailMessage()
    inner["From"], inner["Subject"] = "a@snv.vn", "Thư trong"
    inner.set_content("trong")
    inner.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="ghi chú.txt")
    message["From"], message["Subject"] = "Văn thư <vt@snv.vn>", "Gửi báo cáo quý I"
    message.set_content(TEXT)
    message.add_alternative(f"<html><p>{TEXT}</p></html>", subtype="html")
    pdf = papers.digital(file.with_name("mail.pdf")).read_bytes()
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename="Báo cáo.pdf")
    message.add_attachment(inner)
    return _saved(file, message.as_bytes())


def _edxml(file: Path) -> Path:
    data = base64.b64encode(papers.digital(file.with_name("envelope.pdf")).read_bytes()).decode()
    return _saved(
        file,
        f"""<?xml version="1.0" encoding="utf-8"?>
<e:edXMLEnvelope xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016"><e:edXMLHeader><e:MessageHeader>
<e:From><e:OrganName>Sở Nội vụ</e:OrganName></e:From>
<e:Code><e:CodeNumber>187</e:CodeNumber><e:CodeNotation>TTr-SNV</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:PromulgationDate>2025/08/28</e:PromulgationDate></e:PromulgationInfo>
</e:MessageHeader></e:edXMLHeader><e:AttachmentEncoded><e:Attachment><e:AttachmentName>tt.pdf</e:AttachmentName>
<e:ContentTransferEncoded>{data}</e:ContentTransferEncoded></e:Attachment></e:AttachmentEncoded></e:edXMLEnvelope>""",
    )


def _package(file: Path) -> Path:
    pdf = papers.digital(file.with_name("packed.pdf")).read_bytes()
    inner = packed([("trong/ghi chú.txt", TEXT.encode())])
    return _saved(file, packed([("SNV/1.2/bc.pdf", pdf), ("SNV/1.3/trong.zip", inner), ("a.txt", TEXT.encode())]))


def _attached(file: Path) -> Path:
    with pypdfium2.PdfDocument(papers.digital(file.with_name("bare.pdf"), 2)) as pdf:
        pdf.new_attachment("phụ lục.txt").set_data(TEXT.encode())
        pdf.save(file)
    return file


def _signed(file: Path) -> Path:
    signing.sign(papers.digital(file))
    return file


def _photo(file: Path) -> Path:
    picture = papers.picture(100).convert("RGB")
    if file.suffix == ".heic":
        pillow_heif.from_pillow(picture).save(file, quality=40)
    elif file.suffix == ".tif":
        picture.save(file, save_all=True, append_images=[picture.convert("1")], compression="tiff_lzw")
    else:
        picture.save(file)
    return file


def _html(file: Path) -> Path:
    cells = "<table><tr><td>UBND TỈNH</td><td>CỘNG HÒA</td></tr></table>"
    rows = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    return _saved(file, f"<!DOCTYPE html><html><head><title>x</title></head><body>{cells}{rows}</body></html>")


MAKERS: dict[str, Callable[[Path], Path]] = {
    ".digital.pdf": lambda file: papers.digital(file, 2),
    ".scanned.pdf": lambda file: papers.scanned(file, papers.BODY),
    ".attached.pdf": _attached,
    ".signed.pdf": _signed,
    ".docx": papers.word,
    ".xlsx": _workbook,
    ".odt": _odt,
    ".rtf": _rtf,
    ".eml": _mail,
    ".edxml": _edxml,
    ".zip": _package,
    ".html": _html,
    ".txt": lambda file: _saved(file, "Uû ban nh©n d©n tØnh L¹ng S¬n\nSë Néi vô".encode("latin-1") * 20),
    ".jpg": _photo,
    ".png": _photo,
    ".tif": _photo,
    ".webp": _photo,
    ".heic": _photo,
}


def data_of(name: str) -> bytes:
    """One made base, by the end of its name: for the tests."""
    with tempfile.TemporaryDirectory() as folder:
        return MAKERS[name](Path(folder) / f"made{name}").read_bytes()
