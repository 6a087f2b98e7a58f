from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from evidence.errors import MissingProgramError, UsageError
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.ocr.engines import tesseract, tesserocr_api
from evidence.ingest.ocr.engines.tesseract import Tesseract
from tests.support import papers

TABLE: dict[str, list[Any]] = {  # as pytesseract gives it: page, block, paragraph, line and then words
    "level": [1, 4, 5, 5, 5, 4, 5],
    "block_num": [0, 1, 1, 1, 1, 2, 2],
    "par_num": [0, 1, 1, 1, 1, 1, 1],
    "line_num": [0, 1, 1, 1, 1, 1, 1],
    "text": ["", "", "SỞ", "NỘI", " ", "", "CỘNG"],
    "left": [0, 100, 100, 160, 900, 1000, 1000],
    "top": [0, 200, 200, 200, 200, 200, 200],
    "width": [1650, 400, 50, 60, 10, 300, 120],
    "height": [2330, 40, 40, 40, 40, 40, 40],
    "conf": [-1, -1, 96.5, 91.0, 95.0, -1, 30.0],
}


def grey(picture: Image.Image) -> Grey:
    return np.asarray(picture.convert("L"), np.uint8)


def test_table_becomes_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesserocr_api, "load", lambda: None)
    monkeypatch.setattr(tesseract.pytesseract, "image_to_data", lambda *_, **__: TABLE)
    lines = Tesseract().read(np.zeros((9, 9), np.uint8), 0.36)
    assert [line.text for line in lines] == ["SỞ NỘI", "CỘNG"]
    assert lines[0].words[0].box == (36.0, 72.0, 54.0, 86.4)
    assert [word.confidence for line in lines for word in line.words] == [0.965, 0.91, 0.3]


def test_missing_program_and_missing_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingProgramError) as caught:
        Tesseract().check()
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.say("vi")
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(tesseract, "_languages", lambda: frozenset({"eng"}))
    with pytest.raises(MissingProgramError) as caught:
        Tesseract().check()
    assert caught.value.message.code == "tesseract-language-missing"


def test_engines_by_name() -> None:
    assert isinstance(ocr.create_engine("tesseract"), Tesseract)
    with pytest.raises(UsageError):
        ocr.create_engine("none")


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize("degrees", [0, 180])
def test_the_real_program_sees_which_way_is_up(degrees: int) -> None:
    assert Tesseract().detect_rotation(grey(papers.picture().rotate(degrees, expand=True))) == degrees


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_library_reads_what_the_program_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    if tesserocr_api.load() is None:
        pytest.skip("tesserocr is not installed")
    page = grey(papers.picture())
    inside = Tesseract().read(page, 0.36)
    monkeypatch.setattr(tesserocr_api, "load", lambda: None)
    outside = Tesseract().read(page, 0.36)
    assert inside and [line.text for line in inside] == [line.text for line in outside]
    assert [line.box for line in inside] == [line.box for line in outside]


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_part_lies_where_it_lay_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = grey(papers.picture())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    whole = Tesseract().read(page, 0.36)
    motto = next(line for line in whole if line.text.startswith("Độc lập"))
    assert motto.box
    cut = round(motto.box[1] / 0.36) - 20
    parts = [Tesseract().read_part(page, 0.36, cut, 2339)]
    monkeypatch.setattr(tesserocr_api, "load", lambda: None)
    parts.append(Tesseract().read_part(page, 0.36, cut, 2339))
    for part in parts:
        same = next(line for line in part if line.text == motto.text)
        assert same.box and abs(same.box[1] - motto.box[1]) < 1.5
        assert not any(line.text.startswith("CỘNG") for line in part)
    assert not list(tmp_path.iterdir())


def test_where_the_models_lie(tmp_path: Path) -> None:
    assert tesserocr_api.find_models_folder({"TESSDATA_PREFIX": str(tmp_path)}) is None
    (tmp_path / "vie.traineddata").touch()
    assert tesserocr_api.find_models_folder({"TESSDATA_PREFIX": str(tmp_path)}) == tmp_path
