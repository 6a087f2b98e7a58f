"""Sums that allow for rows that a survey scores and for rows that are not there, and name them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.appraisal.claim_sums import check_against_criteria, check_sums
from evidence.criteria import loader
from evidence.messages import Language, say
from evidence.model.appraisal import Claim

SET = loader.parse_criteria("""
set: thu
title: Bộ thử
year: 2024
level: so
units: [{code: SYT, name: Sở Y tế, issuer: any}]
criteria:
  - code: "3"
    title: Thủ tục
    points: 10
    children:
      - {code: "3.1", title: Công khai, points: 4, score: manual}
      - {code: "3.2", title: Mức độ hài lòng, points: 3, score: survey}
      - {code: "3.3", title: Trễ hẹn, points: 1, score: manual}
      - {code: "3.4", title: Một cửa, points: 2, score: manual}
""")
Row = tuple[str, str | None, str | None]


def table(*rows: Row, title: str = "Công khai") -> tuple[Claim, ...]:
    return tuple(
        Claim("SYT", code, at, title, Decimal(most) if most else None, Decimal(points) if points else None)
        for at, (code, points, most) in enumerate(rows, start=1)
    )


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        # the survey's row is not there, and its points are not in the maximum
        ([("3", "6", "7"), ("3.1", "4", "4"), ("3.3", "1", "1"), ("3.4", "1", "2")], []),
        # it is not there, and the maximum is the set's own
        ([("3", "6", "10"), ("3.1", "4", "4"), ("3.3", "1", "1"), ("3.4", "1", "2")], ["claims-open-max 3.2"]),
        # no self points for the survey, but the points say more than the other rows sum to
        (
            [("3", "7", "10"), ("3.1", "4", "4"), ("3.2", None, "3"), ("3.3", "1", "1"), ("3.4", "1", "2")],
            ["claims-sum-points 3.2"],
        ),
        # more than the rows that are absent can be worth
        (
            [("3", "9", "7"), ("3.1", "4", "4"), ("3.3", "1", "1")],
            ["claims-above", "claims-open-max", "claims-sum-points"],
        ),
    ],
    ids=["left out", "in the maximum", "survey has no self points", "too much"],
)
def test_a_set_tells_what_absent_rows_are_worth(rows: list[Row], codes: list[str]) -> None:
    found = list(check_sums(table(*rows), criteria=SET))
    for finding, wanted in zip(found, codes, strict=True):
        assert finding.message.code.startswith(wanted.split()[0])
        assert finding.message.params.get("rows", "").startswith(wanted.partition(" ")[2])
        assert all(say(finding.message, language) for language in Language)


def test_without_a_set_the_numbering_tells_what_is_absent() -> None:
    (finding,) = check_sums(table(("5", "6", "6"), ("5.1", "2", "2"), ("5.4", "1", "4")))
    assert finding.message.code == "claims-open-points" and finding.message.params["rows"] == "5.2, 5.3"


def test_a_row_that_names_the_survey_gives_no_self_points() -> None:
    rows = table(("2", "3", "5"), ("2.1", "2", "2"), ("2.2", None, "3"), title="Điều tra xã hội học")
    assert [finding.message.code for finding in check_sums(rows)] == ["claims-sum-points-surveyed"]


@pytest.mark.parametrize(
    ("most", "codes", "code"),
    [
        ("7", ("3.1", "3.3", "3.4"), "claims-max-less-survey"),
        ("7", ("3.1", "3.2", "3.3", "3.4"), "claims-max-less-survey"),
        ("6", ("3.1", "3.4"), "claims-max-less-absent"),
        ("8", ("3.1", "3.4"), "claims-other-max"),
    ],
)
def test_a_maximum_less_than_the_set_s_is_explained_by_what_is_left_out(
    most: str, codes: tuple[str, ...], code: str
) -> None:
    rows = table(("3", "5", most), *((part, "1", None) for part in codes))
    (finding,) = check_against_criteria(rows, SET)
    assert finding.message.code == code
    assert "3.2" in finding.message.params.get("rows", "3.2")
