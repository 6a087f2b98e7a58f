"""What is missing, named by the unit's documents that cite it: their pages are read for the words that follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.citation_contexts import ArchiveCitations, name_missing
from evidence.extract.citations.reader import read_text_citations
from evidence.match.check import check
from evidence.model.document import Document
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.store.queries import find_many_citations
from evidence.store.store import Store
from tests.match.test_cited_documents import TEXT
from tests.support import text_pipeline
from tests.support.dossier import load_set, record, submit

CITING = (
    "Thực hiện Kế hoạch số 9669/KH-UBND ngày 24/12/2017 của UBND tỉnh Lạng Sơn về cải cách hành chính năm 2018; "
    "Kế hoạch số 15/KH-UBND ngày 02/01/2018 của UBND tỉnh Lạng Sơn về văn thư năm 2018."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kho", create=True) as opened:
        yield opened


def put(store: Store, text: str, *handed: tuple[Submission, Record]) -> None:
    """Keeps the papers, all with that text on their one page."""
    for submission, paper in handed:
        store.put(Document(paper.source, (text_pipeline.page(1, text),)), paper, None, [submission])


def citing(name: str, text: str) -> Record:
    return replace(record(name), citations=tuple(read_text_citations(text)))


def test_a_plan_that_three_reports_cite_is_named_where_it_is_missing(store: Store) -> None:
    criteria = load_set(TEXT.format(issuer="UBND tỉnh"))
    reports = [citing(f"{at}.pdf", CITING) for at in range(3)]
    rows = [submit(report, None) for report in reports]
    findings = check(criteria, rows, (), datetime.date(2018, 12, 31))
    put(store, CITING, *rows)
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


def test_what_only_another_units_paper_cites_is_named_by_the_units_own_letters(store: Store) -> None:
    criteria = load_set(TEXT.format(issuer="unit"))
    (unit, *_) = criteria.units
    citing_paper = citing("tong-hop.pdf", ROUND_UP)
    other = submit(citing_paper, None, "KHAC")
    put(store, ROUND_UP, other)
    findings = check(criteria, [], (), datetime.date(2018, 12, 31))
    (finding,) = name_missing(store, criteria, unit, [], findings, ArchiveCitations(store))
    named = [reason.message.params for reason in finding.reasons if reason.rule == "cited"]
    assert [(each["number"], each["path"]) for each in named] == [("7/KH-SNV", "KHAC//tong-hop.pdf")]
    held = [submit(record("kh.pdf", "Kế hoạch", "Kế hoạch khác", no="7/KH-SNV"), None)]
    (finding,) = name_missing(store, criteria, unit, held, findings, ArchiveCitations(store))
    assert not [reason for reason in finding.reasons if reason.rule == "cited"]


def test_numbers_are_looked_for_by_how_their_symbol_begins(store: Store) -> None:
    papers = {
        "7/KH-SNV": "Kế hoạch số 7/KH-SNV ngày 05/01/2018 của Sở Nội vụ",
        "9/2018/KH-SNV": "Kế hoạch số 9/2018/KH-SNV ngày 05/01/2018 của Sở Nội vụ",
        "8/KH-STC": "Kế hoạch số 8/KH-STC ngày 06/01/2018 của Sở Tài chính",
    }
    for at, text in enumerate(papers.values()):
        paper = citing(f"{at}.pdf", text)
        put(store, text, submit(paper, None))
    assert set(store.cited_numbers(frozenset({"khsnv"}))) == {"7/khsnv", "9/2018/khsnv"}
    assert set(store.cited_numbers(frozenset({"khs"}))) == {"7/khsnv", "8/khstc", "9/2018/khsnv"}
    assert store.cited_numbers(frozenset({"snv", "khsnvx"})) == ()


def test_of_a_number_that_many_cite_the_first_places_are_read(store: Store) -> None:
    handed = [submit(citing(f"{at}.pdf", ROUND_UP), None, "KHAC") for at in range(5)]
    put(store, ROUND_UP, *handed)
    with store.database.reading() as session:
        every = list(find_many_citations(session, ("7/khsnv", "8/khstc", "1/qd"), 3))
    assert [str(citation.number) for _, citation in every] == ["7/KH-SNV"] * 3 + ["8/KH-STC"] * 3
    first = sorted(paper.source.sha256 for _, paper in handed)[:3]
    assert [sha256 for sha256, _ in every] == first * 2
    assert dict(every[:3]) == dict(store.cited_by("7/khsnv", 3))
