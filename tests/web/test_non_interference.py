"""What a unit, its appraiser, a reader and nobody at all are answered does not depend on what other units handed in.

Two archives that differ in unit B's things alone: the second holds B's documents (one is A's own file again, one bears
a number that A's cites, one cites A's), corrections, changes, an account, and a word that stands nowhere else. Every
route is asked in every role, and the answers are alike byte for byte: pages, counts, errors, exports unpacked, headers.

**A new route is entered in ``READS`` or ``CHANGES``, with addresses that name A's things and B's; a route that is
missing there fails this test.**
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from evidence.archive import intake
from evidence.archive.accounts import accounts
from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.submissions.changes import ChangeNote, Place
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.config import Settings
from evidence.model.account import Account, AccountRole, Capability
from evidence.model.assessment import Figure
from evidence.model.plan import DueKind, OwnerKind, Plan, PlanTask, TaskDue, TaskOwner, TaskStatus
from evidence.model.scores.figures import FigureProposal, FigureSource
from evidence.store import commands
from evidence.store.findings.proposal_store import ProposalStore
from evidence.store.plans.plan_store import PlanStore
from evidence.store.receipts.receipt_store import ReceiptStore
from evidence.store.store import Store
from evidence.web.app import create_app
from tests.support import text_pipeline
from tests.support.service import CRITERIA, PASSWORD, sign_in, use_cheap_passwords
from tests.support.stored_papers import hand_in
from tests.support.violations import refuse

A, B = "SXD", "VPUBND"
CANARY = "hoàngyến"  # in everything of B's
NOW = datetime.datetime(2026, 1, 31, 2, 42, 9, tzinfo=datetime.UTC)

PAPER = "Số: {number}\nNgày: {day}\nLoại: {kind}\nCơ quan: {issuer}\nVề: {subject}\n\n{text}"
OWN = {
    f"{A}/1.1/kh.txt": PAPER.format(
        number="12/KH-SXD", day="2025-01-20", kind="Kế hoạch", issuer="Sở Xây dựng",
        subject="cải cách hành chính năm 2025", text="Căn cứ Quyết định số 615/QĐ-UBND và Kế hoạch 77/KH-VP.",
    ),
    f"{A}/1.2/bc.txt": PAPER.format(
        number="41/BC-SXD", day="2025-03-14", kind="Báo cáo", issuer="Sở Xây dựng",
        subject="công tác cải cách hành chính quý I", text="Thực hiện Kế hoạch số 12/KH-SXD.",
    ),
}  # fmt: skip
OTHERS = {
    f"{B}/1.1/{CANARY}.txt": PAPER.format(
        number="77/KH-VP", day="2025-01-05", kind="Kế hoạch", issuer="Văn phòng UBND tỉnh",
        subject=f"cải cách hành chính {CANARY}", text=f"Thay thế Kế hoạch số 12/KH-SXD. {CANARY}",
    ),
    f"{B}/1.2/qd {CANARY}.txt": PAPER.format(
        number="615/QĐ-UBND", day="2025-01-02", kind="Quyết định", issuer="UBND tỉnh",
        subject=f"kiểm tra {CANARY}", text="Bãi bỏ Báo cáo số 41/BC-SXD.",
    ),
    f"{B}/1.1/trung.txt": OWN[f"{A}/1.1/kh.txt"],
}  # fmt: skip

DUES = (TaskDue(DueKind.DAY, datetime.date(2025, 1, 31), "31/01/2025"),)
PRODUCT = ("Kế hoạch cải cách hành chính năm 2025",)
ALL, SECOND = TaskOwner("Các cơ quan, đơn vị", OwnerKind.GROUP), TaskOwner("Văn phòng UBND tỉnh", OwnerKind.AGENCY)
PLAN = Plan(
    "viec", "Kế hoạch năm 2025", 2025, "", "kh.docx", "0" * 64,
    (
        PlanTask("1", "", "Xây dựng kế hoạch", PRODUCT, (ALL,), (), (), DUES, 1),
        PlanTask("2", "", "Việc riêng của văn phòng", PRODUCT, (SECOND,), (), (), DUES, 1),
    ),
)  # fmt: skip

# Route -> what to ask of it. {a}, {b}: hashes of A's and B's documents; {same}: the file that both handed in.
READS: dict[str, tuple[str, ...]] = {
    "/static/{name:path}": ("/static/frame.css", "/static/khong-co.css"),
    "/dang-nhap": ("/dang-nhap", "/dang-nhap?tiep=/tra-cuu", "/dang-nhap?ra=1"),
    "/dang-nhap/mot-lan": ("/dang-nhap/mot-lan", "/dang-nhap/mot-lan?tiep=/tra-cuu"),
    "/dang-nhap/mot-lan/ve": ("/dang-nhap/mot-lan/ve?code=x&state=y", "/dang-nhap/mot-lan/ve?error=access_denied"),
    "/dang-nhap/mot-lan/ra": ("/dang-nhap/mot-lan/ra",),
    "/tai-khoan": ("/tai-khoan", "/tai-khoan?xong=keys"),
    "/nguoi-dung": ("/nguoi-dung",),
    "/nguoi-dung/{number}": ("/nguoi-dung/1", "/nguoi-dung/9"),
    "/nhat-ky": ("/nhat-ky", f"/nhat-ky?chu={CANARY}"),
    "/nhat-ky/xuat": ("/nhat-ky/xuat", "/nhat-ky/xuat?dang=jsonl"),
    "/nhat-ky/kiem-tra": ("/nhat-ky/kiem-tra",),
    "/viec-nen": ("/viec-nen", "/viec-nen?loc=xong", "/viec-nen?loc=hong"),
    "/": ("/", "/?xem=tieu-chi&linh-vuc=1", "/?doi=1", "/?bo=khong-co"),
    "/tham-dinh": (
        "/tham-dinh",
        f"/tham-dinh?don-vi={A}",
        f"/tham-dinh?don-vi={B}",
        f"/tham-dinh?ket-luan=tat-ca&muc={A}/1.1/kh",
        f"/tham-dinh?muc={B}/1.1/kh",
        f"/tham-dinh?muc={A}/1.2/q1&tep={{b}}",
        f"/tham-dinh?muc={A}/1.2/q1&tep={{a}}&ly=2",
        f"/tham-dinh?muc=het&vua={B}/1.1/kh",
        f"/tham-dinh?ket-luan=met&linh-vuc=1&muc={A}/1.1/kh&sua=date",
    ),
    "/tra-cuu": (
        "/tra-cuu",
        "/tra-cuu?q=615",
        "/tra-cuu?q=cải cách hành chính&sap=ngay",
        f"/tra-cuu?q={CANARY}",
        f"/tra-cuu?q=donvi:{B}",
    ),
    "/van-ban/{sha256}": ("/van-ban/{a}", "/van-ban/{a}?trang=1", "/van-ban/{b}", "/van-ban/{same}"),
    "/van-ban/{sha256}/goc": ("/van-ban/{a}/goc", "/van-ban/{b}/goc", "/van-ban/{same}/goc"),
    "/van-ban/{sha256}/quan-he.svg": (
        "/van-ban/{a}/quan-he.svg",
        "/van-ban/{b}/quan-he.svg",
        "/van-ban/{same}/quan-he.svg",
    ),
    "/van-ban/{sha256}/trang/{number}.webp": ("/van-ban/{a}/trang/1.webp", "/van-ban/{b}/trang/1.webp"),
    "/vong": ("/vong",),
    "/vong/{number}": ("/vong/1",),
    "/nop": ("/nop", f"/nop?don-vi={B}", "/nop?muc=1.2"),
    "/nop/bien-nhan/{name}": (f"/nop/bien-nhan/{A}-0001", f"/nop/bien-nhan/{B}-0001", "/nop/bien-nhan/1"),
    "/don-vi": ("/don-vi",),
    "/don-vi/{code}": (f"/don-vi/{A}", f"/don-vi/{A}?muc=1.2/q1", f"/don-vi/{B}", "/don-vi/KHONG"),
    "/tai-khoan/ma-truy-cap": ("/tai-khoan/ma-truy-cap",),
    "/api/openapi.json": ("/api/openapi.json",),
    "/api/don-vi/{code}/ket-luan": (f"/api/don-vi/{A}/ket-luan", f"/api/don-vi/{B}/ket-luan"),
    "/api/tra-cuu": ("/api/tra-cuu?q=615&facets=true", f"/api/tra-cuu?q={CANARY}&facets=true", "/api/tra-cuu"),
    "/api/van-ban/{sha256}": ("/api/van-ban/{a}", "/api/van-ban/{b}", "/api/van-ban/{same}"),
    "/bo-tieu-chi": ("/bo-tieu-chi",),
    "/bo-tieu-chi/{name}": ("/bo-tieu-chi/cchc-so-son-ha-2025", "/bo-tieu-chi/khong-co"),
    "/bo-tieu-chi/{name}/trang/{number}.webp": ("/bo-tieu-chi/cchc-so-son-ha-2025/trang/1.webp",),
    "/bo-tieu-chi/{name}/duyet": ("/bo-tieu-chi/cchc-so-son-ha-2025/duyet",),
    "/su-kien": ("/su-kien?mot=1",),
    "/xep-hang": ("/xep-hang", "/xep-hang?bo=cchc-so-son-ha-2025", "/xep-hang?bo=khong-co"),
    "/xep-hang/xuat": ("/xep-hang/xuat", "/xep-hang/xuat?bo=khong-co"),
    "/xep-hang/bieu-do": ("/xep-hang/bieu-do", f"/xep-hang/bieu-do?don-vi={B}"),
    "/xep-hang/bieu-do/{key}/{name}.svg": (f"/xep-hang/bieu-do/{'0' * 32}/xep-hang-1.svg",),
    "/xep-hang/chot": ("/xep-hang/chot", "/xep-hang/chot?bo=khong-co"),
    "/khao-sat": ("/khao-sat", "/khao-sat?bo=khong-co"),
    "/so-lieu": (
        "/so-lieu",
        f"/so-lieu?don-vi={A}",
        f"/so-lieu?don-vi={B}",
        f"/so-lieu?don-vi={A}&so=1.1/a",
        f"/so-lieu?don-vi={B}&so=1.1/a",
        "/so-lieu?bo=khong-co",
    ),
    "/don-vi/{code}/nam": (
        f"/don-vi/{A}/nam",
        f"/don-vi/{A}/nam?bo=cchc-so-son-ha-2025",
        f"/don-vi/{A}/nam?bo=khong-co",
        f"/don-vi/{B}/nam",
        "/don-vi/KHONG/nam",
    ),
    "/ke-hoach": ("/ke-hoach",),
    "/ke-hoach/{name}": (
        "/ke-hoach/viec",
        "/ke-hoach/viec?muc=1",
        f"/ke-hoach/viec?don-vi={A}&muc=1",
        f"/ke-hoach/viec?don-vi={B}",
        "/ke-hoach/viec?muc=2",
        "/ke-hoach/viec?tinh-trang=overdue",
        "/ke-hoach/khong-co",
    ),
}
CHANGES: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "/dang-nhap": (
        ("/dang-nhap", {"name": "vpubnd", "password": "sai rồi nhé"}),
        ("/dang-nhap", {"name": "khongco", "password": "sai rồi nhé"}),
    ),
    "/dang-xuat": (),  # would end what is asked with; answers a redirect alone
    "/ngon-ngu": (("/ngon-ngu", {"language": "vi"}),),
    "/tai-khoan": (("/tai-khoan", {"single_keys": "1"}),),
    "/tai-khoan/mat-khau": (("/tai-khoan/mat-khau", {"old": "sai rồi nhé", "new": "x"}),),
    "/tai-khoan/phien": (("/tai-khoan/phien", {"token": "0" * 64}),),
    "/nguoi-dung": (("/nguoi-dung", {"name": "x"}),),
    "/nguoi-dung/{number}": (("/nguoi-dung/1", {"full_name": "x"}),),
    "/tham-dinh/quyet-dinh": (
        (f"/tham-dinh/quyet-dinh?muc={B}/1.1/kh", {"act": "accept", "points": "1"}),
        (f"/tham-dinh/quyet-dinh?muc={A}/1.1/kh", {"act": "accept", "points": "1", "facts": "x"}),
    ),
    "/tham-dinh/sua": (
        (f"/tham-dinh/sua?muc={B}/1.1/kh&tep={{b}}", {"field": "place", "value": "x"}),
        (f"/tham-dinh/sua?muc={A}/1.2/q1&tep={{b}}", {"field": "place", "value": "x"}),
    ),
    "/tham-dinh/nhap": ((f"/tham-dinh/nhap?muc={B}/1.1/kh", {"note": "x"}),),
    "/su-kien/dang-xem": (
        ("/su-kien/dang-xem", {"muc": f"{A}/1.2/q1"}),
        ("/su-kien/dang-xem", {"muc": f"{B}/1.2/q1", "sua": "1"}),
    ),
    "/tra-cuu/luu": (("/tra-cuu/luu", {"q": "615"}),),
    "/van-ban/{sha256}/sua": (("/van-ban/{b}/sua", {"field": "place", "value": "x"}),),
    "/nop": (("/nop", {"don-vi": A}), ("/nop", {"don-vi": B})),
    "/nop/tep": (
        ("/nop/tep?ten=1.1/a.txt", {"x": "y"}),
        (f"/nop/tep?ten=1.1/a.txt&don-vi={B}", {"x": "y"}),
    ),
    "/nop/tieu-chi": (("/nop/tieu-chi", {"token": "0" * 32, "criterion": "1.1"}),),
    "/nop/bo": (("/nop/bo", {"token": "0" * 32}),),
    "/nop/gui": (("/nop/gui", {"token": "0" * 32}), ("/nop/gui", {"token": "0" * 32, "don-vi": B})),
    "/don-vi/{code}/giai-trinh": (
        (f"/don-vi/{A}/giai-trinh", {"requirement": "1.2/q1", "text": "x"}),
        (f"/don-vi/{B}/giai-trinh", {"requirement": "1.2/q1", "text": "x"}),
    ),
    "/don-vi/{code}/gui": ((f"/don-vi/{A}/gui", {}), (f"/don-vi/{B}/gui", {})),
    "/tai-khoan/ma-truy-cap": (("/tai-khoan/ma-truy-cap", {"title": ""}),),
    "/api/tai-lieu": (("/api/tai-lieu?ten=1.1/b.txt", {"x": "z"}), (f"/api/tai-lieu?ten=b.txt&don-vi={B}", {"x": "z"})),
    "/vong": (("/vong", {"criteria_set": "cchc-so-son-ha-2025", "stage": "first"}),),
    "/vong/{number}/dong": (("/vong/1/dong", {"name": "thẩm định lần 1"}),),
    "/bo-tieu-chi/nhap": (("/bo-tieu-chi/nhap", {"name": "x"}),),
    "/bo-tieu-chi/{name}/don-vi": (("/bo-tieu-chi/cchc-so-son-ha-2025/don-vi", {"province": "x"}),),
    "/bo-tieu-chi/{name}/cong-bo": (("/bo-tieu-chi/cchc-so-son-ha-2025/cong-bo", {"target": "x"}),),
    "/bo-tieu-chi/{name}/duyet": (("/bo-tieu-chi/cchc-so-son-ha-2025/duyet", {"act": "accept"}),),
    "/khao-sat/nhap": (("/khao-sat/nhap", {"bo": "cchc-so-son-ha-2025"}),),
    "/xep-hang/chot": (("/xep-hang/chot", {"name": "x"}),),
    "/xep-hang/chot/tep": (("/xep-hang/chot/tep", {"name": "x"}),),
    "/xep-hang/cong-bo": (("/xep-hang/cong-bo", {"name": "x"}),),
    "/don-vi/{code}/nam/diem": (
        (f"/don-vi/{B}/nam/diem", {"bo": "cchc-so-son-ha-2025", "criterion": "1.1", "points": "1"}),
        (f"/don-vi/{A}/nam/diem", {"bo": "khong-co", "criterion": "1.1", "points": "1"}),
    ),
    "/so-lieu/tim": (("/so-lieu/tim", {"don-vi": B}), ("/so-lieu/tim", {"bo": "khong-co", "don-vi": A})),
    "/so-lieu/tra-loi": (
        ("/so-lieu/tra-loi", {"don-vi": B, "so": "1.1/a", "act": "refuse"}),
        ("/so-lieu/tra-loi", {"don-vi": A, "so": "1.1/a", "act": "refuse", "seen": "x"}),
    ),
    "/ke-hoach/nhap": (("/ke-hoach/nhap", {"name": "x"}),),
    "/ke-hoach/{name}/xac-nhan": (
        ("/ke-hoach/viec/xac-nhan", {"task": "1", "owner": B, "status": "done", "note": "x"}),
        ("/ke-hoach/viec/xac-nhan", {"task": "2", "owner": B, "status": "done", "note": "x"}),
        ("/ke-hoach/viec/xac-nhan", {"task": "1", "owner": "", "status": "done", "note": "x"}),
        ("/ke-hoach/viec/xac-nhan", {"task": "1", "owner": A, "status": "done", "note": ""}),
    ),
    "/nguoi-dung/{number}/mat-khau": (("/nguoi-dung/1/mat-khau", {"password": "x"}),),
    "/nguoi-dung/{number}/lien-ket": (("/nguoi-dung/1/lien-ket", {"act": "link", "subject": "x"}),),
}
ASKERS = ("sxd", "hoa", "docgia", "")  # the unit, its appraiser, its reader, nobody
MISSES = ("/khong-co", "/van-ban/xxxx", "/api/khong-co")


@dataclass(frozen=True)
class Side:
    """One of the two archives as it is served, with everybody signed in."""

    clients: dict[str, TestClient]
    names: dict[str, str]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    use_cheap_passwords()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "read_queue", text_pipeline.read_text_files)
        patch.setattr(commands, "current_time", lambda: NOW.isoformat(timespec="seconds"))
        patch.setattr(accounts, "_now", lambda: NOW)
        patch.setattr(ReceiptStore, "tell_time", lambda store: NOW)
        without, both = (fill(tmp_path_factory.mktemp("side") / "kho", others) for others in (False, True))
        with serve(without) as first, serve(both) as second:
            yield open_windows(first, without), open_windows(second, without)


def fill(home: Path, others: bool) -> Settings:
    """B's things come partly before A's, so that numbers of A's rows are other ones."""
    settings = Settings(home=home, jobs=1)
    folder = Path(home.parent.parent / "dossier")  # the same in both: a path is no difference
    with Archive.open(settings, create=True) as archive:
        archive.keep_criteria(import_criteria(CRITERIA, ImportRequest(), settings))
        for name, role in (("sxd", AccountRole.UNIT), ("hoa", AccountRole.APPRAISER), ("docgia", AccountRole.READER)):
            archive.accounts.add(Account(0, name, f"Người {name}", role, (A,)), PASSWORD)
        archive.accounts.add(Account(0, "lanh", "Lành", AccountRole.HEAD), PASSWORD)
        early, late = dict(list(OTHERS.items())[:1]), dict(list(OTHERS.items())[1:])
        if others:
            hand_in(archive, folder / "early", early)
        hand_in(archive, folder / "own", OWN)
        archive.correct("41/BC-SXD", "place", "Sơn Hà", "Hoa", EVERYTHING)
        if others:
            upload(archive, B, CANARY.encode())
        upload(archive, A, b"mot hai ba")
        if others:
            hand_in(archive, folder / "late", late)
            archive.correct("615/QĐ-UBND", "place", CANARY, f"Ông {CANARY}", EVERYTHING)
            archive.move("77/KH-VP", Place(B, "1.1"), Place(B, "1.2"), ChangeNote(f"Ông {CANARY}", CANARY), EVERYTHING)
            archive.accounts.add(Account(0, "vpubnd", CANARY, AccountRole.UNIT, (B,)), PASSWORD)
    with Store.open(home) as store:
        PlanStore(store).put(PLAN, "Lành")
        for unit in (B, A) if others else (A,):
            source = FigureSource("0" * 64, 1, None, f"nhiệm vụ của {CANARY if unit == B else unit}")
            proposal = FigureProposal(Figure(unit, "1.1", "a", Decimal(len(unit))), "Kế hoạch", "nhiệm vụ", (source,))
            ProposalStore(store).put("cchc-so-son-ha-2025", unit, [proposal])
    with Archive.open(settings) as archive:
        if others:
            archive.plans.mark("viec", "1", B, TaskStatus.OVERDUE, CANARY, f"Ông {CANARY}")
        archive.findings.refresh()
    return settings


