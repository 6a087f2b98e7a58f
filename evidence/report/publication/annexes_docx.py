"""The annexes of the decision as a Word document: one a field, each on pages of its own, groups as sections of its
table, with the highest, the mean and the lowest index."""

from __future__ import annotations

from docx.document import Document as Docx

from evidence.messages import Language
from evidence.model.scores.publication import AnnexSection, Publication, PublishedAnnex
from evidence.report.labels import label
from evidence.report.publication import docx_page
from evidence.report.publication.annex_text import (
    find_places,
    list_columns,
    name_annex,
    name_section,
    number_roman,
    print_amount,
    print_standing,
    summary_lines,
)
from evidence.report.publication.docx_page import CELL, CENTRE, LEFT, RIGHT

WIDTHS = {"rank": 16, "unit": 62, "max": 23, "points": 23, "index": 20, "grade": 21}  # millimetres
ALIGNMENTS = {"rank": CENTRE, "unit": LEFT, "max": RIGHT, "points": RIGHT, "index": RIGHT, "grade": CENTRE}


def render_annexes(publication: Publication, language: Language = Language.VI) -> bytes:
    """The bytes of a .docx file."""
    document = docx_page.start_document()
    for number, annex in enumerate(publication.annexes, start=1):
        if number > 1:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _write_head(document, publication, annex, number, language)
        _write_table(document, annex, language)
        if publication.is_provisional:
            docx_page.write_text(document.add_paragraph(), label("publish-provisional", language), size=CELL)
    return docx_page.save_document(document)


def _write_head(
    document: Docx, publication: Publication, annex: PublishedAnnex, number: int, language: Language
) -> None:
    lines = (
        (label("publish-annex", language, number=number_roman(number)), True, False),
        (name_annex(annex, publication.title, language), True, False),
        (label("publish-attached", language), False, True),
    )
    for text, bold, italic in lines:
        docx_page.write_text(document.add_paragraph(), text, CENTRE, bold=bold, italic=italic)
    document.add_paragraph()


def _write_table(document: Docx, annex: PublishedAnnex, language: Language) -> None:
    columns = list_columns(annex)
    heads = [label(f"publish-{name}", language) for name in columns]
    table = docx_page.add_table(document, heads, [WIDTHS[name] for name in columns])
    alignments = [ALIGNMENTS[name] for name in columns]
    for number, section in enumerate(annex.sections, start=1):
        title = name_section(section, number, language)
        if title:
            docx_page.add_title_row(table, title)
        places = find_places(section)
        for standing in section.standings:
            docx_page.add_row(table, print_standing(standing, places, language)[: len(columns)], alignments)
        for texts in _summary_rows(section, language):
            docx_page.add_row(table, texts[: len(columns)], alignments, bold=True)


def _summary_rows(section: AnnexSection, language: Language) -> list[tuple[str, ...]]:
    if section.summary is None or section.summary.count < 2:
        return []
    return [
        ("", name, "", "", print_amount(index, 2, language), "")
        for name, index in summary_lines(section.summary, language)
    ]
