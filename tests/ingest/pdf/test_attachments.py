from __future__ import annotations

from pathlib import Path

import pypdfium2

from evidence.config import Limits
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import STRETCH, ReadRequest, ReadResult
from tests.support import papers
from tests.support.files.raw_pdf import RawPdf, stream, text

HANGS = b"/Subtype/FileAttachment/Rect[500 800 520 820]/FS 10 0 R"
FILE = b"<</Type/Filespec/F(plan.txt)/UF(plan.txt)/EF<</F 11 0 R>>>>"


def read(file: Path, tmp_path: Path) -> ReadResult:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return pdf.read(ReadRequest(file, scratch, Limits()))


def hanging(file: Path) -> Path:
    objects = {10: FILE, 11: stream(b"Plan 77", b"/Type/EmbeddedFile")}
    return RawPdf(text("Seen 615"), annotations=[HANGS], objects=objects).save(file)


def test_a_file_at_a_spot_of_a_page_is_taken_out_and_told(tmp_path: Path) -> None:
    reading = read(hanging(tmp_path / "a.pdf"), tmp_path)
    (member,) = reading.embedded
    assert (member.name, Path(member.file).read_bytes()) == ("plan.txt", b"Plan 77")
    assert [problem.code.value for problem in reading.problems] == ["attached-file"]
    assert reading.pages[0].text == "Seen 615"


def test_one_that_hangs_behind_the_first_stretch_is_taken_out_too(tmp_path: Path) -> None:
    long = pypdfium2.PdfDocument(papers.digital(tmp_path / "long.pdf", STRETCH + 1))
    long.import_pages(pypdfium2.PdfDocument(hanging(tmp_path / "a.pdf")))
    long.save(tmp_path / "both.pdf")
    assert [member.name for member in read(tmp_path / "both.pdf", tmp_path).embedded] == ["plan.txt"]


def test_a_file_in_the_list_and_on_the_page_comes_once(tmp_path: Path) -> None:
    objects = {10: FILE, 11: stream(b"Plan 77", b"/Type/EmbeddedFile")}
    names = "/Names<</EmbeddedFiles<</Names[(plan) 10 0 R]>>>>"
    file = RawPdf(text("Seen"), catalogue=names, annotations=[HANGS], objects=objects).save(tmp_path / "a.pdf")
    assert len(read(file, tmp_path).embedded) == 1


def test_a_file_that_is_gone_is_told_and_costs_itself_alone(tmp_path: Path) -> None:
    gone = HANGS.replace(b"10 0 R", b"12 0 R")
    objects = {10: FILE, 11: stream(b"Plan 77", b"/Type/EmbeddedFile"), 12: b"<</Type/Filespec/F(gone.txt)>>"}
    file = RawPdf(text("Seen"), annotations=[gone, HANGS], objects=objects).save(tmp_path / "a.pdf")
    reading = read(file, tmp_path)
    assert [member.name for member in reading.embedded] == ["plan.txt"]
    assert "member-damaged" in [problem.message.code for problem in reading.problems]