def upload(archive: Archive, unit: str, content: bytes) -> None:
    """Hands a file in as the pages do."""
    draft = archive.uploads.spool(unit, "1.1/nop.txt", f"Người {unit}", [content], EVERYTHING)
    files = (HandedUpload(draft.token, "1.1"),)
    archive.uploads.hand_in(HandInRequest(unit, "cchc-so-son-ha-2025", f"Người {unit}", files), EVERYTHING)


def serve(settings: Settings) -> TestClient:
    return TestClient(create_app(settings), base_url="https://testserver", raise_server_exceptions=False)


def open_windows(served: TestClient, without: Settings) -> Side:
    clients = {"": served}
    for name in ("sxd", "hoa", "docgia", "lanh"):
        clients[name] = TestClient(served.app, base_url="https://testserver", raise_server_exceptions=False)
        sign_in(clients[name], name)
    names = {
        "a": text_pipeline.source("", OWN[f"{A}/1.2/bc.txt"].encode()).sha256,
        "b": text_pipeline.source("", OTHERS[f"{B}/1.2/qd {CANARY}.txt"].encode()).sha256,
        "same": text_pipeline.source("", OWN[f"{A}/1.1/kh.txt"].encode()).sha256,
    }
    return Side(clients, names)


def questions(side: Side) -> list[tuple[str, str, dict[str, str]]]:
    """Everything that is asked: method, address, form."""
    reads = [("GET", address, {}) for row in READS.values() for address in row] + [("GET", miss, {}) for miss in MISSES]
    changes = [("POST", address, form) for row in CHANGES.values() for address, form in row]
    return [(method, put_names(address, side), form) for method, address, form in [*reads, *changes]]


