"""Citations: gold of real documents in sentences of our own, the real documents where they are, and the traps."""

from __future__ import annotations

import json
import time
import timeit
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.extract.citations.completion import complete_dates
from evidence.extract.citations.reader import read_citations, read_text_citations
from evidence.model.document import Line, Origin, Page, Word
from evidence.model.record import Citation, Relation
from evidence.values.number import parse

CASES = Path(__file__).parents[2] / "cases"
SEEDS = Path(__file__).parents[4] / "shared" / "data" / "seeds"
RELATIONS = {  # the words of the hand-checked answers -> ours
    "implements": Relation.IMPLEMENTS,
    "pursuant_to": Relation.BASED_ON,
    "issued_with": Relation.ATTACHED_TO,
    "annex_of": Relation.ATTACHED_TO,
    "amended_by": Relation.CITES,
    "source": Relation.CITES,
    "mentions": Relation.CITES,
    "consistent_with": Relation.CITES,
    "approved_by": Relation.CITES,
}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def page(text: str, number: int = 1, origin: Origin = Origin.TEXT, confidence: float = 1.0) -> Page:
    """A page whose text is exactly that text: a word is whatever stands between blanks."""
    lines = []
    for row, printed in enumerate(text.split("\n")):
        words = tuple(
            Word(word, (10.0 * index, 10.0 * row, 10.0 * index + 9, 10.0 * row + 9), confidence, origin)
            for index, word in enumerate(printed.split(" "))
        )
        lines.append(Line(words))
    made = Page(number, 595, 842, origin, tuple(lines))
    assert made.text == text
    return made


def numbered(text: str) -> list[Citation]:
    return [citation for citation in read_text_citations(text) if citation.number]


@pytest.mark.parametrize("case", rows(CASES / "citations.jsonl"), ids=lambda case: case["text"][:60])
def test_gold_in_our_own_sentences(case: dict[str, Any]) -> None:
    found = {(cited.span.start, cited.span.end): cited for cited in read_text_citations(case["text"])}
    cited = found[case["start"], case["end"]]
    assert (str(cited.number) if cited.number else None) == case["number"]
    assert (str(cited.date) if cited.date else None) == case["date"]
    assert cited.kind is not None
    assert cited.kind.name == case["kind"]
    assert cited.issuer == case["issuer"]
    assert cited.relation == case["relation"]


@pytest.mark.parametrize("case", rows(CASES / "no_citations.jsonl"), ids=lambda case: case["text"])
def test_nothing_is_cited(case: dict[str, Any]) -> None:
    for text in (case["text"], f"Trong năm, {case['text']} theo đánh giá chung."):
        assert read_text_citations(text) == ()


def seeds() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    gold = rows(SEEDS / "seed_citations.jsonl")
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        yield path.name, text, [row for row in gold if row["file"] == path.name]


@pytest.mark.real
def test_the_real_documents() -> None:
    right = names = 0
    for name, text, gold in seeds():
        found = read_citations((page(text),))
        spans = {(cited.span.start, cited.span.end): cited for cited in found}
        for row in gold:
            cited = spans.get((row["start"], row["end"]))
            if row["kind"] == "self":
                assert not [one for one in found if one.span.start < row["end"] and one.span.end > row["start"]]
                continue
            assert cited is not None, (name, row["text"])
            assert cited.text == row["text"]
            assert (str(cited.number) if cited.number else None) == row["number"]
            assert (str(cited.date) if cited.date else None) == row["date"]
            assert cited.kind is not None
            assert cited.kind.name == row["doc_type"]
            assert cited.issuer == row["issuer"]
            assert cited.relation == RELATIONS[row["relation"]]
            right, names = right + (row["kind"] == "numbered"), names + (row["kind"] == "named")
        assert len(found) == len([row for row in gold if row["kind"] != "self"]), name
    assert (right, names) == (20, 6)


