"""Slips of an archive: what is returned or asked waits until it is sent, so that it can be taken back until then; a
unit answers what it was sent. A unit out of the scope is as one that does not exist."""

from __future__ import annotations

import datetime

from evidence.errors import UsageError
from evidence.model.kept_finding import FindingKey
from evidence.model.slip import FindingAnswer, Slip, SlipItem
from evidence.search.scope import Scope
from evidence.store.slips.slip_store import SlipStore
from evidence.store.store import Store

LONGEST = 4000  # letters of an answer


class Slips:
    """The slips of one archive."""

    def __init__(self, store: Store) -> None:
        self._slips = SlipStore(store)

    def list_waiting(self, criteria_set: str, unit: str, scope: Scope) -> tuple[SlipItem, ...]:
        """What goes to that unit with the next slip: for appraisers, never for the unit."""
        return self._slips.items(criteria_set, unit, sent=False) if scope.sees(unit) else ()

    def list_sent(self, criteria_set: str, unit: str, scope: Scope) -> tuple[SlipItem, ...]:
        """What that unit was sent and no later decision put right, in order of the set."""
        return self._slips.items(criteria_set, unit, sent=True) if scope.sees(unit) else ()

    def list_slips(self, criteria_set: str, unit: str, scope: Scope) -> tuple[Slip, ...]:
        """When what was sent to that unit, the latest first."""
        return self._slips.slips(criteria_set, unit) if scope.sees(unit) else ()

    def send(self, criteria_set: str, unit: str, by: str, scope: Scope) -> Slip | None:
        """Sends that unit all that waits for it; None where nothing does. UsageError: the unit is out of scope, no
        name."""
        if not scope.sees(unit):
            raise UsageError("upload-no-unit", unit=unit)
        if not by.strip():
            raise UsageError("correct-author")
        return self._slips.send(criteria_set, unit, by)

    def answer(self, criteria_set: str, key: FindingKey, text: str, by: str, scope: Scope) -> None:
        """Keeps a unit's explanation. UsageError: that finding was not sent to a unit of the scope; no text, or too
        long a one."""
        sent = self.list_sent(criteria_set, key.unit, scope)
        item = next((each for each in sent if each.key == key), None)
        if item is None:
            raise UsageError("finding-none", set=criteria_set, unit=key.unit, requirement=key.requirement)
        words = text.strip()
        if not 0 < len(words) <= LONGEST:
            raise UsageError("answer-length", most=LONGEST)
        now = datetime.datetime.now(datetime.UTC)
        self._slips.answer(criteria_set, FindingAnswer(key.unit, key.requirement, item.number, words, by, now))
