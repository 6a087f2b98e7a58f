"""Numbers that an OpenDocument text counts by itself, and what is embedded in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.ingest.reader_protocol import ReadResult
from evidence.model.problem import ProblemCode
from tests.support import papers
from tests.support.format_reading import pack, read

SPACES = (
    'xmlns:text="t" xmlns:style="s" xmlns:table="b" xmlns:draw="d" xmlns:xlink="x" xmlns:office="o" xmlns:chart="c"'
)


def level(at: int, form: str = "1", suffix: str = ".", more: str = "") -> str:
    marks = f'style:num-format="{form}" style:num-suffix="{suffix}"'
    return f'<text:list-level-style-number text:level="{at}" {marks} {more}/>'


def style(*levels: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def items(*contents: str) -> str:
    return "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)


def listed(contents: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{contents}</text:list>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def document(file: Path, styles: str, body: str, **parts: bytes | str) -> ReadResult:
    content = f"<d {SPACES}><automatic-styles>{styles}</automatic-styles><body><text>{body}</text></body></d>"
    named = {name.replace("__", "/"): data for name, data in parts.items()}
    return read(pack(file, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **named}))


def lines(file: Path, styles: str, body: str) -> list[str]:
    return document(file, styles, body).pages[0].text.split("\n")


ARTICLES = style(level(1, more='style:num-prefix="Điều "'))
DEEP = style(level(1), level(2, more='text:display-levels="2"'), level(3, "a", ")"))


@pytest.mark.parametrize(
    ("styles", "body", "shown"),
    [
        (ARTICLES, listed(items(p("Ban hành"), p("Hiệu lực"))), ["Điều 1. Ban hành", "Điều 2. Hiệu lực"]),
        (
            DEEP,
            listed(items(p("Một") + listed(items(p("sâu") + listed(items(p("chữ")), ""), p("sau")), ""), p("Hai"))),
            ["1. Một", "1.1. sâu", "a) chữ", "1.2. sau", "2. Hai"],
        ),
        (  # parted by a paragraph: it goes on, or begins anew
            ARTICLES,
            listed(items(p("a")))
            + p("giữa")
            + listed(items(p("b")), 'text:style-name="L" text:continue-numbering="true"')
            + listed(items(p("c"))),
            ["Điều 1. a", "giữa", "Điều 2. b", "Điều 1. c"],
        ),
        (style(level(1, "I", more='text:start-value="3"')), listed(items(p("a"), p("b"))), ["III. a", "IV. b"]),
        (ARTICLES, listed('<text:list-item text:start-value="7">' + p("a") + "</text:list-item>"), ["Điều 7. a"]),
        (ARTICLES, listed(items(p("a") + p("cùng mục"), p("b"))), ["Điều 1. a", "cùng mục", "Điều 2. b"]),
        (ARTICLES, listed(f"<text:list-header>{p('đầu')}</text:list-header>" + items(p("a"))), ["đầu", "Điều 1. a"]),
        (style(level(1, "")), listed(items(p("không số"))), ["không số"]),
        ("", listed(items(p("không kiểu"))), ["không kiểu"]),
    ],
)
def test_lists_are_counted(tmp_path: Path, styles: str, body: str, shown: list[str]) -> None:
    assert lines(tmp_path / "a.odt", styles, body) == shown


@pytest.mark.parametrize(("sign", "shown"), [("-", "- a"), ("\uf0b7", "• a")])
def test_bullets_stand_before_what_they_mark(tmp_path: Path, sign: str, shown: str) -> None:
    bullets = style(f'<text:list-level-style-bullet text:level="1" text:bullet-char="{sign}"/>')
    assert lines(tmp_path / "a.odt", bullets, listed(items(p("a"), p("")))) == [shown]


def test_headings_are_counted_by_the_outline(tmp_path: Path) -> None:
    forms = (("I", 1, 1), ("1", 2, 1), ("1", 3, 2))
    levels = "".join(
        f'<text:outline-level-style text:level="{at}" style:num-format="{form}" style:num-suffix="."'
        f' text:display-levels="{shown}"/>'
        for form, at, shown in forms
    )
    headings = "".join(
        f'<text:h text:outline-level="{at}">{text}</text:h>'
        for at, text in ((1, "Mục đích"), (2, "Yêu cầu"), (3, "Cụ thể"), (2, "Tiến độ"), (1, "Tổ chức"))
    )
    shown = lines(tmp_path / "a.odt", f"<text:outline-style>{levels}</text:outline-style>", headings)
    assert shown == ["I. Mục đích", "1. Yêu cầu", "1.1. Cụ thể", "2. Tiến độ", "II. Tổ chức"]


def test_a_numbered_column_is_read_into_the_table(tmp_path: Path) -> None:
    goes_on = 'text:style-name="L" text:continue-numbering="true"'
    cells = [f"<table:table-cell>{text}</table:table-cell>" for text in (listed(items(p("")), goes_on), p("Báo cáo"))]
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    result = document(tmp_path / "a.odt", style(level(1, suffix="")), f"<table:table>{row * 2}</table:table>")
    assert result.pages[0].tables[0].rows == (("1", "Báo cáo"), ("2", "Báo cáo"))


def frame(tag: str, name: str) -> str:
    return f'<text:p>Hình<draw:frame><draw:{tag} xlink:href="./{name}"/></draw:frame></text:p>'


def test_titles_of_charts_are_read(tmp_path: Path) -> None:
    titles = (
        f"<chart:title>{p('Chỉ số CCHC')}</chart:title><chart:axis><chart:title>{p('Điểm')}</chart:title></chart:axis>"
    )
    inner = (
        f"<d {SPACES}><office:body><office:chart><chart:chart>{titles}</chart:chart></office:chart></office:body></d>"
    )
    result = document(tmp_path / "a.odt", "", frame("object", "O1"), **{"O1__content.xml": inner})
    assert result.pages[0].text == "Hình\nChỉ số CCHC\nĐiểm"
    assert result.problems == ()


def test_an_embedded_sheet_is_told(tmp_path: Path) -> None:
    inner = f"<d {SPACES}><office:body><office:spreadsheet/></office:body></d>"
    (problem,) = document(tmp_path / "a.odt", "", frame("object", "O1"), **{"O1__content.xml": inner}).problems
    assert (problem.code, problem.message.params) == (ProblemCode.UNSUPPORTED, {"name": "O1", "program": "Calc"})


def test_a_document_of_another_program_is_a_member(tmp_path: Path) -> None:
    word = papers.word(tmp_path / "b.docx").read_bytes()
    result = document(tmp_path / "a.odt", "", frame("object-ole", "O2") + frame("object-ole", "gone"), O2=word)
    assert [Path(member.file).read_bytes() for member in result.embedded] == [word]
    assert [problem.code for problem in result.problems] == [ProblemCode.MIXED_DOCUMENTS]
