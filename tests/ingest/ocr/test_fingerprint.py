"""What the reading of a page depends on: nothing of it may change unnoticed, and nothing else may read it again."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.ingest.ocr import fingerprint
from evidence.ingest.ocr.engines.tesseract import Tesseract

from . import reading_code

TOUCH_NO_IMAGE = {
    "platformdirs",  # where settings lie
    "pyyaml",  # reads the tables beside the modules, which stand in reading_code.txt by content
}


class Newer(Tesseract):
    name = "tesseract 6.0.0 vie"


class Newest(Tesseract):
    name = "tesseract 7.0.0 vie"


def of(engine: Tesseract | None = None, limits: Limits | None = None) -> str:
    return fingerprint.fingerprint(engine or Newer(), limits or Limits())


def install(folder: Path, package: str, version: str) -> None:
    """Metadata of that package, found before what is really installed once the folder is first on the path."""
    place = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    place.mkdir()
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", "utf-8")


def test_it_is_the_same_for_the_same() -> None:
    assert of() == of()


def test_patience_makes_no_other_reading() -> None:
    assert of(limits=replace(Limits(), page_seconds=90.0)) == of()


@pytest.mark.parametrize("package", ["ruff", "pytest", "sqlalchemy", "pypdfium2"])
def test_an_upgrade_of_what_touches_no_image_reads_nothing_again(
    package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = of()
    install(tmp_path, package, "99.9")
    monkeypatch.syspath_prepend(tmp_path)
    assert of() == before


def variants(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[tuple[str, str]]:
    """The fingerprint after one change each."""
    yield "as it is", of()
    yield "engine", of(Newest())
    yield "memory", of(limits=replace(Limits(), memory_bytes=1))
    yield "time", of(limits=replace(Limits(), cpu_seconds=1))
    for package in fingerprint.PACKAGES:
        with monkeypatch.context() as other:
            (folder / package).mkdir()
            install(folder / package, package, "99.9")
            other.syspath_prepend(folder / package)
            yield package, of()
    for content in (b"a better one", b"the best one"):
        with monkeypatch.context() as other:
            (folder / "vie.traineddata").write_bytes(content)
            other.setenv("TESSDATA_PREFIX", str(folder))
            yield content.decode(), of()
    with monkeypatch.context() as other:
        other.setattr(fingerprint, "PACKAGE_MODELS", fingerprint.PACKAGE_MODELS[1:])
        yield "model in a package", of()
    with monkeypatch.context() as other:
        other.setattr(fingerprint, "OWN_MODELS", folder)
        yield "our own model", of()
    with monkeypatch.context() as other:
        other.setattr(fingerprint, "READING_VERSION", 0)
        yield "our own code", of()


def test_whatever_reads_otherwise_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prints = dict(variants(monkeypatch, tmp_path))
    assert len(set(prints.values())) == len(prints), prints


def test_models_are_found() -> None:
    names = {file.name for file in fingerprint._find_models()}
    inside = {Path(model.path).name for model in fingerprint.PACKAGE_MODELS}
    assert {"vie.traineddata", "osd.traineddata", "digits.onnx", "syllables.txt.gz", *inside} <= names


def test_every_package_that_a_reading_goes_through_is_in_it() -> None:
    """What is imported on the way, and the packages whose inner parts are used."""
    parts = {model.package for model in fingerprint.PACKAGE_MODELS}
    assert reading_code.packages() | parts == {*fingerprint.PACKAGES, *TOUCH_NO_IMAGE}


def test_a_change_of_the_reading_code_is_owned_to() -> None:
    changed = reading_code.changed()
    assert not changed, (
        f"changed since the reading code's version was written down: {', '.join(changed)}. "
        "Raise READING_VERSION in evidence/ingest/ocr/fingerprint.py if any page image may now be read differently; "
        "then, in either case: python -m tests.ingest.ocr.reading_code"
    )


def test_the_modules_are_those_that_read() -> None:
    names = set(reading_code.modules())
    parts = ("ocr.page", "layout.reading_order", "ocr.fields.header_reader", "ocr.engines.tesseract", "layout.merge")
    assert {f"evidence.ingest.{name}" for name in parts} <= names
    assert "evidence.vietnamese.text" in names and "evidence.values.kind" in names
    assert not [name for name in names if name.startswith(("evidence.extract", "evidence.store", "evidence.cli"))]


CODE = '''
"""Reads."""
LIMIT = 0.6  # measured


def read(lines: list[str]) -> str:
    """Joins."""
    return " ".join(line for line in lines if line)
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [("# measured", "# guessed"), ("Joins.", "Joins them."), (": list[str]", ": tuple[str, ...]"), ("\n\n\n", "\n")],
)
def test_words_about_the_code_are_no_code(old: str, new: str) -> None:
    assert old in CODE
    assert reading_code.hash_source(CODE.replace(old, new)) == reading_code.hash_source(CODE)


@pytest.mark.parametrize(("old", "new"), [("0.6", "0.7"), ('" "', '""'), ("if line)", "if not line)")])
def test_what_the_code_does_is(old: str, new: str) -> None:
    assert reading_code.hash_source(CODE.replace(old, new)) != reading_code.hash_source(CODE)


def test_what_code_is_stays_the_same_through_versions_of_python() -> None:
    assert reading_code.canonical(ast.parse("def f(a: int, *, b=1): return f'{a}x'")) == (
        "Module(body=[FunctionDef(name='f',args=arguments(args=[arg(arg='a')],kwonlyargs=[arg(arg='b')],"
        "kw_defaults=[Constant(value=1)]),body=[Return(value=JoinedStr(values=[FormattedValue(value=Name(id='a'),"
        "conversion=-1),Constant(value='x')]))])])"
    )
