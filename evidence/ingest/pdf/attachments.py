"""Files attached to a PDF, to the whole of it or to a spot on a page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator

import pypdfium2.raw as raw
from pypdfium2 import PdfAttachment, PdfDocument, PdfiumError, PdfPage

from evidence.errors import UnreadableError
from evidence.ingest.members import MemberCollector
from evidence.ingest.reader_protocol import EmbeddedFile, ReadRequest
from evidence.model.problem import Problem, ProblemCode

Attached = tuple[str, bytes | None]  # the name of a file and what is in it; ``None``: damaged


def list_attached(pdf: PdfDocument, page: PdfPage) -> list[Attached]:
    """The files attached to a page."""
    attached: list[Attached] = []
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
            handle = raw.FPDFAnnot_GetFileAttachment(annotation)
            attached.append(_read(PdfAttachment(handle, pdf)) if handle else ("", None))
        raw.FPDFPage_CloseAnnot(annotation)
    return attached


def collect_attachments(
    pdf: PdfDocument, request: ReadRequest, attached: Iterable[Attached]
) -> tuple[tuple[EmbeddedFile, ...], tuple[Problem, ...]]:
    """The files attached to the PDF, and those found on its pages; one that is both comes once. The pages are read
    whatever becomes of them."""
    collector = MemberCollector(request)
    met: set[bytes] = set()
    try:
        for name, data in (*_list_own(pdf), *attached):
            if data is None:
                collector.refuse(name or None, ProblemCode.DAMAGED, "member-damaged")
            elif (digest := hashlib.sha256(data).digest()) not in met:
                met.add(digest)
                collector.take(name or None, io.BytesIO(data))
    except UnreadableError as error:
        collector.problems.append(Problem(ProblemCode(error.problem), error.message))
    except (PdfiumError, ValueError):
        collector.refuse(None, ProblemCode.DAMAGED, "member-damaged")
    return tuple(collector.embedded), tuple(collector.problems)


def _list_own(pdf: PdfDocument) -> Iterator[Attached]:
    for index in range(pdf.count_attachments()):
        yield _read(pdf.get_attachment(index))


def _read(attachment: PdfAttachment) -> Attached:
    """The name and content of one file. One that is damaged costs itself alone."""
    try:
        name = attachment.get_name()
    except (PdfiumError, ValueError):
        name = ""
    try:
        return name, bytes(attachment.get_data())
    except (PdfiumError, ValueError):
        return name, None
