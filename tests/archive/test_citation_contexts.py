"""What is missing, named by the unit's documents that cite it: their pages are read for the words that follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from evidence.archive.citation_contexts import ArchiveCitations, name_missing
from evidence.extract.citations.reader import read_text_citations
from evidence.match.check import check
from evidence.model.placement import Submission
from evidence.model.record import Citation, Record
from evidence.store.store import Store
from tests.match.test_cited_documents import TEXT
from tests.support.dossier import load_set, record, submit

CITING = (
    "Thực hiện Kế hoạch số 9669/KH-UBND ngày 24/12/2017 của UBND tỉnh Lạng Sơn về cải cách hành chính năm 2018; "
    "Kế hoạch số 15/KH-UBND ngày 02/01/2018 của UBND tỉnh Lạng Sơn về văn thư năm 2018."
)


@dataclass
class Pages:
    """What is asked of a store."""

    by_hash: dict[str, str]
    others: tuple[tuple[Submission, Record], ...] = ()

    def texts(self, sha256: str) -> Iterator[tuple[int, str]]:
        yield 1, self.by_hash[sha256]

    def cited_numbers(self, _letters: frozenset[str]) -> tuple[str, ...]:
        cited = [citation.number for _, record in self.others for citation in record.citations]
        return tuple(sorted({number.key for number in cited if number is not None}))

    def cited_by(self, key: str, most: int | None = None) -> tuple[tuple[str, Citation], ...]:
        return tuple(
            (submission.sha256, citation)
            for submission, record in self.others
            for citation in record.citations
            if citation.number is not None and citation.number.key == key
        )[:most]

    def submissions(self, sha256: str) -> tuple[Submission, ...]:
        return tuple(submission for submission, _ in self.others if submission.sha256 == sha256)


def citing(name: str, text: str) -> Record:
    return replace(record(name), citations=tuple(read_text_citations(text)))


def test_a_plan_that_three_reports_cite_is_named_where_it_is_missing() -> None:
    criteria = load_set(TEXT.format(issuer="UBND tỉnh"))
    reports = [citing(f"{at}.pdf", CITING) for at in range(3)]
    rows = [submit(report, None) for report in reports]
    findings = check(criteria, rows, (), datetime.date(2018, 12, 31))
    store = cast("Store", Pages({report.source.sha256: CITING for report in reports}))
    (finding,) = name_missing(store, criteria, criteria.units[0], rows, findings)
    named = [reason.message.params for reason in finding.reasons if reason.rule == "cited"]
    assert [(each["number"], each["date"], each["n"]) for each in named] == [("9669/KH-UBND", "24/12/2017", "3")]
    held = submit(record("kh.pdf", "Kế hoạch", "Kế hoạch khác", no="9669/KH-UBND"), None)
    (finding,) = name_missing(store, criteria, criteria.units[0], [*rows, held], findings)
    assert not [reason for reason in finding.reasons if reason.rule == "cited"]


ROUND_UP = (
    "Các đơn vị đã có: Kế hoạch số 7/KH-SNV ngày 05/01/2018 của Sở Nội vụ về cải cách hành chính năm 2018; "
    "Kế hoạch số 8/KH-STC ngày 06/01/2018 của Sở Tài chính về cải cách hành chính năm 2018."
)


def test_what_only_another_units_paper_cites_is_named_by_the_units_own_letters() -> None:
    criteria = load_set(TEXT.format(issuer="unit"))
    (unit, *_) = criteria.units
    citing_paper = citing("tong-hop.pdf", ROUND_UP)
    other = submit(citing_paper, None, "KHAC")
    store = cast("Store", Pages({citing_paper.source.sha256: ROUND_UP}, (other,)))
    findings = check(criteria, [], (), datetime.date(2018, 12, 31))
    (finding,) = name_missing(store, criteria, unit, [], findings, ArchiveCitations(store))
    named = [reason.message.params for reason in finding.reasons if reason.rule == "cited"]
    assert [(each["number"], each["path"]) for each in named] == [("7/KH-SNV", "KHAC//tong-hop.pdf")]
    held = [submit(record("kh.pdf", "Kế hoạch", "Kế hoạch khác", no="7/KH-SNV"), None)]
    (finding,) = name_missing(store, criteria, unit, held, findings, ArchiveCitations(store))
    assert not [reason for reason in finding.reasons if reason.rule == "cited"]
