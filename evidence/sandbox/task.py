"""A task for a child, and what comes back: the reply, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum

from evidence.messages import Message
from evidence.sandbox.policy import NO_PERMISSIONS, Permissions


class FailureReason(StrEnum):
    """Why a task has no reply."""

    CRASHED = "crashed"
    TIME_OUT = "time-out"
    MEMORY = "memory"
    TOO_MUCH = "too-much"
    RAISED = "raised"
    MISSING_PROGRAM = "missing-program"
    BAD_REPLY = "bad-reply"


@dataclass(frozen=True, slots=True)
class Failure:
    """``message`` and ``problem`` are set where the child itself raised an error meant for people."""

    reason: FailureReason
    detail: str = ""
    problem: str | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """``run`` is called in the child; ``key`` tells the caller which task a reply belongs to.

    ``seconds``: of the processor's time; by the clock as many times as long as ``Limits.patience`` says.
    ``permissions``: which files it may touch and which programs it may start; none if nothing is said.
    """

    key: Hashable
    run: Callable[[], bytes]
    seconds: float
    permissions: Permissions = NO_PERMISSIONS


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a task: ``data`` or ``failure``, and how long it took."""

    key: Hashable
    data: bytes | None
    failure: Failure | None
    seconds: float
