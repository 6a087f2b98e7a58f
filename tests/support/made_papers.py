"""Made-up papers as text files, with more of a record than ``text_pipeline`` reads.

Beside its rows: ``Ký:``, ``Nơi:`` and ``Gửi:`` (parted by ``;``), a relation as a word in capitals right before a
number (``BÃI BỎ 5/QĐ-UBND ngày 1/2/2018``), ``DỰ THẢO``. A page that begins with ``VĂN BẢN KHÁC`` begins a
further document of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence.messages import Message
from evidence.model.document import Document, Page
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Citation, Record, Relation, Signer
from evidence.pipeline.requests import FileResult
from evidence.values import date as dates
from tests.support import text_pipeline

CUES = {
    "SỬA ĐỔI ": Relation.AMENDS, "THAY THẾ ": Relation.REPLACES, "BÃI BỎ ": Relation.REPEALS,
    "CĂN CỨ ": Relation.BASED_ON, "THỰC HIỆN ": Relation.IMPLEMENTS,
}  # fmt: skip
NEXT, DRAFT = "VĂN BẢN KHÁC", "DỰ THẢO"


def read_record(document: Document) -> Record:
    """The record of the file: of its first document, with those of the others."""
    groups: list[list[Page]] = []
    for page in document.pages:
        if page.text.startswith(NEXT) or not groups:
            groups.append([])
        groups[-1].append(page)
    records = [_read_one(replace(document, pages=tuple(pages)), len(groups) > 1) for pages in groups]
    if not records:
        return text_pipeline.record(document)
    pages = text_pipeline.record(document).pages
    return replace(records[0], pages=pages, parts=tuple(records[1:]))


def read_papers(requests, settings, tables=False, **more) -> Iterator[FileResult]:  # type: ignore[no-untyped-def]
    """In the place of the pipeline's reader of files."""
    for result in text_pipeline.read_text_files(requests, settings, tables, **more):
        yield replace(result, record=read_record(result.document))


def _read_one(document: Document, among_others: bool) -> Record:
    record, text = text_pipeline.record(document), document.pages[0].text
    texts = {page.number: page.text for page in document.pages}
    names = (text_pipeline.find_row(text, name) for name in ("Ký", "Nơi", "Gửi"))
    signer, place, recipients = (text_pipeline.field_value(name) for name in names)
    draft = (Problem(ProblemCode.DRAFT, Message("problem-draft")),) if DRAFT in text else ()
    return replace(
        record,
        citations=tuple(_relate(citation, texts[citation.span.page]) for citation in record.citations),
        signer=replace(signer, value=Signer(signer.value, "Chủ tịch", None)) if signer.value else signer,
        place=place,
        recipients=replace(recipients, value=tuple(recipients.value.split("; "))) if recipients.value else recipients,
        problems=(*record.problems, *draft),
        first_page=document.pages[0].number if among_others else None,
        last_page=document.pages[-1].number if among_others else None,
    )


def _relate(citation: Citation, text: str) -> Citation:
    before, after = text[: citation.span.start], text[citation.span.end :].partition("\n")[0]
    relation = next((CUES[cue] for cue in CUES if before.endswith(cue)), citation.relation)
    return replace(citation, relation=relation, date=dates.parse(after))
