"""ZIP -> the files inside it. Declared sizes, their sum, ratio and count are weighed before a byte is unpacked."""

from __future__ import annotations

import zipfile
import zlib

from evidence.errors import UnreadableError
from evidence.ingest.formats.zip_limits import check_package
from evidence.ingest.members import MemberCollector, clean_name, is_left_behind
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.problem import ProblemCode

UTF_8 = 0x800  # the flag of a member whose name is UTF-8
LOCKED = 0x1  # the flag of a member behind a password
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


def read(request: ReadRequest) -> ReadResult:
    """The members. UnreadableError for a broken ZIP and for a bomb."""
    try:
        with zipfile.ZipFile(request.file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            check_package(members, request)
            collector = MemberCollector(request)
            for member in members:
                _take(archive, member, collector)
    except zipfile.BadZipFile as error:
        raise UnreadableError("damaged", "damaged-zip") from error
    if not collector.embedded and not collector.problems:
        raise UnreadableError("damaged", "empty-zip")
    return ReadResult((), (), tuple(collector.problems), 0, tuple(collector.embedded))


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, collector: MemberCollector) -> None:
    name = _name(member)
    if is_left_behind(clean_name(name)):
        return
    if member.flag_bits & LOCKED:
        collector.refuse(name, ProblemCode.ENCRYPTED, "member-encrypted")
        return
    try:
        with archive.open(member) as stream:
            collector.take(name, stream)
    except UnreadableError:
        raise
    except BROKEN:
        collector.refuse(name, ProblemCode.DAMAGED, "member-damaged")


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name. Without its flag zipfile takes it for CP437, while Windows and macOS wrote UTF-8 or CP1258."""
    if member.flag_bits & UTF_8:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")
