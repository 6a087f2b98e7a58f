"""The query language: what is understood of any text, and what is said where a field's value is none."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from evidence.messages import Language, say
from evidence.search.explanation import explain_query
from evidence.search.fields import SHOWN, Field, find_field
from evidence.search.parser import LEAVES, parse_query
from evidence.search.planner import plan_steps
from evidence.search.query import AllOf, AnyOf, Condition, Excluded, Node, Query
from evidence.search.scope import EVERYTHING


def outline(node: Node) -> str:
    """The tree in short: words bare, phrases in quotes, the rest by their sort."""
    if isinstance(node, AllOf):
        return " & ".join(f"({outline(part)})" if isinstance(part, AnyOf) else outline(part) for part in node.parts)
    if isinstance(node, AnyOf):
        return " | ".join(f"({outline(part)})" if isinstance(part, AllOf) else outline(part) for part in node.parts)
    if isinstance(node, Excluded):
        return f"-[{outline(node.part)}]"
    if isinstance(node, Condition):
        return f"{node.field.value}={node.value}"
    name = type(node).__name__
    texts = {
        "Words": lambda: " ".join(node.terms),  # type: ignore[union-attr]
        "PhraseSought": lambda: '"' + " ".join(node.terms) + '"',  # type: ignore[union-attr]
        "Prefix": lambda: f"{node.term}*",  # type: ignore[union-attr]
        "NumberSought": lambda: f"no:{node.number}",  # type: ignore[union-attr]
        "NumberPart": lambda: "part:" + "+".join(node.pieces),  # type: ignore[union-attr]
        "DateSought": lambda: f"day:{node.date}",  # type: ignore[union-attr]
        "PeriodSought": lambda: f"period:{node.dates.first}..{node.dates.last}",  # type: ignore[union-attr]
    }
    return texts[name]()


TRICKY = {
    # operators
    "cải cách hành chính": "cải cách hành chính",
    "NOT cchc": "-[cchc]",
    "báo cáo NOT kế hoạch": 'báo cáo & -["kế hoạch"]',
    "báo cáo -cchc": "báo cáo & -[cchc]",
    "-cchc báo cáo": "-[cchc] & báo cáo",
    'báo cáo -"quý I"': 'báo cáo & -["quý i"]',
    "báo cáo -loai:QĐ": "báo cáo & -[kind=QĐ]",
    'cchc không "kế hoạch"': 'cchc & -["kế hoạch"]',
    "cchc không loai:QĐ": "cchc & -[kind=QĐ]",
    "cchc KHÔNG báo cáo": 'cchc & -["báo cáo"]',
    "hồ sơ không giải quyết": "hồ sơ không giải quyết",
    "không có": "không có",
    "kế hoạch OR báo cáo": "kế hoạch | báo cáo",
    "kế hoạch hoặc báo cáo": "kế hoạch | báo cáo",
    "kế hoạch HOẶC báo cáo": "kế hoạch | báo cáo",
    "kế hoạch | báo cáo": "kế hoạch | báo cáo",
    "kế hoạch or báo cáo": "kế hoạch or báo cáo",
    "OR cchc": "cchc",
    "cchc OR": "cchc",
    "cchc AND báo cáo": "cchc báo cáo",
    "(báo cáo OR kế hoạch) cchc": "(báo cáo | kế hoạch) & cchc",
    "cchc (a OR (b NOT c))": "cchc & (a | (b & -[c]))",
    "-(a OR b) c": "-[a | b] & c",
    "THÔNG BÁO KHÔNG ĐẠT": "thông báo không đạt",
    # phrases and prefixes
    '"cải cách"': '"cải cách"',
    "“cải cách”": '"cải cách"',
    '"cải"': "cải",
    "cải các*": "cải & các*",
    "hành ch* 2019": "hành & ch* & 2019",
    "a*": "a",
    # ordinary text is never an error
    '"cải cách': "cải cách",
    'loai:"quyết định': "kind=quyết định",
    "http://example.vn/a": "http example vn a",
    "h52.1 - (abc": "h52 1 abc",
    "a) OR (b": "a | b",
    "10:30 ngày 5/3": "10 30 ngày 5 3",
    "Kính gửi sở": "kính gửi sở",
    "V/v: báo cáo": "v v báo cáo",
    "e-mail -- 3": "e mail 3",
    "2018 -2019": "2018 2019",
    "- Sở Nội vụ": "sở nội vụ",
    "C:\\kho\\a.pdf": "c kho a pdf",
    "TCVN 9001:2015": "tcvn 9001 2015",
    "điểm 14,5/15,5": "điểm 14 5 15 5",
    "loaj:QĐ": "loaj qđ",
    "Ngày: nay": "ngày nay",
    # numbers
    "615/QĐ-UBND": "no:615/QĐ-UBND",
    "615/qđ-ubnd": "no:615/QĐ-UBND",
    '"615/QĐ-UBND"': "no:615/QĐ-UBND",
    "Quyết định số 615/QĐ-UBND": "no:615/QĐ-UBND",
    "số 615/QĐ-UBND báo cáo": "no:615/QĐ-UBND & báo cáo",
    "1605": "1605",
    "1605/QĐ": "part:1605+qd",
    "qd ubnd 1605": "part:qd+ubnd+1605",
    "QĐ-UBND 1605": "part:qd+ubnd+1605",
    "NĐ30/2020": "part:nd+30+2020",
    "nghị định 30/2020": "part:nd+30+2020",
    "Nghị định số 30/2020": "part:nd+30+2020",
    "báo cáo 6/2020": "báo cáo 6 2020",
    "30/2020/NĐ-CP": "no:30/2020/NĐ-CP",
    # dates and periods
    "báo cáo ngày 15 tháng 3 năm 2019": "báo cáo & day:2019-03-15",
    '"15/3/2019"': "day:2019-03-15",
    "từ ngày 1/1/2019 đến ngày 30/6/2019": "date=2019-01-01..2019-06-30",
    "cchc từ 1/2019 đến 6/2019": "cchc & date=2019-01..2019-06",
    "từ 2018 đến 2019 báo cáo": "date=2018..2019 & báo cáo",
    "quý 3/2019": "period:2019-07..2019-09",
    "báo cáo quý IV năm 2018": "báo cáo & period:2018-10..2018-12",
    'ngay:"quý 3/2019"': "date=quý 3/2019",
    "ngày:15/3/2019 cchc": "date=15/3/2019 & cchc",
    "ngay:15 tháng 3 năm 2019 cchc": "date=15 tháng 3 năm 2019 & cchc",
    # fields
    "Số: 615/QĐ-UBND": "number=615/QĐ-UBND",
    "số hiệu:615": "number=615",
    "loai:quyết định cchc": "kind=quyết định & cchc",
    "loại văn bản:báo cáo quý I": "kind=báo cáo & quý i",
    "coquan:UBND tỉnh Lạng Sơn": "issuer=UBND tỉnh Lạng Sơn",
    "cơ quan:UBND tỉnh Lạng Sơn báo cáo": "issuer=UBND tỉnh Lạng Sơn & báo cáo",
    "cơ quan: Sở Nội vụ": "issuer=Sở Nội vụ",
    "người ký:Nguyễn Văn An cchc": "signer=Nguyễn Văn An & cchc",
    "trích yếu:cải cách hành chính": "subject=cải cách hành chính",
    "viendan:615": "cites=615",
    "địa danh:Lạng Sơn cchc": "place=Lạng Sơn & cchc",
    "trangthai:không đọc được": "status=unreadable",
    "duthao:có cchc": "draft=true & cchc",
    "draft:no": "draft=false",
    "tieuchi:1.2.1 báo cáo": "criterion=1.2.1 & báo cáo",
    "so:615 loai:QĐ": "number=615 & kind=QĐ",
}


@pytest.mark.parametrize(("text", "wanted"), list(TRICKY.items()))
def test_what_is_understood(text: str, wanted: str) -> None:
    assert outline(parse_query(text).root) == wanted
    assert outline(parse_query(unicodedata.normalize("NFD", text)).root) == wanted


def test_there_are_eighty_tricky_queries() -> None:
    assert len(TRICKY) >= 80


class Archived:
    """An archive that knows one agency of an uncommon name."""

    def holds(self, field: Field, value: str) -> bool:
        return (field, value) == (Field.ISSUER, "ban chỉ đạo 389 tỉnh")

    def is_whole(self, field: Field, value: str) -> bool:
        return False


def test_a_value_is_the_longest_that_the_archive_holds() -> None:
    text = "cơ quan:ban chỉ đạo 389 tỉnh báo cáo"
    assert outline(parse_query(text, Archived()).root) == "issuer=ban chỉ đạo 389 tỉnh & báo cáo"
    assert outline(parse_query(text).root) == "issuer=ban & chỉ đạo 389 tỉnh báo cáo"


@pytest.mark.parametrize("field", list(Field))
def test_a_field_has_its_name_in_both_languages_with_and_without_marks(field: Field) -> None:
    assert find_field(SHOWN[field]) is find_field(field.value) is field


def test_a_sentence_is_kept_whole_and_a_joint_in_it_is_a_word_of_it() -> None:
    query = parse_query("báo cáo hoặc kế hoạch năm 2018")
    assert query.run == ("báo", "cáo", "hoặc", "kế", "hoạch", "năm", "2018")
    assert parse_query('"báo cáo" kế hoạch').run == ()


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("", "query-empty", "query-empty-hint"),
        ("  ... ", "query-empty", "query-empty-hint"),
        ('""', "query-empty", "query-empty-hint"),
        ("so:", "query-no-value", None),
        ('so:""', "query-no-value", None),
        ("ngay:hôm-qua", "query-bad-date", None),
        ("ngay:2018-13", "query-bad-date", None),
        ("ngay:2018..abc", "query-bad-date", None),
        ("ngay:2019..2018", "query-dates-turned", None),
        ("viendan:xyz", "query-no-number", None),
        ("duthao:nửa", "query-yes-or-no", None),
        ("trangthai:tốt", "query-no-status", None),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, code: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        parse_query(text)
    assert (caught.value.message.code, caught.value.hint and caught.value.hint.code) == (code, hint)
    assert caught.value.exit_code == 2
    for language in Language:
        assert say(caught.value.message, language)


@pytest.mark.parametrize("joint", [" ", " OR ", " -", " OR (", '" "'])
def test_a_long_query_is_bounded_and_that_is_said(joint: str) -> None:
    started = time.process_time()
    query = parse_query(joint.join(f"từ{at}" for at in range(5_000)))
    assert len(query.words) + len(query.phrases) <= LEAVES
    assert [note.code for note in query.notes] == ["query-cut"]
    list(plan_steps(query, EVERYTHING, lambda words: words))
    assert time.process_time() - started < 1.0


SYNTAX = st.text("ab cảiđ\"“:*?^~[]{}()\\/-.+&|!<>'0129,ANDORTO\n", max_size=40)


@given(st.one_of(SYNTAX, st.text(max_size=40)))
def test_any_text_is_a_query_or_a_sentence(text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError as error:
        assert error.say(Language.VI)
        return
    assert isinstance(query, Query)
    assert all(say(line, language) for line in explain_query(query) for language in Language)
    assert list(plan_steps(query, EVERYTHING, lambda words: words))


@given(st.lists(st.sampled_from(["cải", "cách", "thủ", "tục", "một", "cửa", "in", "an"]), min_size=1, max_size=6))
def test_plain_words_stay_words(words: list[str]) -> None:
    assert parse_query(" ".join(words)).words == tuple(words)
