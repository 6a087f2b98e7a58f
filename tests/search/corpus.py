"""Four documents that search is tried on, and a maker of more."""

from __future__ import annotations

from dataclasses import replace

from evidence.model.record import Citation, Relation, Span
from evidence.search.entries import IndexEntry
from evidence.values import number
from tests.support import text_pipeline

TEXTS = {
    "615": "Số: 615/QĐ-UBND\nNgày: 15/3/2019\nLoại: Quyết định\n"
    "Cơ quan: Ủy ban nhân dân tỉnh Lạng Sơn\nVề: công bố Chỉ số cải cách hành chính năm 2018",
    "5": "Số: 5/QĐ-UBND\nNgày: 3/2/2024\nLoại: Quyết định\nVề: thành lập tổ in ấn tài liệu",
    "bc": "Số: 36/BC-SNV\nNgày: 20/3/2018\nLoại: Báo cáo\nCơ quan: Sở Nội vụ tỉnh Lạng Sơn\n"
    "Về: cải cách hành chính quý I năm 2018\nThực hiện Quyết định số 4361/QĐ-BNV ngày 28 tháng 12 năm 2016",
    "kh": "Số: 88/KH-SNV\nNgày: 8/12/2017\nLoại: Kế hoạch\nCơ quan: Sở Nội vụ tỉnh Hoà Bình\nVề: tuyên truyền\n"
    "Ủy ban nhân dân các huyện thực hiện việc cải tiến, cách thức hành động chính đáng",
}


def make_entry(
    name: str, text: str, unit: str = "SNV", criterion: str = "1.2.1", changes: str | None = None
) -> IndexEntry:
    """A document of that text; ``changes``: the number of a document that it amends."""
    document = text_pipeline.document(text, name)
    record = text_pipeline.record(document)
    if changes:
        amended = Citation(changes, Span(1, 0, 1), Relation.AMENDS, number=number.parse(changes))
        record = replace(record, citations=(*record.citations, amended))
    texts = tuple(page.text for page in document.pages)
    return IndexEntry(document.source.sha256, 1, record, texts, ((unit, criterion),))


ENTRIES = {name: make_entry(name, text) for name, text in TEXTS.items() if name != "kh"}
ENTRIES["kh"] = make_entry("kh", TEXTS["kh"], "STP", "1.3")
NAMES = {entry.sha256: name for name, entry in ENTRIES.items()}
