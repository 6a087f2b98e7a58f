"""Cross-checks as a person reads them: bounded whatever the names and however many, and counted at the end."""

from __future__ import annotations

import pytest

from evidence.messages import Language, Message
from evidence.report import appraisal_json, crosscheck_terminal
from evidence.report.appraisal_terminal import AppraisalRow

LONG = "Hồ sơ kèm theo Công văn số 12 về việc tự đánh giá, chấm điểm và xếp hạng chuyển đổi số cấp xã năm 2025 " * 2


def row(kind: str, at: int = 0, name: str = "2.1") -> AppraisalRow:
    params = {"path": f"{name}/tep-{at}.pdf", "values": ", ".join([name] * 40)}
    return AppraisalRow("PTC", name, kind, f"cross-kind-{kind}", Message("cross-same-criteria", params), ("ab" * 32,))


def rendered(rows: list[AppraisalRow], width: int = 80, limit: int | None = None) -> str:
    return crosscheck_terminal.render("Đối chiếu chéo", rows, Language.VI, width, limit=limit)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_name_as_long_as_a_title_takes_a_few_lines(width: int) -> None:
    text = rendered([row("same-file", name=LONG)], width)
    assert len(text.splitlines()) < 16 and "tep-0.pdf" in text.replace("\n", " ")
    assert max(map(len, text.splitlines())) <= max(width, crosscheck_terminal.NARROWEST)


def test_names_are_whole_in_the_json() -> None:
    (line,) = appraisal_json.render([row("same-file", name=LONG)], Language.VI)
    assert line["criterion"] == LONG and LONG in str(line["sentence"])


def test_every_kind_has_its_turn_and_the_end_counts_all() -> None:
    rows = [*(row("same-file", at) for at in range(500)), row("two-dates"), row("other-year")]
    lines = rendered(rows, limit=10).splitlines()
    assert lines[-1] == "Tổng cộng: Trùng tệp: 500 · Một số, hai ngày: 1 · Ngoài năm: 1"
    assert "Trùng tệp (500)" in lines and "Ngoài năm (1)" in lines and any("492 cảnh báo nữa" in line for line in lines)
    assert len(crosscheck_terminal.select_rows(rows, 10)) == 10


def test_nothing_to_look_at() -> None:
    assert rendered([]).splitlines() == ["Đối chiếu chéo", "Tổng cộng: 0"]
