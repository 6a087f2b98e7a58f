"""What ``doctor`` says of the old office formats is proved by reading files of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.archive.office_reading import OfficeReading, prove_office_reading
from evidence.ingest.formats import libreoffice, xls_fonts

needs_libreoffice = pytest.mark.skipif(libreoffice.find_library() is None, reason="LibreOffice is not installed")


@pytest.mark.slow
@needs_libreoffice
def test_all_is_read(tmp_path: Path) -> None:
    assert prove_office_reading(tmp_path / "home") == OfficeReading(True, ())
    assert not (tmp_path / "home").exists()


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "FOLDERS", ())
    assert prove_office_reading(tmp_path) == OfficeReading(False, ())


def test_a_library_that_converts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libmergedlo.so").touch()
    monkeypatch.setattr(libreoffice, "FOLDERS", (tmp_path,))
    monkeypatch.setattr(xls_fonts, "read_sheets", lambda *_: None)
    assert prove_office_reading(tmp_path) == OfficeReading(True, ("xls", "doc", "rtf"))
