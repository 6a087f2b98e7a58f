"""What no single criterion sees, and what must not be called out."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from evidence.appraisal import crosscheck, near_duplicates
from evidence.appraisal.crosscheck import CrossCheckWarning, WarningKind
from evidence.appraisal.near_duplicates import DuplicatePair
from evidence.extract.citations.reader import read_text_citations
from evidence.messages import Language, say
from evidence.model.assessment import SubmittedRecord
from evidence.model.record import Record
from tests.support.dossier import ISSUER, record, submit

OTHER = "Sở Tài chính tỉnh An Phú"


def warned(
    *handed: SubmittedRecord, alike: tuple[DuplicatePair, ...] = (), **more: object
) -> tuple[CrossCheckWarning, ...]:
    mentions = {handed[0][1].source.sha256: ("Phụ lục 3",)} if more.get("annex") else {}
    year = more.get("year")
    return crosscheck.find_warnings(handed, alike, mentions, year if isinstance(year, int) else None)


def kinds(found: tuple[CrossCheckWarning, ...]) -> list[str]:
    return [one.message.code for one in found]


def citing(text: str, name: str = "x.pdf", **more: str) -> Record:
    return replace(record(name, **more), citations=read_text_citations(text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handed", "codes"),
    [
        ([submit(record(), "1.2"), submit(record(), "1.3")], ["cross-same-criteria"]),
        ([submit(record(), "1.2", "SNV"), submit(record(), "1.2", "STC")], ["cross-same-units"]),
        (
            [submit(record(), "1.2", received=datetime.date(year, 3, 1)) for year in (2018, 2019)],
            ["cross-same-years"],
        ),
        ([submit(record()), submit(record())], []),
        ([submit(record()), submit(record("b.pdf", no="16/BC-SNV"))], []),
    ],
    ids=["criteria", "units", "years", "the same place twice", "two files"],
)
def test_the_same_file(handed: list[SubmittedRecord], codes: list[str]) -> None:
    assert kinds(warned(*handed)) == codes


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (record("b.pdf"), True),
        (record("b.pdf", no=None, dated=None), True),
        (record("b.pdf", no="16/BC-SNV"), False),
        (record("b.pdf", no="16/BC-SNV", doubt=("number",)), True),
        (record("b.pdf", no=None, dated="2018-06-15"), False),
        (record("b.pdf", no=None, dated=None, issuer=OTHER), False),
    ],
    ids=["same paper", "header unread", "other number", "doubtful number", "other date", "other agency"],
)
def test_a_rescan(second: Record, told: bool) -> None:
    pair = DuplicatePair(*sorted((record().source.sha256, second.source.sha256)), 0.83)
    found = [
        one
        for one in warned(submit(record()), submit(second, unit="STC"), alike=(pair,))
        if one.kind is WarningKind.RESCAN
    ]
    assert bool(found) is told
    assert not found or "83%" in say(found[0].message, Language.VI)


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (record("b.pdf", dated="2018-05-15"), True),
        (record("b.pdf", dated="2017-05-15"), False),
        (record("b.pdf", dated="2018-05-15", issuer=OTHER), False),
        (record("b.pdf", dated="2018-05-15", doubt=("date",)), False),
        (record("b.pdf", dated="2018-03"), False),
        (record("b.pdf"), False),
    ],
    ids=["another day", "another year", "another agency", "doubtful", "no day", "same day"],
)
def test_one_number_with_two_dates(second: Record, told: bool) -> None:
    assert ("cross-two-dates" in kinds(warned(submit(record()), submit(second)))) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Căn cứ Báo cáo số 15/BC-SNV ngày 20/3/2018 của {ISSUER}", True),
        (f"Căn cứ Báo cáo số 15/BC-SNV ngày 15/3/2018 của {ISSUER}", False),
        (f"Căn cứ Báo cáo số 15/BC-SNV ngày 20/3/2016 của {ISSUER}", False),
        (f"Căn cứ Báo cáo số 15/BC-SNV ngày 20/3/2018 của {OTHER}", False),
        ("Căn cứ Báo cáo số 15/BC-SNV", False),
    ],
    ids=["another day", "right", "another year", "another agency", "no date"],
)
def test_cited_with_another_date(text: str, told: bool) -> None:
    found = warned(submit(record()), submit(citing(text, "b.pdf", no="99/CV-SNV")))
    assert ("cross-miscited" in kinds(found)) is told


@pytest.mark.parametrize(
    ("subject", "text", "told"),
    [
        ("Kết quả thực hiện Kế hoạch cải cách hành chính năm 2018", "", True),
        ("Kết quả thực hiện Kế hoạch cải cách hành chính", "Thực hiện Kế hoạch số 5/KH-SNV ngày 3/1/2018", False),
        ("Kết quả thực hiện Kế hoạch cải cách hành chính", "Thực hiện Quyết định số 5/QĐ-SNV ngày 3/1/2018", True),
        ("Công tác cải cách hành chính quý I", "", False),
    ],
    ids=["none cited", "cited", "something else cited", "no plan carried out"],
)
def test_a_report_must_cite_its_plan(subject: str, text: str, told: bool) -> None:
    found = warned(submit(citing(text, subject=subject)))
    assert ("cross-plan-uncited" in kinds(found)) is told


def test_an_annex_that_is_spoken_of_and_not_there() -> None:
    assert "cross-annex-absent" in kinds(warned(submit(record()), annex=True))
    assert "cross-annex-absent" not in kinds(warned(submit(record(annexes=("Phụ lục 3",))), annex=True))
    beside = submit(record("Phụ lục 3 số liệu.pdf", no="77/BC-SNV"))
    assert "cross-annex-absent" not in kinds(warned(submit(record()), beside, annex=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(kèm theo Phụ lục 1)", ["Phụ lục 1"]),
        ("Số liệu chi tiết tại phụ lục số II đính kèm", ["Phụ lục II"]),
        ("có biểu mẫu theo Phụ lục kèm theo báo cáo này", ["Phụ lục"]),
        ("theo Phụ lục 3 Công văn số 36/SNV-CCHC", []),
        ("tại Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP", []),
        ("Phụ lục 2", []),
        ("không có gì", []),
    ],
)
def test_annexes_that_a_text_says_are_its_own(text: str, names: list[str]) -> None:
    assert list(crosscheck.find_mentioned_annexes(text)) == names


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (record(dated="2016-03-15", subject="Báo cáo công tác CCHC"), True),
        (record(dated="2017-12-20", subject="Kế hoạch CCHC năm 2018"), False),
        (record(dated="2017-12-20", subject="Kế hoạch CCHC"), True),
        (record(dated="2018-06-15", subject="Báo cáo"), False),
        (record(dated="2019-01-15", subject="Báo cáo tổng kết"), False),
        (record(dated="2019-07-15", subject="Báo cáo"), True),
        (record(dated="2016-03-15", subject="Báo cáo", doubt=("date",)), False),
    ],
)
def test_outside_the_appraised_year(of: Record, told: bool) -> None:
    assert ("cross-other-year" in kinds(warned(submit(of), year=2018))) is told
    assert "cross-other-year" not in kinds(warned(submit(of)))


def test_order_decides_nothing() -> None:
    handed = [submit(record(), "1.2"), submit(record(), "1.3", "STC"), submit(record("b.pdf", dated="2018-05-15"))]
    assert warned(*handed) == warned(*reversed(handed))


def test_every_warning_is_a_sentence() -> None:
    later = submit(record("b.pdf", dated="2018-05-15"))
    worlds = warned(submit(record(), "1.2"), submit(record(), "1.3", "STC"), later, year=2001)
    assert worlds and all(say(one.message, language) for one in worlds for language in Language)


# --- rescans ------------------------------------------------------------------------------------------------------


def page(seed: int, words: int = 400) -> str:
    dice = random.Random(seed)
    stock = ("cải cách", "hành chính", "báo cáo", "kết quả", "thực hiện", "kế hoạch", "kiểm tra", "thủ tục", "hồ sơ")
    return " ".join(f"{dice.choice(stock)} {dice.randint(1, 999)}" for _ in range(words))


def misread(text: str, share: float, seed: int = 7) -> str:
    dice = random.Random(seed)
    return " ".join(
        "".join(dice.choice("aeomn") if dice.random() < 0.4 else one for one in word) if dice.random() < share else word
        for word in text.split()
    )


@pytest.mark.parametrize("share", [0.0, 0.03, 0.08])
def test_two_readings_of_one_page_are_found(share: float) -> None:
    texts = [(f"{at:02}", page(at)) for at in range(12)]
    found = list(near_duplicates.find_pairs([*texts, ("99", misread(page(3), share))]))
    assert [(one.first, one.second) for one in found] == [("03", "99")] and found[0].share > 0.5


def test_case_diacritics_and_blanks_do_not_count() -> None:
    text = page(1)
    (found,) = near_duplicates.find_pairs([("a", text), ("b", text.upper().replace(" ", "  "))])
    assert found.share == 1


@pytest.mark.parametrize("text", ["", "ngắn", "\x00" * 5000, "…" * 5000])
def test_too_little_text_says_nothing(text: str) -> None:
    assert list(near_duplicates.find_pairs([("a", text), ("b", text)])) == []
