"""A set's head and units written out and read back are the same."""

from __future__ import annotations

from evidence.criteria import loader, yaml_writer

SET = """\
set: xa-2023
title: "Bộ thử: các xã"
year: 2023
level: xa
holidays: {name: vn-2023-tinh, years: [2023], days_off: [2023-06-01], days_worked: [2023-06-03], source: "Thông báo 1"}
rounding: {places: 1, mode: down}
supplement: 2024-01-05..2024-01-12
profiles:
  - {name: vung-cao, title: Xã vùng cao, scale: 1.5}
units:
  - {code: XTA, name: Xã Tân An, issuer: "Ủy ban nhân dân xã Tân An", group: "Khối xã, phường"}
  - {code: XTB, name: Xã Tân Bình, issuer: "UBND xã Tân Bình", profile: vung-cao, not_applicable: ["2"]}
criteria:
  - {code: "1", title: Chỉ đạo, points: 1, points_for: {vung-cao: 1.5}, score: manual}
  - {code: "2", title: Thể chế, points: 1, not_for: [vung-cao], score: survey}
"""


def test_what_is_written_reads_back_as_the_same_set() -> None:
    criteria = loader.parse_criteria(SET)
    assert [unit.group for unit in criteria.units] == ["Khối xã, phường", None]
    assert loader.parse_criteria(yaml_writer.render_yaml(criteria)) == criteria
