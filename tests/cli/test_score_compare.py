"""``score compare`` on the command line: tables and sets of the archive."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run
from .test_survey_score import SET


def test_tables(evidence: Run, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("unit,criterion,max,points\nSở A,1,14,11.2\n", "utf-8")
    (tmp_path / "n.csv").write_text("Đơn vị;Mã tiêu chí;Điểm tối đa;Điểm đạt được\nSở A;1;14;12\n", "utf-8")
    result = evidence("score", "compare", tmp_path / "o.csv", tmp_path / "n.csv")
    assert result.code == 0 and "+5,71 %" in result.out and "+0,8" in result.out
    (tmp_path / "c.csv").write_text("a;b\n", "utf-8")
    wrong = evidence("score", "compare", tmp_path / "o.csv", tmp_path / "n.csv", "--crosswalk", tmp_path / "c.csv")
    assert wrong.code == 5 and "c.csv" in wrong.err
    assert evidence("score", "compare", tmp_path / "o.csv", tmp_path / "none.csv").code == 2


def test_sets_of_the_archive(evidence: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    other = SET.replace("nam-2025", "nam-2024").replace("year: 2025", "year: 2024")
    other = other.replace("points: 20, score: survey", "points: 20, score: manual")
    for name, text in (("nam-2024", other), ("nam-2025", SET)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        assert evidence("--home", home, "criteria", "import", tmp_path / f"{name}.yaml").code == 0
        evidence("--home", home, "round", "open", "first", "--criteria", name, "--by", "Hoa")
        for code, points in (("1.1", "20" if name == "nam-2024" else "24"), ("1.2", "30"), ("2", "10"), ("3", "5")):
            evidence(
                "--home", home, "round", "decide", "SNV", code, "--criteria", name, "--points", points, "--by", "Hoa"
            )
    out = evidence("--home", home, "score", "compare", "nam-2024", "nam-2025", "--json").out
    lines = {line["criterion"]: line for line in map(json.loads, out.splitlines())
             if line["unit"] == "Sở Nội vụ" and line["level"] == "criterion"}  # fmt: skip
    assert (lines["1.1"]["mark"], lines["1.1"]["points"], lines["1.1"]["percent"]) == ("same", "+4", "+13.33")
    assert (lines["2"]["mark"], lines["2"]["points"], lines["2"]["percent"]) == ("other-set", None, "0")
