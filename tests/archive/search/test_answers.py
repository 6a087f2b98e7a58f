"""Tricky queries and their answers: which documents, in which order, with which notes; the same by every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest, SearchResult
from evidence.config import Settings
from tests.archive.search.answers_corpus import PAPERS
from tests.support import made_papers
from tests.support.servers.search_engines import ARCHIVE_ENGINES
from tests.support.stored_papers import hand_in


@pytest.fixture(scope="module", params=ARCHIVE_ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("kho")
    patch = pytest.MonkeyPatch()
    patch.setattr(intake, "read_queue", made_papers.read_papers)
    with Archive.open(Settings(home=home / "kho", search_engine=request.param), create=True) as opened:
        hand_in(opened, home / "ho so", {f"{path}.txt": text for path, text in PAPERS.items()})
        yield opened
    patch.undo()


def ask(archive: Archive, query: str) -> SearchResult:
    return archive.search(SearchRequest(query, limit=100), EVERYTHING)


def names(result: SearchResult) -> list[str]:
    return [PurePosixPath(hit.path).stem for hit in result.hits]


ALL = {path.rpartition("/")[2] for path in PAPERS}
"""Documents parted by blanks in any order, groups parted by ``>`` one after the other; ``… `` at the end: others may
follow. Behind ``#`` the notes."""
ANSWERS: dict[str, str] = {
    # numbers, whole and in part, in any writing and order: the bearer, its draft, what changes it, who cites it
    "1605/QĐ-UBND": "qd1605 > draft1605 > qd1700 > kh20 long",
    "1605/qđ-ubnd": "qd1605 > draft1605 > qd1700 > kh20 long",
    "01605 / QÐ - UBND": "qd1605 > draft1605 > qd1700 > kh20 long",
    "Quyết định số 1605/QĐ-UBND": "qd1605 > draft1605 > qd1700 > kh20 long",
    "1605": "qd1605 draft1605 > qd1700 kh20 long",
    "1605/QĐ": "qd1605 > draft1605 > qd1700 kh20 long",
    "qd ubnd 1605": "qd1605 > draft1605 > qd1700 kh20 long",
    "ubnd 1605": "qd1605 > draft1605 > qd1700 kh20 long",
    "1605 ubnd qd": "qd1605 > draft1605 > qd1700 kh20 long",
    "1700/QĐ-UBND": "qd1700 > qd1801",
    "100/QĐ-BNV": "qd100 > qd250 > tt1",
    "34/2019/NĐ-CP": "nd34 > qd1605",
    "NĐ34/2019": "nd34 > qd1605",
    "nghị định 34/2019": "nd34 > qd1605",
    "nghi dinh so 34 nam 2019": "nd34 > qd1605",
    "NĐ30/2020": "hd3",
    "nghị định số 30/2020": "hd3",
    "4361/QĐ-BNV": "bc36",
    "4361/QĐ": "bc36",
    "39-NQ/TW": "nqtw",
    "nq tw 39": "nqtw",
    "5/QĐ-STP": "qd5 qd5cb",
    "05/QĐ-STP": "qd5 qd5cb",
    "5/qd-stp coquan:Cao Bằng": "qd5cb",
    "36 snv": "bc36",
    "0036 bc snv": "bc36",
    "512/SNV-CCHC": "cv512",
    "12/2021/QĐ-UBND": "bundle",
    "8/2017/QĐ-UBND": "qd8 > bundle",
    "999/QĐ-UBND": "",
    "so:1605": "qd1605 draft1605",
    "so:1605/QĐ-UBND": "qd1605 > draft1605",
    "số hiệu:5": "qd5 qd5cb qd5tc",
    "so:STC": "cv40 kh6 ns1 ns2 ns3 ns4 qd5tc qd9 tb7",
    "viendan:1605/QĐ-UBND": "qd1700 kh20 long",
    "viendan:1605": "qd1700 kh20 long",
    "viện dẫn:20/KH": "bc77 bc36",
    "căn cứ:9/NQ-HĐND": "ns4 > ns3 > ns2 > ns1",
    "viendan:160": "",
    "viendan:quyết định 1605": "qd1700 kh20 long",
    "viendan:QĐ 1605": "qd1700 kh20 long",
    "căn cứ: Quyet dinh so 1605/QĐ-UBND": "qd1700 kh20 long",
    "căn cứ: QĐ1605 loai:KH": "kh20",
    "so:quyết định 1605": "qd1605 draft1605",
    "số: QĐ1605": "qd1605 draft1605",
    # which decision set up this council; what amends it
    "quyết định thành lập hội đồng thẩm định giá đất": "qd1605 draft1605 …",
    "thanh lap hoi dong tham dinh gia dat": "qd1605 draft1605 > qd1700",
    "thành lập hội đồng thẫm định giá đất": "qd1605 draft1605 > qd1700",
    "hội đồng thẩm định": "qd1605 draft1605 qd1700",
    '"thành lập hội đồng"': "qd1605 draft1605",
    "kiện toàn hội đồng": "qd1700",
    # a wrong tone, a typing error, marks or none
    "cải cách hành chính": "kh20 bc36 bc77 bc98 draft98 cv512 > kh6 hd3",
    "cai cach hanh chinh": "kh20 bc36 bc77 bc98 draft98 cv512 > kh6 hd3",
    '"cải cách hành chính"': "kh20 bc36 bc77 bc98 draft98 cv512",
    "cchc": "kh20 bc36 bc77 bc98 draft98 cv512",
    "CCHC quý II": "bc77 …",
    "tuyên truyênf pháp luật": "kh88 # search-did-you-mean",
    "phổ biếnn giáo dục": "kh88 # search-did-you-mean",
    "khoáng sãn": "qd615",
    "tthc trước hạn": "long",
    "thủ tục hành chính": "annex long",
    "TTHC hộ tịch": "annex",
    "in ấn": "tb7",
    "ăn ca": "tb7 …",
    # joints, exclusion, brackets, prefixes
    "NOT cchc": " ".join(sorted(ALL - {"kh20", "bc36", "bc77", "bc98", "draft98", "cv512"})),
    "báo cáo -cchc": "long ns1 ns2 ns3 ns4",
    "loai:báo cáo -cchc": "long ns4 ns3 ns2 ns1",
    'loai:báo cáo không "ngân sách"': "bc36 bc77 bc98 draft98 long",
    "kiện toàn hoặc khoáng sản": "qd1700 qd615",
    "kiện toàn OR khoáng sản": "qd1700 qd615",
    "(kiện toàn OR khoáng sản) ngay:2020": "qd1700",
    "(kiện toàn | khoáng sản) -đất": "qd615",
    "khoán*": "qd615",
    "hồ sơ không đạt": "tb14",
    "lệ phí hộ tịch": "bundle",
    "giá nước sạch": "bundle",
    # fields
    "loai:quyết định coquan:UBND tỉnh Lạng Sơn": "qd1801 > qd615 > bundle > qd1700 > qd1605 > qd8 > draft1605",
    "coquan:UBND tỉnh Lạng Sơn loai:QĐ ngay:2019..2020": "qd1700 > qd1605",
    "cơ quan:sở tư pháp": "bb2 > qd5cb > kh88 > qd5 > annex",
    'coquan:"Sở Tư pháp tỉnh Lạng Sơn"': "bb2 > kh88 > qd5 > annex",
    "loai:nghị quyết": "nq9 > nqtw",
    "loại văn bản:công văn": "cv40 > cv512",
    "người ký:Nguyễn Văn Hạnh": "bc36 > kh20",
    "nguoiky:hanh": "bc36 > kh20",
    "địa danh:Lạng Sơn": "kh88 > qd1605",
    "nơi nhận:Sở Tài chính": "qd1605",
    "kính gửi:báo lạng sơn": "kh88",
    "trích yếu:hộ tịch": "bb2 > bundle > annex",
    "donvi:STP": "bb2 > qd5cb > kh88 > qd5 > annex draft1605",
    "tieuchi:1.2": "bb2 bc98 bc77 bc36 kh20 kh88 draft98 annex",
    "tieuchi:1.2.1": "bc98 > bc77 > bc36 > kh20",
    "tieuchi:1.2.1 donvi:SNV loai:kế hoạch": "kh20",
    "duthao:có": "draft1605 draft98",
    "duthao:không hội đồng": "qd1605 qd1700 nq9 > ns1 ns2 ns3 ns4",
    "trangthai:không đọc được": "unread",
    "number:1605 kind:QĐ draft:no": "qd1605",
    # days and periods
    "ngay:15/3/2019": "qd1605",
    "15/3/2019": "qd1605 qd1700 kh20 long",
    "ngày 15 tháng 3 năm 2019": "qd1605 qd1700 kh20 long",
    '"15-3-2019"': "qd1605 qd1700 kh20 long",
    "từ ngày 1/1/2019 đến ngày 30/6/2019": "nd34 > qd1605 > cv512",
    "ngay:..2015": "nqtw > qd100",
    "ngay:2022..": "qd1801 > cv40 > qd250",
    "báo cáo quý 3/2020": "bc98",
    "quý III năm 2021": "ns3 …",
    'ngay:"quý 1/2021"': "ns1 > tb7 > qd615 > tt1 > qd5cb > kh6 > bundle",
    "dự toán ngân sách năm 2021": "ns1 ns2 ns3 ns4 > nq9",
    # ordinary text is never an error
    '"cải cách': "kh20 bc36 bc77 bc98 draft98 > cv512 hd3 kh6",
    "http://example.vn/a": "cv512",
    "h52.1 - (abc": "cv512",
    "10:30 ngày 5/3": "cv512 > long",
    "Kính gửi các phòng": "cv40 …",
    "Hồ sơ không đạt yêu cầu (": "tb14",
    "zzqq xxww": "",
    "giá nước xxyyzz": "bundle # search-but-one-word",
    "xxyyzz wwqq khoáng": "qd615 # search-any-word",
}


