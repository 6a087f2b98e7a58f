"""Two kinds of table that people take for each other: a criteria set as published, and a unit's self-assessment of it.

Both list criteria with their points. What tells them apart is whether the column of self points is filled in: a
published set may have that column too, left blank as a form.
"""

from __future__ import annotations

from evidence.appraisal import claim_table
from evidence.appraisal.claim_table import ClaimTable, PlacedTable
from evidence.criteria.annex import importer
from evidence.criteria.annex.table_rows import AnnexForm
from evidence.ingest.media_types import DOC, FLAT_OPC, ODS, TEXT, WORD_PACKAGES, WORKBOOKS, XLSB
from evidence.model.document import Document

FORMS = {
    **dict.fromkeys((*WORD_PACKAGES, FLAT_OPC, DOC), AnnexForm.TABLE),
    **dict.fromkeys((*WORKBOOKS, XLSB, ODS, TEXT), AnnexForm.SHEET),
}
FILLED = 0.5  # of the rows without parts; survey rows are left blank by units


def place_tables(document: Document) -> list[PlacedTable]:
    """Every table of the document with its page."""
    return [PlacedTable(page.number, table) for page in document.pages for table in page.tables]


def is_self_assessment(document: Document) -> bool:
    """Whether the document holds a table of criteria with self points filled in."""
    return is_filled_in(claim_table.read_claims(place_tables(document), ""))


def is_filled_in(sheet: ClaimTable) -> bool:
    """Whether at least half of the rows without parts have self points."""
    parents = {claim.criterion.rpartition(".")[0] for claim in sheet.claims}
    leaves = [claim for claim in sheet.claims if claim.criterion not in parents]
    scored = sum(claim.points is not None for claim in leaves)
    return scored > 0 and scored >= FILLED * len(leaves)


def annex_form(media_type: str) -> AnnexForm:
    """How the tables of such a file are laid out."""
    return FORMS.get(media_type, AnnexForm.PAGE)


def is_criteria_set(document: Document, form: AnnexForm) -> bool:
    """Whether the document holds a table of criteria with maxima, as sets are published."""
    return bool(importer.find_sets(document.pages, form))