def put_names(address: str, side: Side) -> str:
    return re.sub(r"\{(a|b|same)\}", lambda match: side.names[match[1]], address)


def ask(client: TestClient, method: str, address: str, form: dict[str, str]) -> tuple[int, dict[str, str], object]:
    answer = client.request(method, address, data=form or None, follow_redirects=False)
    headers = {name: value for name, value in answer.headers.items() if name not in ("date", "set-cookie")}
    body: object = re.sub(rb"[0-9a-f]{64}(?=\")", unmark(answer.content), answer.content)
    if isinstance(body, bytes):
        body = re.sub(rb"\b(c?)[0-9a-f]{32}\b", rb"\1draft", body)
        body = re.sub(rb"(\d{2}/\d{2}/\d{4}) \d{2}:\d{2}\b", rb"\1 minute", body)  # one archive is made after the other
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            body = {member.filename: packed.read(member) for member in packed.infolist()}
    return answer.status_code, headers, body


def unmark(page: bytes) -> object:
    """Tokens against forgery and numbers of sessions are drawn by lot; hashes of documents are left as they are."""
    tokens = set(re.findall(rb'(?:csrf"|name="token") (?:content|value)="([0-9a-f]{64})"', page))
    return lambda match: b"token" if match[0] in tokens else match[0]


