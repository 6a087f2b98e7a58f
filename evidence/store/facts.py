"""What the archive says of itself: refusals, damages, what people corrected and put right; a submission as it holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence.messages import Message
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not even be taken in (gone, no permission, too large): no hash to know it by."""

    path: str
    unit: str | None
    criterion: str | None
    received: datetime.date | None
    problem: ProblemCode
    message: Message
    path_bytes: bytes | None = None  # the path on disk; ``path`` is for display


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it should be. ``subject`` is the hash, the file or the table it is about. ``lost``:
    whether something is lost or wrong; False for what need only be made anew."""

    subject: str
    message: Message
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Volume:
    """How much the archive holds."""

    documents: int
    pages: int
    submissions: int
    refusals: int


@dataclass(frozen=True, slots=True)
class Correction:
    """An appraiser's word on one field, as text. Without a value: what was said before is withdrawn.

    ``page``: of a file with several documents, a page of the one that is meant; without, the first one.
    """

    sha256: str
    field: str
    value: str | None
    author: str
    at: str
    page: int | None = None


class ChangeAction(StrEnum):
    """What was done to a submission."""

    MOVE = "move"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class SubmissionChange:
    """A submission put right: from which unit and criterion to which, by whom, why. A withdrawal leads nowhere."""

    action: ChangeAction
    path: str
    from_unit: str | None
    from_criterion: str | None
    unit: str | None
    criterion: str | None
    author: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class SubmissionEntry:
    """A submission as it stands in the archive: as it was handed in, and as it holds after all changes (``None``:
    withdrawn)."""

    id: int
    handed_in: Submission
    holds: Submission | None
    changes: tuple[SubmissionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: originals, bytes, and what had to be left out."""

    originals: int
    size: int
    damages: tuple[Damage, ...]


def make_submission(
    sha256: str,
    path: str,
    unit: str,
    criterion: str,
    received: str | None,
    claimed_number: str | None,
    claimed_date: str | None,
    page: int | None,
    path_bytes: bytes | None,
    by_layout: bool | None,
) -> Submission:
    """As it was handed in; unit and criterion are kept as "" where they were not named."""
    return Submission(
        sha256=sha256,
        path=path,
        unit=unit or None,
        criterion=criterion or None,
        received=datetime.date.fromisoformat(received) if received else None,
        claimed_number=claimed_number,
        claimed_date=claimed_date,
        page=page,
        path_bytes=path_bytes,
        by_layout=bool(by_layout),
    )


def hold_submission(submission: Submission, action: str, unit: str, criterion: str) -> Submission | None:
    """As it holds after that change; None where it was withdrawn."""
    if action == ChangeAction.WITHDRAW.value:
        return None
    return replace(submission, unit=unit or None, criterion=criterion or None)
