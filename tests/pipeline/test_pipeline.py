"""The whole way from file to record, and everything that can go wrong on it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from evidence import codec
from evidence.config import Limits, Settings
from evidence.errors import MissingProgramError, UnreadableError, UsageError
from evidence.ingest import media_types
from evidence.ingest.formats import image
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.reader_protocol import IMAGES, STRETCH, Reader, ReadRequest, ReadResult
from evidence.messages import say
from evidence.model.document import Line, Origin, Page, Source, Word
from evidence.model.problem import ProblemCode
from evidence.model.record import Status
from evidence.pipeline import child_tasks as steps
from evidence.pipeline.requests import FileRequest, FileResult, request_file
from evidence.pipeline.scheduler import read_files
from tests.support import papers


class Clerk:
    """An engine that needs no program: it 'reads' the same letter from every picture."""

    name = "clerk 1"
    programs = ()

    def check(self) -> None: ...

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        texts = [*papers.LEFT, *papers.RIGHT, *papers.BODY]
        rows = (text.split() for text in texts if text)
        return tuple(Line(tuple(self._word(word, x, y) for x, word in enumerate(row))) for y, row in enumerate(rows, 1))

    def _word(self, text: str, x: int, y: int) -> Word:
        return Word(text, (9 * x, 20 * y, 9 * x + 8, 20 * y + 10), 0.9, Origin.OCR)

    def detect_rotation(self, image: Grey) -> int:
        return 0


class Sleeper(Clerk):
    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        if papers.is_marked(image):
            time.sleep(60)
        return super().read(image, scale)


class Crasher(Clerk):
    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        os.abort()


class Counter(Clerk):
    """Reads how many images lie beside the page's."""

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        beside = len(list(Path(tempfile.gettempdir()).iterdir()))
        return (Line((self._word(f"{beside} ảnh", 5, 5),)), *super().read(image, scale))


class Half(Clerk):
    """Crashes on the marked page."""

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        if papers.is_marked(image):
            os.abort()
        return super().read(image, scale)


class Absent(Clerk):
    def check(self) -> None:
        raise MissingProgramError("tesseract-missing", command="apt")


@pytest.fixture(autouse=True)
def clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (Clerk, Sleeper, Crasher, Counter, Half, Absent):
        monkeypatch.setitem(ocr.ENGINES, one.__name__.lower(), one)
    monkeypatch.setattr(
        "evidence.ingest.ocr.page.find_header_end", lambda *_: None
    )  # has its own tests, and takes seconds


def settings(engine: str = "clerk", **limits: float) -> Settings:
    return Settings(Path("none"), jobs=2, engine=engine, limits=replace(Limits(), **limits))  # type: ignore[arg-type]


def read(*files: Path, engine: str = "clerk", **limits: float) -> dict[str, FileResult]:
    sources = [request_file(file, Limits()) for file in files]
    outcomes = list(read_files(sources, settings(engine, **limits)))
    assert len(outcomes) == len(files)
    return {Path(outcome.source.path).name: outcome for outcome in outcomes}


def codes(outcome: FileResult) -> list[ProblemCode]:
    assert all(say(problem.message, language) for problem in outcome.record.problems for language in ("vi", "en"))
    return [problem.code for problem in outcome.document.problems]


@pytest.mark.slow
def test_every_format_in_one_run(tmp_path: Path) -> None:
    papers.picture().save(tmp_path / "photo.jpg")
    files = [
        papers.digital(tmp_path / "digital.pdf"),
        papers.scanned(tmp_path / "scanned.pdf", pages=3),
        papers.word(tmp_path / "word.docx"),
        tmp_path / "photo.jpg",
    ]
    outcomes = read(*files)
    for outcome in outcomes.values():
        assert outcome.record.status is Status.READ
        assert str(outcome.record.number.value) == "187/TTr-SNV"
    assert [page.origin for page in outcomes["scanned.pdf"].document.pages] == [Origin.OCR] * 3
    assert {page.engine for page in outcomes["scanned.pdf"].document.pages} == {"clerk 1"}