@pytest.mark.real
def test_none_of_the_real_negatives_is_a_citation() -> None:
    negatives = rows(SEEDS / "seed_negatives.jsonl")
    assert len(negatives) == 54
    inside = []
    for name, text, _ in seeds():
        for cited in read_text_citations(text):
            for row in negatives:
                if row["file"] == name and cited.span.start < row["end"] and cited.span.end > row["start"]:
                    inside.append(row["text"])
    # two of the 54 are controls that stand inside a citation of the gold and must be consumed by it
    assert sorted(inside) == ["2016-2020", "ngày 24/6/2022"]


@pytest.mark.real
def test_the_wild_cases() -> None:
    cases = json.loads((SEEDS.parent / "wild_cases.json").read_text("utf-8"))
    assert len(cases) == 77
    wrong = []
    for case in cases:
        found = [(one.number.key, str(one.date) if one.date and one.date.whole else None) for one in wild(case["text"])]
        wanted = [(number.key, date) for text, date in case["expect"] if (number := parse(text))]
        if found != wanted:
            wrong.append((case["text"], found))
    assert wrong == []


def wild(text: str) -> list[Citation]:
    """The cases hold number rows of headers too, which are no citations: told by a word before them."""
    return numbered(text) or numbered(f"theo {text.replace(':', '')}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "các Quyết định số 482/QĐ-TTg, 493/QĐ-TTg, từ số 496/QĐ-TTg đến 521/QĐ-TTg",
            ["482/QĐ-TTg", "493/QĐ-TTg", "496/QĐ-TTg", "521/QĐ-TTg"],
        ),
        (
            "tại các Văn bản: số 4104/SNV-XDCQ ngày 28/8/2025, số 5786/SNV-XDCQ ngày 13/11/2025",
            ["4104/SNV-XDCQ", "5786/SNV-XDCQ"],
        ),
        ("văn bản số 1552/BTTTT-TTH và 708/BTTTT-CATTT", ["1552/BTTTT-TTH", "708/BTTTT-CATTT"]),
        ("Nghị⏎định số⏎103/2024/NĐ-CP ngày⏎30/7/2024".replace("⏎", "\n"), ["103/2024/NĐ-CP"]),
    ],
)
def test_lists_and_wraps(text: str, expected: list[str]) -> None:
    assert [str(cited.number) for cited in numbered(text)] == expected


def test_a_list_hands_its_kind_down() -> None:
    orders = numbered("các Quyết định số 482/QĐ-TTg, 493/QĐ-TTg và 494/QĐ-TTg")
    kinds = [cited.kind.name for cited in orders if cited.kind]
    assert kinds == ["Quyết định"] * 3
    letters = numbered("văn bản số 1552/BTTTT-TTH và 708/BTTTT-CATTT")
    assert [cited.kind.name for cited in letters if cited.kind] == ["Công văn"] * 2


