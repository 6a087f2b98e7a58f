"""A unit's claims -> the same with the documents that their evidence column names."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.appraisal.claims import ClaimCitations
from evidence.extract.citations.reader import read_text_citations
from evidence.model.appraisal import Claim


def read_claim_citations(claims: Iterable[Claim]) -> list[ClaimCitations]:
    """Each claim of a criterion (not the total's row) with the citations read in its evidence text."""
    return [ClaimCitations(claim, read_text_citations(claim.evidence)) for claim in claims if claim.criterion]