def test_stretches_come_together_in_order(tmp_path: Path) -> None:
    outcome = read(papers.digital(tmp_path / "long.pdf", 2 * STRETCH + 1))["long.pdf"]
    assert [page.number for page in outcome.document.pages] == list(range(1, 2 * STRETCH + 2))


def test_bad_files_are_results_and_the_run_goes_on(tmp_path: Path) -> None:
    cut = papers.digital(tmp_path / "cut.pdf")
    cut.write_bytes(cut.read_bytes()[:900])
    (tmp_path / "text.pdf").write_bytes(b"MZ rubbish")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04 rubbish")
    (tmp_path / "zip.docx").write_bytes(b"PK\x03\x04 [Content_Types].xml word/ rubbish")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 rubbish")
    shut = papers.digital(tmp_path / "shut.pdf", encrypt=StandardEncryption("user", "owner"))
    good = papers.digital(tmp_path / "good.pdf")
    names = ("text.pdf", "sheet.xlsx", "zip.docx", "photo.jpg")
    outcomes = read(cut, shut, *(tmp_path / name for name in names), good)
    assert {name: codes(outcome) for name, outcome in outcomes.items()} == {
        "cut.pdf": [ProblemCode.DAMAGED],
        "shut.pdf": [ProblemCode.ENCRYPTED],
        "text.pdf": [ProblemCode.UNSUPPORTED],
        "sheet.xlsx": [ProblemCode.DAMAGED],
        "zip.docx": [ProblemCode.DAMAGED],
        "photo.jpg": [ProblemCode.DAMAGED],
        "good.pdf": [],
    }
    assert outcomes.pop("good.pdf").record.status is Status.READ
    assert {outcome.record.status for outcome in outcomes.values()} == {Status.UNREADABLE}
    assert ".pdf" in say(outcomes["text.pdf"].record.problems[0].message, "vi")


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    request = request_file(papers.digital(tmp_path / "a.pdf"), Limits())
    (tmp_path / "a.pdf").unlink()
    (outcome,) = read_files([request], settings())
    assert outcome.record.status is Status.UNREADABLE
    assert outcome.record.problems[0].message.code == "file-vanished"


def test_what_was_hashed_is_what_is_read(tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "a.pdf")
    request = request_file(file, Limits())
    file.write_bytes(file.read_bytes() + b"% one more line")
    (outcome,) = read_files([request], settings())
    assert (outcome.record.status, outcome.document.pages) == (Status.UNREADABLE, ())
    assert outcome.record.problems[0].message.code == "file-changed"


def test_more_pages_than_the_limit(tmp_path: Path) -> None:
    outcome = read(papers.digital(tmp_path / "a.pdf", 4), pages=2)["a.pdf"]
    assert len(outcome.document.pages) == 2
    assert codes(outcome) == [ProblemCode.TOO_LARGE]
    assert outcome.record.status is Status.PARTLY_READ


@pytest.mark.slow
def test_a_page_whose_ocr_takes_too_long(tmp_path: Path) -> None:
    outcome = read(
        papers.scanned(tmp_path / "a.pdf", pages=3, marked=2), engine="sleeper", page_seconds=2.0, patience=1.0
    )["a.pdf"]
    assert [page.origin for page in outcome.document.pages] == [Origin.OCR, Origin.BLANK, Origin.OCR]
    assert [(problem.code, problem.page) for problem in outcome.document.problems] == [(ProblemCode.TIME_OUT, 2)]
    assert outcome.record.status is Status.PARTLY_READ


@pytest.mark.slow
def test_images_of_pages_that_are_read_are_let_go(tmp_path: Path) -> None:
    sources = [request_file(papers.scanned(tmp_path / "a.pdf", pages=12), Limits())]
    (outcome,) = read_files(sources, replace(settings("counter"), jobs=1))
    beside = [int(page.text.split()[0]) for page in outcome.document.pages]
    assert (max(beside), beside[-1]) == (IMAGES, 4)  # the last stretch has four pages
    assert codes(outcome) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "tif"])
