"""The files of a publication (annexes, draft report, charts) drawn by a process of its own and packed into one ZIP: it
takes seconds of a processor, and the server's threads share one.

    data = pack_publication(settings, request)
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from evidence import codec
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from evidence.errors import EvidenceError, UsageError
from evidence.jobs.helper_process import answer_request, ask_process
from evidence.messages import Language, Message
from evidence.model.scores.publication import Publication
from evidence.report.publication.folder import render_files

EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a member of a ZIP: the same points give the same bytes


@dataclass(frozen=True, slots=True)
class PackRequest:
    """Which points: those of that set as they stand, or those that were frozen under that name."""

    criteria_set: str
    frozen: str
    language: Language


@dataclass(frozen=True, slots=True)
class PackedPublication:
    """The ZIP, or why there is none."""

    data: bytes = b""
    failure: Message | None = None


def pack_publication(settings: Settings, request: PackRequest) -> bytes:
    """The bytes of the ZIP. UsageError: there is nothing to publish, others are packed now, or it took too long."""
    answer = ask_process("evidence.jobs.publication_files", settings, codec.encode(request))
    packed = codec.decode(answer, PackedPublication)
    if packed.failure is not None:
        raise UsageError(packed.failure.code, **packed.failure.params)
    return packed.data


def run_request(settings: Settings, request: PackRequest) -> PackedPublication:
    """Does it in this process."""
    try:
        with Archive.open(settings) as archive:
            publication = _publish(archive, request)
    except EvidenceError as error:
        return PackedPublication(failure=error.message)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in render_files(publication, request.language, publication.drawn).items():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), data, zipfile.ZIP_DEFLATED)
    return PackedPublication(packed.getvalue())


def _publish(archive: Archive, request: PackRequest) -> Publication:
    criteria = archive.worklist.criteria(request.criteria_set)
    if not request.frozen:
        return archive.year.publish(criteria, EVERYTHING)
    frozen = archive.year.find_frozen(criteria, request.frozen)
    if frozen is None:
        raise UsageError("frozen-none", name=request.frozen, names="–")
    return archive.year.publish_frozen(frozen, criteria)


if __name__ == "__main__":
    answer_request(PackRequest, run_request)
