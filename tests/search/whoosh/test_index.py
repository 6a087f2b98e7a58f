"""Searching: what is found, in which order, and what is never opened."""

from __future__ import annotations

import json
import pickle
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from evidence.errors import UsageError
from evidence.search.query import parse_query
from evidence.search.snippet import make_snippets
from evidence.search.whoosh.index import IndexAnswer, IndexDamagedError, SearchIndex
from evidence.search.whoosh.schema import IndexEntry
from evidence.vietnamese.text import strip_marks
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


def entry(name: str, text: str, unit: str = "SNV", criterion: str = "1.2.1") -> IndexEntry:
    document = text_pipeline.document(text, name)
    texts = tuple(page.text for page in document.pages)
    return IndexEntry(document.source.sha256, 1, text_pipeline.record(document), texts, (unit,), (criterion,))


ENTRIES = {name: entry(name, text) for name, text in TEXTS.items() if name != "kh"}
ENTRIES["kh"] = entry("kh", TEXTS["kh"], "STP", "1.3")
NAMES = {one.sha256: name for name, one in ENTRIES.items()}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex(tmp_path_factory.mktemp("kho"), "me")
    with made.exclusive(wait=True):
        made.rebuild(ENTRIES.values())
    return made


def find(index: SearchIndex, text: str) -> list[str]:
    return [NAMES[one.sha256] for one in index.find(parse_query(text), 10).ranked]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cải cách hành chính", ["615", "bc", "kh"]),
        ("cai cach hanh chinh", ["615", "bc", "kh"]),
        ('"cải cách hành chính"', ["615", "bc"]),
        ('"cai cach hanh chinh"', ["615", "bc"]),
        ("CCHC", ["615", "bc"]),
        ("UBND Hoà Bình", ["kh"]),
        ("ubnd hòa bình", ["kh"]),
        ("so:615", ["615"]),
        ("so:615/QĐ-UBND", ["615"]),
        ("so:qd", ["5", "615"]),
        ("số:SNV", ["bc", "kh"]),
        ("5/QĐ-UBND", ["5"]),
        ("05/QĐ-UBND", ["5"]),
        ("so:5", ["5"]),
        ("in ấn", ["5"]),
        ("in", ["5"]),
        ("loai:QĐ", ["5", "615"]),
        ('loai:"báo cáo"', ["bc"]),
        ('loai:"bao cao"', ["bc"]),
        ('coquan:"UBND tỉnh Lạng Sơn"', ["615"]),
        ('coquan:"ủy ban nhân dân tỉnh lạng sơn"', ["615"]),
        ('coquan:"lang son"', ["615", "bc"]),
        ("ngay:2018..2019-06", ["615", "bc"]),
        ("ngay:2018", ["bc"]),
        ("ngay:..2017", ["kh"]),
        ("ngay:15/3/2019", ["615"]),
        ("ngay:2019-03..", ["5", "615"]),
        ("donvi:stp", ["kh"]),
        ("tieuchi:1.2", ["5", "615", "bc"]),
        ("tieuchi:1", ["5", "615", "bc", "kh"]),
        ("tieuchi:1.2.1 báo cáo", ["bc"]),
        ("viendan:4361/QĐ-BNV", ["bc"]),
        ("cites:4361/QD-BNV", ["bc"]),
        ("28/12/2016", ["bc"]),
        ("ngày 28 tháng 12 năm 2016", ["bc"]),
        ("ngay:2030", []),
        ("so:999", []),
    ],
)
def test_what_is_found(index: SearchIndex, query: str, names: list[str]) -> None:
    assert sorted(find(index, query)) == names
    assert sorted(find(index, unicodedata.normalize("NFD", query))) == names


def test_who_bears_the_number_that_is_asked_for(index: SearchIndex) -> None:
    for query in ("so:615/QĐ-UBND", "615/QĐ-UBND"):
        assert [one.bears for one in index.find(parse_query(query), 5).ranked] == [True]
    assert find(index, "36 sở nội vụ")[0] == "bc"


def test_neighbours_and_titles_come_first(index: SearchIndex) -> None:
    assert find(index, "cải cách hành chính")[-1] == "kh"


