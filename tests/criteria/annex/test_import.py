"""Whole annexes of known truth, in every format, in, and the same criteria out; and what must be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria, set_name
from evidence.config import Settings
from evidence.criteria.loader import parse_criteria
from evidence.errors import AnnexError, UsageError
from evidence.messages import say
from evidence.model.criteria import Criterion
from evidence.model.score_rule import ScoreRule
from tests.support.files import annexes
from tests.support.files.annexes import RULED, Row, flow, truth

Maker = Callable[..., Path]
MAKERS: dict[str, tuple[Maker, str]] = {
    "pdf": (annexes.pdf, "a.pdf"),
    "docx": (annexes.word, "a.docx"),
    "xlsx": (annexes.sheet, "a.xlsx"),
    "csv": (annexes.comma, "a.csv"),
}


def every(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from every(one.children)


def told(found: ImportedCriteria) -> list[tuple[str, str, str]]:
    return [(one.code, one.title, format(one.points.normalize(), "f")) for one in every(found.criteria.criteria)]


def plain(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(code, title, format(float(points), "g")) for code, title, points in rows]


def refused(file: Path, settings: Settings, asked: ImportRequest | None = None) -> str:
    with pytest.raises(AnnexError) as caught:
        import_criteria(file, asked or ImportRequest(), settings)
    assert caught.value.exit_code == 5
    return caught.value.say("vi")


@pytest.mark.parametrize("form", MAKERS)
def test_every_row_comes_back_from_every_format(form: str, tmp_path: Path, settings: Settings) -> None:
    make, name = MAKERS[form]
    found = import_criteria(make(tmp_path / name, RULED), ImportRequest(name="so-2025"), settings)
    assert told(found) == plain(truth(RULED))
    assert found.criteria.set == "so-2025"
    assert parse_criteria(found.text) == found.criteria
    by_code = {one.code: one for one in every(found.criteria.criteria)}
    assert by_code["1.1.1"].rule_text.splitlines()[0] == "Ban hành kịp thời: 1"
    assert by_code["1.1.1"].score is ScoreRule.TIMELINESS
    assert by_code["1.1.2"].score is ScoreRule.STEPPED
    assert by_code["1.2"].score is ScoreRule.ALL_OR_NOTHING
    assert [one.period for one in by_code["1.2"].evidence] == ["quý I", "6 tháng", "quý III", "năm"]
    assert all(one.proposed for each in by_code.values() for one in each.evidence)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_the_head_tells_title_year_level_and_decision(form: str, tmp_path: Path, settings: Settings) -> None:
    make, name = MAKERS[form]
    found = import_criteria(make(tmp_path / name, RULED), ImportRequest(), settings).criteria
    assert (found.title, found.year, found.level) == (annexes.TITLE, 2025, "so")
    assert str(found.based_on) == "615/QĐ-UBND"
    assert found.set == "615-qd-ubnd"


def test_a_page_of_prose_before_the_table_and_a_header_printed_once(tmp_path: Path, settings: Settings) -> None:
    found = import_criteria(annexes.pdf(tmp_path / "a.pdf", RULED, prose=True, repeat=0), ImportRequest(), settings)
    assert told(found) == plain(truth(RULED))
    assert [one.page for one in found.criteria.criteria] == [2, 2]


def test_rows_cut_by_a_page_break_are_one_row(tmp_path: Path, settings: Settings) -> None:
    first = flow(
        Row("1", "LĨNH VỰC MỘT", "2"),
        Row("1.1", "Tiêu chí số một.\nYêu cầu: thống kê số việc đã", "1", "Báo cáo năm của đơn vị về kết quả"),
    )
    second = flow(
        Row("", "giao trong năm. Nếu:\n- Đạt 100% thì điểm đánh giá là 1.", "", "thực hiện nhiệm vụ."),
        Row("", "- Dưới 100% thì điểm đánh giá là 0."),
        Row("1.2", "Tiêu chí số hai có tên dài bị cắt ở", "1"),
    )
    third = flow(Row("", "giữa trang"), Row("", "Có thực hiện: 1"))
    found = import_criteria(annexes.cut(tmp_path / "a.pdf", (first, second, third), "2"), ImportRequest(), settings)
    one, two = found.criteria.criteria[0].children
    assert one.title == "Tiêu chí số một."
    assert one.rule_text.splitlines()[0] == "Yêu cầu: thống kê số việc đã giao trong năm. Nếu:"
    assert one.score is ScoreRule.STEPPED
    assert one.evidence_text == "Báo cáo năm của đơn vị về kết quả thực hiện nhiệm vụ."
    assert (two.title, two.rule_text) == ("Tiêu chí số hai có tên dài bị cắt ở giữa trang", "Có thực hiện: 1")


def test_a_merged_cell_of_evidence_is_shared(tmp_path: Path, settings: Settings) -> None:
    rows = flow(
        Row("1", "LĨNH VỰC", "2"), Row("1.1", "Tiêu chí một", "1", "Kế hoạch kiểm tra của đơn vị"),
        Row("1.2", "Tiêu chí hai", "1", None),
    )  # fmt: skip
    for make, name in ((annexes.pdf, "a.pdf"), (annexes.word, "a.docx")):
        one, two = (
            import_criteria(make(tmp_path / name, rows, "2"), ImportRequest(), settings).criteria.criteria[0].children
        )
        assert one.evidence_text == two.evidence_text == "Kế hoạch kiểm tra của đơn vị"
        assert (len(one.evidence), len(two.evidence)) == (1, 0)  # asked for once


ROMAN = flow(
    Row("I", "LĨNH VỰC THỨ NHẤT", "3"), Row("1", "Tiêu chí một", "1"), Row("2", "Tiêu chí hai", "2"),
    Row("2.1", "Phần một", "1,5"), Row("2.2", "Phần hai", "0,5"),
    Row("II", "LĨNH VỰC THỨ HAI", "2"), Row("1", "Tiêu chí một", "1,25"), Row("a)", "Ý một", "1"),
    Row("b)", "Ý hai", "0,25"), Row("2", "Tiêu chí hai", "0,75"),
)  # fmt: skip


@pytest.mark.parametrize("form", MAKERS)
def test_numbers_that_begin_anew_below_roman_fields(form: str, tmp_path: Path, settings: Settings) -> None:
    make, name = MAKERS[form]
    found = import_criteria(make(tmp_path / name, ROMAN, "5"), ImportRequest(), settings)
    codes = ["I", "I.1", "I.2", "I.2.1", "I.2.2", "II", "II.1", "II.1.a", "II.1.b", "II.2"]
    assert [one.code for one in every(found.criteria.criteria)] == codes
    assert str(sum(one.points for one in found.criteria.criteria)) in ("5", "5.00")


@pytest.mark.parametrize(
    ("codes", "parents"),
    [
        (("I", "1.1", "1.2", "II", "2.1", "III", "3.1"), ("", "I", "I", "", "II", "", "III")),
        (("A", "I", "1", "2", "II", "3", "B", "III", "4"), ("", "A", "I", "I", "A", "II", "", "B", "III")),
        (("1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"), ("", "1", "1.1", "1.1", "1", "", "2")),
        (("I", "I.1", "I.2", "II", "II.1"), ("", "I", "I", "", "II")),
    ],
)
def test_who_stands_below_whom(
    codes: tuple[str, ...], parents: tuple[str, ...], tmp_path: Path, settings: Settings
) -> None:
    """Points are made so that the sums hold only if the tree is right."""
    worth = {code: "" if code in parents else "1" for code in codes}
    rows = [Row(code, f"Tiêu chí {code}", worth[code]) for code in codes]
    found = import_criteria(annexes.comma(tmp_path / "a.csv", rows, None), ImportRequest(), settings)
    assert [one.code for one in every(found.criteria.criteria)] == list(codes)
    above = {child.code: one.code for one in every(found.criteria.criteria) for child in one.children}
    assert tuple(above.get(code, "") for code in codes) == parents


def test_bands_with_points_in_the_column_of_points_are_no_criteria(tmp_path: Path, settings: Settings) -> None:
    rows = flow(
        Row("1", "LĨNH VỰC", "1"), Row("1.1", "Ban hành kế hoạch", "1", "Kế hoạch CCHC năm"),
        Row("", "Kịp thời", "1"), Row("", "Không kịp thời", "0,5"), Row("-", "Không ban hành", "0"),
    )  # fmt: skip
    one = (
        import_criteria(annexes.pdf(tmp_path / "a.pdf", rows, "1"), ImportRequest(), settings)
        .criteria.criteria[0]
        .children[0]
    )
    assert one.rule_text.splitlines() == ["Kịp thời: 1", "Không kịp thời: 0,5", "Không ban hành: 0"]
    assert one.score is ScoreRule.TIMELINESS


@pytest.mark.slow
def test_one_of_several_sets_is_chosen(tmp_path: Path, settings: Settings) -> None:
    second = flow(Row("1", "LĨNH VỰC KHÁC", "4"), Row("1.1", "Tiêu chí khác", "4"))
    file = annexes.tables(
        tmp_path / "a.pdf", [(annexes.TITLE, RULED, "20,0"), ("CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP XÃ", second, "4")]
    )
    sentence = refused(file, settings)
    assert "--table 1: 25 tiêu chí" in sentence and "--table 2: 2 tiêu chí" in sentence
    found = import_criteria(file, ImportRequest(table=2), settings)
    assert told(found) == plain(truth(second))
    assert found.criteria.level == "xa"
    with pytest.raises(UsageError):
        import_criteria(file, ImportRequest(table=3), settings)


def test_a_guide_words_the_scoring_of_codes(tmp_path: Path, settings: Settings) -> None:
    rows = flow(Row("1", "LĨNH VỰC", "1"), Row("1.1", "Báo cáo", "1"))
    guide = tmp_path / "guide.csv"
    guide.write_text(
        "STT;Tên TC/TCTP;Cách chấm điểm;Tài liệu kiểm chứng\n"
        '1.;TC 1.1 - Báo cáo;"Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:\na là số việc giao\n'
        'b là số việc xong";'
        "Báo cáo CCHC năm\n",
        encoding="utf-8",
    )
    file = annexes.comma(tmp_path / "a.csv", rows, "1")
    one = import_criteria(file, ImportRequest(guides=(guide,)), settings).criteria.criteria[0].children[0]
    assert one.scoring.formula == "(b/a)*points" and one.scoring.figures == ("a", "b")
    assert one.evidence[0].title == "Báo cáo CCHC năm"
    assert "--guide" in refused(guide, settings)


def test_a_yaml_file_is_taken_under_another_name(tmp_path: Path, settings: Settings) -> None:
    found = import_criteria(annexes.comma(tmp_path / "a.csv", RULED), ImportRequest(name="so-2025"), settings)
    file = tmp_path / "a.yaml"
    file.write_text(found.text, encoding="utf-8")
    again = import_criteria(file, ImportRequest(name="so-2025-b"), settings)
    assert again.criteria == replace(found.criteria, set="so-2025-b")


# --- what must be refused, with its place ---------------------------------------------------------------------------


def wrong(tmp_path: Path, *rows: Row, total: str | None = None) -> Path:
    return annexes.comma(tmp_path / "sai.csv", rows, total)


@pytest.mark.parametrize(
    ("rows", "total", "sentence"),
    [
        (
            (Row("1", "A", "3"), Row("1.1", "B", "1"), Row("1.2", "C", "1")), None,
            "Trang tính 1, dòng 2: Tiêu chí 1: điểm tối đa 3",
        ),
        ((Row("1", "A", "2"), Row("1.1", "B", "1"), Row("1.1", "C", "1")), None, "dòng 4: Mã 1.1 đã có"),
        ((Row("1", "A", "2"), Row("1.1", "B", "2")), "3", "dòng 4: Dòng tổng ghi 3"),
        ((Row("1", "A", "1"), Row("1.1", "B", "một")), None, "dòng 3: Tiêu chí 1.1: điểm tối đa “một”"),
        ((Row("1", "A", "1"), Row("1.1", "B", "")), None, "dòng 3: Tiêu chí 1.1 không có điểm"),
        ((Row("1", "A", "1"), Row("2.1.1", "B", "1")), None, "dòng 3: Tiêu chí 2.1.1 không có tiêu chí cha 2.1"),
        ((Row("1", "A", "1"), Row("1.x?", "B", "1")), None, "dòng 3: “1.x?” không phải mã"),
        ((Row("1", "A", "1"), Row("", "1.1", "Kế hoạch năm")), None, "dòng 3: Các ô bị lệch cột"),
        ((Row("1", "A", "1"), Row("Kế hoạch của năm nay", "1", "Báo cáo")), None, "dòng 3: Các ô bị lệch cột"),
        (
            (Row("1", "A", "1"), Row("1.1", "B", "1", "Báo cáo CCHC trước ngày 31/02/2025")), None,
            "dòng 3: Tiêu chí 1.1: không có ngày “ngày 31/02/2025”",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_row(
    rows: tuple[Row, ...], total: str | None, sentence: str, tmp_path: Path, settings: Settings
) -> None:
    assert sentence in refused(wrong(tmp_path, *rows, total=total), settings)


def test_a_nought_that_a_spreadsheet_dropped(tmp_path: Path, settings: Settings) -> None:
    rows = (Row("1", "A", "10"), *(Row(f"1.{n}", f"Tiêu chí {n}", "1") for n in range(1, 10)), Row("1.1", "Mười", "1"))
    assert "dòng 12: Mã 1.1 đã có" in (told := refused(wrong(tmp_path, *rows), settings)) and "1.10" in told


def test_a_column_for_each_depth_and_none_for_codes(tmp_path: Path, settings: Settings) -> None:
    three = tmp_path / "ba.csv"
    three.write_text(
        "STT;Lĩnh vực;Tiêu chí;Tiêu chí thành phần;Điểm tối đa\n1;Chỉ đạo;;;2\n1.1;;Kế hoạch;;2\n1.1.1;;;Ban hành;2\n",
        encoding="utf-8",
    )
    rows = [("1", "Chỉ đạo", "2"), ("1.1", "Kế hoạch", "2"), ("1.1.1", "Ban hành", "2")]
    assert told(import_criteria(three, ImportRequest(), settings)) == rows
    none = tmp_path / "khong.csv"
    none.write_text(
        "Nội dung tiêu chí;Thang điểm\nI. CHỈ ĐẠO (3 điểm);\n1. Kế hoạch CCHC;1\n2. Báo cáo;2\nTổng cộng;3\n"
        "Ghi chú: điểm lẻ đến 0,25.;\n",
        encoding="utf-8",
    )
    found = import_criteria(none, ImportRequest(), settings)
    assert told(found) == [("I", "CHỈ ĐẠO (3 điểm)", "3"), ("1", "Kế hoạch CCHC", "1"), ("2", "Báo cáo", "2")]
    assert any(message.code == "annex-row-aside" for _, message in found.remarks)


def test_every_fault_at_once(tmp_path: Path, settings: Settings) -> None:
    rows = (Row("1", "A", "3"), Row("1.1", "B", "1"), Row("1.1", "C", "x"), Row("4.4", "D", "1"))
    assert len(refused(wrong(tmp_path, *rows), settings).splitlines()) == 4


def test_a_file_without_a_table(tmp_path: Path, settings: Settings) -> None:
    import docx

    paper = docx.Document()
    paper.add_paragraph("Kế hoạch không có bảng nào.")
    paper.save(str(tmp_path / "a.docx"))
    assert "không có bảng tiêu chí nào" in refused(tmp_path / "a.docx", settings)


def test_a_formula_that_was_never_computed_is_no_number(tmp_path: Path, settings: Settings) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["STT", "Tiêu chí", "Điểm tối đa"], ["1", "A", "=SUM(C3:C4)"], ["1.1", "B", 1], ["1.2", "C", 1]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert "“=SUM(C3:C4)” không phải một số điểm" in refused(tmp_path / "a.xlsx", settings)


def test_a_broken_workbook(tmp_path: Path, settings: Settings) -> None:
    whole = annexes.sheet(tmp_path / "a.xlsx", RULED).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path / "b.xlsx", settings)


def test_remarks_do_not_stand_in_the_way(tmp_path: Path, settings: Settings) -> None:
    rows = (Row("1", "A", ""), Row("1.1", "B", "1"), Row("1.3", "C", "2"))
    found = import_criteria(wrong(tmp_path, *rows), ImportRequest(), settings)
    sentences = [": ".join(say(part, "vi") for part in one if part) for one in found.remarks]
    assert any("Nhóm 1 không ghi điểm; lấy tổng các tiêu chí con: 3" in one for one in sentences)
    assert any("Sau 1.1 là 1.3" in one for one in sentences)


def test_names_of_sets() -> None:
    assert set_name("!!!") == "bo-tieu-chi"
