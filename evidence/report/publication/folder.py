"""The files of a publication by their names in its folder."""

from __future__ import annotations

from evidence.messages import Language
from evidence.model.scores.publication import Publication
from evidence.report.publication import annexes_docx, annexes_xlsx


def render_files(publication: Publication, language: Language) -> dict[str, bytes]:
    """Every file, by its path inside the folder."""
    return {
        "phu-luc.docx": annexes_docx.render_annexes(publication, language),
        "phu-luc.xlsx": annexes_xlsx.render_annexes(publication, language),
    }
