"""Tra cứu: what is found, narrowed down, kept; nothing of another unit."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

Clients = dict[str, TestClient]


def test_a_number_leads_to_its_document_at_the_place(clients: Clients) -> None:
    page = clients["appraiser"].get("/tra-cuu", params={"q": "so:294/BC-SXD"})
    assert page.status_code == 200 and "mang số này" in page.text
    address = re.search(r'href="(/van-ban/[0-9a-f]{64}\?[^"]*)" autofocus', page.text)
    assert address, "the first hit takes Enter"
    assert clients["appraiser"].get(address[1].replace("&amp;", "&")).status_code == 200


def test_values_narrow_down_and_pages_go_on(clients: Clients) -> None:
    page = clients["head"].get("/tra-cuu", params={"q": "sở OR văn"}).text
    links = re.findall(r'<li><a href="([^"]+)"><span>([^<]+)</span> <span class="soft">(\d+)', page)
    kinds = {value: (address, int(count)) for address, value, count in links}
    address, count = kinds["Báo cáo"]
    narrowed = clients["head"].get(address.replace("&amp;", "&")).text
    assert f"1–{count} / {count}" in narrowed
    first = clients["head"].get("/tra-cuu", params={"q": "NOT zzz"}).text
    shown, total = map(int, re.search(r"1–(\d+) / (\d+)", first).groups())  # type: ignore[union-attr]
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert (following is not None) == (total > shown)
    if following:
        rest = clients["head"].get(following[1].replace("&amp;", "&")).text
        assert f"{shown + 1}–" in rest
        pages = [set(re.findall(r"/van-ban/([0-9a-f]{64})", text)) for text in (first, rest)]
        assert not pages[0] & pages[1]


def test_marks_and_hostile_text_are_shown_as_text(clients: Clients) -> None:
    page = clients["appraiser"].get("/tra-cuu", params={"q": 'báo cáo <script>alert("x")</script>'}).text
    assert "<script>alert" not in page
    assert "<mark>" in clients["appraiser"].get("/tra-cuu", params={"q": "cải cách hành chính"}).text


def test_a_faulty_query_is_answered_with_its_sentence(clients: Clients) -> None:
    page = clients["appraiser"].get("/tra-cuu", params={"q": "ngay:khong-phai-ngay"})
    assert page.status_code == 400 and 'class="failure"' in page.text


def test_what_one_person_keeps_is_shown_to_that_person(clients: Clients) -> None:
    kept = clients["unit"].post("/tra-cuu/luu", data={"q": "kế hoạch 2025"}, follow_redirects=False)
    assert kept.status_code == 303
    assert "kế hoạch 2025" in clients["unit"].get("/tra-cuu").text
    assert "kế hoạch 2025" not in clients["appraiser"].get("/tra-cuu").text


def test_a_unit_finds_its_own_alone(clients: Clients) -> None:
    page = clients["unit"].get("/tra-cuu", params={"q": "NOT zzz"}).text
    assert "SXD" in page and "VPUBND" not in page