def test_scans_longer_than_what_is_drawn_at_once(tmp_path: Path, kind: str) -> None:
    count = STRETCH + IMAGES + 2
    if kind == "pdf":
        file = papers.scanned(tmp_path / "a.pdf", pages=count)
    else:
        frames = [papers.picture(50).convert("L") for _ in range(count)]
        file = tmp_path / "a.tif"
        frames[0].save(file, save_all=True, append_images=frames[1:])
    outcome = read(file)[file.name]
    assert [page.number for page in outcome.document.pages] == list(range(1, count + 1))
    assert {page.origin for page in outcome.document.pages} == {Origin.OCR}


@pytest.mark.slow
def test_a_page_that_fails_costs_no_other_page(tmp_path: Path) -> None:
    """Pages read in one child are read one by one where that child ends badly."""
    outcome = read(papers.scanned(tmp_path / "a.pdf", pages=9, marked=7), engine="half")["a.pdf"]
    assert [page.number for page in outcome.document.pages if page.origin is not Origin.OCR] == [7]
    assert [(problem.code, problem.page) for problem in outcome.document.problems] == [(ProblemCode.DAMAGED, 7)]


def test_a_reply_that_lacks_pages_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "recognise", lambda pages, reader: codec.encode(()))
    outcome = read(papers.scanned(tmp_path / "a.pdf", pages=3))["a.pdf"]
    assert [(problem.code, problem.page) for problem in outcome.document.problems] == [
        (ProblemCode.DAMAGED, number) for number in (1, 2, 3)
    ]


def test_a_child_names_no_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page's image lies is known to the parent, which removes it: no original can be meant."""
    original = tmp_path / "original.npy"
    original.write_bytes(b"kept")
    real = steps.read

    def lying(source: Source, request: ReadRequest) -> bytes:
        result = codec.decode(real(source, request), ReadResult)
        elsewhere = tuple(replace(image, file=str(original)) for image in result.page_images)
        return codec.encode(replace(result, page_images=elsewhere))

    monkeypatch.setattr(steps, "read", lying)
    outcome = read(papers.scanned(tmp_path / "a.pdf", pages=2))["a.pdf"]
    assert [page.origin for page in outcome.document.pages] == [Origin.OCR, Origin.OCR]
    assert original.read_bytes() == b"kept"


@pytest.mark.parametrize("left", [0, -5, 1_000])
def test_a_child_that_says_it_stopped_where_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    real = steps.read
    monkeypatch.setattr(
        steps,
        "read",
        lambda source, order: codec.encode(replace(codec.decode(real(source, order), ReadResult), left=left)),
    )
    outcome = read(papers.digital(tmp_path / "a.pdf", 3))["a.pdf"]
    assert [page.number for page in outcome.document.pages] == [1, 2, 3]


def test_an_engine_that_crashes(tmp_path: Path) -> None:
    outcome = read(papers.scanned(tmp_path / "a.pdf"), engine="crasher")["a.pdf"]
    assert ProblemCode.DAMAGED in codes(outcome)
    assert "SIGABRT" in say(outcome.document.problems[0].message, "en")


def test_an_absent_engine_is_missed_only_by_scans(tmp_path: Path) -> None:
    assert read(papers.digital(tmp_path / "a.pdf"), engine="absent")["a.pdf"].record.status is Status.READ
    with pytest.raises(MissingProgramError) as caught:
        read(papers.scanned(tmp_path / "b.pdf"), engine="absent")
    assert caught.value.exit_code == 4


def test_an_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        list(read_files([], settings("none")))


def crash(_: ReadRequest) -> ReadResult:
    os.abort()


def hang(_: ReadRequest) -> ReadResult:
    time.sleep(60)
    return ReadResult()


def rave(_: ReadRequest) -> ReadResult:
    return ReadResult(total="many")  # type: ignore[arg-type]


def hoard(_: ReadRequest) -> ReadResult:
    raise MemoryError


def flood(order: ReadRequest) -> ReadResult:
    word = Word("x" * 1000, None)
    page = Page(1, 1, 1, Origin.TEXT, tuple(Line((word,)) for _ in range(2000)))
    return ReadResult((page,))


