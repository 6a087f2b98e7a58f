"""Every status and every trap, on dossiers small enough to read."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import UsageError
from evidence.match.check import check
from evidence.messages import say
from evidence.model.assessment import Finding, Verdict
from evidence.model.document import Origin
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Record, Status
from tests.support.dossier import AS_OF, SET, load_set, record, submit, unreadable

Row = tuple[Submission, Record]
Q2 = "Kết quả công tác cải cách hành chính quý II năm 2018"


def findings(*rows: Row, unit: str = "SNV", as_of: datetime.date = AS_OF, text: str = SET) -> dict[str, Finding]:
    return {one.requirement: one for one in check(load_set(text), rows, (unit,), as_of)}


def q1(*rows: Row, as_of: datetime.date = AS_OF, text: str = SET) -> Finding:
    return findings(*rows, as_of=as_of, text=text)["1.2/q1"]


RECEIVED = SET.replace("due: 2018-03-20}", "due: 2018-03-20, clock: received}")
SIGNED = SET.replace("due: 2018-03-20}", "due: 2018-03-20, clock: signed}")
ANNEX = SET.replace("due: 2018-03-20}", 'due: 2018-03-20, annexes: ["Phụ lục 3"]}')
TWO = SET.replace("due: 2018-03-20}", "due: 2018-03-20, count: 2}")
D = datetime.date

# name, the set, what is handed in, the verdict on 1.2/q1
CASES: list[tuple[str, str, list[Row], str]] = [
    ("in time", SET, [submit(record())], "met"),
    ("on the due day", SET, [submit(record(dated="2018-03-20"))], "met"),
    ("a day late", SET, [submit(record(dated="2018-03-21"))], "late"),
    ("nothing", SET, [], "missing"),
    ("only another quarter", SET, [submit(record(subject=Q2, dated="2018-06-15"))], "missing"),
    ("unreadable, handed in for it", SET, [submit(unreadable("x.pdf"))], "unclear"),
    ("unreadable, no criterion", SET, [submit(unreadable("x.pdf"), None)], "missing"),
    ("unreadable, other criterion", SET, [submit(unreadable("x.pdf"), "1.1")], "missing"),
    ("unreadable beside a good one", SET, [submit(record()), submit(unreadable("x.pdf"))], "met"),
    ("unreadable beside a late one", SET, [submit(record(dated="2018-04-01")), submit(unreadable("x.pdf"))], "unclear"),
    ("other kind", SET, [submit(record(what="Kế hoạch"))], "wrong"),
    ("other issuer", SET, [submit(record(issuer="Sở Tài chính tỉnh An Phú"))], "wrong"),
    ("other topic", SET, [submit(record(subject="Phòng chống tham nhũng quý I năm 2018"))], "wrong"),
    ("other year", SET, [submit(record(subject="Công tác CCHC quý I năm 2017"))], "wrong"),
    ("out of the window", SET, [submit(record(subject="Công tác CCHC quý I", dated="2017-03-15"))], "wrong"),
    ("draft by its words", SET, [submit(record(problems=(ProblemCode.DRAFT,)))], "wrong"),
    ("number left blank, typed", SET, [submit(record(no=None, problems=(ProblemCode.BLANK_NUMBER,)))], "wrong"),
    (
        "number left blank, scanned",
        SET,
        [submit(record(no=None, problems=(ProblemCode.BLANK_NUMBER,), origin=Origin.OCR))],
        "unclear",
    ),
    ("no number found", SET, [submit(record(no=None))], "unclear"),
    ("doubtful number", SET, [submit(record(doubt=("number",)))], "met"),
    ("doubtful kind", SET, [submit(record(doubt=("kind",)))], "unclear"),
    ("doubtful kind that does not fit", SET, [submit(record(what="Kế hoạch", doubt=("kind",)))], "unclear"),
    ("doubtful issuer", SET, [submit(record(doubt=("issuer",)))], "unclear"),
    ("doubtful subject", SET, [submit(record(doubt=("subject",)))], "unclear"),
    ("doubtful date", SET, [submit(record(doubt=("date",)))], "unclear"),
    ("doubtful late date", SET, [submit(record(dated="2018-03-26", doubt=("date",)))], "unclear"),
    ("doubtful date, surely another kind", SET, [submit(record(what="Kế hoạch", doubt=("date",)))], "wrong"),
    ("no date", SET, [submit(record(dated=None))], "unclear"),
    ("month only, before the due month", SET, [submit(record(dated="2018-02"))], "met"),
    ("month only, the due month", SET, [submit(record(dated="2018-03"))], "unclear"),
    ("month only, after the due month", SET, [submit(record(dated="2018-04"))], "late"),
    ("subject without diacritics", SET, [submit(record(subject="Ket qua cai cach hanh chinh quy I 2018"))], "unclear"),
    ("subject in abbreviations", SET, [submit(record(subject="Công tác CCHC quý 1/2018"))], "met"),
    ("subject without a year", SET, [submit(record(subject="Công tác CCHC quý I"))], "met"),
    ("subject without a period", SET, [submit(record(subject="Công tác CCHC năm 2018 của Sở"))], "unclear"),
    ("the whole year's report", SET,
     [submit(record(subject="Công tác CCHC năm 2017 của Sở", dated="2017-12-15"))], "wrong"),
    ("subject that looks ahead", SET,
     [submit(record(subject="CCHC quý IV năm 2017, nhiệm vụ quý I năm 2018"))], "wrong"),
    ("several years", SET, [submit(record(subject="CCHC quý I năm 2018 so với năm 2017"))], "unclear"),
    ("no subject", SET, [submit(record(subject=None))], "unclear"),
    ("issuer in short", SET, [submit(record(issuer="Sở Nội vụ"))], "met"),
    ("several documents in the file", SET, [submit(record(what="Kế hoạch", problems=(ProblemCode.MIXED_DOCUMENTS,)))],
     "unclear"),
    ("not handed in for it, but found", SET, [submit(record(), None)], "met"),
    ("handed in for another criterion", SET, [submit(record(), "1.1")], "unclear"),
    ("handed in for a criterion that is none", SET, [submit(record(), "Khác")], "met"),
    ("handed in for the field above", SET, [submit(record(), "1")], "met"),
    ("the field above, unreadable", SET, [submit(unreadable("x.pdf"), "1")], "unclear"),
    ("the field above, something else", SET, [submit(record(what="Kế hoạch"), "1")], "missing"),
    ("elsewhere and doubtful", SET, [submit(record(doubt=("date",)), None)], "unclear"),
    ("elsewhere, doubtful and not like it", SET, [submit(record(what="Kế hoạch", doubt=("kind",)), None)], "missing"),
    ("of another unit", SET, [submit(record(), "1.2", "STC")], "missing"),
    ("of no unit", SET, [submit(record(), "1.2", None)], "missing"),
    ("two different ones", SET, [submit(record()), submit(record("b.pdf", no="16/BC-SNV"))], "unclear"),
    ("two copies of one", SET, [submit(record()), submit(record("b.pdf"))], "met"),
    ("one number, two dates", SET, [submit(record()), submit(record("b.pdf", dated="2018-03-16"))], "unclear"),
    ("one here, one elsewhere", SET, [submit(record()), submit(record("b.pdf", no="16/BC-SNV"), None)], "met"),
    ("late here, in time elsewhere", SET,
     [submit(record(dated="2018-03-29")), submit(record("b.pdf", no="16/BC-SNV"), None)], "unclear"),
    ("a wrong one beside the right one", SET, [submit(record()), submit(record("b.pdf", what="Kế hoạch"))], "met"),
    ("two asked, two there", TWO, [submit(record()), submit(record("b.pdf", no="16/BC-SNV"))], "met"),
    ("two asked, one there", TWO, [submit(record())], "missing"),
    ("two asked, three there", TWO, [submit(record(f"{n}.pdf", no=f"{n}/BC-SNV")) for n in (1, 2, 3)], "met"),
    ("two asked, one late", TWO,
     [submit(record()), submit(record("b.pdf", no="16/BC-SNV", dated="2018-04-02"))], "late"),
    ("two asked, one copied", TWO, [submit(record()), submit(record("b.pdf"))], "missing"),
    ("received in time", RECEIVED, [submit(record(dated="2018-03-26"), received=D(2018, 3, 19))], "met"),
    ("received late", RECEIVED, [submit(record(), received=D(2018, 3, 21))], "late"),
    ("day of receipt not known", RECEIVED, [submit(record())], "unclear"),
    ("signature's time asked", SIGNED, [submit(record())], "unclear"),
    ("annex there", ANNEX, [submit(record(annexes=("PHỤ LỤC 3",)))], "met"),
    ("annex surely not there", ANNEX, [submit(record(annexes=("PHỤ LỤC 1",)))], "wrong"),
    ("annex not seen on a scan", ANNEX, [submit(record(origin=Origin.OCR))], "unclear"),
    ("annex not seen, partly read", ANNEX, [submit(record(status=Status.PARTLY_READ))], "unclear"),
    ("another, but only its first page was read", SET,
     [submit(record(what="Kế hoạch", status=Status.PARTLY_READ, problems=(ProblemCode.UNFINISHED,)))], "unclear"),
    ("nothing, but only a first page elsewhere was read", SET,
     [submit(record(what="Kế hoạch", status=Status.PARTLY_READ, problems=(ProblemCode.UNFINISHED,)), "1.1")],
     "unclear"),
    ("the right one, only its first page read", SET,
     [submit(record(status=Status.PARTLY_READ, problems=(ProblemCode.UNFINISHED,)))], "met"),
    ("a wrong one beside a first page", SET, [submit(record("b.pdf", what="Kế hoạch")),
     submit(record(what="Kế hoạch", no="9/KH-SNV", problems=(ProblemCode.UNFINISHED,)), "1.1")], "unclear"),
    ("manifest says another number", SET, [submit(record(), claimed="99/BC-SNV")], "unclear"),
    ("manifest says the same number", SET, [submit(record(), claimed="15/BC-SNV")], "met"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "status"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_verdict(text: str, rows: list[Row], status: str) -> None:
    found = q1(*rows, text=text)
    assert found.status.value == status
    assert all(say(reason.message, language) for reason in found.reasons for language in ("vi", "en"))
    for other in ([*rows[::-1]], [*rows, *rows]):
        assert q1(*other, text=text) == found


def test_late_says_how_many_days() -> None:
    found = q1(submit(record(dated="2018-03-26")))
    assert (found.days_late, found.actual, found.due) == (6, D(2018, 3, 26), D(2018, 3, 20))


def test_a_proof_points_at_page_and_box() -> None:
    reason = next(one for one in q1(submit(record())).reasons if one.rule == "kind")
    assert reason.ok and reason.page == 1 and reason.box == (85.0, 98.0, 190.0, 112.0)


def test_doubt_names_field_and_page() -> None:
    found = q1(submit(record(doubt=("date",))))
    said = [say(reason.message, "vi") for reason in found.reasons if reason.ok is None]
    assert any("Ngày ban hành" in one and "trang 1" in one for one in said)


def test_missing_says_in_what_it_was_not_found_and_what_nobody_could_read() -> None:
    said = [say(one.message, "vi") for one in q1(submit(unreadable("hỏng.pdf"), None)).reasons]
    assert any("không có trong hồ sơ đã đọc được" in one for one in said)
    assert any("hỏng.pdf" in one for one in said)


def test_not_due_until_the_day_is_over() -> None:
    assert q1(as_of=D(2018, 3, 20)).status is Verdict.NOT_DUE
    assert q1(as_of=D(2018, 3, 21)).status is Verdict.MISSING


def test_a_plan_for_the_year_is_dated_in_the_year_before() -> None:
    plan = record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2017-12-20", no="90/KH-SNV")
    assert findings(submit(plan, "1.1"))["1.1/kh"].status is Verdict.MET
    old = record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2017", "2018-01-05", no="1/KH-SNV")
    assert findings(submit(old, "1.1"))["1.1/kh"].status is Verdict.WRONG


def test_a_plan_inside_its_decision_is_for_a_person() -> None:
    subject = "Ban hành Kế hoạch cải cách hành chính năm 2018"
    issued = record("q.pdf", "Quyết định", subject, "2018-01-05", no="3/QĐ-SNV")
    assert findings(submit(issued, "1.1"))["1.1/kh"].status is Verdict.UNCLEAR
    assert findings(submit(issued, None))["1.1/kh"].status is Verdict.UNCLEAR


def test_not_for_this_kind_of_unit() -> None:
    found = findings(unit="VPUB")
    assert found["1.2/q1"].status is Verdict.NOT_APPLICABLE
    assert found["1.1/kh"].status is Verdict.MISSING


def test_found_elsewhere_says_where() -> None:
    said = [say(one.message, "vi") for one in q1(submit(record(), None)).reasons]
    assert any(one.startswith("Không nộp cho tiêu chí này; tìm thấy") for one in said)


def test_what_serves_its_own_criterion_is_only_offered_elsewhere() -> None:
    other = """\
      - code: "1.3"
        title: Kiểm tra CCHC
        points: 1
        evidence:
          - {id: kt, title: Kế hoạch kiểm tra, kind: Kế hoạch, issuer: unit, subject: ["kiểm tra"], about: 2018}
