"""Moving and withdrawing what was handed in: what is printed, and what ``show`` then says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Run, sample

pytestmark = pytest.mark.slow  # whole archives, clocks

BY = ("--by", "Phan Thị Lan", "--note", "nộp nhầm")


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    """A unit's folder handed in by itself, and then with its parent."""
    folder = tmp_path / "hồ sơ" / "SXD"
    (folder / "1.1 - Kế hoạch").mkdir(parents=True)
    shutil.copy(sample("218-KH-SXD"), folder / "1.1 - Kế hoạch" / "kh.docx")
    for path in (folder, folder.parent):
        assert evidence("--home", tmp_path / "home", "-q", "ingest", path).code == 0
    return tmp_path / "home"


def test_move_and_withdraw_say_from_where_to_where(evidence: Run, home: Path) -> None:
    moved = evidence("--home", home, "move", "1.1 - Kế hoạch/kh.docx", "--criterion", "1.3", *BY)
    assert moved.code == 0 and "SXD / 1.1 → SXD / 1.3" in moved.out
    withdrawn = evidence("--home", home, "withdraw", "218/KH-SXD", *BY)
    assert withdrawn.code == 0 and "SXD / 1.3" in withdrawn.out
    tree = json.loads(evidence("--home", home, "show", "218/KH-SXD", "--json").out)
    assert tree["submissions"] == []
    assert [(change["action"], change["from"]["criterion"]) for change in tree["submission_changes"]] == [
        ("move", "1.1"),
        ("withdraw", "1.3"),
    ]
    shown = evidence("--home", home, "show", "218/KH-SXD").out
    assert shown.count("Phan Thị Lan: nộp nhầm") == 2


def test_the_parent_folder_hands_nothing_in_twice(evidence: Run, home: Path) -> None:
    tree = json.loads(evidence("--home", home, "show", "218/KH-SXD", "--json").out)
    assert [(each["unit"], each["criterion"]) for each in tree["submissions"]] == [("SXD", "1.1")]


@pytest.mark.parametrize("arguments", [("move", "218/KH-SXD", *BY), ("move", "218/KH-SXD", "--unit", "A")])
def test_a_move_needs_a_place_a_name_and_a_reason(evidence: Run, home: Path, arguments: tuple[str, ...]) -> None:
    result = evidence("--home", home, *arguments)
    assert result.code == 2 and "--" in result.err


def test_ingest_says_on_stderr_what_was_taken_as_unit_and_criterion(evidence: Run, home: Path, tmp_path: Path) -> None:
    result = evidence("--home", home, "--lang", "en", "ingest", tmp_path / "hồ sơ", "--json")
    assert [json.loads(line)["outcome"] for line in result.out.splitlines()] == ["known"]
    assert [line.split() for line in result.err.splitlines() if line.startswith("SXD")] == [["SXD", "1.1", "1"]]
    assert "SXD" not in evidence("--home", home, "-q", "ingest", tmp_path / "hồ sơ").err
