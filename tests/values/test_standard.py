"""Standards as they are printed in real texts; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.standard import Standard, parse, search

PRINTED = {
    "TCVN ISO 9001:2015": "TCVN ISO 9001:2015",
    "TCVN ISO/IEC 17025": "TCVN ISO/IEC 17025",
    "TCVN 5687:2010": "TCVN 5687:2010",
    "TCVN 6396-20:2017": "TCVN 6396-20:2017",
    "TCVN-7079: 2002": "TCVN 7079:2002",
    "TCVN 10888-2015": "TCVN 10888:2015",
    "QCVN 102:2016/BTTTT": "QCVN 102:2016/BTTTT",
    "QCVN28:2010/\nBTNMT": "QCVN 28:2010/BTNMT",
    "QCVN:01-2008/BLĐTBXH": "QCVN 01:2008/BLĐTBXH",
    "QCVN: 02/2019/BLĐTBXH": "QCVN 02:2019/BLĐTBXH",
    "QCVN 08-MT:2015/BTNMT": "QCVN 08-MT:2015/BTNMT",
    "QCVN\n41:2016/BGTVT": "QCVN 41:2016/BGTVT",
    "TCCS 16:2019/CĐUB": "TCCS 16:2019/CĐUB",
    "ISO 8336: 2009": "ISO 8336:2009",
    "ISO/IEC 27001": "ISO/IEC 27001",
    "TCXDVN 33:2006": "TCXDVN 33:2006",
}


@pytest.mark.parametrize("printed", PRINTED)
def test_standards_of_real_texts(printed: str) -> None:
    text = f"đáp ứng {printed}, {'12 lô' if ':' in PRINTED[printed] else 'được công bố'}"
    (found,) = search(text)
    assert str(found.standard) == PRINTED[printed] and text[found.start : found.end] == printed


@pytest.mark.parametrize(
    "text",
    [
        "monocrotophos (ISO) và endosulfan (ISO, INN)",
        "hệ thống quản lý chất lượng theo tiêu chuẩn ISO, 70% đơn vị",
        "TCVN\n12",  # a heading and the first figure below it
        "TCVN 12",
        "độ nhạy ISO 100",
        "TCVN 10121-10124:2013",  # a range: no standard bears that number
        "ISO 7886 - 3: 2005",  # half of a name is another standard
        "TCVN 6104-1,2,3:2015",
        "TCCS 03/2016 CKOTUB",
        "ATCVN 5687:2010",
        "QCVN 41:2016/2",
        "QCVN",
    ],
)
def test_no_standard(text: str) -> None:
    assert list(search(text)) == []


@given(
    st.builds(
        Standard,
        st.sampled_from(["TCVN", "TCVN ISO", "TCVN ISO/IEC", "QCVN", "TCCS", "ISO", "IEC"]),
        st.from_regex(r"[1-9][0-9]{3,4}(-[0-9]{1,3}){0,2}", fullmatch=True),
        st.none() | st.integers(1960, 2049),
        st.none() | st.sampled_from(["BTTTT", "BLĐTBXH", "BYT"]),
    )
)
def test_what_is_written_is_parsed(standard: Standard) -> None:
    assert parse(str(standard)) == standard
