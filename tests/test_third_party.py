"""Parts of other packages that are no public interface of theirs: where they were, and what they were, when pinned."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from evidence import third_party
from evidence.ingest.encoding.charsets import to_unicode
from evidence.third_party import PackageFile, PackageModule

ROOT = Path(__file__).parent.parent


def test_every_part_is_where_it_was() -> None:
    assert third_party.find_missing_parts() == ()


def test_every_such_package_is_pinned_to_the_version_it_was_tried_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(line.split("==") for line in project["dependencies"] if "==" in line)
    assert {part.package: version(part.package) for part in third_party.PARTS}.items() <= pins.items()


def test_no_other_part_is_reached_into() -> None:
    """Inner modules and files of those packages are named in ``third_party`` alone."""
    packages = "|".join(sorted({part.package for part in third_party.PARTS}))
    inner = re.compile(
        rf"""(?:import_module|find_spec|files)\(\s*["'](?:{packages})(?![\w])|^\s*(?:from|import) (?:{packages})\b""",
        re.M,
    )
    named = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "evidence").rglob("*.py"))
        if inner.search(path.read_text("utf-8"))
    ]
    assert named == []


def test_a_part_that_moved_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (
        PackageFile("underthesea", "corpus/data/Viet75K.txt"),
        PackageFile("not_installed", "anything"),
        PackageModule("viparse", "normalize.moved", ("convert",)),
        PackageModule("viparse", "normalize.tables", ("convert", "moved")),
    )
    monkeypatch.setattr(third_party, "PARTS", parts)
    assert third_party.find_missing_parts() == (
        "underthesea/corpus/data/Viet75K.txt",
        "viparse.normalize.moved",
        "viparse.normalize.tables.moved",
    )


def test_the_parts_hold_what_they_held() -> None:
    words = read(third_party.WORD_LIST).decode("utf-8").splitlines()
    assert len(words) == 73_901 and {"tổ chức", "cải cách"} <= set(words)
    assert {b"topi", b"topv", b"lengths"} <= set(
        re.findall(rb"topi|topv|lengths", read(third_party.TRUEOCR_RECOGNISER))
    )
    assert b"character" in read(third_party.PPOCR_RECOGNISER)
    assert "ộ" in json.loads(read(third_party.TRUEOCR_CHARSET))["charset"]
    assert to_unicode("Uû ban nh©n d©n", "tcvn3") == "Uỷ ban nhân dân"


def read(part: PackageFile) -> bytes:
    place = part.locate()
    assert place is not None
    return place.read_bytes()