@pytest.mark.parametrize(
    ("text", "kind", "date", "printed"),
    [
        ("Nghị định 98/2019/NĐ-CP ngày 27 năm 12 năm 2019", "Nghị định", None, None),
        ("Công văn số 4687/STC-GCS ngày tháng 10 năm 2025", "Công văn", "2025-10", None),
        ("Quyết định 775/QĐ-BVHTTDL năm 2024", "Quyết định", "2024", None),
        ("Quyết định số 12/QĐ-BNV (ngày 03/01/2019)", "Quyết định", "2019-01-03", None),
        ("Thông tư số 74/2013/TT- BTC, ngày 04/6/2013", "Thông tư", "2013-06-04", None),
        ("Kế hoạch hành động số 459-KHHĐ/TU ngày 21 tháng 5 năm 2025", "Kế hoạch", "2025-05-21", None),
        ("Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "Luật", None, None),
        ("QĐ số 04/QĐ-VPUBND ngày 15.3.2019", "Quyết định", "2019-03-15", None),
        ("Thông tư 31/2025/TT-BCAngày 21/4/2025", "Thông tư", "2025-04-21", None),
        ("số 36/SNV-CCHC ngày 08/01/2018", "Công văn", "2018-01-08", None),
        ("Quyết định số 09/2015/ QĐ-TTg\n9. Đối với", "Quyết định", None, "Quyết định số 09/2015/ QĐ-TTg"),
        ("Quyết định số 12/QĐ-UBND, năm 2019 tỉnh đã", "Quyết định", None, "Quyết định số 12/QĐ-UBND"),
    ],
)
def test_one_citation(text: str, kind: str, date: str | None, printed: str | None) -> None:
    (cited,) = numbered(text)
    assert cited.kind is not None
    assert cited.kind.name == kind
    assert (str(cited.date) if cited.date else None) == date
    assert cited.text == (printed or text)


def test_a_damaged_date_lowers_the_confidence() -> None:
    damaged = numbered("Nghị định số 98/2019/NĐ-CP ngày 27 năm 12 năm 2019")[0]
    assert damaged.confidence < 0.9 < numbered("Nghị định số 98/2019/NĐ-CP")[0].confidence


@pytest.mark.parametrize(
    ("behind", "issuer"),
    [
        (" của UBND tỉnh về việc công bố", "UBND tỉnh"),
        (" của Bộ trưởng Bộ Nội vụ phê duyệt Đề án", "Bộ trưởng Bộ Nội vụ"),
        (" của Bộ Văn hóa, Thể thao và Du lịch, Bộ Nội vụ", "Bộ Văn hóa, Thể thao và Du lịch"),
        (" của Thủ tướng Chính phủ\n\nCăn cứ Luật", "Thủ tướng Chính phủ"),
        (" của Bộ trưởng\nBộ Tài chính quy định", "Bộ trưởng Bộ Tài chính"),
        (" của Chính Phủ.", "Chính Phủ"),
        (" của Ủy ban nhân dân thành phố Lạng Sơn hướng dẫn", "Ủy ban nhân dân thành phố Lạng Sơn"),
        (" của Bộ Kế hoạch và Đầu tư ban hành", "Bộ Kế hoạch và Đầu tư"),
        (" của Bộ Tài chính\nSỞ LAO ĐỘNG", "Bộ Tài chính"),
        (" của Nghị định số 63/2014/NĐ-CP", None),
        (" của ngành", None),
        ("; Chính phủ", None),
    ],
)
def test_issuer(behind: str, issuer: str | None) -> None:
    assert numbered(f"Quyết định số 15/QĐ-X ngày 15/3/2019{behind}")[0].issuer == issuer


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Căn cứ Luật số 72/2025/QH15; Nghị định số 34/2016/NĐ-CP", ["based_on", "based_on"]),
        ("Điều 2. Quyết định này thay thế Quyết định số 12/QĐ-UBND", ["replaces"]),
        ("Điều 2. Bãi bỏ Quyết định số 12/QĐ-UBND", ["repeals"]),
        ("Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP", ["amends"]),
        ("2. Bãi bỏ khoản 3 Điều 5 Nghị định số 34/2016/NĐ-CP", ["amends"]),
        ("NGHỊ ĐỊNH\nQuy định chi tiết một số điều của Luật số 72/2025/QH15", ["guides"]),
        ("Điều 9. Thông tư số 35/2017/TT-BNV hết hiệu lực kể từ ngày Thông tư này có hiệu lực", ["repeals"]),
        (
            "Điều 3. Bãi bỏ các văn bản sau:\n1. Quyết định số 12/QĐ-UBND;\n2. Quyết định số 13/QĐ-UBND.\n",
            ["repeals", "repeals"],
        ),
        # history, titles and new wording are no acts of the citing text
        (
            "Căn cứ Nghị định số 34/2016/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số 154/2020/NĐ-CP",
            ["based_on", "cites"],
        ),
        (
            "Căn cứ Nghị định số 154/2020/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP",
            ["based_on", "cites"],
        ),
        ("như sau: “Bãi bỏ Quyết định số 12/QĐ-UBND”", ["cites"]),
        ("(Theo Báo cáo số 12/BC-UBND)", ["cites"]),
        ("Xét Tờ trình số 12/TTr-SNV", ["based_on"]),
        ("Quy chế ban hành kèm theo Quyết định số 12/QĐ-UBND", ["attached_to"]),
        ("Triển khai thực hiện Chỉ thị số 26/CT-TTg và Công văn số 36/SNV-CCHC", ["implements", "implements"]),
        ("được nêu tại Công văn số 36/SNV-CCHC", ["cites"]),
        # the title of the first, wrapped over a line, stands between the two
        (
            "Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ\nban hành Chương trình tổng thể\n"
            "và Kế hoạch số 4120/KH-UBND",
            ["implements", "implements"],
        ),
        (
            "Quyết định này thay thế Quyết định số 12/QĐ-UBND về giá đất và Quyết định số 13/QĐ-UBND",
            ["replaces", "replaces"],
        ),
        ("Thực hiện Quyết định số 12/QĐ-UBND về giá đất và theo Báo cáo số 9/BC-SXD", ["implements", "cites"]),
        ("còn lại theo mục tiêu của Nghị quyết số 76/NQ-CP", ["cites"]),
    ],
)
def test_relations(text: str, relations: list[str]) -> None:
    assert [cited.relation.value for cited in numbered(text)] == relations


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("theo Luật Đất đai năm 2024 và Luật Nhà ở", ["Luật Đất đai", "Luật Nhà ở"]),
        ("Luật Phòng, chống tham nhũng, Bộ luật Lao động", ["Luật Phòng, chống tham nhũng", "Bộ luật Lao động"]),
        ("theo pháp luật; Luật này; luật sư Nguyễn Văn A", []),
        ("Kế hoạch này; kế hoạch của UBND tỉnh; Ban hành Kế hoạch cải cách hành chính năm 2019", []),
        ("thực hiện Đề án “Phát triển kinh tế số của tỉnh”", ["Đề án “Phát triển kinh tế số của tỉnh”"]),
    ],
)
def test_named(text: str, names: list[str]) -> None:
    assert [cited.name for cited in read_text_citations(text) if not cited.number] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Căn cứ Luật Đầu tư theo phương thức đối tác công tư số 64/2020/QH14",
            "Luật Đầu tư theo phương thức đối tác công tư",
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 51/2024/QH15",
            "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế",
        ),
        ("theo Luật Dẫn độ số 100/2025/QH15", "Luật Dẫn độ"),
        ("theo Luật số 46/2014/QH13", None),
    ],
)
def test_law_by_name_and_number(text: str, name: str | None) -> None:
    (law,) = read_text_citations(text)
    assert (law.kind is not None, law.name) == (True, name)