def test_there_are_eighty_tricky_queries() -> None:
    assert len(ANSWERS) >= 80


@pytest.mark.parametrize("query", list(ANSWERS))
def test_answers(archive: Archive, query: str) -> None:
    wanted, _, notes = ANSWERS[query].partition("#")
    result = ask(archive, query)
    assert [note.code for note in result.notes] == notes.split()
    shown = names(result)
    open_ended = wanted.strip().endswith("…")
    groups = [set(group.replace("…", "").split()) for group in wanted.split(">")]
    at = 0
    for group in groups:
        assert set(shown[at : at + len(group)]) == group, shown
        at += len(group)
    assert open_ended or at == len(shown) == result.total, shown[at:]


def test_a_mended_word_is_marked_in_the_passage(archive: Archive) -> None:
    (hit,) = ask(archive, "phổ biếnn giáo dục").hits
    marks = [snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks]
    assert marks == ["phổ", "biến", "giáo", "dục"]


@pytest.mark.parametrize(("query", "page"), [("một cửa điện tử", 9), ("1605/QĐ", 9), ("viendan:1605", 9), ("tthc", 11)])
def test_the_page_of_a_long_file_is_shown(archive: Archive, query: str, page: int) -> None:
    result = ask(archive, query)
    hit = result.hits[names(result).index("long")]
    assert [snippet.page for snippet in hit.snippets] == [page] and hit.box is not None


FIELDS = {"kind": "loai", "issuer": "coquan", "year": "ngay", "unit": "donvi", "status": "trangthai"}


@pytest.mark.parametrize("query", ["NOT zzqq", "báo cáo", "loai:quyết định", "1605/QĐ-UBND"])
def test_selecting_a_value_gives_its_count(archive: Archive, query: str) -> None:
    """Also where one agency bears another's name in its own, and a file holds documents of several kinds."""
    counts = archive.search(SearchRequest(query, facets=True), EVERYTHING).facets
    for facet, field in FIELDS.items():
        for value, count in counts[facet].items():
            assert ask(archive, f'{query} {field}:"{value}"').total == count, (facet, value)
