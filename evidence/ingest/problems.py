"""Why a file or a page has no text: failures of children and types without a reader, as problems of the record."""

from __future__ import annotations

from pathlib import Path

from evidence.config import Limits
from evidence.ingest import media_types
from evidence.ingest.formats import registry
from evidence.messages import Message
from evidence.model.document import Source
from evidence.model.problem import Problem, ProblemCode
from evidence.sandbox.task import Failure, FailureReason

UNREAD = "signature-unread"
CUT = {".doc": "damaged-doc", ".xls": "damaged-sheet"}  # what tells their kind stands at the end: a download cut short


def of_type(source: Source, tables: bool = False) -> Problem | None:
    """Why no reader takes this file; ``None`` where one does."""
    suffix = Path(source.path).suffix.lower()
    posing = source.media_type in media_types.PLAIN and suffix in media_types.NEVER_PLAIN
    if registry.load_reader(source.media_type, tables) and not posing:
        return None
    if source.media_type == media_types.ENCRYPTED:
        return Problem(ProblemCode.ENCRYPTED, Message("encrypted-office"))
    program = media_types.TOLD.get(source.media_type)
    if program is not None:
        return Problem(ProblemCode.UNSUPPORTED, Message("unread-office", {"program": program}))
    if source.media_type == media_types.OLE_STORAGE and suffix in CUT:
        return Problem(ProblemCode.DAMAGED, Message(CUT[suffix]))
    code = "not-what-it-says" if suffix in media_types.SUFFIXES else "not-a-document"
    return Problem(ProblemCode.UNSUPPORTED, Message(code, {"kind": source.media_type, "suffix": suffix}))


def of_depth(source: Source, depth: int, limits: Limits) -> Problem | None:
    """Why a package inside too many others is not opened; ``None`` where it is."""
    if source.media_type not in media_types.PACKAGES or depth < limits.depth:
        return None
    return Problem(ProblemCode.TOO_LARGE, Message("too-deep", {"limit": str(depth)}))


def of_embedded(depth: int, limits: Limits) -> Problem | None:
    """Why the files inside a file that lies in too many others are left there; ``None`` where they are taken out."""
    if depth < max(1, limits.depth):
        return None
    return Problem(ProblemCode.TOO_LARGE, Message("embedded-too-deep", {"limit": str(depth)}))


def of_file(failure: Failure, limits: Limits) -> Problem:
    """A failed reading. What the child itself said comes first; a program that is missing leaves the type unread."""
    if failure.message:
        lacking = failure.reason is FailureReason.MISSING_PROGRAM
        return Problem(ProblemCode(failure.problem or "unsupported"), failure.message, retriable=lacking)
    detail = {"detail": failure.detail or failure.reason.value}
    match failure.reason:
        case FailureReason.TIME_OUT:
            return Problem(ProblemCode.TIME_OUT, Message("problem-time-out"), retriable=True)
        case FailureReason.MEMORY:
            return Problem(ProblemCode.TOO_LARGE, Message("too-much-memory"))
        case FailureReason.TOO_MUCH:
            limit = str(limits.reply_bytes // 1_000_000)
            return Problem(ProblemCode.TOO_LARGE, Message("too-much-text", {"limit": limit}))
        case FailureReason.CRASHED:
            return Problem(ProblemCode.DAMAGED, Message("reader-crashed", detail))
        case _:
            return Problem(ProblemCode.DAMAGED, Message("reader-failed", detail))


def of_page(failure: Failure, page: int) -> Problem:
    """A failed OCR of one page: what its engine said, or a fault of ours, which another scan does not mend."""
    if failure.message:
        return Problem(ProblemCode(failure.problem or "damaged"), failure.message, page)
    if failure.reason is FailureReason.TIME_OUT:
        return Problem(ProblemCode.TIME_OUT, Message("page-time-out", {"page": str(page)}), page, retriable=True)
    params = {"page": str(page), "detail": failure.detail or failure.reason.value}
    code = "page-fault" if failure.reason is FailureReason.RAISED else "page-failed"
    return Problem(ProblemCode.DAMAGED, Message(code, params), page)


def of_extract(failure: Failure) -> Problem:
    """Text that was read, but could not be turned into a record."""
    late = failure.reason is FailureReason.TIME_OUT
    code = ProblemCode.TIME_OUT if late else ProblemCode.DOUBTFUL_TEXT
    message = Message("extract-failed", {"detail": failure.detail or failure.reason.value})
    return Problem(code, message, retriable=late)


def of_length(total: int, limit: int, name: str) -> Problem:
    """A file with more pages than the limit of that name."""
    params = {"total": str(total), "limit": str(limit), "name": name}
    return Problem(ProblemCode.TOO_LARGE, Message("too-many-pages", params))


def of_unread(total: int) -> Problem:
    """A file of which only the first page was read so far."""
    return Problem(ProblemCode.UNFINISHED, Message("unfinished", {"total": str(total)}))


def worth_saying(problems: list[Problem], readable: bool) -> list[Problem]:
    """Without what needs no saying: a file that cannot be read at all shows no signatures either."""
    return [problem for problem in problems if readable or problem.message.code != UNREAD]


def of_signatures(failure: Failure) -> Problem:
    """Signatures that could not be read."""
    detail = failure.detail or failure.reason.value
    return Problem(ProblemCode.SIGNATURE_BROKEN, Message(UNREAD, {"detail": detail}))
