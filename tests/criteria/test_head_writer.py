"""A set's head and units written out and read back are the same."""

from __future__ import annotations

import pytest

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
grades: {"RẤT TỐT": 89.5, KHÁ: 65, Trung bình: 50}
parts:
  - {name: thamdinh, title: Thẩm định}
  - {name: dieutra, title: "Điều tra: xã", criteria: ["2"], least_forms: 50, least_rate: 10}
units:
  - {code: XTA, name: Xã Tân An, issuer: "Ủy ban nhân dân xã Tân An", group: "Khối xã, phường", ranked: false}
  - {code: XTB, name: Xã Tân Bình, issuer: "UBND xã Tân Bình", profile: vung-cao, not_applicable: ["2"]}
criteria:
  - {code: "1", title: Chỉ đạo, points: 1, points_for: {vung-cao: 1.5}, score: manual}
  - {code: "2", title: Thể chế, points: 1, not_for: [vung-cao], score: survey}
"""


def test_what_is_written_reads_back_as_the_same_set() -> None:
    criteria = loader.parse_criteria(SET)
    assert [unit.group for unit in criteria.units] == ["Khối xã, phường", None]
    assert [unit.is_ranked for unit in criteria.units] == [False, True]
    assert next((grade.name, str(grade.threshold)) for grade in criteria.grades) == ("RẤT TỐT", "89.5")
    assert (criteria.parts[1].least_forms, criteria.parts[1].least_rate) == (50, 10)
    assert loader.parse_criteria(yaml_writer.render_yaml(criteria)) == criteria


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("KHÁ: 65", "KHÁ: 89.5", "grades-twice-in-set"),
        ("KHÁ: 65", "KHÁ: 65,5", "criteria-want-decimal"),
        ('criteria: ["2"]', 'criteria: ["3"]', "criteria-unknown-criterion"),
        ('criteria: ["2"], ', "", "parts-two-rests"),
        ("title: Thẩm định}", 'title: Thẩm định, criteria: ["2"]}', "parts-overlap"),
        ("name: dieutra", "name: thamdinh", "parts-name-twice"),
        ("least_rate: 10", "least_rate: nhiều", "criteria-want-decimal"),
    ],
)
def test_what_does_not_hold_together_is_refused(before: str, after: str, code: str) -> None:
    assert before in SET
    assert code in [message.code for _, message in loader.find_faults(SET.replace(before, after))]
