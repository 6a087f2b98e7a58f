"""Proof that this machine reads the old office formats: a file of each is read as any other, within the walls.

The files in ``data`` say the same in the fonts of TCVN3, capitals among them. Only a reader that knows the fonts gives
the capitals: of a .doc and an .rtf that is LibreOffice, whose libraries may all be there and yet convert nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from evidence.config import Settings
from evidence.ingest.formats import libreoffice
from evidence.model.document import Document
from evidence.pipeline.requests import FileRequest, request_file
from evidence.pipeline.scheduler import read_files

CONVERTED = ("doc", "rtf")  # by LibreOffice
TEXT = "ỦY BAN NHÂN DÂN\nKế hoạch cải cách hành chính năm 2025 của tỉnh Lạng Sơn"
SECONDS = 60  # LibreOffice may take half; on a machine at rest it takes one and a half


def has_libreoffice() -> bool:
    """Whether LibreOffice is installed as a library."""
    return libreoffice.find_library() is not None


def misread_formats(kinds: Sequence[str], home: Path) -> tuple[str, ...]:
    """Of the formats ``doc``, ``rtf`` and ``xls`` those whose file of ours is not read letter by letter."""
    settings = Settings(home=home, jobs=1)
    settings = replace(settings, limits=replace(settings.limits, document_seconds=SECONDS))
    with ExitStack() as stack:
        requests: dict[FileRequest, str] = {}
        for kind in kinds:
            file = stack.enter_context(as_file(files("evidence.pipeline").joinpath("data", f"old_fonts.{kind}")))
            requests[request_file(file, settings.limits)] = kind
        kinds_by_source = {request.source: kind for request, kind in requests.items()}
        results = read_files(list(requests), settings)
        right = {kinds_by_source[result.source] for result in results if _text(result.document) == TEXT}
    return tuple(kind for kind in kinds if kind not in right)


def _text(document: Document) -> str:
    return "\n".join(page.text for page in document.pages)
