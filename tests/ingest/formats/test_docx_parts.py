"""A letter and its plan in one Word file: where they part, and what stays one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK

from evidence.config import Settings
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.model.document import Cell, Table
from evidence.model.record import Record
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.support import papers

Docx = Any
END = ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
PLAN = ["KẾ HOẠCH", "Kiểm tra cải cách hành chính năm 2025", "I. MỤC ĐÍCH", "Theo Quyết định số 15/QĐ-UBND."]


def document(paper: Docx, number: str, lines: list[str], mark: str | None = None) -> None:
    """A letterhead as a table of two columns, and the text."""
    if mark:
        paper.add_paragraph(mark)
    table = paper.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "\n".join([*papers.LEFT[:3], f"Số: {number}"])
    table.cell(0, 1).text = "\n".join(papers.RIGHT)
    for line in lines:
        paper.add_paragraph(line)
    end = paper.add_table(rows=1, cols=2)
    end.cell(0, 0).text, end.cell(0, 1).text = "\n".join(END), "GIÁM ĐỐC\n\n\nNguyễn Văn Minh"


def by_page(paper: Docx) -> None:
    paper.add_page_break()


def by_page_before_the_text(paper: Docx) -> None:
    """The break stands in the paragraph that says something else before it."""
    run = paper.add_paragraph("Hết").add_run()
    run.add_break(WD_BREAK.PAGE)


def by_section(paper: Docx) -> None:
    paper.add_section(WD_SECTION.NEW_PAGE)


def by_paragraph(paper: Docx) -> None:
    paper.add_paragraph().paragraph_format.page_break_before = True


def by_nothing(paper: Docx) -> None:
    paper.add_paragraph()


def on_the_same_page(paper: Docx) -> None:
    paper.add_section(WD_SECTION.CONTINUOUS)


def read(tmp_path: Path, *steps: Callable[[Docx], None]) -> tuple[pipeline.Outcome, list[Record]]:
    paper = docx.Document()
    for step in steps:
        step(paper)
    paper.save(str(tmp_path / "a.docx"))
    settings = Settings(home=tmp_path)
    (outcome,) = pipeline.read_files([request_file(tmp_path / "a.docx", settings.limits)], settings)
    return outcome, [outcome.record, *outcome.record.parts]


def letter(paper: Docx) -> None:
    document(paper, "187/TTr-SNV", papers.BODY)


def plan(paper: Docx) -> None:
    document(paper, "12/KH-SNV", PLAN)


def numbers_and_pages(records: list[Record]) -> list[tuple[str, int | None, int | None]]:
    return [(str(record.number.value), record.first_page, record.last_page) for record in records]


@pytest.mark.parametrize("broken", [by_page, by_page_before_the_text, by_section, by_paragraph])
def test_each_document_has_its_record(tmp_path: Path, broken: Callable[[Docx], None]) -> None:
    outcome, records = read(tmp_path, letter, broken, plan)
    assert numbers_and_pages(records) == [("187/TTr-SNV", 1, 1), ("12/KH-SNV", 2, 2)]
    assert [record.kind.value.name for record in records if record.kind.value] == ["Tờ trình", "Kế hoạch"]
    assert [record.signer.value.name for record in records if record.signer.value] == ["Nguyễn Văn Minh"] * 2
    assert [problem.code.value for problem in outcome.record.problems].count("mixed-documents") == 1
    (cited,) = records[1].citations
    assert outcome.document.pages[1].text[cited.span.start : cited.span.end] == "Quyết định số 15/QĐ-UBND"
    for page in outcome.document.pages:  # tables are counted page by page
        assert {line.cell.table for line in page.lines if line.cell} == set(range(len(page.tables))) == {0, 1}


def test_three(tmp_path: Path) -> None:
    _, records = read(tmp_path, letter, by_section, plan, by_page, lambda paper: document(paper, "13/KH-SNV", PLAN))
    assert numbers_and_pages(records) == [("187/TTr-SNV", 1, 1), ("12/KH-SNV", 2, 2), ("13/KH-SNV", 3, 3)]


@pytest.mark.parametrize("between", [by_nothing, on_the_same_page])
def test_without_a_break_all_is_one_page(tmp_path: Path, between: Callable[[Docx], None]) -> None:
    outcome, _ = read(tmp_path, letter, between, plan)
    assert len(outcome.document.pages) == 1


def test_a_break_before_no_letterhead_is_none(tmp_path: Path) -> None:
    """An annex on its own page, and the cover before a letter."""
    outcome, records = read(
        tmp_path,
        lambda paper: paper.add_paragraph("TẬP TÀI LIỆU"), by_page, letter, by_page,
        lambda paper: paper.add_paragraph("PHỤ LỤC"),
    )  # fmt: skip
    assert len(outcome.document.pages) == 1 and numbers_and_pages(records) == [("187/TTr-SNV", None, None)]


def test_a_form_is_a_page_and_no_document(tmp_path: Path) -> None:
    outcome, records = read(
        tmp_path, letter, by_page, lambda paper: document(paper, "…/BC-SNV", ["BÁO CÁO", "Kết quả"], "Mẫu số 01")
    )
    assert len(outcome.document.pages) == 2 and numbers_and_pages(records) == [("187/TTr-SNV", None, None)]
    assert outcome.record.kind.value and outcome.record.kind.value.name == "Tờ trình"


def test_empty_tables_stay_with_their_page() -> None:
    lines = LineBuilder()
    for text, cell in ((papers.RIGHT[0], Cell(0, 0, 0)), (papers.RIGHT[0], Cell(2, 0, 0))):
        if lines.lines:
            lines.part()
        lines.add(text, cell)
    lines.tables += [Table(((name,),)) for name in "abcd"]
    first, second = lines.pages()
    assert [table.rows for table in (*first.tables, *second.tables)] == [(("a",),), (("b",),), (("c",),), (("d",),)]
    assert [second.tables[line.cell.table].rows for line in second.lines if line.cell] == [(("c",),)]
