"""Tables as CSV in the encodings and with the signs of spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.ingest import media_types
from tests.support.format_reading import media_type, read, write
from tests.support.windows_letters import windows

ROWS = [
    ["Mã", "Tiêu chí", "Điểm tối đa"],
    ["1", "Kế hoạch, báo cáo,\ntờ trình, công văn", "2,5"],
    ["1.1", "Số; ngày", "1"],
]


def quoted(sign: str, end: str) -> str:
    return "".join(sign.join(f'"{cell}"' for cell in row) + end for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_sign(tmp_path: Path, encoding: str, sign: str, end: str) -> None:
    text = quoted(sign, end)
    file = write(tmp_path / "a.csv", windows(text) if encoding == "cp1258" else text.encode(encoding))
    assert media_type(file) == media_types.TEXT
    (table,) = read(file, tables=True).pages[0].tables
    assert [list(row) for row in table.rows] == ROWS


def test_commas_in_cells_are_no_signs(tmp_path: Path) -> None:
    text = "Mã;Tên;Điểm\n1;Kế hoạch, báo cáo, tờ trình, công văn;2,5\n2;a, b, c, d, e;1,5\n"
    (table,) = read(write(tmp_path / "a.csv", text), tables=True).pages[0].tables
    assert table.rows[1] == ("1", "Kế hoạch, báo cáo, tờ trình, công văn", "2,5")
    (table,) = read(write(tmp_path / "a.csv", "sep=|\n" + text.replace(";", "|")), tables=True).pages[0].tables
    assert next(row for row in table.rows if any(row)) == ("Mã", "Tên", "Điểm")


def test_letters_of_old_fonts(tmp_path: Path) -> None:
    text = "STT;Tiªu chÝ;§iÓm tèi ®a\n1;KÕ ho¹ch c¶i c¸ch hµnh chÝnh hµng n¨m;2\n"
    (table,) = read(write(tmp_path / "a.csv", text.encode("latin-1")), tables=True).pages[0].tables
    assert table.rows == (("STT", "Tiêu chí", "Điểm tối đa"), ("1", "Kế hoạch cải cách hành chính hàng năm", "2"))


def test_text_that_begins_like_a_picture(tmp_path: Path) -> None:
    assert media_type(write(tmp_path / "a.csv", "BM01;Biểu mẫu\n1;a\n")) == media_types.TEXT
