"""When two mentions are one document: cases from life, and the laws of comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values import agency, date, number
from evidence.values.identity import Authority, Identity, compare_identities, make_identity


def known(
    printed: str, issuer: str | None = None, day: str | None = None, authority: Authority | None = None
) -> Identity:
    parsed = number.parse(printed)
    assert parsed is not None
    return make_identity(parsed, date.parse(day) if day else None, agency.parse(issuer) if issuer else None, authority)


LS, CB = "UBND tỉnh Lạng Sơn", "UBND tỉnh Cao Bằng"
CASES = [
    # the same: spelling of number and issuer, heads of ministries, a body that the symbol names
    (known("615/QĐ-UBND", LS, "15/3/2019"), known("0615/QÐ–UBND", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "15/3/2019"), True),
    (known("12/QĐ-BNV", "Bộ trưởng Bộ Nội vụ", "3/1/2019"), known("12/QĐ-BNV", None, "2019"), True),
    (known("30/2020/NĐ-CP", "Chính phủ"), known("30/2020/NĐ-CP"), True),
    (known("72/2025/QH15"), known("72/2025/QH15", "Quốc hội", "16/6/2025"), True),
    (known("225/QĐ-TTg", "Chính phủ", "4/2/2016"), known("225/QĐ-TTg", "Thủ tướng Chính phủ", "2016"), True),
    (known("615/QĐ-UBND", None, "15/3/2019"), known("615/QĐ-UBND", LS, "15/3/2019"), True),
    (known("615/QĐ-UBND", LS, "2019"), known("615/QĐ-UBND", LS, "15/3/2019"), True),
    # two: issuer, year, year in the number, term, series of committee and chairman
    (known("615/QĐ-UBND", LS, "15/3/2019"), known("615/QĐ-UBND", CB, "15/3/2019"), False),
    (known("615/QĐ-UBND", LS, "15/3/2019"), known("615/QĐ-UBND", LS, "15/3/2020"), False),
    (known("22/2025/NQ-HĐND", "HĐND tỉnh Lạng Sơn"), known("22/2025/NQ-HĐND", "HĐND tỉnh Cao Bằng"), False),
    (known("39-NQ/TW", None, "17/4/2015"), known("39-NQ/TW", None, "15/1/2019"), False),
    (
        known("456/QĐ-UBND", "UBND tỉnh Bắc Ninh", "1/11/2025", Authority.COLLECTIVE),
        known("456/QĐ-UBND", "UBND tỉnh Bắc Ninh", "1/11/2025", Authority.HEAD),
        False,
    ),
    (known("615/QĐ-UBND", LS, "15/3/2019"), known("616/QĐ-UBND", LS, "15/3/2019"), False),
    # what is known does not tell
    (known("615/QĐ-UBND"), known("615/QĐ-UBND", LS, "15/3/2019"), None),
    (known("615/QĐ-UBND", "UBND tỉnh", "2019"), known("615/QĐ-UBND", LS, "15/3/2019"), None),
    (known("615/QĐ-UBND", LS), known("615/QĐ-UBND", LS, "15/3/2019"), None),
    (known("615/QĐ-UBND", LS, "15/3/2019"), known("615/QĐ-UBND", LS, "16/3/2019"), None),
    (known("39-NQ/TW"), known("39-NQ/TW", None, "15/1/2019"), None),
    # a name that the body did not have yet
    (known("9/QĐ-UBND", "UBND tỉnh Hà Giang", "1/9/2025"), known("9/QĐ-UBND", "UBND tỉnh Tuyên Quang", "2025"), None),
]


@pytest.mark.parametrize(("one", "other", "same"), CASES)
def test_compare(one: Identity, other: Identity, same: bool | None) -> None:
    assert compare_identities(one, other) is same
    assert compare_identities(other, one) is same


IDENTITIES = st.builds(
    known,
    st.sampled_from(["615/QĐ-UBND", "30/2020/NĐ-CP", "39-NQ/TW", "12/QĐ-BNV"]),
    st.sampled_from([None, LS, CB, "UBND tỉnh", "Bộ Nội vụ"]),
    st.sampled_from([None, "2019", "15/3/2019", "16/3/2019", "1/9/2025"]),
    st.sampled_from([None, *Authority]),
)


@given(IDENTITIES, IDENTITIES)
def test_it_is_symmetric_and_no_one_differs_from_itself(one: Identity, other: Identity) -> None:
    assert compare_identities(one, other) is compare_identities(other, one)
    assert compare_identities(one, one) is not False


@given(IDENTITIES)
def test_a_number_alone_proves_nothing(one: Identity) -> None:
    bare = known("615/QĐ-UBND")
    assert compare_identities(bare, one) is not True
