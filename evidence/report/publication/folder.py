"""The files of a publication by their names in its folder."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.messages import Language
from evidence.model.scores.publication import Publication
from evidence.report.publication import annexes_docx, annexes_xlsx, report_docx
from evidence.report.publication.charts import draw_charts


def render_files(publication: Publication, language: Language, units: Sequence[str] = ()) -> dict[str, bytes]:
    """Every file, by its path inside the folder; ``units``: whose fields are drawn against the mean."""
    charts = draw_charts(publication, units, language)
    files = {
        "phu-luc.docx": annexes_docx.render_annexes(publication, language),
        "phu-luc.xlsx": annexes_xlsx.render_annexes(publication, charts, language),
        "bao-cao.docx": report_docx.render_report(publication, charts, language),
    }
    for chart in charts:
        files[f"bieu-do/{chart.name}.svg"] = chart.svg
        files[f"bieu-do/{chart.name}.png"] = chart.png
    return files
