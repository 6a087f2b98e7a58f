"""Word documents that hold no text but pictures of pages: scans pasted in, one a page. They are read like any scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evidence.errors import UnreadableError
from evidence.ingest.formats import image
from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.office.package import Package
from evidence.ingest.reader_protocol import IMAGES, PageImage, ReadRequest, ReadResult
from evidence.ingest.word.names import FALLBACK, RELATIONSHIP, w

EMBED = RELATIONSHIP.replace("}id", "}embed")
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLDER = "{urn:schemas-microsoft-com:vml}imagedata"
SMALLEST = 400  # pixels of the shorter side of a page's picture; a logo or a line is smaller


def find_pictures(package: Package, part: str, body: Element) -> list[str]:
    """The parts of the pictures shown in the text, in their order."""
    relationships = package.relationships(part)
    targets = (relationships.get(reference) for reference in _references(body))
    return [target.target for target in targets if target is not None and not target.outside]


def read_pictures(package: Package, pictures: list[str], request: ReadRequest) -> ReadResult:
    """One stretch of the pictures as pages that wait for OCR; what is no picture, or too small for a page, is none."""
    scans: list[PageImage] = []
    total = min(len(pictures), request.limits.pages)
    end = min(1 if request.headers else request.last(total, total), request.first + IMAGES)
    for number in range(request.first, end):
        folder = request.scratch / f"picture-{number}"
        folder.mkdir(exist_ok=True)
        file = folder / "file"
        try:
            file.write_bytes(package.read(pictures[number]))
            result = image.read(replace(request, file=file, scratch=folder, first=0, end=None, headers=True))
        except UnreadableError as error:
            if error.problem == "too-large":
                raise
            continue
        scans += [
            _as_page(scan, number + 1, request)
            for scan in result.page_images[:1]
            if min(scan.width, scan.height) >= SMALLEST * scan.scale
        ]
    return ReadResult((), tuple(scans), (), total, left=end if scans and end < total else None)


def _as_page(scan: PageImage, number: int, request: ReadRequest) -> PageImage:
    """The picture as that page, its image where those of a PDF lie."""
    file = Path(scan.file)
    return replace(scan, number=number, file=str(file.rename(request.scratch / f"{number}{file.suffix}")))


def _references(body: Element) -> Iterator[str]:
    for item in body.iter(BLIP, OLDER):
        around = {ancestor.tag for ancestor in item.iterancestors()}
        if around.isdisjoint((FALLBACK, w("del"), w("moveFrom"), w("object"))):
            yield item.get(EMBED) or item.get(RELATIONSHIP) or ""
