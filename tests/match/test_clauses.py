"""What a person has answered to the clauses of a criterion, on the way through the whole check."""

from __future__ import annotations

from decimal import Decimal

from evidence.match.check import assess
from evidence.model.assessment import Figure, Verdict
from tests.support.dossier import AS_OF, load_set

TEXT = """\
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ tỉnh An Phú"}
criteria:
  - code: "1"
    title: Thẩm định văn bản
    points: 2
    not_applicable_if: "Đơn vị không được giao thẩm định thì không đánh giá, tính điểm nội dung này"
    score: all-or-nothing
    evidence:
      - {id: bc, title: Báo cáo thẩm định, kind: Báo cáo, issuer: unit, due: 2018-03-01}
  - {code: "2", title: Khác, points: 3}
"""


def test_an_answer_takes_the_criterion_out() -> None:
    for answer, status, applicable in ((1, Verdict.NOT_APPLICABLE, 3), (0, Verdict.MISSING, 5)):
        figure = Figure("SNV", "1", "khong_ap_dung", Decimal(answer))
        checked = assess(load_set(TEXT), (), (), AS_OF, (figure,))
        (finding,) = checked.findings
        assert finding.status is status
        assert checked.scores[-1].applicable == applicable


def test_while_nobody_has_answered_nothing_is_lost() -> None:
    checked = assess(load_set(TEXT), (), (), AS_OF)
    (finding,) = checked.findings
    score = checked.scores[0]
    assert finding.status is Verdict.MISSING
    assert (score.lowest, score.highest, score.lost, score.lacking) == (0, 2, 0, ("khong_ap_dung",))
