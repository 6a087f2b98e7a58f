"""Word files that hold scans and no text: each picture is a page; and what is said where there is nothing at all."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from evidence.config import Limits
from evidence.extract.validation.consistency import explain_unreadable
from evidence.ingest.formats import docx
from evidence.ingest.imaging.raw_image import load_image
from evidence.ingest.media_types import DOCX, PDF
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Document, Source
from tests.support.files.office_files import paragraph, word_parts
from tests.support.format_reading import pack, read


def picture(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height), 255).save(stream, "PNG", dpi=(200, 200))
    return stream.getvalue()


def with_pictures(file: Path, *pictures: bytes, body: str = "") -> Path:
    drawn = "".join(
        f'<w:p><w:r><w:drawing><a:blip r:embed="p{at}"/></w:drawing></w:r></w:p>' for at in range(len(pictures))
    )
    parts = word_parts(body + drawn, tuple((f"p{at}", "image", f"media/{at}.png") for at in range(len(pictures))))
    return pack(file, {**parts, **{f"word/media/{at}.png": data for at, data in enumerate(pictures)}})


def test_scans_pasted_into_a_word_file_are_its_pages(tmp_path: Path) -> None:
    file = with_pictures(tmp_path / "a.docx", picture(1654, 2339), picture(60, 60), b"no picture", picture(2339, 1654))
    scans = read(file).page_images
    assert [scan.number for scan in scans] == [1, 4]
    assert [load_image(Path(scan.file)).shape for scan in scans] == [(2339, 1654), (1654, 2339)]
    assert {Path(scan.file).parent for scan in scans} == {tmp_path / "scratch"}


def test_many_come_in_stretches(tmp_path: Path) -> None:
    file = with_pictures(tmp_path / "a.docx", *[picture(500, 700)] * 10)
    first = read(file)
    assert (len(first.page_images), first.left, first.total) == (8, 8, 10)
    rest = docx.read(ReadRequest(file, tmp_path / "scratch", Limits(), first=8))
    assert ([scan.number for scan in rest.page_images], rest.left) == ([9, 10], None)


def test_pictures_beside_text_are_no_pages(tmp_path: Path) -> None:
    result = read(with_pictures(tmp_path / "a.docx", picture(1654, 2339), body=paragraph("Số: 1")))
    assert (result.pages[0].text, result.page_images) == ("Số: 1", ())


def test_only_a_scan_is_called_one() -> None:
    (scan,), (office,) = (explain_unreadable(Document(Source("a", "0" * 64, kind, 1), ())) for kind in (PDF, DOCX))
    assert scan.message.code == "problem-no-words"
    assert office.message.code == "problem-no-text"
