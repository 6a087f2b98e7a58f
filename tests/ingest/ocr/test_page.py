"""OCR of one page, with engines made for the case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidence.errors import UnreadableError
from evidence.ingest.imaging import raw_image
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr.engines.failure import EngineError, engine_errors
from evidence.ingest.ocr.fields import header_reader
from evidence.ingest.ocr.fields.header_reader import FieldZones
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.reader_protocol import PageImage, PicturedPlace
from evidence.model.document import Line, Origin, Word
from evidence.model.problem import ProblemCode


def line(*words: tuple[str, float, float, float], origin: Origin = Origin.OCR, sure: float = 0.9) -> Line:
    """Words as (text, left, right, top), each ten points high."""
    made = (Word(text, (left, top, right, top + 10), sure, origin) for text, left, right, top in words)
    return Line(tuple(made))


class Stub:
    """An engine that says what it is told to, by the picture's size and turn."""

    name = "stub 1"

    def __init__(self, upright: tuple[Line, ...], turned: tuple[Line, ...] = (), degrees: int = 0) -> None:
        self.upright, self.turned, self.degrees = upright, turned, degrees

    def check(self) -> None: ...

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        return self.turned if self._is_turned(image) else self.upright

    def _is_turned(self, image: Grey) -> bool:
        """Whether the darker half of a page does not lie above."""
        half = len(image) // 2
        return bool(image[:half].mean() >= image[half:].mean())

    def detect_rotation(self, image: Grey) -> int:
        return self.degrees


@pytest.fixture
def waiting(tmp_path: Path) -> PageImage:
    page = np.full((140, 100), 255, np.uint8)
    page[:70] = 240
    return PageImage(1, 600, 840, str(raw_image.save_image(page, tmp_path, 1)), 6.0)


GOOD = (line(("Số:", 100, 120, 90), ("12/BC-SNV", 124, 180, 90)),)
BAD = (line(("ʃ|", 100, 120, 90), sure=0.2),)


def test_a_page_names_its_engine(waiting: PageImage) -> None:
    read = recognise_page(waiting, Stub(GOOD))
    assert (read.page.text, read.page.engine, read.page.origin) == ("Số: 12/BC-SNV", "stub 1", Origin.OCR)
    assert read.problems == ()


def test_nothing_read_is_a_blank_page(waiting: PageImage) -> None:
    read = recognise_page(waiting, Stub(()))
    assert read.page.origin is Origin.BLANK
    assert [problem.code for problem in read.problems] == [ProblemCode.BLANK_PAGE]


def test_a_page_on_its_side_is_turned_and_told(waiting: PageImage) -> None:
    read = recognise_page(waiting, Stub(BAD, GOOD, 90))
    assert read.page.text == "Số: 12/BC-SNV"
    assert (read.page.width, read.page.height) == (840, 600)
    assert [problem.code for problem in read.problems] == [ProblemCode.ROTATED]


def test_a_turn_that_reads_no_better_is_not_taken(waiting: PageImage) -> None:
    read = recognise_page(waiting, Stub(BAD, BAD, 180))
    assert (read.page.width, read.page.height) == (600, 840)
    assert [problem.code for problem in read.problems] == [ProblemCode.DOUBTFUL_TEXT]


def test_noise_keeps_its_confidence(waiting: PageImage) -> None:
    read = recognise_page(waiting, Stub((*GOOD, line(("~", 5, 8, 300), sure=0.1))))
    assert [word.confidence for row in read.page.lines for word in row.words] == [0.9, 0.9, 0.1]


FIELD = line(("2243", 122, 145, 88), origin=Origin.WIDGET, sure=1.0)
NOTICE = line(("Ký", 300, 310, 5), ("bởi:", 312, 330, 5), ("UBND", 332, 360, 5), origin=Origin.WIDGET, sure=1.0)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ([("Số:", 100, 120, 90), ("/BCA-P6", 148, 190, 90)], "Số: 2243 /BCA-P6"),
        ([("Số:", 100, 120, 90), ("Z2A3", 123, 144, 90), ("/BCA-P6", 148, 190, 90)], "Số: 2243 /BCA-P6"),
        ([("Số:224", 100, 136, 90), ("/BCA-P6", 148, 190, 90)], "Số: 2243 /BCA-P6"),
    ],
    ids=["missed", "misread", "glued"],
)
def test_a_field_s_number_replaces_what_ocr_made_of_it(
    waiting: PageImage, read: list[tuple[str, float, float, float]], expected: str
) -> None:
    asked = PageImage(1, 600, 840, waiting.file, 6.0, (), (FIELD, NOTICE))
    page = recognise_page(asked, Stub((line(*read),))).page
    assert expected in page.text.split("\n")
    assert "Ký bởi: UBND" in page.text.split("\n")


def test_a_layer_speaks_where_ocr_finds_much_less(waiting: PageImage) -> None:
    tops = range(0, 180, 20)
    layer = tuple(line(("Ủy", 10, 20, top), ("ban", 22, 40, top), ("tỉnh", 42, 60, top)) for top in tops)
    asked = PageImage(1, 600, 840, waiting.file, 6.0, layer)
    assert recognise_page(asked, Stub(GOOD)).page.text.count("Ủy ban tỉnh") == 9


