"""The samples as the tests see them: file, expected record, and the document as it was read when recorded."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evidence import codec
from evidence.config import Limits, Settings
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr import engine as ocr
from evidence.model.document import Document, Line
from evidence.pipeline.requests import FileRequest, request_file

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
RECORDED = ROOT / "tests" / "cases" / "recorded"


@dataclass(frozen=True)
class Sample:
    """``path`` as below ``samples/dossier``."""

    path: str
    expected: dict[str, Any]

    @property
    def file(self) -> Path:
        return SAMPLES / "dossier" / self.path

    @property
    def recording(self) -> Path:
        """Named by the file's hash: a sample that was made anew must be recorded anew."""
        return RECORDED / f"{hashlib.sha256(self.file.read_bytes()).hexdigest()[:16]}.json.gz"

    @property
    def scanned(self) -> bool:
        """Whether some page of it has to be read by OCR."""
        return self.expected["status"] == "read" and self.path.split("/")[-1] in SCANS


SCANS = {
    "BC quy I.pdf", "KH kiem tra.pdf", "IMG_20251103_081522.jpg", "1326-QD-UBND sao y.pdf", "KH CCHC 2025.tif",
    "77-BC-VP 6 thang kem phu luc.pdf", "scan0007.pdf",
}  # fmt: skip


def _all() -> list[Sample]:
    folder = SAMPLES / "expected"
    files = sorted(folder.rglob("*.json"))
    return [
        Sample(str(file.relative_to(folder)).removesuffix(".json"), json.loads(file.read_text("utf-8")))
        for file in files
    ]


ALL = _all()


class Blind:
    """An engine that reads nothing, so that what has its own text can be read where no OCR program is."""

    name = "blind"

    def check(self) -> None:
        return

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        return ()

    def detect_rotation(self, image: Grey) -> int:
        return 0


@pytest.fixture(scope="session")
def samples() -> list[Sample]:
    return ALL


@pytest.fixture(scope="session")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings with the blind engine."""
    ocr.ENGINES["blind"] = Blind
    yield Settings(home=tmp_path_factory.mktemp("home"), jobs=2, engine="blind")
    del ocr.ENGINES["blind"]


@pytest.fixture(scope="session")
def source() -> Callable[[Sample], FileRequest]:
    return lambda sample: request_file(sample.file, Limits())


@pytest.fixture(scope="session")
def recorded() -> Callable[[Sample], Document]:
    """The document as ingest with the real OCR engine read it (``tests/samples/record.py``)."""

    def read(sample: Sample) -> Document:
        assert sample.recording.exists(), f"{sample.path} was made anew: run tests/samples/record.py"
        return codec.decode(gzip.decompress(sample.recording.read_bytes()), Document)

    return read


@pytest.fixture(scope="session")
def verdicts() -> dict[str, Any]:
    return json.loads((SAMPLES / "expected-findings.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def receipts() -> dict[str, datetime.date]:
    """When what arrived, by path below the dossier."""
    rows = (SAMPLES / "manifest.csv").read_text("utf-8").splitlines()[1:]
    cells = [row.split(",") for row in rows]
    return {cell[0].removeprefix("dossier/"): datetime.date.fromisoformat(cell[5]) for cell in cells}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``sample`` runs over all samples; ``own_text`` over those that need no OCR; ``scan`` over those that do."""
    chosen = {
        "sample": ALL,
        "own_text": [one for one in ALL if not one.scanned],
        "scan": [one for one in ALL if one.scanned],
    }
    for name, some in chosen.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, some, ids=lambda one: one.path.split("/")[-1])
