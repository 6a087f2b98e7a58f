"""The draft report on a published index as a Word document: sentences and numbers filled, charts; what only people can
say is left as dots."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from docx.document import Document as Docx
from docx.shared import Inches, Mm, Pt

from evidence.messages import Language
from evidence.model.scores.publication import AnnexSection, IndexChange, Publication, PublishedAnnex
from evidence.model.scoring import UnitStanding
from evidence.report.labels import label
from evidence.report.publication import docx_page
from evidence.report.publication.annex_text import name_field, name_group, print_amount
from evidence.report.publication.charts import Chart
from evidence.report.publication.docx_page import BOTH, CELL, CENTRE, LEFT, RIGHT

WIDEST, HIGHEST = 6.3, 9.0  # inches of an upright page below a title
MOST_NAMED = 5
NUMERALS = ("I", "II", "III", "IV", "V")
FIELD_WIDTHS = (45, 40, 20, 40, 20)  # millimetres
FIELD_COLUMNS = ("field", "highest-unit", "highest", "lowest-unit", "lowest")


def render_report(publication: Publication, charts: Sequence[Chart], language: Language = Language.VI) -> bytes:
    """The bytes of a .docx file."""
    document = docx_page.start_document()
    for code in ("publish-report-kind", "publish-report-title"):
        text = label(code, language, title=publication.title)
        docx_page.write_text(document.add_paragraph(), text.upper(), CENTRE, bold=True)
    if publication.is_provisional:
        _write_sentence(document, label("publish-provisional", language))
    heads = _number_sections(publication, charts, language)
    _write_whole(document, publication, language, heads)
    _write_fields(document, publication, language, heads)
    _write_changes(document, publication, language, heads)
    _write_heading(document, heads["causes"])
    _write_sentence(document, "…" * 20)
    _write_charts(document, charts, heads)
    return docx_page.save_document(document)


def _number_sections(publication: Publication, charts: Sequence[Chart], language: Language) -> dict[str, str]:
    """The titles of the sections that the report has, counted without a gap."""
    there = {
        "whole": True, "fields": bool(publication.fields), "changes": bool(describe_changes(publication, language)),
        "causes": True, "charts": bool(charts),
    }  # fmt: skip
    kept = [name for name, has in there.items() if has]
    return {
        name: f"{number}. {label(f'publish-report-{name}', language)}"
        for name, number in zip(kept, NUMERALS, strict=False)
    }


def describe_whole(publication: Publication, language: Language) -> tuple[str, ...]:
    """The sentences on the whole index: how many units, then each group with its mean, extremes and grades."""
    sections = publication.whole.sections
    ranked = sum(standing.rank is not None for section in sections for standing in section.standings)
    count = sum(len(section.standings) for section in sections)
    first = label("publish-say-count", language, count=count, ranked=ranked, title=publication.title)
    return (first, *(line for section in sections for line in _describe_section(section, publication, language)))


def describe_changes(publication: Publication, language: Language) -> tuple[str, ...]:
    """The sentences on rises and falls; none where the year before was not given."""
    changes = publication.changes
    if changes is None:
        return ()
    compared = len(changes.rises) + len(changes.falls) + len(changes.equal)
    lines = [label("publish-say-changes", language, compared=compared, rises=len(changes.rises),
                   falls=len(changes.falls), equal=len(changes.equal))]  # fmt: skip
    for code, rows in (("publish-say-rises", changes.rises), ("publish-say-falls", changes.falls)):
        if rows:
            lines.append(
                label(code, language, units="; ".join(_say_change(row, language) for row in rows[:MOST_NAMED]))
            )
    for code, names in (
        ("publish-say-new", changes.new), ("publish-say-gone", changes.gone), ("publish-say-merged", changes.merged),
    ):  # fmt: skip
        if names:
            lines.append(label(code, language, count=len(names), units=", ".join(names)))
    return tuple(lines)


def _describe_section(section: AnnexSection, publication: Publication, language: Language) -> list[str]:
    group = name_group(section.group, language) if section.group else label("publish-all-units", language)
    if not section.is_ranked:
        units = "; ".join(
            label("publish-say-alone-unit", language, unit=standing.points.name, index=_index(standing, language),
                  grade=standing.grade or label("publish-no-grade", language))
            for standing in section.standings
        )  # fmt: skip
        return [label("publish-say-alone", language, group=group, units=units)]
    sure = [standing for standing in section.standings if standing.low is not None and standing.points.is_complete]
    if section.summary is None or not sure:
        return []
    summary = section.summary
    lines = [
        label("publish-say-group", language, group=group, count=len(section.standings),
              mean=print_amount(summary.mean, 2, language), best=_names(sure, summary.highest, language),
              worst=_names(sure, summary.lowest, language),
              gap=print_amount(summary.highest - summary.lowest, 2, language))
    ]  # fmt: skip
    grades = [
        label("publish-say-grade", language, grade=grade or label("publish-no-grade", language), count=count,
              share=print_amount(Decimal(count * 100) / len(section.standings), 2, language))
        for grade, count in _count_grades(section.standings, publication.grades)
    ]  # fmt: skip
    return [*lines, label("publish-say-grades", language, grades="; ".join(grades))] if publication.grades else lines


def _count_grades(standings: Sequence[UnitStanding], grades: Sequence[str]) -> list[tuple[str | None, int]]:
    given = [standing.grade for standing in standings]
    counts: list[tuple[str | None, int]] = [(grade, given.count(grade)) for grade in grades]
    return [*counts, (None, given.count(None))] if None in given else counts


def _names(standings: Sequence[UnitStanding], index: Decimal, language: Language) -> str:
    """All units of that index, with it."""
    those = [standing for standing in standings if standing.low == index]
    return f"{', '.join(standing.points.name for standing in those)} ({_index(those[0], language)}%)"


def _index(standing: UnitStanding, language: Language) -> str:
    return print_amount(standing.low, standing.places, language) if standing.low is not None else "–"


def _say_change(change: IndexChange, language: Language) -> str:
    sign = "+" if change.change > 0 else ""
    shown = [print_amount(each, 2, language) for each in (change.old, change.new, change.change)]
    return f"{change.unit} ({shown[0]}% → {shown[1]}%: {sign}{shown[2]})"


def _write_whole(document: Docx, publication: Publication, language: Language, heads: dict[str, str]) -> None:
    _write_heading(document, heads["whole"])
    for line in describe_whole(publication, language):
        _write_sentence(document, line)


def _write_fields(document: Docx, publication: Publication, language: Language, heads: dict[str, str]) -> None:
    """A table of the fields for each group: its best and its last unit."""
    if not publication.fields:
        return
    _write_heading(document, heads["fields"])
    groups = dict.fromkeys(section.group for section in publication.whole.sections if section.is_ranked)
    for group in groups:
        rows = [row for annex in publication.annexes[1:] for row in _field_rows(annex, group, language)]
        if not rows:
            continue
        name = name_group(group, language) if group else label("publish-all-units", language)
        docx_page.write_text(document.add_paragraph(), name, LEFT, bold=True)
        columns = [label(f"publish-{column}", language) for column in FIELD_COLUMNS]
        table = docx_page.add_table(document, columns, FIELD_WIDTHS)
        for row in rows:
            docx_page.add_row(table, row, (LEFT, LEFT, RIGHT, LEFT, RIGHT))
        document.add_paragraph()


def _field_rows(annex: PublishedAnnex, group: str | None, language: Language) -> list[tuple[str, ...]]:
    assert annex.field is not None
    rows = []
    for section in annex.sections:
        sure = [each for each in section.standings if each.low is not None and each.points.is_complete]
        if section.group != group or not section.is_ranked or not sure:
            continue
        ends = [cell for each in (sure[0], sure[-1]) for cell in (each.points.name, _index(each, language))]
        rows.append((name_field(annex.field, language), *ends))
    return rows


def _write_changes(document: Docx, publication: Publication, language: Language, heads: dict[str, str]) -> None:
    lines = describe_changes(publication, language)
    if lines:
        _write_heading(document, heads["changes"])
    for line in lines:
        _write_sentence(document, line)


def _write_charts(document: Docx, charts: Sequence[Chart], heads: dict[str, str]) -> None:
    if charts:
        _write_heading(document, heads["charts"])
    for chart in charts:
        scale = min(1.0, WIDEST / chart.width, HIGHEST / chart.height)
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.add_run().add_picture(BytesIO(chart.png), width=Inches(chart.width * scale))


def _write_heading(document: Docx, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    docx_page.write_text(paragraph, text, LEFT, bold=True)


def _write_sentence(document: Docx, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(CELL / 2)
    docx_page.write_text(paragraph, text, BOTH)
