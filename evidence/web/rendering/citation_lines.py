"""Citations as rows of a page: what is cited, how, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.archive.views import CitingDocument, ResolvedCitation
from evidence.model.record import Citation, Record
from evidence.web.rendering.document_title import title_of


@dataclass(frozen=True, slots=True)
class CitationLine:
    """``sha256``: the document at the other end, None where it is not held; ``page``: where it is cited."""

    name: str
    relation: str
    page: int
    sha256: str | None
    unsure: bool = False


def cited_line(cited: ResolvedCitation) -> CitationLine:
    """A document that is cited."""
    citation = cited.citation
    sha256 = cited.sha256 or (cited.may_be[0] if cited.may_be else None)
    return CitationLine(_name(citation), citation.relation.value, citation.span.page, sha256, cited.sha256 is None)


def citing_line(citing: CitingDocument, record: Record) -> CitationLine:
    """A document that cites the one shown."""
    place = citing.citation
    return CitationLine(title_of(record), place.relation.value, place.span.page, citing.sha256)


def _name(citation: Citation) -> str:
    kind = citation.kind.name if citation.kind else ""
    number = str(citation.number) if citation.number else citation.name or ""
    day = f" ({citation.date})" if citation.date else ""
    return f"{kind} {number}".strip() + day if kind or number else citation.text
