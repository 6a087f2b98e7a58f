"""Pages of a Word document: their number stands once at the foot, however often a section is set up."""

from __future__ import annotations

from evidence.report.publication import docx_page


def test_a_section_set_up_again_has_one_page_number() -> None:
    document = docx_page.start_document()
    docx_page.set_up_section(document.sections[0], wide=True)
    section = document.sections[0]
    assert [run.text for run in section.footer.paragraphs[0].runs] == ["", "", ""]
    assert section.footer._element.xml.count("instrText") == 2  # one element, its beginning and its end
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height