def test_every_route_is_asked(sides: tuple[Side, Side]) -> None:
    app = sides[0].clients[""].app
    routes = {(method, route.path) for route in app.state.routes for method in route.methods}  # type: ignore[attr-defined]
    known = {("GET", path) for path in READS} | {("POST", path) for path in CHANGES}
    refuse(sorted(routes - known), "say in READS or CHANGES what to ask of these routes:")
    refuse(sorted(known - routes), "no such route any more:")


@pytest.mark.parametrize("name", ASKERS)
def test_answers_do_not_depend_on_other_units(sides: tuple[Side, Side], name: str) -> None:
    first, second = sides
    differing, told = [], []
    for method, address, form in questions(first):
        answers = [ask(side.clients[name], method, address, form) for side in (first, second)]
        if answers[0] != answers[1]:
            differing.append(f"{method} {address}: {describe(*answers)}")
        asked = CANARY in address
        if CANARY.encode() in repr(answers[1]).encode() and not asked:
            told.append(f"{method} {address}")
    refuse(differing, f"{name or 'nobody'} learns of unit {B} by:")
    refuse(told, f"{name or 'nobody'} reads words of unit {B} at:")


def test_who_sees_everything_is_answered_otherwise(sides: tuple[Side, Side]) -> None:
    """Else the test above would prove nothing."""
    with_scope = {"/tra-cuu", "/van-ban/{sha}", "/don-vi/{code}", "/"} & set(READS)
    for path in with_scope:
        answers = [
            [ask(side.clients["lanh"], "GET", put_names(each, side), {}) for each in READS[path]] for side in sides
        ]
        assert answers[0] != answers[1], path


def describe(first: tuple[int, dict[str, str], object], second: tuple[int, dict[str, str], object]) -> str:
    """Where the two begin to differ."""
    if first[:2] != second[:2]:
        return f"{first[:2]} and {second[:2]}"
    texts = [str(body) for body in (first[2], second[2])]
    place = next((at for at, pair in enumerate(zip(*texts, strict=False)) if pair[0] != pair[1]), 0)
    return " and ".join(text[max(0, place - 40) : place + 60] for text in texts)


def test_nothing_is_granted_that_the_test_does_not_know() -> None:
    """A new role or capability comes with a thought about what it may learn."""
    assert len(Capability) == 15 and len(AccountRole) == 5
