"""The clock of the digital signature, and the rule that asks for one."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from evidence.match.check import check
from evidence.model.assessment import Reason
from evidence.model.signature import Signature
from tests.support import dossier

SET = dossier.SET.replace("due: 2018-03-20}", "due: 2018-03-20, clock: signed, signature: digital}")


def signed(*moments: str, intact: bool | None = True) -> tuple[Signature, ...]:
    times = (datetime.datetime.fromisoformat(moment) for moment in moments)
    return tuple(Signature("pades", "An", "SNV", None, time, intact=intact) for time in times)


def reasons(*signatures: Signature) -> dict[str, Reason]:
    record = replace(dossier.record(), signatures=signatures)
    found = check(dossier.load_set(SET), [dossier.submit(record)], ("SNV",), dossier.AS_OF)
    (quarter,) = (one for one in found if one.requirement == "1.2/q1")
    return {reason.rule: reason for reason in quarter.reasons}


@pytest.mark.parametrize(
    ("moments", "ok", "code"),
    [
        (["2018-03-20T16:59:00+00:00"], True, "deadline-signed-yes"),  # a minute before midnight in Hà Nội
        (["2018-03-20T17:01:00+00:00"], False, "deadline-signed-late"),
        (["2018-03-19T09:00:00+07:00", "2018-03-20T09:00:00+07:00"], True, "deadline-signed-yes"),
        (["2018-03-19T09:00:00+07:00", "2018-03-28T09:00:00+07:00"], None, "deadline-signed-doubt"),
        (["2018-03-19T09:00:00"], None, "deadline-not-signed"),  # no zone
        ([], None, "deadline-not-signed"),
    ],
)
def test_the_signatures_days_decide_where_all_decide_alike(moments: list[str], ok: bool | None, code: str) -> None:
    deadline = reasons(*signed(*moments))["deadline"]
    assert (deadline.ok, deadline.message.code) == (ok, code)


def test_a_broken_signature_proves_nothing() -> None:
    found = reasons(*signed("2018-03-19T09:00:00+07:00", intact=False))
    assert found["deadline"].message.code == "deadline-not-signed"
    assert found["signature"].ok is None


def test_an_intact_signature_is_one_and_its_absence_is_for_a_person_to_see() -> None:
    assert reasons(*signed("2018-03-19T09:00:00+07:00"))["signature"].ok is True
    assert reasons()["signature"].ok is None
