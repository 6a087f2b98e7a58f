"""Extraction takes time in proportion to the text, whatever the text; and no text makes it fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.extract.record import read_record, read_records
from evidence.model.document import Document, Line, Origin, Page, Source, Word

pytestmark = pytest.mark.slow

UNITS = [
    "Căn cứ Quyết định số 15/QĐ-UBND ngày 15/3/2019 của UBND tỉnh ",
    "cải cách hành chính và các nội dung khác theo quy định ",
    "15/QĐ-UBND ", "từ số 1/QĐ-X đến ", "Nghị quyết 282 nêu trên ", "ngày tháng năm ", "“Luật ", "Số: /QĐ-", "1/", "a",
    "... ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "Kế hoạch ", "bãi bỏ: ", "(kèm theo ", "Số: 1/QĐ-X; 1/1/2025; ",
]  # fmt: skip
SMALL, LARGE = 20_000, 100_000


def one_line(text: str) -> Document:
    """A page that is a single line without a full stop, as a damaged text layer may be."""
    words = tuple(Word(word, None) for word in text.split())
    page = Page(1, 595.0, 842.0, Origin.TEXT, (Line(words),))
    return Document(Source("a.pdf", "0" * 64, "application/pdf", 1), (page,))


def seconds(text: str) -> float:
    paper = one_line(text)
    began = time.process_time()
    read_record(paper)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
def test_linear(unit: str) -> None:
    seconds(unit * 10)  # fills the caches
    small, large = (min(seconds(unit * (size // len(unit))) for _ in range(2)) for size in (SMALL, LARGE))
    assert large < 2 * (LARGE / SMALL) * small + 0.3


PIECES = st.sampled_from(
    [*UNITS, "\n", "\f", "PHỤ LỤC I", "(Kèm theo Quyết định số 15/QĐ-UBND)", "QUYẾT ĐỊNH",
     "Độc lập - Tự do - Hạnh phúc",
     "Lạng Sơn, ngày 19 tháng 3 năm 2019", "Số: 15/QĐ-UBND", "UBND TỈNH LẠNG SƠN", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN",
     "&amp;", "\u0301", "Ð", ";", "KT. CHỦ TỊCH", "Nguyễn Văn Minh", "Mẫu số 01", "THU HỒI", "năm 2019", "31/02/2019"]
)  # fmt: skip


def laid_out(text: str, boxes: bool) -> Document:
    pages = []
    for number, part in enumerate(text.split("\f"), 1):
        lines = []
        for row, printed in enumerate(part.split("\n")):
            words, left = [], 60.0
            for word in printed.split():
                box = (left, 40.0 + 15 * row, left + 6 * len(word), 53.0 + 15 * row) if boxes else None
                words.append(Word(word, box, 0.9, Origin.OCR if len(words) % 3 == 2 else Origin.TEXT))
                left += 6 * len(word) + 4
            lines.append(Line(tuple(words)))
        pages.append(Page(number, 595.0, 842.0, Origin.TEXT, tuple(lines)))
    return Document(Source("a.pdf", "0" * 64, "application/pdf", 1), tuple(pages))


@settings(max_examples=150, deadline=2000)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40).map(" ".join), st.booleans())
def test_any_text_has_a_record(text: str, boxes: bool) -> None:
    paper = laid_out(text, boxes)
    records = read_records(paper)
    pages = {page.number: page.text for page in paper.pages}
    numbers = [page.number for record in records for page in record.pages]
    assert numbers == sorted(pages)
    for record in records:
        for one in record.citations:
            assert 0 <= one.span.start < one.span.end <= len(pages[one.span.page])
