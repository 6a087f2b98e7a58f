"""What a unit claims against what it handed in: four answers, and doubt that decides nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from evidence.appraisal import claims
from evidence.appraisal.claim_sums import check_against_criteria, check_sums
from evidence.appraisal.claims import ClaimCitations, ClaimFinding, ClaimOutcome
from evidence.extract.citations.reader import read_text_citations
from evidence.messages import Language, say
from evidence.model.appraisal import Claim
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.values.number import Number
from tests.support import dossier
from tests.support.dossier import record, submit

CITE = "Báo cáo số 15/BC-SNV ngày 15/3/2018 của Sở Nội vụ tỉnh An Phú"


def claim(
    code: str = "1.2", points: str | None = "1", most: str | None = "2", evidence: str = "", row: int = 1
) -> Claim:
    amounts = [Decimal(text) if text is not None else None for text in (most, points)]
    return Claim("SNV", code, row, "Báo cáo CCHC", amounts[0], amounts[1], evidence)


def nowhere(number: Number) -> tuple[str, ...]:
    return ()


def held(evidence: str, *handed: tuple[Submission, Record], code: str = "1.2") -> list[tuple[ClaimOutcome, str]]:
    return [(one.outcome, one.message.code) for one in checked(evidence, *handed, code=code)]


def checked(evidence: str, *handed: tuple[Submission, Record], code: str = "1.2") -> tuple[ClaimFinding, ...]:
    rows = [ClaimCitations(claim(code, evidence=evidence), read_text_citations(evidence))]
    return claims.check_claims(rows, handed, nowhere)


@pytest.mark.parametrize(
    ("evidence", "of", "wanted"),
    [
        (CITE, record(), [("agrees", "claims-agrees")]),
        (CITE.replace("Sở Nội vụ tỉnh An Phú", "Sở Nội vụ"), record(), [("agrees", "claims-agrees")]),
        ("Báo cáo 15/BC-SNV", record(), [("agrees", "claims-agrees")]),
        (CITE, record(dated="2018-03-20"), [("differs", "claims-date-differs")]),
        (CITE, record(dated="2018-03-20", doubt=("date",)), [("unclear", "claims-date-doubtful")]),
        (CITE, record(dated=None), [("agrees", "claims-agrees")]),
        (CITE, record(what="Kế hoạch"), [("differs", "claims-kind-differs")]),
        (CITE, record(issuer="Sở Tài chính tỉnh An Phú"), [("differs", "claims-issuer-differs")]),
        (CITE, record(doubt=("number",)), [("unclear", "claims-number-doubtful")]),
    ],
    ids=["all agrees", "shorter issuer", "number alone", "date", "doubtful date", "no date", "kind", "issuer", "doubt"],
)
def test_found(evidence: str, of: Record, wanted: list[tuple[str, str]]) -> None:
    assert [(outcome.value, code) for outcome, code in held(evidence, submit(of))] == wanted


def test_cited_and_not_handed_in() -> None:
    assert held(CITE) == [(ClaimOutcome.NOT_HANDED_IN, "claims-not-handed-in")]


def test_another_unit_handed_it_in() -> None:
    (one,) = claims.check_claims([ClaimCitations(claim(), read_text_citations(CITE))], [], lambda number: ("STC",))
    assert one.message.code == "claims-elsewhere" and one.message.params["units"] == "STC"


def test_a_document_of_that_day_bears_another_number() -> None:
    found = held(CITE, submit(record(no="51/BC-SNV")))
    assert found[0] == (ClaimOutcome.DIFFERS, "claims-number-differs")


def test_handed_in_and_not_cited() -> None:
    found = held(CITE, submit(record()), submit(record("b.pdf", no="16/BC-SNV", dated="2018-06-15")))
    assert found == [(ClaimOutcome.AGREES, "claims-agrees"), (ClaimOutcome.NOT_CITED, "claims-not-cited")]


def test_what_is_handed_in_for_a_criterion_above_counts_where_it_is_cited_below() -> None:
    rows = [
        ClaimCitations(claim("1", evidence=""), ()),
        ClaimCitations(claim("1.2", evidence=CITE), read_text_citations(CITE)),
    ]
    found = claims.check_claims(rows, [submit(record(), "1")], nowhere)
    assert [one.outcome for one in found] == [ClaimOutcome.AGREES]


def test_a_law_is_a_basis_and_need_not_be_handed_in() -> None:
    assert held("Thực hiện Nghị định số 186/2025/NĐ-CP ngày 01/7/2025 của Chính phủ") == []


def test_a_document_cited_twice_is_one() -> None:
    assert len(held(f"{CITE}. {CITE}", submit(record()))) == 1


def test_of_two_documents_with_one_number_the_agreeing_one_speaks() -> None:
    old = record("old.pdf", dated="2017-03-15")
    assert held(CITE, submit(old), submit(record()))[0][0] is ClaimOutcome.AGREES


def test_an_agreement_points_at_its_proof() -> None:
    (one,) = checked(CITE, submit(record()))
    assert one.page == 1 and one.box is not None and one.document == record().source.sha256


def test_order_of_submission_does_not_matter() -> None:
    handed = [submit(record()), submit(record("b.pdf", no="16/BC-SNV")), submit(record("c.pdf", no="17/BC-SNV"))]
    assert checked(CITE, *handed) == checked(CITE, *reversed(handed))


SEED = ("14.50", "9.98", "16.97", "10.00", "11.49", "4.00", "15.19", "11.00")  # a real report: 93.13, said to be 93.43


def test_the_sum_of_a_real_report() -> None:
    fields = tuple(claim(str(at), points, None, row=at) for at, points in enumerate(SEED, start=1))
    total = claim("", "93.43", None, row=9)
    (one,) = check_sums(fields, total)
    assert one.message.code == "claims-total-points"
    assert (one.message.params["found"], one.message.params["difference"]) == ("93.13", "0.30")


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((("1", "3", "4"), ("1.1", "1", "2"), ("1.2", "2", "2")), []),
        ((("1", "2.5", "4"), ("1.1", "1", "2"), ("1.2", "2", "2")), ["claims-sum-points"]),
        ((("1", "3", "5"), ("1.1", "1", "2"), ("1.2", "2", "2")), ["claims-sum-max"]),
        ((("1", "3", "4"), ("1.1", None, "2"), ("1.2", "2", "2")), ["claims-open-points"]),
        ((("1", "5", "4"),), ["claims-above"]),
        ((("2", "1", "4"), ("2.1.1", "1", "2")), []),
    ],
    ids=["sums hold", "points", "maxima", "a part without points", "above the maximum", "no part right below"],
)
def test_sums(rows: tuple[tuple[str, str | None, str], ...], codes: list[str]) -> None:
    table = tuple(claim(code, points, most, row=at) for at, (code, points, most) in enumerate(rows, start=1))
    assert [one.message.code for one in check_sums(table)] == codes


def test_against_the_set() -> None:
    rows = (claim("1.2", "1", "2"), claim("1.1", "1", "3"), claim("9.9", "1", "1"), claim("", "1", "1"))
    codes = [one.message.code for one in check_against_criteria(rows, dossier.load_set())]
    assert codes == ["claims-other-max", "claims-unknown-code"]


def test_every_answer_is_a_sentence_in_both_languages() -> None:
    worlds = [
        checked(CITE, submit(replace(record(dated="2018-03-20")))),
        checked(CITE, submit(record(no="51/BC-SNV"))),
        checked(CITE, submit(record(doubt=("number",)))),
        checked(CITE),
    ]
    for one in (answer for world in worlds for answer in world):
        assert all(say(one.message, language) for language in Language)
