"""What a hostile file holds moves no cursor and turns no writing, wherever it is shown."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from pathlib import Path

from tests.support.files.mail_files import HEADS, part

from .conftest import Run

HOSTILE = "\x1b[31m\x1b]0;x\x07\x9b2J\u202efdp.exe\u2066\x85\u200f\x7f"
LETTER = f"""UBND TỈNH LẠNG SƠN
SỞ NỘI VỤ
Số: 7/BC-SNV
Lạng Sơn, ngày 15 tháng 3 năm 2019
BÁO CÁO
Về kết quả {HOSTILE} cải cách hành chính
Căn cứ Quyết định số 4361/QĐ-BNV ngày 28/12/2016 của Bộ trưởng {HOSTILE} Bộ Nội vụ;
GIÁM ĐỐC
Nguyễn Văn An
"""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")  # no text file holds them; a mail may
SHOWN = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def hidden(text: str) -> list[str]:
    return [unicodedata.name(letter, hex(ord(letter))) for letter in SHOWN.findall(text.replace("\r\n", "\n"))]


def test_nothing_hidden_reaches_a_terminal(evidence: Run, tmp_path: Path) -> None:
    place = tmp_path / "SNV" / "1.1"
    place.mkdir(parents=True)
    (place / f"b{HOSTILE}.txt").write_text(CONTROLS.sub("", LETTER), "utf-8")
    mail = part(base64.b64encode(LETTER.encode()), "Content-Type: text/plain", "Content-Transfer-Encoding: base64")
    (place / "thu.eml").write_bytes(HEADS + mail)
    home = ("--home", tmp_path / "kho")
    runs = [
        evidence("read", *place.iterdir()), evidence("read", "--text", *place.iterdir()),
        evidence("read", "--json", "--text", place / "thu.eml"), evidence(*home, "ingest", tmp_path / "SNV"),
        evidence(*home, "show", "7/BC-SNV", "--why"), evidence(*home, "search", "cải cách"),
        evidence(*home, "read", tmp_path / f"không{HOSTILE}.pdf"),
        evidence(*home, "ingest", "--json", tmp_path / "SNV"),
    ]  # fmt: skip
    for run in runs:
        assert hidden(run.out + run.err) == []
    assert "\\u202e" in runs[1].out and "\\u001b[31m" in runs[1].out
    assert HOSTILE[:5] in json.loads(runs[2].out)["pages"][0]["text"], "machines lose nothing"
