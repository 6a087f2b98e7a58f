"""Document numbers: real cases, what is none, and the round trip."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.number import Number, parse, search
from evidence.values.suffix import parse_suffix, search_blank

CASES = json.loads((Path(__file__).parent.parent / "cases" / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_found_as_in_life(case: dict[str, list[str]]) -> None:
    assert [str(match.number) for match in search(str(case["text"]))] == case["numbers"]


@pytest.mark.parametrize("printed", sorted({number for case in CASES for number in case["numbers"]}))
def test_canonical_print_is_its_own(printed: str) -> None:
    number = parse(printed)
    assert number is not None
    assert str(number) == printed


@pytest.mark.parametrize(
    ("text", "serial", "symbol", "year", "joint"),
    [
        ("Số: 615/QĐ-UBND", "615", "QĐ-UBND", None, "/"),
        ("Luật số: 41/2024/QH15", "41", "QH15", 2024, "/"),
        ("39-NQ/TW", "39", "NQ/TW", None, "-"),
        ("Số 36-HD/VPTW", "36", "HD/VPTW", None, "-"),
        ("1836 QĐ/TWĐTN", "1836", "QĐ/TWĐTN", None, " "),
        ("66.18/2026/NQ-CP", "66.18", "NQ-CP", 2026, "/"),
        ("146/2025-NĐ-CP", "146", "NĐ-CP", 2025, "/"),
        ("0205/KH-UBND", "0205", "KH-UBND", None, "/"),
        ("30c/NQ-CP", "30c", "NQ-CP", None, "/"),
        ("23/2019/NĐ CP", "23", "NĐ CP", 2019, "/"),
        ("118/2025/NĐCP", "118", "NĐCP", 2025, "/"),
        ("615/qđ-ubnd", "615", "QĐ-UBND", None, "/"),
        ("9/2015/qđ-ttg", "9", "QĐ-TTg", 2015, "/"),
        ("367 - QĐ/TWĐTN-VP", "367", "QĐ/TWĐTN-VP", None, "-"),
        ("8/VPCP-V.I", "8", "VPCP-V.I", None, "/"),
        ("12/BC-SoNNMT", "12", "BC-SoNNMT", None, "/"),
        ("19/Ctr-UBND", "19", "Ctr-UBND", None, "/"),
        ("157/TB_UBND", "157", "TB-UBND", None, "/"),
        ("90/TB-BCH PCTT-TKCN", "90", "TB-BCH PCTT-TKCN", None, "/"),
        ("140/BCĐ VĐ HMTN", "140", "BCĐ VĐ HMTN", None, "/"),
    ],
)
def test_parts(text: str, serial: str, symbol: str, year: int | None, joint: str) -> None:
    assert parse(text) == Number(serial, symbol, year, joint)


@pytest.mark.parametrize(
    "text", ["", "Số:", "Số: /QĐ-UBND", "15/3/2019", "9001:2015", "quyết định", "5/20", "tháng 3", "615/QĐ-UBND ngày"]
)
def test_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kế hoạch số 15/KH-BCĐ CCHC. Các", "15/KH-BCĐ CCHC"),
        ("Kế hoạch số 15/KH-BCĐ TM. BAN CHỈ ĐẠO", "15/KH-BCĐ"),
        ("KẾ HOẠCH SỐ 15/KH-BCĐ TỈNH LẠNG SƠN", "15/KH-BCĐ"),
        ("Kế hoạch số 15/KH-BCH Đoàn trường", "15/KH-BCH"),
        ("Quyết định số 15/QĐ-UBND CCHC", "15/QĐ-UBND"),  # a field without its hyphen follows committees only
        ("Kế hoạch số 15/KH_UBND", "15/KH-UBND"),
        ("Tờ trình số 15/Ttr-SNV ngày", "15/Ttr-SNV"),
    ],
)
def test_where_the_symbol_ends(text: str, number: str) -> None:
    assert [str(one.number) for one in search(text)] == [number]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("19/Ctr-UBND", "19/CTr-UBND"),
        ("09/2015/QĐ-TTg", "9/2015/ QÐ-TTg"),
        ("600/QĐ/UBND", "600/QĐ-UBND"),
        ("120/2013/ND-CP", "120/2013/NĐ-CP"),
        ("118/2025/NĐCP", "118/2025/NĐ-CP"),
        ("446/SNV-CCHC&VTLT", "446/SNV-CCHCVTLT"),
        ("30C/NQ-CP", "30c/NQ-CP"),
        ("QĐ", "QĐ"),
    ][:-1],
)
def test_same_key(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert first is not None
    assert second is not None
    assert first.key == second.key


def test_different_keys() -> None:
    keys = [parse(text) for text in ("15/QĐ-UBND", "15/2019/QĐ-UBND", "15a/QĐ-UBND", "15/QĐ-TTg", "150/QĐ-UBND")]
    assert len({number.key for number in keys if number}) == 5


@pytest.mark.parametrize(
    ("text", "kind", "issuer"),
    [
        ("615/QĐ-UBND", "QĐ", "UBND"),
        ("36/SNV-CCHC", None, "SNV"),
        ("5529/CT-CS", None, "CT"),
        ("26/CT-TTg", "CT", "TTg"),
        ("118/2025/NĐCP", "NĐ", "CP"),
        ("72/2025/QH15", None, "QH15"),
        ("39-NQ/TW", "NQ", "TW"),
        ("215/TTr-NHNN", "TTr", "NHNN"),
        ("32/CP", None, "CP"),
    ],
)
def test_codes(text: str, kind: str | None, issuer: str | None) -> None:
    number = parse(text)
    assert number is not None
    assert (number.kind_code, number.issuer_code) == (kind, issuer)


def test_plain_drops_leading_zeros() -> None:
    number = parse("0205/KH-UBND")
    assert number is not None
    assert number.plain == "205/KH-UBND"


@pytest.mark.parametrize(
    "text",
    [
        "theo Mẫu số 01/ĐK-TCT, 02/ĐK-TCT và 03/ĐK-TCT ban hành",
        "Keyword=S%E1%BB%91%2049/2018/N%C4%90-CP",
        "biểu 001.2N/BCB-CT",
        "Keyword=15/2020/TT-BL%C4%90TBXH",
        "Mẫu số 03-QĐTD/SHTT/2020, 05-TT/SHTT/2020 và Mẫu số 06-TB/SHTT/2020",
        "001 - CTCP Chứng khoán",
        "Số:      /2019/QĐ-UBND",
        "Quy chuẩn QCVN 01:2021/BXD",
        "máy bay VN-A123, xe 36-BC",
        "12/12 UBND cấp xã",
        "01/01/2019-CP",
    ],
)
def test_traps(text: str) -> None:
    assert list(search(text)) == []


def test_a_form_does_not_hide_the_circular() -> None:
    found = list(search("Mẫu số 01/ĐK-TCT ban hành kèm theo Thông tư số 105/2020/TT-BTC"))
    assert [str(match.number) for match in found] == ["105/2020/TT-BTC"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Quyết định số 615/QĐ-\nUBND", "615/QĐ-\nUBND"),
        ("Quyết định 615/QĐ-UBND - UBND tỉnh", "615/QĐ-UBND"),
        ("Quyết định 615/QĐ-UBND\n- Sở Nội vụ", "615/QĐ-UBND"),
        ("Nghị định 170/2025/NĐ-CPquy định", "170/2025/NĐ-CP"),
        ("số 375/VPUB-THngày 7/11/2023", "375/VPUB-TH"),
        ("Quyết định 12/QĐ-TTg.Căn cứ", "12/QĐ-TTg"),
        ("Quyết định số 22/2024/QĐ\x02UBND ngày", "22/2024/QĐ\x02UBND"),
    ],
)
def test_span(text: str, printed: str) -> None:
    (match,) = search(text)
    assert text[match.start : match.end] == printed


def test_offsets_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Quyết định số 615/QĐ-UBND ngày")
    (match,) = search(text)
    assert text[match.start : match.end] == "615/QĐ-UBND"


SEGMENT = st.sampled_from(
    [
        "QĐ",
        "NĐ",
        "TT",
        "NQ",
        "KH",
        "UBND",
        "TTg",
        "CTr",
        "TTr",
        "SNV",
        "CCHC&VTLT",
        "HĐND",
        "BNNMT",
        "QyĐ",
        "GDTrH",
        "SoNNMT",
        "TWĐTN",
        "V.I",
    ]
)
SERIAL = st.from_regex(r"[1-9][0-9]{0,3}[a-c]?", fullmatch=True)


@given(SERIAL, st.lists(SEGMENT, min_size=2, max_size=4), st.none() | st.integers(1945, 2099), st.sampled_from("/-"))
def test_round_trip(serial: str, parts: list[str], year: int | None, joint: str) -> None:
    symbol = "-".join(parts) if joint == "/" or year else "/".join(parts[:2])
    number = Number(serial, symbol, year, "/" if year else joint)
    assert parse(str(number)) == number


@given(st.text(alphabet="0123456789/-.QĐUBNDTg &\nsốMẫu:%", max_size=80))
def test_any_text_is_searched_and_what_is_found_parses(text: str) -> None:
    for match in search(text):
        assert 0 <= match.start < match.end <= len(text)
        assert parse(str(match.number)) == match.number


@pytest.mark.parametrize(
    "unit", ["1", "1/", "1/A-", "12/QĐ-", "QĐ-UBND/", "1 /\n", "số 1/QĐ-U&", " ", "1.1", "Mẫu số 1/ĐK-TCT, ", "1/2019/"]
)
def test_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    for _ in search(text):
        pass
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Số:      /QĐ-UBND", "/QĐ-UBND"),
        ("/UBND-NCKSTTHC", "/UBND-NCKSTTHC"),
        ("Số: …/ĐA-UBND", "/ĐA-UBND"),
        ("Số …….. -KH/TU", "-KH/TU"),
        ("Số:        /2019/QÐ-UBND", "/2019/QĐ-UBND"),
        ("S6: /TTr - SNV", "/TTr-SNV"),
    ],
)
def test_blank_number(text: str, printed: str) -> None:
    assert str(parse_suffix(text)) == printed


@pytest.mark.parametrize("text", ["Số: 15/QĐ-UBND", "người dân/tổ chức", "Số:", "15/3/2019", ""])
def test_no_blank_number(text: str) -> None:
    assert parse_suffix(text) is None


def test_blank_numbers_in_a_text() -> None:
    text = "UBND TỈNH\nSố:      /KH-UBND\nCăn cứ Quyết định số 15/QĐ-TTg; người dân/tổ chức"
    assert [(str(match.suffix), text[match.start : match.end]) for match in search_blank(text)] == [
        ("/KH-UBND", "Số:      /KH-UBND")
    ]
    suffix = parse_suffix("Số:   /KH-UBND")
    assert suffix is not None
    assert str(suffix.with_serial("12")) == "12/KH-UBND"
