"""Failures of children as problems of the record."""

from __future__ import annotations

import pytest

from evidence.config import Limits
from evidence.ingest import problems
from evidence.messages import Message
from evidence.model.problem import ProblemCode
from evidence.sandbox.task import Failure, FailureReason


def test_a_fault_of_ours_over_a_page_is_told_as_one() -> None:
    problem = problems.of_page(Failure(FailureReason.RAISED, "KeyError: 'x'"), 3)
    assert (problem.code, problem.message.code, problem.page) == (ProblemCode.DAMAGED, "page-fault", 3)
    assert "KeyError" in problem.message.params["detail"]


def test_what_an_engine_said_of_a_page_is_told_as_it_said_it() -> None:
    said = Message("page-failed", {"page": "3", "detail": "tesseract: RuntimeError"})
    assert problems.of_page(Failure(FailureReason.RAISED, "", "damaged", said), 3).message == said


@pytest.mark.parametrize(
    ("failure", "retriable"),
    [
        (Failure(FailureReason.TIME_OUT), True),
        (Failure(FailureReason.MISSING_PROGRAM, "", None, Message("antiword-missing", {"command": "apt"})), True),
        (Failure(FailureReason.RAISED, "", "encrypted", Message("encrypted-office")), False),
        (Failure(FailureReason.MEMORY), False),
    ],
)
def test_lack_of_time_or_of_a_program_is_worth_another_try(failure: Failure, retriable: bool) -> None:
    assert problems.of_file(failure, Limits()).retriable is retriable