def refuse(_: ReadRequest) -> ReadResult:
    raise UnreadableError("too-large", "too-many-pixels", width=1, height=2, limit=3)


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        (crash, ProblemCode.DAMAGED),
        (hang, ProblemCode.TIME_OUT),
        (rave, ProblemCode.DAMAGED),
        (hoard, ProblemCode.TOO_LARGE),
        (flood, ProblemCode.TOO_LARGE),
        (refuse, ProblemCode.TOO_LARGE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_readers_gone_wild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader, code: ProblemCode) -> None:
    monkeypatch.setattr(image, "read", reader)
    papers.picture(50).save(tmp_path / "wild.png")
    good = papers.digital(tmp_path / "good.pdf")
    outcomes = read(tmp_path / "wild.png", good, document_seconds=6.0, patience=1.0, reply_bytes=1_000_000)
    assert codes(outcomes["wild.png"]) == [code]
    assert outcomes["wild.png"].record.status is Status.UNREADABLE
    assert outcomes["good.pdf"].record.status is Status.READ


def test_closing_early_leaves_no_child_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    files = [papers.digital(tmp_path / "a.pdf"), papers.scanned(tmp_path / "b.pdf", pages=2, marked=2)]
    run = read_files((request_file(file, Limits()) for file in files), settings("sleeper"))
    next(run)
    run.close()
    assert list((tmp_path / "scratch").iterdir()) == []
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_sources_are_drawn_as_they_are_needed(tmp_path: Path) -> None:
    drawn: list[int] = []
    file = papers.digital(tmp_path / "a.pdf")

    def draw() -> object:
        for number in range(50):
            drawn.append(number)
            yield request_file(file, Limits())

    run = read_files(draw(), settings())  # type: ignore[arg-type]
    next(run)
    run.close()
    assert len(drawn) < 10


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_real_scan_by_the_real_engine(tmp_path: Path) -> None:
    outcome = read(papers.scanned(tmp_path / "a.pdf"), engine="tesseract")["a.pdf"]
    texts = [line.text for line in outcome.document.pages[0].lines]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts
    assert any(text.startswith("Số: 187/") for text in texts)
    assert str(outcome.record.date.value) == "2025-08-28"
    assert (outcome.document.pages[0].engine or "").startswith("tesseract 5")


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize("degrees", [90, 180])
def test_a_scan_on_its_side(tmp_path: Path, degrees: int) -> None:
    papers.picture().rotate(degrees, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    outcome = read(tmp_path / "a.png", engine="tesseract")["a.png"]
    assert "\nSố: 187/" in outcome.document.pages[0].text
    assert ProblemCode.ROTATED in codes(outcome)


REAL = Path(__file__).parents[3] / "shared" / "data" / "documents"
SIGNED = {  # files whose number and date stand only in the appearances of signature fields
    "8b779cdbcf80_Van-ban-8977-cua-Bo-Noi-vu.pdf": ("Số: 8977 /BNV-TCPCP", "ngày 06 tháng 10 năm 2025"),
    "a8eb66b554b6_QD-2536-SAP-NHAP-DLS.pdf": ("Số: 2536 /QĐ-UBND", "ngày 12 tháng 12 năm 2025"),
    "5be473801399_12094-CV-HuongdantrienkhaiDean-2025.pdf": ("Số: 12094 /BNV-CCHC", "ngày 15 tháng 12 năm 2025"),
    "bbcdcdd2cfc8_TTr-BC-cham-diem-PAR-Index-Lam-Dong-2025.pdf": ("Số: 45 /TTr-SNV", "ngày 16 tháng 01 năm 2026"),
}


@pytest.mark.real
def test_numbers_in_signature_fields_are_seen() -> None:
    outcomes = read(*(REAL / name for name in SIGNED))
    for name, (number, date) in SIGNED.items():
        text = outcomes[name].document.pages[0].text
        assert number in text
        assert date in text


def test_a_source_is_data_only() -> None:
    source = Source("không/có.pdf", "0" * 64, media_types.PDF, 1)
    (outcome,) = read_files([FileRequest(source, Path("không/có.pdf"))], settings())
    assert outcome.record.status is Status.UNREADABLE
