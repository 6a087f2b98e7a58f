"""ZIP -> the files inside it. Declared sizes, their sum, ratio and count are weighed before a byte is unpacked."""

from __future__ import annotations

from typing import BinaryIO

from evidence.errors import UnreadableError
from evidence.ingest.members import MemberCollector, clean_name, is_left_behind
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.zip.directory import ZipEntry, read_directory
from evidence.ingest.zip.members import METHODS, MemberStream, UnpackError
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode

SMALL = 1_000_000  # bytes; below this the ratio harms nobody
MEGABYTE = 1_000_000
UNKNOWN = "…"  # stands for the members that were lost with the list of them


def read(request: ReadRequest) -> ReadResult:
    """The members; a name or member that is broken is told, the others come. UnreadableError for a file that holds
    none, and for a bomb."""
    collector = MemberCollector(request)
    with request.file.open("rb") as file:
        directory = read_directory(file, request.limits.members)
        members = [entry for entry in directory.entries if not entry.is_folder]
        check_package(members, request)
        for entry in members:
            _take(file, entry, collector)
    problems = tuple(collector.problems)
    if not directory.whole:
        if not collector.embedded:
            raise UnreadableError("damaged", "damaged-zip")
        cut = Message("zip-cut", {"count": str(len(collector.embedded))})
        problems += (Problem(ProblemCode.DAMAGED, cut, member=UNKNOWN),)
    if not collector.embedded and not problems:
        raise UnreadableError("damaged", "empty-zip")
    return ReadResult((), (), problems, 0, tuple(collector.embedded))


def check_package(members: list[ZipEntry], request: ReadRequest) -> None:
    """UnreadableError for a package of files that would unpack to more than the limits allow, or far too densely."""
    limits = request.limits
    if len(members) > limits.members:
        raise UnreadableError("too-large", "too-many-members", count=len(members), limit=limits.members)
    total = sum(max(0, entry.size) for entry in members)
    if total > limits.unpacked_bytes:
        raise UnreadableError("too-large", "too-large-unpacked", limit=limits.unpacked_bytes // MEGABYTE)
    for entry in members:
        if entry.size > SMALL and entry.size > limits.ratio * max(1, entry.packed_size):
            raise UnreadableError("too-large", "too-dense", name=clean_name(entry.name), limit=limits.ratio)
    if total > SMALL and total > limits.ratio * request.file.stat().st_size:  # members that share their bytes
        raise UnreadableError("too-large", "too-dense", name=clean_name(request.name), limit=limits.ratio)


def _take(file: BinaryIO, entry: ZipEntry, collector: MemberCollector) -> None:
    if is_left_behind(clean_name(entry.name)):
        return
    if entry.is_locked:
        collector.refuse(entry.name, ProblemCode.ENCRYPTED, "member-encrypted")
    elif entry.is_link:
        collector.refuse(entry.name, ProblemCode.UNSUPPORTED, "member-link")
    elif entry.method not in METHODS:
        collector.refuse(entry.name, ProblemCode.UNSUPPORTED, "member-method")
    else:
        try:
            collector.take(entry.name, MemberStream(file, entry))
        except UnpackError:
            collector.refuse(entry.name, ProblemCode.DAMAGED, "member-damaged")
