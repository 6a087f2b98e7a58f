"""Bộ tiêu chí: an annex taken in by upload, its proposals decided one by one, the version published."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.archive.page_images.drawing import PageImageRequest
from evidence.config import Settings
from evidence.model.review import ReviewAct
from tests.support.files import annexes

ROOT = Path(__file__).resolve().parents[2]
ANNEX = ROOT / "samples" / "phu-luc.csv"
SET = "cchc-so-son-ha-2025"
NAME = "thu-nghiem"
REVIEW = f"/bo-tieu-chi/{NAME}/duyet"
Clients = dict[str, TestClient]


@pytest.fixture(scope="module")
def annex_text(tmp_path_factory: pytest.TempPathFactory) -> object:
    settings = Settings(home=tmp_path_factory.mktemp("annex"))
    return import_criteria(ANNEX, ImportRequest(name=NAME), settings)


@pytest.fixture
def with_annex(settings: Settings, annex_text: object) -> Settings:
    """The archive with the annex' set, which nobody has reviewed; made before it is served."""
    with Archive.open(settings) as archive:
        archive.keep_criteria(annex_text)  # type: ignore[arg-type]
    return settings


@pytest.fixture
def admin(with_annex: Settings, clients: Clients) -> TestClient:
    return clients["admin"]


def decide(client: TestClient, name: str, act: str, **values: str) -> Response:
    return client.post(REVIEW, data={"muc": name, "act": act, **values}, follow_redirects=False)


def first_left(client: TestClient) -> str:
    """The proposal that the review opens with."""
    answer = client.get(REVIEW, follow_redirects=False)
    assert answer.status_code == 303
    match = re.search(r"muc=([^#]+)#hien", answer.headers["location"])
    assert match
    return unquote(match[1])