"""
    text = SET.replace("points: 3\n", "points: 4\n") + other
    plan = record("kt.pdf", "Kế hoạch", "Kế hoạch kiểm tra CCHC năm 2018", "2018-01-20", no="7/KH-SNV")
    found = findings(submit(plan, "1.3"), text=text)
    assert found["1.3/kt"].status is Verdict.MET and found["1.1/kh"].status is Verdict.UNCLEAR
    late = record("kh.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-02-20", no="9/KH-SNV")
    assert findings(submit(plan, "1.3"), submit(late, "1.1"), text=text)["1.1/kh"].status is Verdict.LATE


def test_a_doubtful_document_with_a_home_does_not_cloud_its_neighbours() -> None:
    scan = record(doubt=("subject", "date"), origin=Origin.OCR)
    late = record("b.pdf", subject=Q2, dated="2018-06-25", no="40/BC-SNV")
    found = findings(submit(scan), submit(late), text=SET)
    assert (found["1.2/q1"].status, found["1.2/q2"].status) == (Verdict.UNCLEAR, Verdict.LATE)


def test_a_letterhead_of_two_lines_is_one_name() -> None:
    plan = record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-01-20", "Văn phòng", "7/KH-VPUB")
    parent = record(issuer="Ủy ban nhân dân tỉnh An Phú").issuer
    found = findings(submit(replace(plan, parent=parent), "1.1", "VPUB"), unit="VPUB")
    assert found["1.1/kh"].status is Verdict.MET


def test_points_of_an_all_or_nothing_set() -> None:
    found = findings(submit(record()), submit(record("b.pdf", subject=Q2, dated="2018-06-25")))
    assert [str(found[key].points.suggested) for key in ("1.2/q1", "1.2/q2")] == ["0", "0"]
    assert [str(found[key].points.at_stake) for key in ("1.2/q1", "1.2/q2")] == ["0", "2"]


def test_what_is_not_known_is_never_zero() -> None:
    found = findings(submit(record(doubt=("date",))), submit(record("b.pdf", subject=Q2, dated="2018-06-15")))
    assert found["1.2/q1"].points.suggested is None


def test_late_brings_half_by_timeliness() -> None:
    plan = record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-02-20", no="90/KH-SNV")
    assert findings(submit(plan, "1.1"))["1.1/kh"].points.suggested == Decimal("0.5")


MIXED = (ProblemCode.MIXED_DOCUMENTS,)


def test_each_document_of_a_file_is_asked() -> None:
    letter = record(what="Công văn", subject="Gửi báo cáo", no="9/SNV", problems=MIXED)
    first, second = record(), record(no="20/BC-SNV", dated="2018-06-15", subject=Q2)
    found = findings(submit(replace(letter, parts=(first, second))))
    assert (found["1.2/q1"].status, found["1.2/q2"].status) == (Verdict.MET, Verdict.MET)
    assert q1(submit(replace(letter, parts=(second,)))).status is Verdict.UNCLEAR
    two = replace(letter, parts=(first, record(no="16/BC-SNV")))
    assert q1(submit(two), text=TWO).status is Verdict.MET
    assert q1(submit(two)).status is Verdict.UNCLEAR  # two that fit alike, in one file as in two


def test_an_unknown_unit_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="SXD"):
        check(load_set(), [], ("SXD",), AS_OF)


def test_all_units_where_none_is_named_in_order_of_the_set() -> None:
    found = check(load_set(), [], (), AS_OF)
    assert [one.unit for one in found] == ["SNV"] * 3 + ["STC"] * 3 + ["VPUB"] * 3
    assert check(load_set(), [submit(record(), unit="sở nội vụ")], ("snv",), AS_OF)[1].status is Verdict.MET


KINDS, SUBJECTS = ("Báo cáo", "Kế hoạch", None), (Q2, "Công tác CCHC quý I năm 2018", "Kế hoạch CCHC năm 2018", None)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    name = f"{draw(st.integers(0, 5))}.pdf"
    if draw(st.integers(0, 9)) == 0:
        one = unreadable(name)
    else:
        one = record(
            name,
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(SUBJECTS)),
            draw(st.sampled_from(("2018-03-15", "2018-03-25", "2018-06-10", "2018-03", "2017-12-20", None))),
            no=draw(st.sampled_from(("15/BC-SNV", "16/BC-SNV", None))),
            doubt=tuple(draw(st.sets(st.sampled_from(("kind", "date", "subject", "issuer")), max_size=2))),
        )
    submission, _ = submit(one, draw(st.sampled_from(("1.1", "1.2", "1", None))))
    return submission, one


def _distinct(found: list[Row]) -> list[Row]:
    """One record a file: two records with one hash cannot be."""
    records = {one.source.sha256: one for _, one in found}
    return [(submission, records[submission.sha256]) for submission, _ in found]


@settings(max_examples=150, deadline=None)
@given(st.lists(rows(), max_size=5), rows())
def test_one_more_document_never_turns_met_into_missing(some: list[Row], more: Row) -> None:
    some = _distinct(some)
    if any(more[0].sha256 == it.sha256 for it, _ in some):
        return
    before, after = findings(*some), findings(*some, more)
    for key, one in before.items():
        if one.status is Verdict.MET:
            assert after[key].status in (Verdict.MET, Verdict.UNCLEAR)


@settings(max_examples=100, deadline=None)
@given(st.lists(rows(), max_size=4), st.dates(D(2017, 6, 1), D(2019, 1, 1)), st.integers(0, 400))
def test_a_later_day_never_takes_missing_back(some: list[Row], first: datetime.date, days: int) -> None:
    some = _distinct(some)
    before, after = findings(*some, as_of=first), findings(*some, as_of=first + datetime.timedelta(days))
    for key, one in before.items():
        if one.status is not Verdict.NOT_DUE:
            assert after[key].status is one.status


@settings(max_examples=100, deadline=None)
@given(st.lists(rows(), max_size=6), st.randoms())
def test_the_order_never_matters(some: list[Row], random: object) -> None:
    some = _distinct(some)
    other = list(some)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert findings(*some) == findings(*other)


@settings(max_examples=100, deadline=None)
@given(st.lists(rows(), max_size=5))
def test_points_stay_within_the_criterion(some: list[Row]) -> None:
    for one in findings(*_distinct(some)).values():
        worth = one.points
        assert Decimal(0) <= worth.at_stake <= worth.max
        assert worth.suggested is None or Decimal(0) <= worth.suggested <= worth.max
