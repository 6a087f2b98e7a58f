"""Words of scoring as other annexes have them -> rule, clauses, time, owners. None of these rows is of a real set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.criteria.annex.clauses import read_clauses
from evidence.criteria.annex.owners import split_owners
from evidence.criteria.annex.scoring_choice import ReadScoring, read_scoring
from evidence.model.score_rule import Band, ScoreRule

R = ScoreRule


def read(text: str, most: str, title: str = "Nội dung", guide: str = "") -> ReadScoring:
    return read_scoring(text, guide, Decimal(most), title, evidence=True)


RULES = [
    # a deed is judged, whatever reports of it
    ("Đúng hạn, đầy đủ: 1\nKhông đúng hạn: 0", "1", "Số hóa hồ sơ lưu trữ của xã", R.MANUAL),
    ("- Cập nhật kịp thời dữ liệu dân cư thì đạt 2 điểm;\n- Cập nhật không kịp thời thì đạt 0 điểm.", "2", "Dữ liệu",
     R.MANUAL),
    ("Đã bố trí đủ, kịp thời: 1\nChưa bố trí đủ: 0", "1", "Bố trí kinh phí theo báo cáo của phòng Tài chính", R.MANUAL),
    ("Xử lý kịp thời kiến nghị: 1\nKhông kịp thời: 0", "1", "Báo cáo xử lý kiến nghị", R.MANUAL),
    ("Đầy đủ, kịp thời: 1\nKhông kịp thời: 0", "1", "Thực hiện quy chế dân chủ ở cơ sở", R.MANUAL),
    ("Đầy đủ, kịp thời: 1\nKhông kịp thời: 0", "1", "Xây dựng và thực hiện kế hoạch CCHC", R.MANUAL),
    ("Có kế hoạch và tổ chức kiểm tra đúng hạn: 1\nKhông đúng hạn: 0", "1", "Kiểm tra", R.MANUAL),
    ("Thông báo kịp thời cho người dân: 1\nKhông kịp thời: 0", "1", "Thông báo kết quả", R.MANUAL),
    ("Đầy đủ, đúng hạn: 1\nKhông đúng hạn: 0", "1", "Hướng dẫn các thôn thực hiện hương ước", R.MANUAL),
    # the document is judged
    ("Gửi báo cáo đủ, đúng hạn: 1\nGửi không đủ hoặc không đúng hạn: 0", "1", "Nội dung", R.ALL_OR_NOTHING),
    ("Ban hành kịp thời: 1\nBan hành không kịp thời: 0,5\nKhông ban hành: 0", "1", "Kế hoạch dạy chữ", R.TIMELINESS),
    ("Ban hành kịp thời: 1\nKhông ban hành: 0", "1", "Ban hành các quy chế nội bộ", R.ALL_OR_NOTHING),
    ("Ban hành kịp thời: 1\nKhông ban hành: 0", "1", "Văn bản chỉ đạo điều hành", R.MANUAL),
    # six words that were misread
    ("Tỷ lệ văn bản ký số (trừ văn bản mật). Nếu:\n- Đạt 100%: 1\n- Dưới 100%: 0", "1", "Ký số", R.STEPPED),
    ("Mô hình phải: (1) Được công nhận; (2) lần đầu thí điểm tại xã. Nếu:\n"
     "Có từ 02 mô hình trở lên: 2\nCó 01 mô hình: 1\nKhông có mô hình: 0", "2", "Mô hình", R.STEPPED),
    ("Từ 90% trở lên: 1\nDưới 90%: 0\n(Xã không có chợ thì không đánh giá, tính điểm nội dung này vào tổng điểm)", "1",
     "Chợ", R.STEPPED),
    # a target passed, met, missed; a rest that is refused; a further condition beside the share
    ("Vượt chỉ tiêu huyện: 3\nĐạt chỉ tiêu huyện: 2\nKhông đạt chỉ tiêu huyện: 0", "3", "Thu", R.STEPPED),
    ("100% thôn có nhà văn hóa: 1\nChưa đủ: 0", "1", "Thiết chế", R.STEPPED),
    ("100% hồ sơ đúng hạn và có khảo sát: 1\nDưới 100% hồ sơ đúng hạn hoặc chưa khảo sát: 0", "1", "Hồ sơ", R.MANUAL),
    ("Điểm căn cứ kết quả khảo sát xã hội học của tỉnh.", "3", "Hài lòng", R.SURVEY),
    ("Theo kết quả điều tra xã hội học đạt từ 80%: 3", "3", "Hài lòng", R.MANUAL),
    ("Điểm = (b/a)*2. Trong đó: a là số thôn; b là số thôn đạt", "2", "Thôn", R.FORMULA),
    # sums
    ("Có chuyên mục: 0,5\nCó ít nhất 12 tin/năm thì cộng thêm 0,25 điểm\nCó video thì cộng thêm 0,25 điểm", "1", "Tin",
     R.SUM_OF_PARTS),
    ("Điểm đạt được là tổng điểm của 02 nội dung:\n(1) Cán bộ: 1,5\n"
     "Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:\na là tổng số\n"
     "b là số đạt\n(2) Trang bị: 0,5\n- Đủ: 0,5\n- Thiếu: 0", "2", "Nhân lực", R.SUM_OF_PARTS),
    ("Có chuyên mục: 0,5\nCó video: 0,25", "1", "Tin", R.MANUAL),  # does not add up
    ("Có chuyên mục: 0,5\nCó video: 0,5\nNếu đưa tin chậm thì trừ 0,1 điểm", "1", "Tin", R.MANUAL),
    ("Đạt 50%: 0,5\nĐạt 100%: 0,5", "1", "Tin", R.MANUAL),  # differ in their numbers only: no parts
    ("Xếp loại tốt: 2\nXếp loại khá: 1", "3", "Xếp loại chi bộ", R.MANUAL),  # grades, whatever they sum to
    ("Gửi kịp thời: 1\nGửi không kịp thời: 0,5", "1.5", "Gửi tin", R.MANUAL),  # one or the other
    # by the year before
    ("Giảm từ 1% trở lên so với năm trước: 1\nGiảm dưới 1%: 0,5\nKhông giảm: 0", "1", "Tỷ lệ hộ nghèo", R.MANUAL),
    ("Tăng từ 5% trở lên so với năm trước: 2\nTăng dưới 5% so với năm trước: 1\nKhông tăng: 0", "2", "Thu hút",
     R.YEAR_ON_YEAR),
    ("Giảm so với cùng kỳ: 1\nBằng cùng kỳ: 0,5\nTăng so với cùng kỳ: 0", "1", "Đơn thư vượt cấp", R.YEAR_ON_YEAR),
    ("Tăng so với năm trước: 1\nGiảm: 0", "1", "Thu hút", R.MANUAL),  # what if it stays?
    # formulas
    ("a = Số hộ đã nộp;\nb = Tổng số hộ;\n- Tỷ lệ = a/b;\n- Điểm = Tỷ lệ*Điểm tối đa", "5", "Thu phí", R.FORMULA),
    ("Điểm = Tỷ lệ × Điểm tối đa", "5", "Thu phí", R.FORMULA),
    ("a = Số hộ đã nộp;\nb = Tổng số hộ;\n- Tỷ lệ = a/b*100;\n- Điểm = Tỷ lệ*Điểm tối đa", "5", "Thu phí", R.MANUAL),
    ("Mỗi mô hình được công nhận: 0,5 điểm, tối đa 2 điểm", "2", "Mô hình", R.FORMULA),
    ("Mỗi lần gửi báo cáo trễ hạn trừ 0,5 điểm", "2", "Báo cáo", R.FORMULA),
    ("Mỗi lần gửi báo cáo trễ hạn trừ 0,5 điểm; không gửi trừ 1 điểm", "2", "Báo cáo", R.MANUAL),
]  # fmt: skip


@pytest.mark.parametrize(("text", "most", "title", "expected"), RULES)
def test_rule(text: str, most: str, title: str, expected: ScoreRule) -> None:
    assert read(text, most, title).rule is expected


def test_sides_of_bands() -> None:
    target = read("Vượt dự toán: 2\nĐạt dự toán: 1\nKhông đạt dự toán: 0", "2").how
    assert target.of == "ty_le"
    assert target.bands == (
        Band(Decimal(0), None, False, Decimal(100), False),
        Band(Decimal(1), Decimal(100), True, Decimal(100), True),
        Band(Decimal(2), Decimal(100), False),
    )
    change = read("Giảm so với cùng kỳ: 1\nBằng cùng kỳ: 0,5\nTăng so với cùng kỳ: 0", "1").how
    assert (change.of, [str(band.points) for band in change.bands]) == ("giam", ["0", "0.5", "1"])


def test_parts_with_scales_of_their_own() -> None:
    text = next(text for text, *_ in RULES if "02 nội dung" in text)
    first, second = read(text, "2").how.parts
    assert (first.formula, first.figures) == ("(p1_b/p1_a)*points", ("p1_a", "p1_b"))
    assert (second.words, second.points) == ("Trang bị", Decimal("0.5"))


CLAUSES = [
    ("Đạt: 1\nĐơn vị không có đơn vị trực thuộc thì không đánh giá, chấm điểm nội dung này.", "not_applicable_if"),
    ("Đạt: 1. Đối với xã không được giao thu phí: Không đánh giá tiêu chí này.", "not_applicable_if"),
    ("Đạt: 1\n(Nếu trong năm không phát sinh thì không tính điểm tiêu chí này)", "not_applicable_if"),
    ("Trường hợp không có đơn thư thì đạt điểm tối đa.\nĐạt: 1", "full_points_if"),
    ("Đạt: 1 (Xã đã hoàn thành từ năm trước thì chấm điểm tối đa)", "full_points_if"),
]


@pytest.mark.parametrize(("text", "kind"), CLAUSES)
def test_clauses_are_kept_and_taken_out(text: str, kind: str) -> None:
    clauses = read_clauses(text)
    assert getattr(clauses, kind)
    assert clauses.scale.strip(". ") == "Đạt: 1"


NO_CLAUSES = [
    "Thực hiện khảo sát: 1\nKhông thực hiện đánh giá nội dung này: 0",  # is a case
    "Báo cáo chậm quá 10 ngày thì không tính điểm tiêu chí này",  # is nothing, not exempt
    "Đạt từ 90% trở lên thì đạt điểm tối đa",  # is a band
    "Trường hợp a = 0 thì đạt điểm tối đa",  # belongs to the formula
    "Không tính các báo cáo trùng vào tổng số báo cáo",
]


@pytest.mark.parametrize("text", NO_CLAUSES)
def test_what_only_sounds_like_a_clause(text: str) -> None:
    clauses = read_clauses(text)
    assert (clauses.not_applicable_if, clauses.full_points_if, clauses.scale) == ("", "", text)


def test_a_percentage_is_taken_and_a_fixed_sum_is_left_to_a_person() -> None:
    taken = read("100% đúng: 2\nDưới 100%: 0\nBáo cáo chậm thì trừ 20% số điểm đạt được", "2")
    assert (taken.rule, taken.how.deduct, taken.how.deduct_if) == (
        R.STEPPED, Decimal(20), "Báo cáo chậm thì trừ 20% số điểm đạt được",
    )  # fmt: skip
    assert read("100% đúng: 2\nDưới 100%: 0\nBáo cáo chậm thì trừ 0,5 điểm", "2").rule is R.MANUAL
    assert read("100% đúng: 2\nDưới 100%: 0\nMỗi báo cáo chậm trừ 20% số điểm", "2").rule is R.MANUAL
    assert read("Đạt: 2\nChưa: 0\nChậm trừ 20% số điểm; sai trừ 30% số điểm", "2").how.deduct is None


def test_whoever_does_not_assess_it() -> None:
    for text in ("Các xã không tự chấm nội dung này.", "UBND các xã không cần phải thực hiện tự đánh giá."):
        assert not read(f"Đạt 100%: 1\nDưới 100%: 0\n{text}", "1").self_assessed
    assert read("Đạt 100%: 1\nDưới 100%: 0", "1").self_assessed


@pytest.mark.parametrize(
    ("text", "timely"),
    [("Gửi đúng hạn: 1", True), ("Hoàn thành đúng tiến độ: 1", True), ("Đúng nội dung và thời gian: 1", True),
     ("Số liệu trong thời gian từ 01/01: 1", False), ("Đúng quy định: 1", False)],
)  # fmt: skip
def test_time(text: str, timely: bool) -> None:
    assert read(text, "1").timely is timely


def test_the_decision_wins_and_a_guide_that_scores_otherwise_is_said() -> None:
    decision, guide = "Từ 80%: 1\nDưới 80%: 0".replace("80%:", "80% trở lên:", 1), "Đạt 100%: 1\nDưới 100%: 0"
    differing = read(decision, "1", guide=guide)
    assert differing.conflict and differing.how.bands[-1].low == Decimal(80)
    assert not read(decision, "1", guide=decision).conflict
    words = "Trong đó:\na là số giao\nb là số xong"
    same = read(f"Theo công thức: (b/a)*điểm tối đa. {words}", "2", guide=f"Theo công thức: (b/a)*2. {words}")
    assert same.rule is R.FORMULA and not same.conflict


def test_a_guide_that_judges_other_deeds_for_the_same_points_is_said() -> None:
    decision = "Điểm là tổng điểm của 02 nội dung:\n(1) Có nhà văn hóa thôn: 0,5\n(2) Có sân thể thao: 0,5"
    other = "Điểm là tổng điểm của 02 nội dung:\n(1) Gửi đủ báo cáo: 0,5\n(2) Lập sổ theo dõi: 0,5"
    alike = "Điểm là tổng điểm của 02 nội dung:\n(1) Trong năm có nhà văn hóa thôn: 0,5\n(2) Có sân thể thao xã: 0,5"
    assert read(decision, "1", guide=other).conflict
    assert not read(decision, "1", guide=alike).conflict


def test_owners() -> None:
    assert split_owners("Sở Nông nghiệp và Môi trường, Thanh tra tỉnh và Sở Y tế") == (
        "Sở Nông nghiệp và Môi trường", "Thanh tra tỉnh", "Sở Y tế",
    )  # fmt: skip
    assert split_owners("Văn phòng HĐND và UBND tỉnh") == ("Văn phòng HĐND và UBND tỉnh",)
    assert split_owners("") == ()
