"""A file that holds two documents is one line of JSON, with the second in ``parts``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.support.page_layout import HEIGHT, head, signature
from tests.support.papers import FONT

from .conftest import Run


def draw(canvas: Canvas, number: str, title: str) -> None:
    canvas.setFont("Tinos", 12)
    lines = head(["UBND TỈNH SƠN HÀ", "SỞ NỘI VỤ"], number, "Sơn Hà, ngày 12 tháng 3 năm 2025", [title, "Về việc thử"])
    for line in [*lines, *signature(500, ["GIÁM ĐỐC"], "Cao Văn Thử", ["- Như Điều 3;", "- Lưu: VT."])]:
        assert line.box
        canvas.drawString(line.box[0], HEIGHT - line.box[3] + 3, line.text)
    canvas.showPage()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    if not Path(FONT).exists():
        pytest.skip(f"no font with Vietnamese letters at {FONT}: apt-get install fonts-croscore")
    pdfmetrics.registerFont(TTFont("Tinos", FONT))
    file = tmp_path / "hai van ban.pdf"
    canvas = Canvas(str(file), pagesize=(595, HEIGHT))
    draw(canvas, "Số: 12/QĐ-SNV", "QUYẾT ĐỊNH")
    draw(canvas, "Số: 15/KH-SNV", "KẾ HOẠCH")
    canvas.save()
    return file


def test_one_line_a_file(evidence: Run, file: Path) -> None:
    (line,) = evidence("read", "--json", file).out.splitlines()
    record = json.loads(line)
    assert record["number"]["value"] == "12/QĐ-SNV"
    assert [part["number"]["value"] for part in record["parts"]] == ["15/KH-SNV"]
    assert "mixed-documents" in [problem["code"] for problem in record["problems"]]


@pytest.mark.slow
def test_the_second_document_is_corrected_by_its_page(evidence: Run, file: Path, tmp_path: Path) -> None:
    home = ("--home", tmp_path / "kho")
    evidence(*home, "ingest", file)
    done = evidence(*home, "correct", "12/QĐ-SNV", "number", "16/KH-SNV", "--page", "2", "--by", "Hoa")
    assert done.code == 0 and "16/KH-SNV" in done.out and "15/KH-SNV" in done.out
    tree = json.loads(evidence(*home, "show", "12/QĐ-SNV", "--json").out)
    assert tree["number"]["value"] == "12/QĐ-SNV" and tree["parts"][0]["number"]["value"] == "16/KH-SNV"
    assert [(one["page"], one["machine"]) for one in tree["corrections"]] == [(2, "15/KH-SNV")]
    refused = evidence(*home, "correct", "12/QĐ-SNV", "number", "16/KH-SNV", "--page", "9", "--by", "Hoa")
    assert refused.code == 2 and "9" in refused.err
