"""Figures as spreadsheets save them: any encoding, any sign between the cells, Vietnamese headings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from evidence.archive.criteria_sets import load_figures
from tests.support.dossier import SET, load_set
from tests.support.windows_letters import windows

RATE = "score: {rule: stepped, of: ty_le, bands: [{from: 90, points: 1}, {below: 90, points: 0}]}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("told", [False, True])
def test_figures_in_every_encoding(tmp_path: Path, encoding: str, sign: str, told: bool) -> None:
    rows = [["Đơn vị", "Tiêu chí", "Số liệu", "Giá trị"], ["Sở Nội vụ", "1.1", "ty_le", "92,5"]]
    text = "".join(sign.join(row) + "\r\n" for row in rows)
    text = (f"sep={sign}\r\n" if told else "") + text
    data = windows(text) if encoding == "cp1258" else text.encode(encoding)
    (tmp_path / "so.csv").write_bytes(data)
    figures = load_figures(tmp_path / "so.csv", load_set(SET.replace("score: timeliness", RATE, 1)))
    assert [(figure.unit, figure.name, figure.value) for figure in figures] == [("SNV", "ty_le", Decimal("92.5"))]