def test_law_with_a_year() -> None:
    (law,) = read_text_citations("theo Luật Đất đai năm 2024")
    assert (law.text, str(law.date)) == ("Luật Đất đai năm 2024", "2024")


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN\nSố: 12/BC-UBND\nLạng Sơn, ngày 15 tháng 3 năm 2019",
        "TỈNH ỦY LẠNG SƠN\n*\nSố 36-HD/TU",
        "**Số:** 12/BC-UBND".replace("**", ""),
        "QUỐC HỘI\nLuật số: 41/2024/QH15",
    ],
)
def test_header_rows_are_no_citations(text: str) -> None:
    assert read_text_citations(text) == ()


def test_the_own_number_is_no_citation() -> None:
    text = "2 ... 15/QĐ-UBND\nCăn cứ Quyết định số 16/QĐ-UBND; (kèm theo Quyết định số 015/QÐ-UBND)"
    assert [str(cited.number) for cited in read_text_citations(text, parse("15/QĐ-UBND"))] == ["16/QĐ-UBND"]


def test_repeats_take_the_date_on_demand_only() -> None:
    found = read_text_citations(
        "theo Nghị định số 16/2015/NĐ-CP ngày 14/02/2015; quy định tại Nghị định số 16/2015/NĐ-CP"
    )
    assert [str(cited.date) for cited in found] == ["2015-02-14", "None"]
    assert [str(cited.date) for cited in complete_dates(found)] == ["2015-02-14", "2015-02-14"]
    torn = read_text_citations(
        "Quyết định 1/QĐ-X ngày 1/2/2015, Quyết định 1/QĐ-X ngày 2/2/2015, Quyết định 1/QĐ-X của"
    )
    assert complete_dates(torn)[2].date is None


