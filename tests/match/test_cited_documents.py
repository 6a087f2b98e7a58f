"""What is missing and known by name: documents that others cite."""

from __future__ import annotations

import pytest

from evidence.match.check import check
from evidence.match.cited_documents import (
    CitationInContext,
    asked_kinds,
    borne_numbers,
    follow_words,
    is_named,
    name_cited,
)
from evidence.model.assessment import Finding, Reason
from evidence.model.record import Citation, Relation
from evidence.values import agency, date, kind, number
from tests.support.dossier import AS_OF, SPAN, load_set, record

TEXT = """\
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {{code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ tỉnh Lạng Sơn"}}
criteria:
  - code: "1.1"
    title: Kế hoạch CCHC
    points: 1
    evidence:
      - {{id: kh, title: Kế hoạch CCHC, kind: Kế hoạch, issuer: "{issuer}", subject: ["cải cách hành chính"],
         not_subject: ["kiểm tra"], about: 2018}}
"""


def mention(
    no: str, words: str, document: str = "a", dated: str = "2017-12-24", issuer: str | None = None
) -> CitationInContext:
    citation = Citation(
        f"Kế hoạch số {no}", SPAN, Relation.CITES, kind.by_code("KH"), number.parse(no), date.parse(dated), issuer,
        issuer_agency=agency.parse(issuer) if issuer else None,
    )  # fmt: skip
    return CitationInContext(citation, words, document, f"{document}.pdf")


def cited(issuer: str, *mentions: CitationInContext) -> list[Reason]:
    criteria = load_set(TEXT.format(issuer=issuer))
    (finding,) = check(criteria, [], (), AS_OF)
    asked = {"1.1/kh": criteria.criteria[0].evidence[0]}
    (named,) = name_cited((finding,), asked, mentions, criteria.units[0])
    assert isinstance(named, Finding) and named.status is finding.status
    return [reason for reason in named.reasons if reason.rule == "cited"]


CCHC = "của UBND tỉnh về cải cách hành chính năm 2018"


@pytest.mark.parametrize(
    ("issuer", "of", "fits"),
    [
        ("UBND tỉnh", mention("4120/KH-UBND", CCHC, issuer="UBND tỉnh Lạng Sơn"), True),
        ("UBND tỉnh", mention("4120/KH-UBND", CCHC), True),
        ("UBND tỉnh", mention("4120/KH-UBND", CCHC, issuer="UBND tỉnh Cao Bằng"), False),
        ("unit", mention("12/KH-SNV", "về CCHC năm 2018"), True),
        ("unit", mention("12/KH-SNV", "về CCHC"), True),
        ("unit", mention("12/KH-SNV", "về CCHC", dated="2015-01-05"), False),
        ("unit", mention("12/KH-SNV", "về CCHC năm 2016"), False),
        ("unit", mention("12/KH-STC", "về CCHC năm 2018"), False),
        ("unit", mention("12/KH-SNV", "về kiểm tra CCHC năm 2018"), False),
        ("unit", mention("12/KH-SNV", "về văn thư năm 2018"), False),
        ("unit", mention("12/KH-SNV", ""), False),
    ],
)
def test_what_fits(issuer: str, of: CitationInContext, fits: bool) -> None:
    assert bool(cited(issuer, of)) is fits


def test_it_says_how_many_cite_it_and_where() -> None:
    (reason,) = cited("UBND tỉnh", mention("9669/KH-UBND", CCHC, "b"), mention("9669/KH-UBND", "", "c"),
                      mention("9669/KH-UBND", CCHC, "b"), mention("9669/KH-UBND", "nêu trên", "a"))  # fmt: skip
    assert reason.message.params | {"path": "", "page": ""} == {
        "number": "9669/KH-UBND", "date": "24/12/2017", "n": "3", "path": "", "page": ""
    }  # fmt: skip
    assert reason.document and reason.page == 1 and reason.box


def test_only_kinds_asked_for_and_numbers_that_nobody_bears_are_looked_at() -> None:
    asked = asked_kinds(load_set(TEXT.format(issuer="unit")).criteria[0].evidence)
    plan = mention("12/KH-SNV", "").citation
    assert is_named(plan, asked)
    assert not is_named(Citation("x", SPAN, Relation.CITES, kind.by_code("BC"), number.parse("1/BC-SNV")), asked)
    assert borne_numbers([record(no="12/KH-SNV")]) == {plan.number.key if plan.number else ""}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("X về CCHC năm 2018; Căn cứ Quyết định", "về CCHC năm 2018"),
        ("X về CCHC. Sở báo cáo", "về CCHC"),
        ("X về cải cách\nhành chính\nCăn cứ Luật", "về cải cách hành chính"),
        ("X", ""),
    ],
)
def test_the_words_that_follow(text: str, words: str) -> None:
    assert follow_words(text, 1) == words