def fields_of(page: str) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    values = dict(re.findall(r'<input id="f-[\w-]+" name="([\w-]+)" value="([^"]*)"', page))
    values |= dict(re.findall(r'<textarea id="f-[\w-]+" name="([\w-]+)"[^>]*>([^<]*)<', page))
    for name, options in re.findall(r'<select class="pick" id="f-[\w-]+" name="([\w-]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r"<option selected>([^<]*)<", options)
        values[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in values.items()}


@pytest.mark.parametrize("role", ["unit", "appraiser", "reader"])
def test_who_may_not_sees_nothing(clients: Clients, role: str) -> None:
    for path in ("/bo-tieu-chi", f"/bo-tieu-chi/{SET}", f"/bo-tieu-chi/{SET}/duyet"):
        assert clients[role].get(path).status_code == 404
    assert clients[role].post("/bo-tieu-chi/nhap", files={"file": ("a.csv", b"x")}).status_code == 404


def test_sets_are_listed_and_shown_as_a_tree(admin: TestClient, clients: Clients) -> None:
    page = admin.get("/bo-tieu-chi").text
    assert SET in page and NAME in page and "Còn 10/10" in page
    tree = clients["head"].get(f"/bo-tieu-chi/{SET}").text
    with_units = re.findall(r"<b>(SXD|VPUBND)</b>", tree)
    assert with_units == ["SXD", "VPUBND"]
    assert "đúng hạn" in tree or "người chấm" in tree
    assert admin.get("/bo-tieu-chi/khong-co").status_code == 404
    assert admin.get("/bo-tieu-chi/khong-co/duyet").status_code == 404


def test_a_set_that_people_wrote_waits_for_no_review(admin: TestClient) -> None:
    """Its rows can be looked at and changed, and none is counted as left."""
    queue = f"/bo-tieu-chi/{SET}/duyet"
    done = admin.get(queue, follow_redirects=False)
    assert done.status_code == 200 and f'href="{queue}?muc=' in done.text
    shown = admin.get(f"{queue}?muc=1.1%2Fkh").text
    left, count = re.findall(r"Còn (\d+)/(\d+)", shown)[0]
    assert left == "0" and int(count) > 0


def test_one_post_decides_and_leads_to_the_next(admin: TestClient) -> None:
    first = first_left(admin)
    page = admin.get(f"{REVIEW}?muc={first}").text
    assert "Phụ lục viết" in page and "Máy hiểu" in page and "Còn 10/10" in page
    answer = decide(admin, first, "accept")
    assert answer.status_code == 303 and first not in unquote(answer.headers["location"])
    assert "Còn 9/10" in admin.get(answer.headers["location"]).text
    second = first_left(admin)
    decide(admin, second, "drop")
    assert "Còn 8/10" in admin.get(f"{REVIEW}?muc={second}").text


def test_a_changed_value_is_kept_and_one_that_is_none_is_told_beside_its_field(admin: TestClient) -> None:
    name = first_left(admin)
    values = fields_of(admin.get(f"{REVIEW}?muc={name}").text)
    wrong = decide(admin, name, "edit", **{**values, "due": "31/02/2025", "title": "Kế hoạch do người sửa"})
    assert wrong.status_code == 400
    assert 'id="w-due"' in wrong.text and "Kế hoạch do người sửa" in wrong.text and "31/02/2025" in wrong.text
    assert "Còn 10/10" in wrong.text
    right = decide(admin, name, "edit", **{**values, "due": "20/3/2025", "title": "Kế hoạch do người sửa"})
    assert right.status_code == 303
    shown = fields_of(admin.get(f"{REVIEW}?muc={name}").text)
    assert (shown["due"], shown["title"]) == ("20/03/2025", "Kế hoạch do người sửa")


def test_what_was_not_changed_is_no_change(admin: TestClient, settings: Settings) -> None:
    """Every proposal is sent as its form holds it: an edit that changes nothing is an acceptance."""
    with Archive.open(settings) as archive:
        names = [f"{row.criterion}/{row.requirement}" for row in archive.review.rows(NAME) if row.requirement]
    for name in names:
        answer = decide(admin, name, "edit", **fields_of(admin.get(f"{REVIEW}?muc={name}").text))
        assert answer.status_code == 303, name
    with Archive.open(settings) as archive:
        acts = {row.answer.act for row in archive.review.rows(NAME) if row.requirement and row.answer}
    assert acts == {ReviewAct.ACCEPT}


def test_requirements_are_added_and_taken_away(admin: TestClient) -> None:
    criterion = first_left(admin).rpartition("/")[0]
    empty = decide(admin, f"{criterion}/+", "add")
    assert empty.status_code == 400 and 'id="w-title"' in empty.text
    decide(admin, f"{criterion}/+", "add", title="Biên bản họp", kind="Biên bản")
    decide(admin, f"{criterion}/+", "add", title="Báo cáo thêm", kind="Báo cáo")
    assert "Biên bản họp" in admin.get(f"{REVIEW}?muc={criterion}/%2B1").text
    assert decide(admin, f"{criterion}/+1", "drop").status_code == 303
    assert admin.get(f"{REVIEW}?muc={criterion}/%2B1").status_code == 404
    assert "Báo cáo thêm" in admin.get(f"{REVIEW}?muc={criterion}/%2B2").text


@pytest.mark.parametrize("name", ["", "khong-co", "9.9.9/kh", "9.9.9/+", "/"])
def test_what_is_no_proposal_is_not_found(admin: TestClient, name: str) -> None:
    assert decide(admin, name, "accept").status_code == 404


@pytest.mark.parametrize("act", ["", "add", "remembered", "xyz"])
def test_what_is_no_decision_decides_nothing(admin: TestClient, act: str) -> None:
    assert decide(admin, first_left(admin), act).status_code == 404
    assert "Còn 10/10" in admin.get("/bo-tieu-chi").text


def test_the_published_version_is_the_one_that_counts(admin: TestClient, settings: Settings) -> None:
    dropped = first_left(admin)
    decide(admin, dropped, "drop")
    while (answer := admin.get(REVIEW, follow_redirects=False)).status_code == 303:
        decide(admin, first_left(admin), "accept")
    assert "Hết đề xuất phải duyệt" in answer.text
    published = admin.post(f"/bo-tieu-chi/{NAME}/cong-bo", follow_redirects=False)
    assert published.status_code == 303
    page = admin.get(published.headers["location"]).text
    assert "Đã công bố" in page and "Bản 1: duyệt yêu cầu · Phạm Quản Trị" in page
    with Archive.open(settings) as archive:
        asked = [f"{criterion.code}/{each.id}" for criterion in archive.criteria(NAME).criteria
                 for child in (criterion, *criterion.children) for each in child.evidence]  # fmt: skip
        assert dropped not in asked


def test_a_set_in_use_is_published_under_a_name_of_its_own(admin: TestClient, clients: Clients) -> None:
    opened = clients["head"].post("/vong", data={"criteria_set": SET, "stage": "first"}, follow_redirects=False)
    assert opened.status_code == 303
    refused = admin.post(f"/bo-tieu-chi/{SET}/cong-bo", follow_redirects=False)
    assert refused.status_code == 400 and "không đổi nữa" in refused.text
    taken = admin.post(f"/bo-tieu-chi/{SET}/cong-bo", data={"target": "Bản hai"}, follow_redirects=False)
    assert taken.headers["location"].startswith("/bo-tieu-chi/ban-hai?")


def test_an_annex_is_taken_in_by_upload(admin: TestClient) -> None:
    answer = upload(admin, "/bo-tieu-chi/nhap", "../../Phụ lục số 1.csv", ANNEX.read_bytes(), year="2025", level="so")
    assert answer.status_code == 303, answer.text
    page = admin.get(answer.headers["location"]).text
    assert "Đã nhập" in page and "Phụ lục số 1.csv" in page


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", b"A;B\n1;2\n"), ("b.docx", b"PK\x03\x04 khong phai docx"), ("c.exe", b"MZ"), ("", b"")]
)
def test_what_is_no_annex_is_refused_with_reasons(admin: TestClient, name: str, data: bytes) -> None:
    answer = upload(admin, "/bo-tieu-chi/nhap", name, data)
    assert answer.status_code == 400 and 'class="failure"' in answer.text
    assert admin.get("/bo-tieu-chi").text.count('<th scope="row">') == 2