def step(index: SearchIndex, text: str) -> IndexAnswer:
    return index.find(parse_query(text), 10)


def test_marks_are_dropped_before_words(index: SearchIndex) -> None:
    assert step(index, "cái cách").step.note == "search-without-marks"
    assert step(index, "cải cách zzz").step.note == "search-any-word"
    assert step(index, "cải cách").step.note is None
    assert step(index, "zzz").total == 0


def test_the_bearer_comes_before_many_that_cite_it(tmp_path: Path) -> None:
    basis = "Căn cứ Quyết định 615/QĐ-UBND; Quyết định 615/QĐ-UBND"
    many = [entry(str(at), f"Số: {at}/QĐ-UBND\nVề: việc {at}\n{basis}") for at in range(1, 15)]
    many += [entry("x", f"Số: {at}/KH-UBND\nVề: điều 615 của quyết định {at}") for at in range(20, 60)]
    bearer = entry("615", "Số: 615/QĐ-UBND\nLoại: Quyết định\nVề: khác")
    index = SearchIndex(tmp_path, "me")
    with index.exclusive(wait=True):
        index.rebuild([*many, bearer])
    for query in ("615/QĐ-UBND", "quyết định 615/QĐ-UBND", "0615/qd-ubnd"):
        found = index.find(parse_query(query), 20)
        assert found.ranked[0].sha256 == bearer.sha256
        assert [one.bears for one in found.ranked] == [True] + [False] * 14


def test_known_documents_are_found_without_marks(tmp_path: Path) -> None:
    """Mean reciprocal rank of a title typed without marks among documents of shared words."""
    every = "báo cáo kế hoạch cải cách hành chính thủ tục một cửa kiểm soát công chức đào tạo bồi dưỡng năm quý"
    words = every.split()
    titles = [" ".join(words[(at * step + at) % len(words)] for at in range(6)) for step in range(1, 40)]
    titles = [f"{title} đợt {at}" for at, title in enumerate(titles)]
    entries = [entry(title, f"Số: {at}/BC-SNV\nVề: {title}\n{every}") for at, title in enumerate(titles, start=1)]
    index = SearchIndex(tmp_path, "me")
    with index.exclusive(wait=True):
        index.rebuild(entries)
    ranks = []
    for title, one in zip(titles, entries, strict=True):
        found = [hit.sha256 for hit in index.find(parse_query(strip_marks(title)), 10).ranked]
        ranks.append(1 / (found.index(one.sha256) + 1) if one.sha256 in found else 0.0)
    assert sum(ranks) / len(ranks) > 0.9


@pytest.mark.slow
def test_updates_and_revisions(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path, "me")
    assert not index.usable()
    with index.exclusive(wait=True):
        index.rebuild([])
        index.update(ENTRIES.values())
        first = ENTRIES["bc"]
        index.update([IndexEntry(first.sha256, 2, first.record, ("hoàn toàn khác",))])
    assert index.revisions() == {one.sha256: 1 for one in ENTRIES.values()} | {first.sha256: 2}
    assert len(index.find(parse_query("hoàn toàn khác"), 5).ranked) == 1


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path, "me")
    with index.exclusive(wait=False) as first, index.exclusive(wait=False) as second:
        assert (first, second) == (True, False)


