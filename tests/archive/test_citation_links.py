"""Which document a citation means: two provinces with one number, two series, files that hold several documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import pytest

from evidence.archive import citation_links
from evidence.extract.citations.reader import read_text_citations
from evidence.model.document import Source
from evidence.model.record import Citation, FieldValue, Record, Signer, Status
from evidence.search.scope import EVERYTHING
from evidence.store.store import Store
from evidence.values import agency, date, number

LS, CB = "UBND tỉnh Lạng Sơn", "UBND tỉnh Cao Bằng"


def paper(sha: str, printed: str, issuer: str | None, day: str | None, signed: str | None = None) -> Record:
    return Record(
        source=Source(f"{sha}.pdf", sha, "application/pdf", 1),
        status=Status.READ,
        number=FieldValue(number.parse(printed), printed),
        issuer=FieldValue(agency.parse(issuer)) if issuer else FieldValue(),
        date=FieldValue(date.parse(day)) if day else FieldValue(),
        signer=FieldValue(Signer("Nguyễn Văn Minh", "CHỦ TỊCH", signed)) if signed is not None else FieldValue(),
    )


@dataclass
class Shelf:
    """What ``citation_links`` asks of a store."""

    held: tuple[Record, ...]
    citing: tuple[tuple[str, Citation], ...] = ()

    def bearers_of(self, keys: Iterable[str]) -> dict[str, list[tuple[str, str | None]]]:
        borne = [(one.number.value.key, one) for one in self.held if one.number.value]
        return {key: [(one.source.sha256, str(one.date.value)) for same, one in borne if same == key] for key in keys}

    def records(self, wanted: list[str]) -> dict[str, Record]:
        return {one.source.sha256: one for one in self.held if one.source.sha256 in wanted}

    def cited_by(self, key: str) -> list[tuple[str, Citation]]:
        return [one for one in self.citing if one[1].number and one[1].number.key == key]


def shelf(*held: Record) -> Store:
    return cast("Store", Shelf(held))


def cite(text: str) -> Citation:
    return read_text_citations(f"Căn cứ {text} về việc công bố")[0]


TWO = (paper("ls", "615/QĐ-UBND", LS, "15/3/2019"), paper("cb", "615/QĐ-UBND", CB, "20/3/2019"))
CASES = [
    ("Quyết định số 615/QĐ-UBND ngày 15/3/2019 của UBND tỉnh Lạng Sơn", TWO, "ls", ()),
    ("Quyết định số 615/QĐ-UBND ngày 20/3/2019", TWO, "cb", ()),
    ("Quyết định số 615/QĐ-UBND năm 2019 của UBND tỉnh Cao Bằng", TWO, "cb", ()),
    ("Quyết định số 615/QĐ-UBND", TWO, None, ("ls", "cb")),
    ("Quyết định số 615/QĐ-UBND ngày 15/3/2019 của UBND tỉnh Bắc Kạn", TWO[1:], None, ()),
    ("Quyết định số 615/QĐ-UBND ngày 15/3/2021 của UBND tỉnh Lạng Sơn", TWO, None, ()),
    ("Quyết định số 615/QĐ-UBND", TWO[:1], None, ("ls",)),
    ("Nghị định số 30/2020/NĐ-CP", (paper("nd", "30/2020/NĐ-CP", "Chính phủ", "5/3/2020"),), "nd", ()),
    ("Nghị quyết số 39-NQ/TW ngày 15/01/2019", (paper("nq", "39-NQ/TW", "Bộ Chính trị", "17/4/2015"),), None, ()),
]


@pytest.mark.parametrize(("text", "held", "sure", "may_be"), CASES)
def test_what_a_citation_means(text: str, held: tuple[Record, ...], sure: str | None, may_be: tuple[str, ...]) -> None:
    found = citation_links.resolve_citation(shelf(*held), cite(text), "own", EVERYTHING)
    assert (found.sha256, found.may_be) == (sure, may_be)


def test_a_document_does_not_mean_itself() -> None:
    assert (
        citation_links.resolve_citation(
            shelf(TWO[0]), cite("Quyết định số 615/QĐ-UBND ngày 15/3/2019"), "ls", EVERYTHING
        )
        == citation_links.CitationTarget()
    )


def test_the_chairmans_series_is_another() -> None:
    both = (
        paper("tm", "456/QĐ-UBND", "UBND tỉnh Bắc Ninh", "1/11/2025", "TM. ỦY BAN NHÂN DÂN"),
        paper("ct", "456/QĐ-UBND", "UBND tỉnh Bắc Ninh", "1/11/2025", ""),
    )
    text = "Quyết định số 456/QĐ-UBND ngày 1/11/2025 của Chủ tịch UBND tỉnh Bắc Ninh"
    assert citation_links.resolve_citation(shelf(*both), cite(text), "own", EVERYTHING).sha256 == "ct"


def test_what_cites_a_document() -> None:
    citing = (
        ("a", cite("Quyết định số 615/QĐ-UBND ngày 15/3/2019")),
        ("b", cite("Quyết định số 615/QĐ-UBND của UBND tỉnh Cao Bằng")),
        ("c", cite("Quyết định số 615/QĐ-UBND")),
    )
    store = cast("Store", Shelf(TWO, citing))
    assert [sha for sha, _ in citation_links.citing_documents(store, TWO[0], EVERYTHING)] == ["a", "c"]
    assert [sha for sha, _ in citation_links.citing_documents(store, TWO[1], EVERYTHING)] == ["b", "c"]


def test_the_second_document_of_a_file_is_found() -> None:
    mixed = replace(TWO[0], parts=(paper("ls", "615/QĐ-UBND", CB, "20/3/2019"),))
    found = citation_links.resolve_citation(
        shelf(mixed), cite("Quyết định số 615/QĐ-UBND ngày 20/3/2019 của UBND tỉnh Cao Bằng"), "own", EVERYTHING
    )
    assert found.sha256 == "ls"