def test_same_day() -> None:
    found = read_text_citations("Quyết định số 15/QĐ-UBND ngày 15/3/2019 và Quyết định số 16/QĐ-UBND cùng ngày")
    assert [str(cited.date) for cited in found] == ["2019-03-15", "2019-03-15"]


BEFORE = "Thực hiện Kế hoạch số 5/KH-UBND ngày 03/01/2018 của UBND tỉnh, Sở Nội vụ đã có"


@pytest.mark.parametrize(
    ("before", "printed", "date", "confidence"),
    [
        (BEFORE, "ngày 15 tháng 3 cùng năm", "2018-03-15", 0.9),
        (BEFORE, "ngày 20/5 cùng năm", "2018-05-20", 0.9),
        (BEFORE, "(ngày 20/5 cùng năm)", "2018-05-20", 0.9),
        (BEFORE, "của UBND tỉnh ngày 20/5 cùng năm", "2018-05-20", 0.9),
        (BEFORE, "ngày 20/5\ncùng năm", "2018-05-20", 0.9),
        ("Ngày 15 tháng 3 năm 2019, Sở ban hành", "ngày 16/3 của cùng năm", "2019-03-16", 0.9),
        ("theo Nghị định số 30/2020/NĐ-CP,", "ngày 20/5 cùng năm", "2020-05-20", 0.9),
        # two years before it: the nearer date, never sure
        (f"{BEFORE}; ngày 02/02/2019, Sở ban hành", "ngày 20/5 cùng năm", "2019-05-20", 0.8),
        # open: no year; one that is no date stands nearest; none before it in its paragraph; no such day
        ("Sở đã có", "ngày 20/5 cùng năm", None, 0.8),
        (f"{BEFORE} kinh phí năm 2019 theo", "ngày 20/5 cùng năm", None, 0.8),
        (f"{BEFORE}.\n\n", "ngày 20/5 cùng năm", None, 0.8),
        (BEFORE, "ngày 29/02 cùng năm", None, 0.8),
        (BEFORE, "ngày 31/4 cùng năm", None, 0.8),
    ],
)
def test_same_year(before: str, printed: str, date: str | None, confidence: float) -> None:
    text = f"{before} Báo cáo số 15/BC-SNV {printed} gửi Bộ Nội vụ"
    cited = read_text_citations(text)[-1]
    assert (str(cited.number), str(cited.date) if cited.date else None) == ("15/BC-SNV", date)
    assert cited.text.endswith(printed) and cited.confidence == confidence
    assert (cited.note is not None) == (date is not None)


def test_same_year_as_in_its_own_number() -> None:
    (cited,) = read_text_citations("Quyết định số 20/2019/QĐ-UBND ngày 20/5 cùng năm; năm 2018")
    assert str(cited.date) == "2019-05-20"


def test_the_same_year_goes_on() -> None:
    found = read_text_citations(f"{BEFORE} Báo cáo số 15/BC-SNV ngày 20/5 cùng năm và Báo cáo số 16/BC-SNV cùng ngày")
    assert [str(one.date) for one in found] == ["2018-01-03", "2018-05-20", "2018-05-20"]
    assert [one.confidence for one in found] == [1.0, 0.9, 0.9]  # what rests on a conclusion is no surer than it