class Trap:
    """What a hostile index would run when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, (self.file, "w"))


@pytest.mark.parametrize("change", ["archive", "token", "writable", "link"])
def test_an_index_from_elsewhere_is_never_opened(tmp_path: Path, change: str) -> None:
    home = tmp_path / "kho"
    home.mkdir()
    index = SearchIndex(home, "me")
    with index.exclusive(wait=True):
        index.rebuild(ENTRIES.values())
    (folder,) = home.glob("index-*")
    (toc,) = folder.glob("_*.toc")
    toc.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    marker = folder / "evidence-index.json"
    if change in ("archive", "token"):
        marker.write_text(json.dumps(json.loads(marker.read_text()) | {change: "other"}))
    elif change == "writable":
        folder.chmod(0o777)
    else:
        folder.rename(home / "elsewhere")
        folder.symlink_to(home / "elsewhere")
    with pytest.raises(IndexDamagedError):
        index.find(parse_query("cải cách"), 5)
    assert not (tmp_path / "sprung").exists()


SYNTAX = st.text("ab cảiđ\":*?^~[]{}()\\/-.+&|!<>'0129,ANDORTO\n", max_size=40)


@settings(deadline=None)
@given(st.one_of(SYNTAX, st.text(max_size=30)))
@example("[a TO b] AND *:* ^4 ~2 {0} <3>")
def test_no_query_stumbles(index: SearchIndex, text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError:
        return
    answer = index.find(query, 3)
    assert len(answer.ranked) == min(3, answer.total)
    for name, page in TEXTS.items():
        for cut in make_snippets([(1, page)], query, answer.step.folded):
            assert name and all(0 <= start < end <= len(cut.text) for start, end in cut.marks)


# --- snippets -----------------------------------------------------------------------------------------------------


def test_snippets_mark_what_was_found() -> None:
    long = "Mở đầu. " * 60
    text = f"{long}Thực hiện cải cách hành chính theo Quyết định số 615 /QĐ-UBND ngày 15/3/2019. {long}"
    pages = [(1, "không có gì"), (2, text), (3, "cải")]
    for query, folded, marks in [
        ('"cải cách"', False, ["cải cách"]),
        ("cai cach", True, ["cải", "cách"]),
        ("615/QĐ-UBND", False, ["615 /QĐ-UBND"]),
        ("ngày 15 tháng 3 năm 2019", False, ["ngày 15/3/2019"]),
        ("viendan:615/QĐ-UBND", False, ["615 /QĐ-UBND"]),
        ("CCHC", True, ["cải cách hành chính"]),
    ]:
        first = make_snippets(pages, parse_query(query), folded)[0]
        assert first.page == 2
        assert [first.text[start:end] for start, end in first.marks] == marks
        assert text[first.start : first.start + len(first.text)] == first.text
        assert len(first.text) < 300


def test_snippets_keep_offsets_of_text_that_is_not_composed() -> None:
    text = unicodedata.normalize("NFD", "Về việc cải cách hành chính năm 2018")
    (one,) = make_snippets([(7, text)], parse_query('"hành chính"'), False)
    ((start, end),) = one.marks
    assert unicodedata.normalize("NFC", one.text[start:end]) == "hành chính"


def test_the_densest_place_is_shown() -> None:
    text = "cải " + "x " * 400 + "cải cách thủ tục" + " y" * 400 + " thủ"
    (one,) = make_snippets([(1, text)], parse_query("cải cách thủ tục"), False)
    assert [one.text[start:end] for start, end in one.marks] == ["cải", "cách", "thủ", "tục"]


QUERIES = ("cải cách hành chính", '"quý I"', "615/QĐ-UBND", "ngày 28/12/2016", "tổ in ấn")


@pytest.mark.slow
def test_our_writer_finds_and_ranks_as_the_engine_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    many = [replace(entry, sha256=f"{entry.sha256[:-2]}{at:02}") for entry in ENTRIES.values() for at in range(40)]
    for name in ("ours", "theirs"):
        if name == "theirs":
            monkeypatch.setattr("evidence.search.whoosh.index.IndexWriter", SegmentWriter)
            monkeypatch.setattr("evidence.search.whoosh.schema.TermField", fields.TEXT)
        (tmp_path / name).mkdir()
        index = SearchIndex(tmp_path / name, "me")
        index.rebuild(many)
        index.update(many[:3])
        answers.append(
            {
                query: [
                    (hit.sha256, round(hit.score, 6), hit.bears) for hit in index.find(parse_query(query), 99).ranked
                ]
                for query in QUERIES
            }
        )
    assert all(answers[0].values()) and answers[0] == answers[1]


def test_an_index_on_disk_is_read_by_the_engines_own_codec(index: SearchIndex) -> None:
    """Not by a class of ours: an index stays readable when our modules move."""
    assert {type(segment.codec()) for segment in index._open()._segments()} == {W3Codec}
