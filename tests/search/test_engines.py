"""Searching: every engine gives the same documents, totals, first hits and counts for the same query."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.errors import UsageError
from evidence.search.conditions import plan_walls
from evidence.search.engine import FindRequest, IndexAnswer, IndexDamagedError, Order, SearchEngine
from evidence.search.entries import FACETS, IndexEntry
from evidence.search.page_plan import plan_pages
from evidence.search.parser import parse_query
from evidence.search.planner import plan_steps
from evidence.search.scope import EVERYTHING, Scope, units_only
from evidence.search.spelling import Speller
from evidence.vietnamese.text import strip_marks
from tests.search.corpus import ENTRIES, NAMES, make_entry
from tests.support.servers.search_engines import ENGINES, list_engines, open_engine


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    return build(request.param, tmp_path_factory.mktemp("kho"), list(ENTRIES.values()))


def build(name: str, home: Path, entries: list[IndexEntry]) -> SearchEngine:
    engine = open_engine(name, home)
    with engine.exclusive(wait=True):
        engine.rebuild(entries)
    return engine


def ask(
    index: SearchEngine, text: str, scope: Scope = EVERYTHING, *, limit: int = 20, facets: bool = False
) -> tuple[IndexAnswer, str | None]:
    """The answer of the first step that finds something, and what is said of it."""
    for step in plan_steps(parse_query(text), scope, Speller(index, scope).mend):
        order = Order.RELEVANCE if step.scored else Order.DATE
        request = FindRequest(step.plan, plan_walls(scope), limit, 0, step.own, step.named, order, facets)
        answer = index.find(request)
        if answer.total:
            break
    return answer, step.note.code if step.note else None


def find(index: SearchEngine, text: str, scope: Scope = EVERYTHING) -> list[str]:
    return [NAMES[hit.sha256] for hit in ask(index, text, scope)[0].ranked]


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
        ("viendan:4361", ["bc"]),
        ("viendan:4361/QĐ", ["bc"]),
        ("viendan:436", []),
        ("NOT cchc", ["5", "kh"]),
        ("-cchc", ["5", "kh"]),
        ("cchc OR in", ["5", "615", "bc"]),
        ("(cchc OR in) loai:QĐ", ["5", "615"]),
        ("cải các*", ["615", "bc", "kh"]),
        ("qd ubnd 615", ["615"]),
        ("615/QĐ", ["615"]),
        ("ubnd 615", ["615"]),
        ("36 snv", ["bc"]),
        ("05 qd ubnd", ["5"]),
        ("0036 bc snv", ["bc"]),
        ("từ ngày 1/1/2019 đến ngày 30/6/2024", ["5", "615"]),
        ("quý 1/2018", ["bc"]),
        ("quý I năm 2018", ["bc"]),
        ("trích yếu:cải cách", ["615", "bc"]),
        ("trangthai:đã đọc tuyên truyền", ["kh"]),
        ("duthao:có", []),
        ("thực hiện việc cãi tiến, cách thúc xành", ["kh"]),
        ("ngay:2030", []),
        ("so:999", []),
    ],
)
def test_what_is_found(index: SearchEngine, query: str, names: list[str]) -> None:
    assert sorted(find(index, query)) == names
    assert sorted(find(index, unicodedata.normalize("NFD", query))) == names


def test_who_bears_the_number_that_is_asked_for(index: SearchEngine) -> None:
    for query in ("so:615/QĐ-UBND", "615/QĐ-UBND"):
        assert [hit.bears for hit in ask(index, query)[0].ranked] == [True]
    assert find(index, "36 sở nội vụ")[0] == "bc"


def test_neighbours_and_titles_come_first(index: SearchEngine) -> None:
    assert find(index, "cải cách hành chính")[-1] == "kh"


def test_marks_bring_up_and_hide_nothing(index: SearchEngine) -> None:
    assert find(index, "cái cách") == find(index, "cải cách") or set(find(index, "cái cách")) == {"615", "bc", "kh"}
    assert ask(index, "cái cách")[1] is None


def test_what_was_widened_is_said(index: SearchEngine) -> None:
    assert ask(index, "cải cách hành zzz")[1] == "search-but-one-word"
    assert ask(index, "cải zzz")[1] == "search-any-word"
    assert ask(index, "cải cách")[1] is None
    assert ask(index, "zzz")[0].total == 0


@pytest.mark.parametrize("typed", ["tuyên truyềnn", "tuyên truuyền", "tuyen truyn", "tuyên turyền"])
def test_a_misspelt_word_is_mended_from_the_archive(index: SearchEngine, typed: str) -> None:
    answer, note = ask(index, typed)
    assert [NAMES[hit.sha256] for hit in answer.ranked] == ["kh"]
    assert note == "search-did-you-mean"


def test_an_abbreviation_is_found_both_ways(tmp_path: Path) -> None:
    short = make_entry("short", "Số: 1/BC-X\nVề: tình hình CCHC")
    spelt = make_entry("spelt", "Số: 2/BC-X\nVề: tình hình cải cách hành chính")
    for name in list_engines():
        (tmp_path / name).mkdir()
        engine = build(name, tmp_path / name, [short, spelt])
        for query in ("cchc", "cải cách hành chính", "tình hình cai cach hanh chinh"):
            assert {hit.sha256 for hit in ask(engine, query)[0].ranked} == {short.sha256, spelt.sha256}


def test_the_bearer_comes_before_what_changes_it_and_many_that_cite_it(tmp_path: Path) -> None:
    basis = "Căn cứ Quyết định số 615/QĐ-UBND; Quyết định số 615/QĐ-UBND"
    many = [make_entry(str(at), f"Số: {at}/QĐ-UBND\nVề: việc {at}\n{basis}") for at in range(1, 15)]
    many += [make_entry("x", f"Số: {at}/KH-UBND\nVề: điều 615 của quyết định {at}") for at in range(20, 60)]
    bearer = make_entry("615", "Số: 615/QĐ-UBND\nLoại: Quyết định\nVề: khác")
    amending = make_entry("700", "Số: 700/QĐ-UBND\nVề: sửa đổi", changes="615/QĐ-UBND")
    for name in list_engines():
        (tmp_path / name).mkdir()
        engine = build(name, tmp_path / name, [*many, amending, bearer])
        for query in ("615/QĐ-UBND", "quyết định 615/QĐ-UBND", "0615/qd-ubnd"):
            hits = ask(engine, query)[0].ranked
            assert [hit.sha256 for hit in hits[:2]] == [bearer.sha256, amending.sha256]
            assert [hit.bears for hit in hits] == [True] + [False] * (len(hits) - 1)
            assert all(hit.names for hit in hits[1:]) and len(hits) == 16


def test_known_documents_are_found_without_marks(tmp_path: Path) -> None:
    """Mean reciprocal rank of a title typed without marks among documents of shared words."""
    every = "báo cáo kế hoạch cải cách hành chính thủ tục một cửa kiểm soát công chức đào tạo bồi dưỡng năm quý"
    words = every.split()
    titles = [" ".join(words[(at * step + at) % len(words)] for at in range(6)) for step in range(1, 40)]
    titles = [f"{title} đợt {at}" for at, title in enumerate(titles)]
    entries = [make_entry(title, f"Số: {at}/BC-SNV\nVề: {title}\n{every}") for at, title in enumerate(titles, start=1)]
    for name in list_engines():
        (tmp_path / name).mkdir()
        engine = build(name, tmp_path / name, entries)
        ranks = []
        for title, entry in zip(titles, entries, strict=True):
            hits = [hit.sha256 for hit in ask(engine, strip_marks(title), limit=10)[0].ranked]
            ranks.append(1 / (hits.index(entry.sha256) + 1) if entry.sha256 in hits else 0.0)
        assert sum(ranks) / len(ranks) > 0.9


# --- walls, facets, order ------------------------------------------------------------------------------------------


def test_nothing_of_another_unit_is_found_or_counted(index: SearchEngine) -> None:
    inside = units_only(["STP"])
    assert find(index, "kế hoạch OR báo cáo OR quyết định", inside) == ["kh"]
    assert find(index, "donvi:SNV", inside) == [] and find(index, "donvi:STP", inside) == ["kh"]
    assert find(index, "tieuchi:1.2", inside) == [] and find(index, "tieuchi:1.3", inside) == ["kh"]
    assert find(index, "NOT zzz", units_only([])) == []
    answer, _ = ask(index, "NOT zzz", inside, facets=True)
    assert answer.total == 1 and sum(answer.facets["f_kind"].values()) == 1


def test_a_unit_of_like_letters_is_another_unit(tmp_path: Path) -> None:
    entries = [make_entry("a", "Số: 1/BC-A\nVề: việc", unit="snv"), make_entry("b", "Số: 2/BC-B\nVề: việc", unit="SNV")]
    for name in list_engines():
        (tmp_path / name).mkdir()
        engine = build(name, tmp_path / name, entries)
        assert [hit.sha256 for hit in ask(engine, "việc", units_only(["snv"]))[0].ranked] == [entries[0].sha256]


def test_values_are_counted(index: SearchEngine) -> None:
    answer, _ = ask(index, "NOT zzz", facets=True)
    assert set(answer.facets) == set(FACETS)
    assert answer.facets["f_kind"] == {"Báo cáo": 1, "Kế hoạch": 1, "Quyết định": 2}
    assert answer.facets["f_year"] == {"2017": 1, "2018": 1, "2019": 1, "2024": 1}
    assert answer.facets["f_unit"] == {"SNV": 3, "STP": 1}


def test_the_newest_come_first_where_words_rank_nothing(index: SearchEngine) -> None:
    assert find(index, "so:UBND") == ["5", "615"]
    assert find(index, "ngay:2000..") == ["5", "615", "bc", "kh"]


def test_the_pages_of_a_long_file_are_found_and_are_no_documents(tmp_path: Path) -> None:
    pages = [f"trang này nói về việc số {at} của cơ quan" for at in range(40)]
    pages[28] = "Trang này nói về cải cách hành chính theo Quyết định số 615/QĐ-UBND ngày 15/3/2019"
    long = replace(make_entry("dài", "Số: 9/BC-SNV\nVề: báo cáo"), texts=tuple(pages))
    for name in list_engines():
        (tmp_path / name).mkdir()
        engine = build(name, tmp_path / name, [long, ENTRIES["kh"]])
        for text in (
            "cchc",
            '"cai cach hanh chinh"',
            "615/QĐ-UBND",
            "15/3/2019",
            "ngày 15 tháng 3 năm 2019",
            "cải các*",
        ):
            plan = plan_pages(parse_query(text))
            assert plan is not None and engine.find_pages(long.sha256, plan, 3)[0] == 29, (name, text)
        plan = plan_pages(parse_query("cải cách"))
        assert plan is not None and engine.find_pages(ENTRIES["kh"].sha256, plan, 3) == ()
        assert plan_pages(parse_query("loai:QĐ")) is None
        assert engine.count_all() == 2 and len(engine.revisions()) == 2
        assert ask(engine, "NOT zzz")[0].total == 2 and ask(engine, "trang*")[0].total == 1
        with engine.exclusive(wait=True):
            engine.update([replace(long, revision=2, texts=("ngắn",))])
        assert engine.find_pages(long.sha256, plan, 3) == () and engine.count_all() == 2


@pytest.mark.parametrize("name", ENGINES)
def test_a_beginning_that_ends_in_i_is_also_the_syllable_that_others_write_with_y(tmp_path: Path, name: str) -> None:
    texts = {"kiến nghị xử lý": "a", "kĩ thuật số": "b", "kỷ luật": "c", "kho bạc": "d", "sĩ quan": "e"}
    entries = {text: make_entry(sort, text) for text, sort in texts.items()}
    engine = build(name, tmp_path, list(entries.values()))
    shown = {entry.sha256: text for text, entry in entries.items()}

    def begun(query: str) -> set[str]:
        return {shown[hit.sha256] for hit in ask(engine, query)[0].ranked}

    assert begun("ki*") == {"kiến nghị xử lý", "kĩ thuật số", "kỷ luật"}
    assert begun("ky*") == begun("kỹ*") == {"kĩ thuật số", "kỷ luật"}
    assert begun("kiê*") == {"kiến nghị xử lý"} and begun("SĨ*") == {"sĩ quan"}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("query", ["báo cáo", "bao cao quý", "báo OR kho", '"báo cáo"', "bá*", "báo -lẻ"])
def test_the_total_counts_all_however_few_are_shown(tmp_path: Path, name: str, query: str) -> None:
    """Documents of unequal length, in three parts of the index: none is left out of the count for its low score."""
    entries = [
        make_entry(
            f"{at}.txt", f"Số: {at}/BC-SNV\nVề: báo cáo quý {at}\n" + "chữ " * (at * 37 % 190) + "kho" * (at % 2)
        )
        for at in range(1, 46)
    ]
    index = build(name, tmp_path, entries[:20])
    with index.exclusive(wait=True):
        index.update(entries[20:40])
        index.update(entries[40:])
    shown = [ask(index, query, limit=limit)[0] for limit in (1, 3, 100)]
    assert {answer.total for answer in shown} == {45} and len(shown[-1].ranked) == 45
    assert shown[1].ranked == shown[-1].ranked[:3] and shown[0].ranked == shown[-1].ranked[:1]


# --- the index on disk ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ENGINES)
def test_updates_and_revisions(tmp_path: Path, name: str) -> None:
    index = open_engine(name, tmp_path)
    assert not index.usable()
    with pytest.raises(IndexDamagedError):
        index.revisions()
    with index.exclusive(wait=True):
        index.rebuild([])
        index.update(ENTRIES.values())
        first = ENTRIES["bc"]
        index.update([replace(first, revision=2, texts=("hoàn toàn khác",))])
    assert index.revisions() == {entry.sha256: 1 for entry in ENTRIES.values()} | {first.sha256: 2}
    assert ask(index, "hoàn toàn khác")[0].total == 1
    assert open_engine(name, tmp_path).revisions() == index.revisions()


@pytest.mark.parametrize("name", ENGINES)
def test_an_open_index_sees_what_another_wrote(tmp_path: Path, name: str) -> None:
    reader = build(name, tmp_path, list(ENTRIES.values())[:1])
    assert ask(reader, "tuyên truyền")[0].total == 0
    writer = open_engine(name, tmp_path)
    with writer.exclusive(wait=True):
        writer.update([ENTRIES["kh"]])
    assert ask(reader, "tuyên truyền")[0].total == 1
    with writer.exclusive(wait=True):
        writer.rebuild([ENTRIES["5"]])
    assert ask(reader, "tuyên truyền")[0].total == 0 and ask(reader, "in ấn")[0].total == 1


@pytest.mark.parametrize("name", ENGINES)
def test_one_writer_at_a_time(tmp_path: Path, name: str) -> None:
    index = open_engine(name, tmp_path)
    with index.exclusive(wait=False) as first, index.exclusive(wait=False) as second:
        assert (first, second) == (True, False)


def test_an_index_of_another_engine_is_not_opened(tmp_path: Path) -> None:
    build("whoosh", tmp_path, list(ENTRIES.values()))
    assert not open_engine("tantivy", tmp_path).usable()


SYNTAX = st.text("ab cảiđ\":*?^~[]{}()\\/-.+&|!<>'0129,ANDORTO\n", max_size=40)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(SYNTAX, st.text(max_size=30)))
@example("[a TO b] AND *:* ^4 ~2 {0} <3>")
def test_no_query_stumbles(index: SearchEngine, text: str) -> None:
    try:
        answer, _ = ask(index, text, limit=3)
    except UsageError:
        return
    assert len(answer.ranked) == min(3, answer.total)


def test_engines_agree_on_documents_and_totals(tmp_path: Path) -> None:
    engines = []
    for name in list_engines():
        (tmp_path / name).mkdir()
        engines.append(build(name, tmp_path / name, list(ENTRIES.values())))
    words = "cải cách hành chính OR NOT -in (báo cáo) 615 ubnd qd* ngay:2018.. loai:QĐ tuyên truyền"
    parts = words.split()
    for start in range(len(parts)):
        for size in range(1, 5):
            text = " ".join((parts + parts)[start : start + size])
            answers = [ask(engine, text)[0] for engine in engines]
            assert len({answer.total for answer in answers}) == 1, text
            assert len({frozenset(hit.sha256 for hit in answer.ranked) for answer in answers}) == 1, text


def test_a_word_of_a_thousand_letters_is_no_typing_error_and_costs_no_look_up(
    index: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was looked up with each of its letters left out, changed and turned: 4 s."""
    asked: list[str] = []

    def count(_field: str, terms: Collection[str]) -> dict[str, int]:
        asked.extend(terms)
        return dict.fromkeys(terms, 0)

    monkeypatch.setattr(index, "count_documents", count)
    Speller(index, EVERYTHING).mend(("a" * 1_000, "hànhh"))
    Speller(index, EVERYTHING).mend(("a" * 1_000, "hanhh"))
    assert asked and max(map(len, asked)) < 10
