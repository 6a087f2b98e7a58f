"""All that decides what OCR makes of a page image, as one hash: what was read under another one is read again.

In it are the engine as it names itself (name, version, language, what spelling it was taught), the models by content,
the limits of the child, the versions of the packages that touch the image, and the version of our own reading code.

Not in it is what changes no reading: other packages, comments, docstrings, names, the rest of our code. Hashing the
source and every installed package was safe and wrong: a new linter, or a sentence in a docstring, read a whole archive
again, at half a second a page. A version raised by hand would be forgotten one day; so a test holds the version
against the code (``tests/ingest/ocr/reading_code.txt``): who changes a module that a reading goes through has to raise
``READING_VERSION``, or to say in the same commit that nothing is read differently (decision 0013).

What draws pages and opens photos (pypdfium2, pillow-heif) needs no place here: the drawn image itself is hashed beside
this (``pipeline.ocr_memory``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evidence import codec
from evidence.config import Limits
from evidence.ingest.ocr.engine import Engine
from evidence.ingest.ocr.engines import tesserocr_api
from evidence.third_party import PPOCR_RECOGNISER, TRUEOCR_CHARSET, TRUEOCR_DETECTOR, TRUEOCR_RECOGNISER
from evidence.vietnamese import bigrams

READING_VERSION = 6  # of our own code: raised with every change by which a page image may be read differently
PACKAGES = (
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pillow",
    "pytesseract",
    "rapidfuzz",
    "rapidocr",
    "tesserocr",
    "trueocr",
)
PACKAGE_MODELS = (PPOCR_RECOGNISER, TRUEOCR_CHARSET, TRUEOCR_DETECTOR, TRUEOCR_RECOGNISER)
TESSERACT_MODELS = (tesserocr_api.LANGUAGE, "osd")  # the language, and which way a page lies
OWN_MODELS = Path(__file__).parent


def fingerprint(engine: Engine, limits: Limits) -> str:
    """The hash. Reads 40 MB of models: asked once a run, when the first page is to be recognised."""
    bounds = (limits.memory_bytes, limits.cpu_seconds, limits.open_files)
    facts = (READING_VERSION, engine.name, bounds, _package_versions(), sorted(_hash_models()))
    return hashlib.sha256(codec.encode(facts)).hexdigest()


def _package_versions() -> list[tuple[str, str | None]]:
    """The packages that touch a page image, each with its version; ``None``: not installed."""
    return [(package, _installed_version(package)) for package in PACKAGES]


def _installed_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _hash_models() -> Iterator[tuple[str, str]]:
    """Every model, by name and content: a better ``vie`` may be put in the place of Debian's."""
    for file in _find_models():
        with file.open("rb") as stream:
            yield file.name, hashlib.file_digest(stream, "sha256").hexdigest()


def _find_models() -> Iterator[Path]:
    """Tesseract's, those inside packages, and our own: the recogniser of digits, the counts that spelling goes by."""
    folder = tesserocr_api.find_models_folder()
    if folder is not None:
        places = (folder / f"{name}.traineddata" for name in TESSERACT_MODELS)
        yield from (place for place in places if place.is_file())
    yield from (place for model in PACKAGE_MODELS if (place := model.locate()) is not None)
    yield from (bigrams.BASE, *OWN_MODELS.glob("*/data/*.*"))
