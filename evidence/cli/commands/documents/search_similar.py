"""``evidence search --like REF``: more like that document."""

from __future__ import annotations

from evidence.archive.search.archive_search import EVERYTHING, SearchRequest, SearchResult
from evidence.archive.search.documents import DocumentArchive
from evidence.cli.context import CliContext


def find_similar(context: CliContext, reference: str, request: SearchRequest) -> SearchResult:
    """Documents like that one, best first. UsageError: none such, or several."""
    with DocumentArchive.open(context.settings()) as archive:
        return archive.find_similar(reference, request, EVERYTHING)