def test_the_text_that_lost_is_kept(waiting: PageImage) -> None:
    poor = (line(("Uy", 100, 120, 90), ("ban", 124, 150, 90), origin=Origin.TEXT),)
    page = recognise_page(replace(waiting, layer=poor), Stub(GOOD)).page
    assert (page.lines, page.other) == (GOOD, poor)
    rich = (line(("Ủy", 90, 110, 90), ("ban nhân dân tỉnh Lạng Sơn", 124, 350, 90), origin=Origin.TEXT),)
    page = recognise_page(replace(waiting, layer=rich), Stub((line(("Uy", 100, 120, 90)),))).page
    assert (page.text, page.other) == (rich[0].text, (line(("Uy", 100, 120, 90)),))


def test_an_engine_that_gives_up_on_the_header_is_named_in_the_record(
    waiting: PageImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure = EngineError("trueocr", "Fail: no kernel")
    monkeypatch.setattr(header_reader, "read_zones", lambda *_: FieldZones(failure=failure))
    recognised = recognise_page(waiting, Stub(GOOD))
    assert recognised.page.text == "Số: 12/BC-SNV"
    (problem,) = recognised.problems
    assert (problem.code, problem.message.code) == (ProblemCode.DOUBTFUL_TEXT, "page-engine-failed")
    assert problem.message.params == {"page": "1", "engine": "trueocr", "detail": "Fail: no kernel"}


def test_a_page_on_which_its_engine_gives_up_is_unreadable_and_a_fault_of_ours_is_a_fault(waiting: PageImage) -> None:
    class Broken(Stub):
        def __init__(self, error: Exception) -> None:
            super().__init__(())
            self.error = error

        @engine_errors("broken", ArithmeticError)
        def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
            raise self.error

    with pytest.raises(UnreadableError) as caught:
        recognise_page(waiting, Broken(ArithmeticError("of the library")))
    assert (caught.value.problem, caught.value.message.code) == ("damaged", "page-failed")
    assert caught.value.message.params["detail"] == "broken: ArithmeticError: of the library"
    with pytest.raises(KeyError):
        recognise_page(waiting, Broken(KeyError("of ours")))


def test_only_the_places_of_pictures_are_looked_at_on_a_page_with_text_of_its_own(waiting: PageImage) -> None:
    seen: list[Grey] = []

    class Watching(Stub):
        def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
            seen.append(image)
            return self.upright

    own = line(("Số:", 100, 120, 90), ("/BC-SNV", 150, 190, 90), origin=Origin.TEXT)
    body = line(("Căn", 100, 120, 300), origin=Origin.TEXT)
    place = PicturedPlace((90.0, 84.0, 300.0, 108.0), True)
    read = recognise_page(replace(waiting, layer=(own, body), pictures=(place,)), Watching(GOOD))
    assert (read.page.text, read.page.origin, read.page.engine) == ("Số: 12/BC-SNV\nCăn", Origin.TEXT, "stub 1")
    assert read.page.other == (own,)
    rows, columns = np.nonzero(seen[0] < 255)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (14, 17, 15, 49)


def test_text_of_its_own_stands_where_an_engine_gives_up_on_the_pictures(waiting: PageImage) -> None:
    class Failing(Stub):
        def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
            raise EngineError("stub", "no memory")

    body = line(("Căn", 100, 120, 300), origin=Origin.TEXT)
    place = PicturedPlace((90.0, 84.0, 300.0, 108.0), False)
    read = recognise_page(replace(waiting, layer=(body,), pictures=(place,)), Failing(()))
    assert read.page.text == "Căn"
    assert [problem.code for problem in read.problems] == [ProblemCode.DOUBTFUL_TEXT]


LAYER = (line(("Số:", 100, 120, 90), ("98/BC-SNV", 124, 180, 90), origin=Origin.TEXT, sure=1.0),)
DOUBTED = ((126.0, 90.0, 131.0, 100.0),)


def test_what_the_page_shows_goes_before_a_false_layer_and_is_told(waiting: PageImage) -> None:
    read = recognise_page(replace(waiting, layer=LAYER, doubted=DOUBTED), Stub(GOOD))
    assert (read.page.text, read.page.origin) == ("Số: 12/BC-SNV", Origin.OCR)
    assert all(other.text != "Số: 98/BC-SNV" for other in read.page.other)
    (problem,) = read.problems
    assert (problem.code, problem.message.params["text"]) == (ProblemCode.HIDDEN_TEXT, "98/BC-SNV")


def test_a_layer_that_was_doubted_without_reason_stays(waiting: PageImage) -> None:
    right = (line(("Số:", 100, 120, 90), ("12/BC-SNV", 124, 180, 90), origin=Origin.TEXT, sure=1.0),)
    read = recognise_page(replace(waiting, layer=right, doubted=DOUBTED), Stub(GOOD))
    assert (read.page.lines, read.page.origin, read.problems) == (right, Origin.TEXT, ())
