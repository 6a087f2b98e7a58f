"""Points frozen, exported as one file, and the file checked without the archive."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from .conftest import Run
from .test_survey_score import FORMS, MAP, SET, decide_all


@pytest.fixture
def home(evidence: Run, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (tmp_path / "set.yaml").write_text(SET, "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    (tmp_path / "forms.csv").write_text("\n".join(";".join(row) for row in FORMS), "utf-8")
    assert evidence("--home", home, "criteria", "import", tmp_path / "set.yaml").code == 0
    assert (
        evidence("--home", home, "survey", "import", tmp_path / "forms.csv", "--map", tmp_path / "map.yaml").code == 0
    )
    return home


def test_frozen_points_are_one_file_that_proves_itself(evidence: Run, home: Path, tmp_path: Path) -> None:
    early = evidence("--home", home, "score", "freeze", "chốt", "--by", "Hoa")
    assert early.code == 2 and "--provisional" in early.err
    decide_all(evidence, home)
    frozen = evidence("--home", home, "score", "freeze", "chốt", "--by", "Hoa")
    assert frozen.code == 0 and evidence("--home", home, "score", "freeze", "chốt", "--by", "Hoa").code == 2
    file = tmp_path / "out.evs"
    assert evidence("--home", home, "score", "export", "chốt", "-o", file).code == 0
    assert evidence("--home", home, "score", "export", "khác", "-o", file).code == 2
    head, data = file.read_bytes().rstrip(b"\n").split(b"\n")
    digest = hashlib.sha256(data).hexdigest()
    assert json.loads(head)["sha256"] == digest and digest in frozen.out
    assert "chốt" in evidence("--home", home, "score", "frozen").out
    checked = evidence("score", "verify", file)
    assert checked.code == 0 and "Mọi thứ khớp" in checked.out and digest in checked.out
    tree = json.loads(data)
    assert [unit["rank"] for unit in tree["units"]] == [1, 2, None] and tree["audit"]["entries"] > 3
    assert "a@x" not in data.decode()


@pytest.mark.parametrize("rehashed", [True, False])
def test_what_was_changed_shows(evidence: Run, home: Path, tmp_path: Path, rehashed: bool) -> None:
    decide_all(evidence, home)
    evidence("--home", home, "score", "freeze", "x", "--by", "Hoa")
    file = tmp_path / "x.evs"
    evidence("--home", home, "score", "export", "x", "-o", file)
    head, data = file.read_bytes().rstrip(b"\n").split(b"\n")
    tree = json.loads(data)
    tree["units"][1]["points"]["parts"][0]["lowest"] = tree["units"][1]["points"]["parts"][0]["highest"] = "69"
    changed = json.dumps(tree).encode()
    mark = {"format": "evidence-scores-1", "sha256": hashlib.sha256(changed).hexdigest()}
    file.write_bytes((json.dumps(mark).encode() if rehashed else head) + b"\n" + changed + b"\n")
    result = evidence("score", "verify", file)
    assert result.code == 6 and "Sở Tài chính: thamdinh" in result.out and "Sở Tài chính: rank" in result.out
    assert ("mã băm" in result.out) is not rehashed


def test_other_files_are_refused(evidence: Run, tmp_path: Path) -> None:
    for content in (b"", b"{}", b"[1]\n{}", b'{"format": "evidence-scores-1"}\n{"name": 1}', b"\x00\xff\n\n"):
        (tmp_path / "a.evs").write_bytes(content)
        assert evidence("score", "verify", tmp_path / "a.evs").code == 5
    assert evidence("score", "verify", tmp_path / "none.evs").code == 2


def test_open_points_are_frozen_only_when_asked_for(evidence: Run, home: Path, tmp_path: Path) -> None:
    assert evidence("--home", home, "score", "freeze", "tạm", "--provisional", "--by", "Hoa").code == 0
    evidence("--home", home, "score", "export", "tạm", "-o", tmp_path / "t.evs")
    assert evidence("score", "verify", tmp_path / "t.evs").code == 0


def test_frozen_ranks_stay_and_every_command_says_which_it_shows(evidence: Run, home: Path, tmp_path: Path) -> None:
    decide_all(evidence, home)
    assert "--frozen" not in evidence("--home", home, "score", "rank").err
    assert evidence("--home", home, "score", "freeze", "chốt", "--by", "Hoa").code == 0
    ranking = evidence("--home", home, "score", "rank", "--json").out
    evidence("--home", home, "round", "decide", "SNV", "1", "--points", "1", "--by", "Hoa",
             "--criteria", "nam-2025")  # fmt: skip
    now = evidence("--home", home, "score", "rank", "--json")
    kept = evidence("--home", home, "score", "rank", "--frozen", "chốt", "--json")
    assert now.out != ranking == kept.out
    assert "điểm hiện tại" in now.err and "Điểm đã chốt “chốt”" in kept.err
    assert evidence("--home", home, "score", "rank", "--frozen", "khác").code == 2
    assert evidence("--home", home, "score", "rank", "--frozen", "chốt", "--provisional").code == 2
    folder = tmp_path / "congbo"
    published = evidence("--home", home, "publish", "--frozen", "chốt", "-o", folder)
    assert published.code == 0 and "Điểm đã chốt" in published.err
    checked = evidence("--home", home, "score", "check", folder / "phu-luc.xlsx", "--strict")
    assert checked.code == 0, checked.out