def test_pages_boxes_and_clipping() -> None:
    first = page("Phần mở đầu\nCăn cứ Quyết định số 15/QĐ-UBND ngày", 4)
    second = page("15/3/2019 của UBND tỉnh; Công văn số 36/SNV-CCHC", 5)
    one, two = read_citations((first, second))
    assert (one.span.page, one.text) == (4, "Quyết định số 15/QĐ-UBND ngày\n15/3/2019")
    assert first.text[one.span.start : one.span.end] == "Quyết định số 15/QĐ-UBND ngày"
    assert str(one.date) == "2019-03-15"
    assert one.span.box == (20.0, 10.0, 69.0, 19.0)
    assert (two.span.page, second.text[two.span.start : two.span.end]) == (5, "Công văn số 36/SNV-CCHC")


def test_ocr_is_believed_as_far_as_its_words() -> None:
    (cited,) = read_citations((page("Căn cứ Quyết định số 15/QĐ-UBND", origin=Origin.OCR, confidence=0.6),))
    assert cited.confidence == 0.6


def test_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Thực hiện Quyết định số 615/QĐ-UBND ngày 15/3/2019 của UBND tỉnh")
    (cited,) = read_text_citations(text)
    assert text[cited.span.start : cited.span.end] == cited.text
    assert unicodedata.normalize("NFC", cited.text) == "Quyết định số 615/QĐ-UBND ngày 15/3/2019"
    assert cited.issuer == "UBND tỉnh"


