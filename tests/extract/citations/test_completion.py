"""What a document's rest tells of its citations: dates of repeats, and whose "UBND tỉnh" it is."""

from __future__ import annotations

import pytest

from evidence.extract.citations.completion import complete_citations
from evidence.extract.citations.reader import read_text_citations
from evidence.model.document import Source
from evidence.model.record import FieldValue, Record, Status
from evidence.values import agency, date


def record(text: str, issuer: str | None, parent: str | None, place: str | None, day: str | None) -> Record:
    return Record(
        source=Source("a.pdf", "0" * 64, "application/pdf", 1),
        status=Status.READ,
        issuer=FieldValue(agency.parse(issuer)) if issuer else FieldValue(),
        parent=FieldValue(agency.parse(parent)) if parent else FieldValue(),
        place=FieldValue(place) if place else FieldValue(),
        date=FieldValue(date.parse(day)) if day else FieldValue(),
        citations=read_text_citations(text),
    )


SO = ("Sở Nội vụ", "UBND tỉnh Lạng Sơn", "Lạng Sơn", "19/3/2019")
CASES = [
    ("UBND tỉnh", *SO, "Ủy ban nhân dân tỉnh Lạng Sơn"),
    ("Chủ tịch UBND tỉnh", *SO, "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"),
    ("Tỉnh ủy", *SO, "Tỉnh ủy Lạng Sơn"),
    ("UBND tỉnh", "SỞ NỘI VỤ", None, "Lạng Sơn", "19/3/2019", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    ("UBND thành phố", "UBND TP. Hải Phòng", None, "Hải Phòng", "1/2/2024", "Ủy ban nhân dân thành phố Hải Phòng"),
    ("UBND huyện", "UBND huyện Chi Lăng", None, None, "1/2/2024", "Ủy ban nhân dân huyện Chi Lăng"),
    ("UBND tỉnh Cao Bằng", *SO, "Ủy ban nhân dân tỉnh Cao Bằng"),
    # left relative: a ministry in Hà Nội, no province, a city of a province, a commune that is not named
    ("UBND tỉnh", "Bộ Nội vụ", None, "Hà Nội", "19/3/2019", None),
    ("UBND tỉnh", None, None, None, None, None),
    ("UBND thành phố", *SO, None),
    ("UBND xã", *SO, None),
    # three provinces became Lâm Đồng: before the merger its own name meant another unit
    ("UBND tỉnh", "UBND tỉnh Lâm Đồng", None, "Lâm Đồng", "9/10/2025", None),
    ("UBND tỉnh", "UBND tỉnh Lâm Đồng", None, "Lâm Đồng", "9/10/2024", "Ủy ban nhân dân tỉnh Lâm Đồng"),
]


@pytest.mark.parametrize(("printed", "issuer", "parent", "place", "day", "meant"), CASES)
def test_relative_issuers(
    printed: str, issuer: str | None, parent: str | None, place: str | None, day: str | None, meant: str | None
) -> None:
    text = f"Quyết định số 615/QĐ-X ngày 15/3/2019 của {printed} về việc công bố"
    (cited,) = complete_citations(record(text, issuer, parent, place, day)).citations
    assert cited.issuer == printed
    assert (cited.issuer_agency.name if cited.issuer_agency else None) == meant


def test_after_the_merger_a_new_paper_is_the_provinces_own() -> None:
    text = "Quyết định số 615/QĐ-UBND ngày 15/9/2025 của UBND tỉnh"
    (cited,) = complete_citations(record(text, "UBND tỉnh Lâm Đồng", None, None, "9/10/2025")).citations
    assert cited.issuer_agency == agency.parse("UBND tỉnh Lâm Đồng")


def test_a_repeat_takes_the_date_with_a_note_and_less_confidence() -> None:
    text = "theo Nghị định số 16/2015/NĐ-CP ngày 14/02/2015; quy định tại Nghị định số 16/2015/NĐ-CP"
    first, again = complete_citations(record(text, *SO)).citations
    assert str(again.date) == str(first.date) == "2015-02-14"
    assert again.confidence < first.confidence
    assert again.note is not None
    assert again.note.code == "citation-date-elsewhere"
    assert first.note is None
