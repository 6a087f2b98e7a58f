"""What the reading of a page depends on: nothing of it may change unnoticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.ingest.ocr import fingerprint
from evidence.ingest.ocr.engines.tesseract import Tesseract


class Newer(Tesseract):
    name = "tesseract 6.0.0 vie"


def test_it_is_the_same_for_the_same() -> None:
    one, two = (fingerprint.fingerprint(Newer(), Limits()) for _ in range(2))
    assert one == two


def test_another_engine_or_child_is_another_reading() -> None:
    class Newest(Newer):
        name = "tesseract 7.0.0 vie"

    seen = {
        fingerprint.fingerprint(Newer(), Limits()),
        fingerprint.fingerprint(Newest(), Limits()),
        fingerprint.fingerprint(Newer(), replace(Limits(), memory_bytes=1)),
    }
    assert len(seen) == 3


def test_patience_makes_no_other_reading() -> None:
    patient = replace(Limits(), page_seconds=90.0)
    assert fingerprint.fingerprint(Newer(), patient) == fingerprint.fingerprint(Newer(), Limits())


def test_another_version_model_or_line_of_code_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = [fingerprint.fingerprint(Newer(), Limits())]
    with monkeypatch.context() as other:
        other.syspath_prepend(tmp_path)
        (tmp_path / "numpy-9.9.dist-info").mkdir()
        seen.append(fingerprint.fingerprint(Newer(), Limits()))
    with monkeypatch.context() as other:
        (tmp_path / "vie.traineddata").write_bytes(b"a better one")
        other.setenv("TESSDATA_PREFIX", str(tmp_path))
        seen.append(fingerprint.fingerprint(Newer(), Limits()))
    with monkeypatch.context() as other:
        code = {**fingerprint.modules(), "evidence.ingest.ocr.fields.header_reader": "CROPS = ()"}
        other.setattr(fingerprint, "modules", lambda: code)
        seen.append(fingerprint.fingerprint(Newer(), Limits()))
    assert len(set(seen)) == len(seen)


def test_the_modules_are_those_that_read() -> None:
    found = fingerprint.modules()
    parts = ("ocr.page", "layout.reading_order", "ocr.fields.header_reader", "ocr.engines.tesseract", "layout.merge")
    assert {f"evidence.ingest.{name}" for name in parts} <= set(found)
    assert "evidence.vietnamese.text" in found and "evidence.values.number" in found
    assert not [name for name in found if name.startswith(("evidence.extract", "evidence.store", "evidence.cli"))]
