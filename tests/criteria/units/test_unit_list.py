"""Lists of units in the shapes in which offices keep them."""

from __future__ import annotations

from evidence.criteria.units.unit_folders import read_unit_folders
from evidence.criteria.units.unit_identity import UnitListContext
from evidence.criteria.units.unit_list import UnitList, read_unit_tables
from evidence.model.document import Table

PLACE = UnitListContext("so", 2025, "An Giang")
CODES = frozenset({"1", "1.2", "3.4"})


def read(*rows: tuple[str | None, ...], context: UnitListContext = PLACE) -> UnitList:
    return read_unit_tables([Table(rows, name="DS")], context, CODES)


def messages(units: UnitList) -> list[tuple[str, str]]:
    return [(message.code, where.params["row"] if where else "") for where, message in units.faults]


def test_a_plain_list_in_english() -> None:
    units = read(
        ("code", "name", "issuer", "profile", "group"),
        ("SNV", "Sở Nội vụ", "Sở Nội vụ tỉnh An Giang", "", "A"),
        ("VP", "Văn phòng UBND tỉnh", "", "special", "B"),
    ).units
    assert [(unit.code, unit.issuer, unit.profile, unit.group) for unit in units] == [
        ("SNV", "Sở Nội vụ tỉnh An Giang", None, "A"),
        ("VP", "Văn phòng Ủy ban nhân dân tỉnh An Giang", "special", "B"),
    ]


def test_titles_above_a_header_of_two_rows_groups_between_and_a_sum_below() -> None:
    units = read(
        ("UBND TỈNH AN GIANG", "", "", ""),
        ("DANH SÁCH CÁC CƠ QUAN ĐƯỢC CHẤM ĐIỂM NĂM 2025", "", "", ""),
        ("", "", "", ""),
        ("STT", "Tên cơ quan, đơn vị", "Thông tin", ""),
        (None, None, "Đơn vị đặc thù", "Ghi chú"),
        ("(1)", "(2)", "(3)", "(4)"),
        ("I", "Khối sở, ban, ngành", "", ""),
        ("1", "Sở Y tế", "", ""),
        ("2", "Thanh tra tỉnh", "x", "mới thành lập"),
        ("", "", "", ""),
        ("II", "Các ban quản lý", "", ""),
        ("3", "Ban Quản lý Khu kinh tế", "không", ""),
        ("", "Tổng cộng: 03 đơn vị", "", ""),
        ("", "Người lập biểu", "", ""),
    )
    assert not units.faults
    assert [(unit.code, unit.profile, unit.group) for unit in units.units] == [
        ("SYT", None, "Khối sở, ban, ngành"),
        ("TTr", "special", "Khối sở, ban, ngành"),
        ("BQLKKT", None, "Các ban quản lý"),
    ]
    derived = [
        where.params["row"] for where, message in units.remarks if where and message.code == "units-code-derived"
    ]
    assert derived == ["8", "9", "12"]


def test_groups_in_a_merged_column_and_what_does_not_apply() -> None:
    units = read(
        ("TT", "Nhóm", "Mã", "Cơ quan", "Không áp dụng"),
        ("1", "Nhóm 1", "SCT", "Sở Công Thương", "1.2; 3.4"),
        ("2", None, "STP", "Sở Tư pháp", ""),
    ).units
    assert [(unit.group, unit.not_applicable) for unit in units] == [("Nhóm 1", ("1.2", "3.4")), ("Nhóm 1", ())]


def test_a_list_without_a_header_and_names_that_are_abbreviations() -> None:
    units = read(("1", "Sở Nội vụ"), ("2", "Sở Tài chính"), ("3", "SXD")).units
    assert [(unit.code, unit.name) for unit in units] == [
        ("SNV", "Sở Nội vụ"), ("STC", "Sở Tài chính"), ("SXD", "Sở Xây dựng"),
    ]  # fmt: skip


def test_communes_of_like_initials_get_codes_that_tell_them_apart() -> None:
    place = UnitListContext("xa", 2025, "An Giang")
    units = read(
        ("STT", "Xã, phường"), ("1", "Xã Tân An"), ("2", "Xã Thuận An"), ("3", "Phường Rạch Giá"), context=place
    )
    assert [unit.code for unit in units.units] == ["XTANAN", "XTHUANAN", "PRG"]
    assert units.units[0].issuer == "Ủy ban nhân dân xã Tân An"


def test_every_fault_with_its_row() -> None:
    units = read(
        ("Mã", "Tên đơn vị", "Không áp dụng"),
        ("SNV", "Sở Nội vụ", ""),
        ("SNV", "Sở Y tế", ""),
        ("S/TC", "Sở Tài chính", "9.9"),
        ("", "Sở Nội vụ", ""),
        ("X", "123", ""),
    )
    assert messages(units) == [
        ("units-code-twice", "3"), ("units-code-slash", "4"), ("units-unknown-criterion", "4"),
        ("units-name-twice", "5"), ("units-no-name", "6"),
    ]  # fmt: skip


def test_an_agency_that_ended_and_one_that_nobody_knows_are_said() -> None:
    units = read(("Mã", "Tên đơn vị"), ("SGTVT", "Sở Giao thông vận tải"), ("QBD", "Quỹ Bình đẳng"),
                 context=UnitListContext("so", 2026, "An Giang"))  # fmt: skip
    codes = [message.code for _, message in units.remarks]
    assert codes == ["units-ended", "units-unknown-agency"]


def test_a_table_that_is_no_list() -> None:
    assert messages(read(("Ngày", "Việc"), ("1/2", "Họp"))) == [("units-no-list", "")]


def test_folders_of_a_dossier() -> None:
    units = read_unit_folders(["SXD", "Sở Y tế", "BQL - Ban Quản lý Khu kinh tế", "P7"], PLACE, CODES)
    assert [(unit.code, unit.name) for unit in units.units] == [
        ("SXD", "Sở Xây dựng"), ("SYT", "Sở Y tế"), ("BQL", "Ban Quản lý Khu kinh tế"), ("P7", "P7"),
    ]  # fmt: skip
    assert [message.code for _, message in units.remarks] == ["units-code-derived", "units-unknown-agency"]


def test_folders_of_provinces_by_their_initials_and_a_unit_folder_given_instead() -> None:
    units = read_unit_folders(["LĐ", "Cà Mau"], UnitListContext("tinh", 2025), CODES)
    assert [message.code for _, message in units.remarks] == ["units-name-guessed"]
    assert [unit.issuer for unit in units.units] == ["Ủy ban nhân dân tỉnh Lâm Đồng", "Ủy ban nhân dân tỉnh Cà Mau"]
    wrong = read_unit_folders(["1.2 - Báo cáo", "3.4"], PLACE, CODES)
    assert [message.code for _, message in wrong.faults] == ["units-criteria-folders"]
