"""The text of a page by its bytes: the same whether it was read before or not, whatever its size."""

from __future__ import annotations

import pytest

from evidence.errors import ArchiveError
from evidence.store import mapping
from evidence.store.searches import stored_bytes
from evidence.store.searches.stored_bytes import StoredPage
from tests.support import text_pipeline


def store_page(text: str) -> StoredPage:
    row = mapping.page_to_row("0" * 64, text_pipeline.page(1, text))
    return StoredPage(row.sha256, row.number, row.data)


@pytest.mark.parametrize("text", ["Số: 615/QĐ-UBND\nngày 15/3/2019", "", "Sở Nội vụ " * 3_000, "x" * 3_000_000])
def test_a_text_read_again_is_the_same(text: str) -> None:
    page = store_page(text)
    expected = page.read_text().text
    assert expected == text_pipeline.page(1, text).text
    assert [page.recall_text() for _ in range(3)] == [expected] * 3


def test_two_pages_with_almost_the_same_bytes_are_two() -> None:
    assert store_page("Tờ trình 1").recall_text() != store_page("Tờ trình 2").recall_text()


def test_large_pages_are_not_held() -> None:
    """What somebody packs into a page does not stay in the server's memory."""
    stored_bytes._recall_text.cache_clear()
    for at in range(20):
        text = f"{at} " + "dài " * 20_000
        assert len(store_page(text).recall_text()) > stored_bytes.LONGEST
        assert stored_bytes._recall_text(store_page(text).data) is None


@pytest.mark.parametrize("harm", [lambda data: data[:-6], lambda data: b"\0" + data, lambda data: b""])
def test_damaged_bytes_are_told_each_time(harm: object) -> None:
    assert callable(harm)
    page = store_page("Kế hoạch cải cách hành chính")
    damaged = StoredPage(page.sha256, page.number, harm(page.data))
    assert page.recall_text() == "Kế hoạch cải cách hành chính"
    for _ in range(2):
        with pytest.raises(ArchiveError) as caught:
            damaged.recall_text()
        assert caught.value.message.code == "archive-illegible"
