"""Documents embedded in an office document as objects (OLE): files of their own, taken out, and always told.

An object is a package (``.docx``, ``.xlsx``), or an OLE file that is a document itself (``.doc``, ``.xls``), holds one
in a stream (``Package``, ``CONTENTS`` for PDF) or any file with its name (``Ole10Native``, [MS-OLEDS] 2.3.6). Pictures
and formulas drawn by other programs are objects too, and no documents.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator

import olefile

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.members import MemberCollector
from evidence.ingest.office.package import Package
from evidence.ingest.word.names import FALLBACK, OFFICE, RELATIONSHIP, w
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGE, PDF = b"PK\x03\x04", b"%PDF-"
NO_DOCUMENTS = ("equation", "mathtype", "pbrush", "paint.picture", "msgraph", "wordart", "visio.drawing.pic")
NATIVE = "\x01Ole10Native"
DOCUMENT_STREAMS = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
INNER_STREAMS = ("Package", "CONTENTS", "Contents")
LARGEST = 20_000_000  # bytes of an OLE object that is taken apart
ENDINGS = {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
# what olefile and struct raise on what is damaged
DAMAGED = (OSError, ValueError, struct.error, LookupError, AttributeError, TypeError, RecursionError)


def object_references(root: Element) -> Iterator[tuple[str, str]]:
    """Program and relationship of each embedded object of a part that is shown, in their order."""
    for item in root.iter(f"{OFFICE}OLEObject"):
        around = {ancestor.tag for ancestor in item.iterancestors()}
        program, reference = item.get("ProgID", ""), item.get(RELATIONSHIP, "")
        if item.get("Type", "Embed") == "Embed" and around.isdisjoint((FALLBACK, w("del"), w("moveFrom"))):
            yield program, reference


def collect_objects(
    package: Package, part: str, references: Iterable[tuple[str, str]], collector: MemberCollector
) -> list[Problem]:
    """Takes the documents out of a part's objects; problems tell of each that was and of each that could not be.

    UnreadableError where they pass the limits.
    """
    problems: list[Problem] = []
    relationships = package.relationships(part)
    for program, reference in dict.fromkeys(references):
        relationship = relationships.get(reference)
        if relationship is None or relationship.outside or program.casefold().startswith(NO_DOCUMENTS):
            continue
        name = package.file_name(relationship.target)
        payload = unwrap_object(package.read(relationship.target), name)
        if payload is None:
            message = Message("embedded-unread", {"name": name, "program": program or "?"})
            problems.append(Problem(ProblemCode.UNSUPPORTED, message))
        else:
            collector.take(payload[0], io.BytesIO(payload[1]))
            problems.append(Problem(ProblemCode.MIXED_DOCUMENTS, Message("embedded-document", {"name": payload[0]})))
    return problems


def unwrap_object(data: bytes, name: str) -> tuple[str, bytes] | None:
    """The document in an object, and what it is called; ``None`` where none is found."""
    stem = name.rpartition(".")[0] or name
    if data.startswith(PACKAGE):
        return name, data
    if data.startswith(PDF):
        return f"{stem}.pdf", data
    if not data.startswith(OLE) or len(data) > LARGEST:
        return None
    try:
        with olefile.OleFileIO(data) as storage:
            return _unwrap_ole(data, storage, stem)
    except DAMAGED:
        return None


def _unwrap_ole(data: bytes, storage: olefile.OleFileIO, stem: str) -> tuple[str, bytes] | None:
    for stream in DOCUMENT_STREAMS:
        if storage.exists(stream):
            return stem + ENDINGS[stream], data
    for stream in INNER_STREAMS:
        inner = _read_stream(storage, stream)
        if PDF in inner[:1024]:
            return f"{stem}.pdf", inner[inner.find(PDF) :]
        if inner.startswith((PACKAGE, OLE)):
            return stem, inner
    native = _read_stream(storage, NATIVE)
    return _unwrap_native(native) if native else None


def _read_stream(storage: olefile.OleFileIO, name: str) -> bytes:
    """The bytes of a stream; none where it is not there."""
    if not storage.exists(name):
        return b""
    with storage.openstream(name) as stream:
        return bytes(stream.read(LARGEST))


def _unwrap_native(data: bytes) -> tuple[str, bytes] | None:
    """A file put in by the Object Packager: size, flags, name, path, path again with its length, length, content."""
    _, _, rest = data[:4], data[4:6], data[6:]
    name, rest = rest.split(b"\x00", 1)
    _, rest = rest.split(b"\x00", 1)
    (length,) = struct.unpack_from("<I", rest, 4)
    at = 8 + length
    (size,) = struct.unpack_from("<I", rest, at)
    content = rest[at + 4 : at + 4 + size]
    return (_decoded(name).replace("\\", "/").rpartition("/")[2], content) if content else None


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("cp1258", "replace")