PIECES = st.sampled_from(
    ["Quyết định ", "số ", "15/QĐ-UBND", "ngày 15/3/2019", " của ", "UBND tỉnh", ", ", "; ", "\n", "“", "”", "Luật ",
     "Đất đai ", "năm 2024", "Mẫu số ", "bãi bỏ ", "sửa đổi ", "Kế hoạch ", "72/2025/QH15", "này", " ", "e\u0301",
     "Điều 1. "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_spans_are_in_order_apart_and_exact(text: str) -> None:
    end = 0
    for cited in read_text_citations(text):
        assert end <= cited.span.start < cited.span.end <= len(text)
        assert cited.text == text[cited.span.start : cited.span.end]
        end = cited.span.end


@pytest.mark.parametrize(
    "unit",
    [
        "Căn cứ Quyết định số 15/QĐ-UBND ngày 15/3/2019 của UBND tỉnh;\n",
        "Luật ",
        "Kế hoạch ",
        "“",
        "15/QĐ-UBND ",
        "a) bãi bỏ:\n",
    ],
)
def test_linear(unit: str) -> None:
    times = []
    for size in (25_000, 100_000):
        read = partial(read_text_citations, unit * (size // len(unit)))
        times.append(min(timeit.repeat(read, timer=time.process_time, number=1, repeat=2)))
    assert times[1] < 8 * times[0] + 0.5


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("từ số 496/QĐ-TTg đến 521/QĐ-TTg", [("496/QĐ-TTg", "521/QĐ-TTg"), ("521/QĐ-TTg", None)]),
        ("các Quyết định từ số 496 đến số 521/QĐ-TTg", [("496/QĐ-TTg", "521/QĐ-TTg")]),
        ("Quyết định từ số 496/QĐ-TTg đến số 521 ngày 12/4/2024", [("496/QĐ-TTg", "521/QĐ-TTg")]),
        # not a range: another series, a lower number, no "từ"
        ("từ số 496/QĐ-TTg đến 521/QĐ-BNV", [("496/QĐ-TTg", None), ("521/QĐ-BNV", None)]),
        ("từ số 521/QĐ-TTg đến 496/QĐ-TTg", [("521/QĐ-TTg", None), ("496/QĐ-TTg", None)]),
        ("gửi Quyết định số 496/QĐ-TTg đến 21 sở", [("496/QĐ-TTg", None)]),
    ],
)
def test_ranges(text: str, ends: list[tuple[str, str | None]]) -> None:
    found = [(str(one.number), str(one.range_to) if one.range_to else None) for one in numbered(text)]
    assert found == ends


@pytest.mark.parametrize(
    ("text", "date", "printed"),
    [
        ("Quyết định số 15/QĐ-UBND của UBND tỉnh ngày 15/3/2019", "2019-03-15", None),
        ("Công văn số 36/SNV-CCHC của Sở Nội vụ, ngày 08 tháng 01 năm 2018", "2018-01-08", None),
        (
            "Quyết định số 15/QĐ-UBND của UBND tỉnh có hiệu lực từ ngày 15/3/2019",
            None,
            "Quyết định số 15/QĐ-UBND",
        ),
        ("Quyết định số 15/QĐ-UBND của UBND tỉnh năm 2019", None, "Quyết định số 15/QĐ-UBND"),
    ],
)
def test_a_date_behind_the_issuer(text: str, date: str | None, printed: str | None) -> None:
    (cited,) = numbered(text)
    assert (str(cited.date) if cited.date else None) == date
    assert cited.text == (printed or text)
    assert cited.issuer in ("UBND tỉnh", "Sở Nội vụ")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nghị quyết số 282/NQ-HĐND ngày 1/2/2025; theo Nghị quyết 282 nêu trên", ["282/NQ-HĐND", "282/NQ-HĐND"]),
        ("Quyết định số 15/QĐ-UBND; thực hiện Quyết định nói trên", ["15/QĐ-UBND", "15/QĐ-UBND"]),
        # two that it could mean, a plural, a word that is no document, a new sentence
        ("Quyết định 15/QĐ-X, Quyết định 16/QĐ-X; Quyết định nêu trên", ["15/QĐ-X", "16/QĐ-X"]),
        ("Quyết định 15/QĐ-X; các Quyết định nêu trên", ["15/QĐ-X"]),
        ("Quyết định 15/QĐ-X; theo Quyết   định  số\n 15   nói  trên, đã nêu trên đây", ["15/QĐ-X", "15/QĐ-X"]),
        ("Quyết định 15/QĐ-X; nêu trên, Quyết định trên đây và Quyết định nói trên", ["15/QĐ-X", "15/QĐ-X", "15/QĐ-X"]),
        ("Quyết định 15/QĐ-X; Quyết định nêu trênh", ["15/QĐ-X"]),
        ("Quy định số 15-QĐ/TW; theo các quy định nêu trên", ["15-QĐ/TW"]),
        ("Đề án số 6/ĐA-UBND. Trên đây là Báo cáo", ["6/ĐA-UBND"]),
        ("Nghị quyết 282 nêu trên; Nghị quyết số 282/NQ-HĐND", ["282/NQ-HĐND"]),
    ],
)
def test_pointing_back(text: str, meant: list[str]) -> None:
    found = numbered(text)
    assert [str(one.number) for one in found] == meant
    assert [one.note is not None for one in found] == ["trên" in one.text for one in found]


def test_furniture_does_not_part_a_citation() -> None:
    first = page("Căn cứ Quyết định số\n3", 3)
    second = page("4\nCÔNG BÁO/Số 441 + 442/Ngày 27-3-2024\n15/QĐ-UBND ngày 15/3/2019 của UBND tỉnh", 4)
    (cited,) = read_citations((first, second))
    assert (cited.text, str(cited.date), cited.span.page) == (
        "Quyết định số\n15/QĐ-UBND ngày 15/3/2019", "2019-03-15", 3,
    )  # fmt: skip
    assert first.text[cited.span.start : cited.span.end] == "Quyết định số"
