"""``graph``, ``show``, ``search --list``, ``--like`` and saved searches on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evidence.cli.main import run

from .conftest import Run, sample

pytestmark = pytest.mark.slow  # a whole archive


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hồ sơ")
    shutil.copy(sample("218-KH-SXD"), folder / "kh.docx")
    assert run(["--home", str(folder / "kho"), "-q", "ingest", str(folder / "kh.docx")]) == 0
    return folder / "kho"


def test_graph_in_every_format(evidence: Run, home: Path, tmp_path: Path) -> None:
    tree = json.loads(evidence("--home", home, "graph", "218/KH-SXD", "--format", "json").out)
    assert tree["nodes"][0]["number"] == "218/KH-SXD" and tree["edges"]
    assert all(edge["source"] == tree["center"] for edge in tree["edges"])
    for form, head in (("graphml", "<graphml"), ("svg", "<?xml")):
        file = tmp_path / f"a.{form}"
        assert evidence("--home", home, "graph", "218/KH-SXD", "--format", form, "-o", file).code == 0
        assert file.read_text("utf-8").startswith(head)
    assert "còn hiệu lực theo hồ sơ đã đọc" in evidence("--home", home, "graph", "218/KH-SXD").out


def test_wanted_documents(evidence: Run, home: Path) -> None:
    lines = evidence("--home", home, "graph", "--wanted", "--format", "json").out.splitlines()
    assert lines and all(json.loads(line)["citing"] == 1 for line in lines)


@pytest.mark.parametrize("arguments", [(), ("218/KH-SXD", "--wanted"), ("1/KH-KHONG",)])
def test_wrong_usage_of_graph(evidence: Run, home: Path, arguments: tuple[str, ...]) -> None:
    assert evidence("--home", home, "graph", *arguments).code == 2


def test_show_tells_the_force(evidence: Run, home: Path) -> None:
    assert json.loads(evidence("--home", home, "show", "218/KH-SXD", "--json").out)["force"] == {
        "status": "in-force",
        "changes": [],
    }
    assert "Hiệu lực:" in evidence("--home", home, "show", "218/KH-SXD").out


def test_a_list_of_numbers(evidence: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("STT,Số ký hiệu\n1,218/KH-SXD\n2,218\n3,9/XX-YY\n", "utf-8")
    result = evidence("--home", home, "search", "--list", tmp_path / "l.csv", "--json")
    assert [json.loads(line)["status"] for line in result.out.splitlines()] == ["held", "held", "unknown"]
    assert evidence("--home", home, "search", "a", "--list", tmp_path / "l.csv").code == 2
    assert evidence("--home", home, "search").code == 2
    assert evidence("--home", home, "search", "--list", tmp_path / "none.csv").code == 2


def test_searches_are_saved_listed_and_asked_again(evidence: Run, home: Path) -> None:
    assert evidence("--home", home, "search", "saved").out == ""
    assert evidence("--home", home, "search", "save", "kế hoạch", "so:218/KH-SXD", "--by", "Hà").code == 0
    assert "kế hoạch: so:218/KH-SXD  (Hà, " in evidence("--home", home, "search", "saved").out
    asked = evidence("--home", home, "search", "saved", "kế hoạch", "--json").out
    assert json.loads(asked)["number"] == "218/KH-SXD"
    missing = evidence("--home", home, "search", "saved", "khác")
    assert missing.code == 2 and "kế hoạch" in missing.err


def test_more_like_this_of_a_document_alone_is_nothing(evidence: Run, home: Path) -> None:
    result = evidence("--home", home, "search", "--like", "218/KH-SXD", "--json")
    assert (result.code, result.out) == (0, "")
    assert evidence("--home", home, "search", "--like", "9/XX-YY").code == 2
