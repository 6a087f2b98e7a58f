"""Annexes and self-assessments whose serial numbers Word counts by itself: the same as with numbers that are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pytest
from lxml import etree

from evidence.archive.criteria_import import ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.criteria import Criterion
from tests.support.files import annexes
from tests.support.files.annexes import RULED, Row, flow
from tests.support.files.office_files import SPACES, level

PLAIN = "".join(level(at, ".".join(f"%{part + 1}" for part in range(at + 1))) for at in range(4))
DOTTED = "".join(level(at, "".join(f"%{part + 1}." for part in range(at + 1))) for at in range(4))
ROMAN = level(0, "%1", "upperRoman") + level(1, "%2.") + level(2, "%2.%3.") + level(3, "%2.%3.%4.")
CODE = re.compile(r"((?:[IVX]+|\d+)(?:\.\d+)*)\.?")


def automatic(file: Path, levels: str, roman: bool = False) -> Path:
    """Takes the typed numbers out of a Word file's cells and has Word count them."""
    paper = docx.Document(str(file))
    numbers = paper.part.numbering_part.element
    space = etree.fromstring(f"<x {SPACES}><w:abstractNum w:abstractNumId='77'>{levels}</w:abstractNum>"
                             "<w:num w:numId='77'><w:abstractNumId w:val='77'/></w:num></x>")  # fmt: skip
    numbers.extend(list(space))
    for cell in (row.cells[0] for row in paper.tables[-1].rows):
        match = CODE.fullmatch(cell.text)
        if match is None:
            continue
        depth = match[1].count(".") + (roman and match[1][0].isdigit())
        cell.text = ""
        place = f"<w:numPr {SPACES}><w:ilvl w:val='{depth}'/><w:numId w:val='77'/></w:numPr>"
        cell.paragraphs[0]._p.get_or_add_pPr().append(etree.fromstring(place))
    paper.save(str(file))
    return file


def every(criteria: Sequence[Criterion]) -> Iterator[tuple[str, str, str]]:
    for criterion in criteria:
        yield criterion.code, criterion.title, str(criterion.points)
        yield from every(criterion.children)


def imported(file: Path, settings: Settings) -> list[tuple[str, str, str]]:
    return list(every(import_criteria(file, ImportRequest(name="x"), settings).criteria.criteria))


@pytest.mark.parametrize("levels", [PLAIN, DOTTED])
def test_a_column_of_numbers(levels: str, tmp_path: Path, settings: Settings) -> None:
    typed = imported(annexes.word(tmp_path / "a.docx", RULED), settings)
    assert typed and imported(automatic(annexes.word(tmp_path / "b.docx", RULED), levels), settings) == typed


def test_roman_fields_and_criteria_counted_below_them(tmp_path: Path, settings: Settings) -> None:
    rows = flow(
        Row("I", "CHỈ ĐẠO", "3"), Row("1.", "Kế hoạch CCHC", "2"), Row("1.1.", "Ban hành", "1"),
        Row("1.2.", "Làm", "1"),
        Row("2.", "Báo cáo", "1"), Row("II", "THỂ CHẾ", "2"), Row("1.", "Rà soát", "2"),
    )  # fmt: skip
    typed = imported(annexes.word(tmp_path / "a.docx", rows, "5"), settings)
    counted = automatic(annexes.word(tmp_path / "b.docx", rows, "5"), ROMAN, roman=True)
    assert typed and imported(counted, settings) == typed


def test_a_self_assessment(tmp_path: Path) -> None:
    head = ("TT", "Tiêu chí", "Điểm chuẩn", "Điểm tự chấm", "Tài liệu kiểm chứng")
    rows = (head, ("1", "CHỈ ĐẠO", "5", "4", ""), ("1.1", "Kế hoạch", "1", "1", ""), ("1.2", "Báo cáo", "4", "3", ""))
    paper = docx.Document()
    table = paper.add_table(len(rows), len(head))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "a.docx"))
    with Archive.open(Settings(tmp_path / "home"), create=True) as archive:
        typed = archive.appraisal.import_claims(tmp_path / "a.docx", "SXD", "An").claims
        counted = archive.appraisal.import_claims(automatic(tmp_path / "a.docx", DOTTED), "SXD", "An").claims
    assert typed
    assert [(claim.criterion, claim.points) for claim in counted] == [
        (claim.criterion, claim.points) for claim in typed
    ]
