"""Văn bản: values with their proof, corrections, pictures, the original; the same 404 for unseen and absent."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.archive.search.archive_search import EVERYTHING, SearchRequest

Clients = dict[str, TestClient]


@pytest.fixture
def documents(app: FastAPI, clients: Clients) -> dict[str, str]:
    """Number -> hash of a few papers of the sample dossier."""
    archive = app.state.archive
    numbers = ("294/BC-SXD", "165/BC-VP", "28/BC-VP")
    found = {number: archive.search(SearchRequest(f"so:{number}"), EVERYTHING).hits for number in numbers}
    return {number: hits[0].sha256 for number, hits in found.items()}


def test_every_value_is_shown_with_its_place(clients: Clients, documents: dict[str, str]) -> None:
    page = clients["unit"].get(f"/van-ban/{documents['294/BC-SXD']}?trang=1&o=130,100,225,115").text
    for text in ("294/BC-SXD", "24/12/2025", "Sở Xây dựng", "Báo cáo", "Đàm Thị Yên Chi", 'id="chosen"'):
        assert text in page
    assert "?sua=" not in page, "a unit corrects nothing"


def test_a_correction_stands_beside_what_the_machine_read(clients: Clients, documents: dict[str, str]) -> None:
    address = f"/van-ban/{documents['294/BC-SXD']}"
    wrong = clients["appraiser"].post(f"{address}/sua", data={"field": "date", "value": "31/02/2025"})
    assert wrong.status_code == 400 and 'value="31/02/2025"' in wrong.text
    done = clients["appraiser"].post(f"{address}/sua", data={"field": "number", "value": "295/BC-SXD"})
    assert done.status_code == 200 and "295/BC-SXD" in done.text and "Trần Thị Hoa" in done.text
    assert "294/BC-SXD" in done.text
    taken = clients["appraiser"].post(f"{address}/sua", data={"field": "number", "value": ""})
    assert "Trần Thị Hoa sửa lúc" not in taken.text
    assert clients["unit"].post(f"{address}/sua", data={"field": "number", "value": "1/BC-SXD"}).status_code == 404


def test_a_page_is_shown_and_the_original_is_only_saved(clients: Clients, documents: dict[str, str]) -> None:
    address = f"/van-ban/{documents['294/BC-SXD']}"
    image = clients["unit"].get(f"{address}/trang/1.webp")
    assert image.status_code == 200 and image.content[8:12] == b"WEBP" and len(image.content) <= 120_000
    assert clients["unit"].get(f"{address}/trang/9.webp").status_code == 404
    original = clients["unit"].get(f"{address}/goc")
    assert original.content[:4] == b"%PDF" and original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("part", ["", "/goc", "/trang/1.webp", "/quan-he.svg"])
def test_unseen_is_absent(clients: Clients, documents: dict[str, str], part: str) -> None:
    unseen = clients["unit"].get(f"/van-ban/{documents['165/BC-VP']}{part}")
    absent = clients["unit"].get(f"/van-ban/{'0' * 64}{part}")
    assert unseen.status_code == absent.status_code == 404
    assert unseen.text.replace(documents["165/BC-VP"], "0" * 64) == absent.text  # but for the address asked for
    assert clients["appraiser"].get(f"/van-ban/{documents['165/BC-VP']}{part}").status_code == 200


@pytest.mark.parametrize("query", ["trang=99", "trang=-1", "o=a,b", "o=1,2,3", "sua=khong-co"])
def test_odd_addresses(clients: Clients, documents: dict[str, str], query: str) -> None:
    assert clients["appraiser"].get(f"/van-ban/{documents['294/BC-SXD']}?{query}").status_code in (200, 404)


def test_citations_lead_on(clients: Clients, documents: dict[str, str]) -> None:
    page = clients["appraiser"].get(f"/van-ban/{documents['294/BC-SXD']}").text
    assert "Nghị định 63/2010/NĐ-CP" in page and "không có trong hồ sơ đã đọc được" in page
