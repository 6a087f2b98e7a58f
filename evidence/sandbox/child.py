"""The life of a child: it shuts itself in, runs its one task and sends the reply."""

from __future__ import annotations

import os
import struct
from typing import NoReturn

import msgspec

from evidence.config import Limits
from evidence.errors import EvidenceError, MissingProgramError
from evidence.messages import Message
from evidence.sandbox.child_limits import confine
from evidence.sandbox.policy import enforce
from evidence.sandbox.task import Failure, FailureReason, Task

HEAD = struct.Struct(">cQ")  # what follows (R reply, E exception), how many bytes


def run_child(task: Task, pipe: int, parent: int, limits: Limits) -> NoReturn:
    """The whole life of a child. It leaves by ``os._exit``: no clean-up of the parent's may run twice."""
    code = 70
    try:
        confine(pipe, parent, limits)
        enforce(task.permissions)
        kind, data = _run_task(task)
        _send(pipe, kind, data)
        code = 0
    finally:
        os._exit(code)


def _run_task(task: Task) -> tuple[bytes, bytes]:
    try:
        return b"R", task.run()
    except MemoryError:
        failure = Failure(FailureReason.MEMORY)
    except EvidenceError as error:
        reason = FailureReason.MISSING_PROGRAM if isinstance(error, MissingProgramError) else FailureReason.RAISED
        failure = Failure(reason, "", getattr(error, "problem", None), error.message)
    except ImportError as error:  # not the file's fault: another copy of it would fare no better
        missing = Message("library-missing", {"name": error.name or str(error)})
        failure = Failure(FailureReason.MISSING_PROGRAM, "", "unsupported", missing)
    except RecursionError:
        failure = Failure(FailureReason.RAISED, "RecursionError")
    except Exception as error:  # a library on hostile bytes, or a fault of ours: its type is told in the record
        failure = Failure(FailureReason.RAISED, f"{type(error).__name__}: {error}"[:500])
    return b"E", msgspec.json.encode(_make_encodable(failure))


def _make_encodable(failure: Failure) -> Failure:
    """The same with characters that JSON cannot carry replaced."""
    detail = failure.detail.encode("utf-8", "replace").decode("utf-8")
    return Failure(failure.reason, detail, failure.problem, failure.message)


def _send(pipe: int, kind: bytes, data: bytes) -> None:
    rest = memoryview(HEAD.pack(kind, len(data)) + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]