def test_faults_stand_by_their_place(admin: TestClient) -> None:
    broken = ANNEX.read_text("utf-8-sig").replace(";2;", ";hai;", 1).encode()
    answer = upload(admin, "/bo-tieu-chi/nhap", "sai.csv", broken, name="sai")
    if answer.status_code == 303:
        pytest.skip("the annex has no such points")
    assert answer.status_code == 400 and re.search(r"<li>[^<]*\d+[^<]*:", answer.text)


def test_units_are_taken_in_by_upload(admin: TestClient) -> None:
    units = (ROOT / "samples" / "don-vi.csv").read_bytes()
    answer = upload(admin, f"/bo-tieu-chi/{NAME}/don-vi", "đơn vị.csv", units)
    assert answer.status_code == 303, answer.text
    assert "Đã nhập đơn vị" in admin.get(answer.headers["location"]).text
    refused = upload(admin, f"/bo-tieu-chi/{NAME}/don-vi", "x.csv", b"khong;phai\n1;2\n")
    assert refused.status_code == 400 and 'class="failure"' in refused.text


def upload(client: TestClient, path: str, file: str, data: bytes, **values: str) -> Response:
    files = {"file": (file, data)} if file else None
    return client.post(path, data=values, files=files, follow_redirects=False)


def test_the_annex_page_stands_beside_its_proposal(
    settings: Settings, app: FastAPI, clients: Clients, tmp_path: Path
) -> None:
    """Its words are framed on the picture, which nobody may see who may not edit sets; a set of a CSV has none."""
    file = annexes.pdf(tmp_path / "PL01.pdf", annexes.RULED)
    imported = import_criteria(file, ImportRequest(name="co-trang"), Settings(home=tmp_path / "none", jobs=1))
    drawn: list[PageImageRequest] = []

    class Drawer:
        def draw(self, request: PageImageRequest) -> bytes:
            assert request.file.read_bytes() == file.read_bytes()
            drawn.append(request)
            return b"RIFF"

    with Archive.open(settings) as archive:
        archive.keep_criteria(imported)
        archive.keep_criteria(imported)
        archive.page_images.drawer = Drawer()
        assert archive.page_images.find_annex_image("co-trang", 2, 1200) == b"RIFF"
    assert len(drawn) == 1 and not drawn[0].file.exists()
    page = clients["admin"].get("/bo-tieu-chi/co-trang/duyet?muc=1.1.1%2Fkh").text
    assert "Trang 1 của phụ lục" in page and "/bo-tieu-chi/co-trang/trang/1.webp" in page
    assert re.search(r'class="frame chosen" id="chosen" x="59\d', page)
    assert clients["admin"].get("/bo-tieu-chi/co-trang/trang/2.webp").content == b"RIFF", "it was kept"
    for client, address in ((clients["admin"], "co-trang/trang/9"), (clients["appraiser"], "co-trang/trang/2")):
        assert client.get(f"/bo-tieu-chi/{address}.webp").status_code == 404
    assert clients["admin"].get(f"/bo-tieu-chi/{SET}/trang/1.webp").status_code == 404
    assert 'class="sheets"' not in clients["admin"].get(f"/bo-tieu-chi/{SET}/duyet?muc=1.1%2Fkh").text
