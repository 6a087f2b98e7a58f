"""The surveys of an archive. Rows are only ever added, with who and when.

What writes raises ArchiveError where the archive is read-only; what reads, where a row is damaged.
"""

from __future__ import annotations

import datetime
import secrets

from sqlalchemy import select

from evidence.model.survey import KeptSurvey, SurveyTally
from evidence.store import commands
from evidence.store.packed_nouns import pack_noun, unpack_noun
from evidence.store.schema import Fact
from evidence.store.scores.score_schema import SurveyRow
from evidence.store.store import Store

SALT = "survey-salt"
SALT_BYTES = 32


class SurveyStore:
    """The surveys of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def salt(self) -> bytes:
        """What the archive's respondents are hashed with: drawn once."""
        with self._store.database.reading() as session:
            kept = session.get(Fact, SALT)
        if kept is not None:
            return bytes.fromhex(kept.value)
        with self._store.database.writing() as session:
            kept = session.get(Fact, SALT)
            if kept is None:
                kept = Fact(name=SALT, value=secrets.token_hex(SALT_BYTES))
                session.add(kept)
            return bytes.fromhex(kept.value)

    def put(self, survey: KeptSurvey) -> KeptSurvey:
        """Keeps the survey; its number and time are given here."""
        with self._store.database.writing() as session:
            row = SurveyRow(
                criteria_set=survey.criteria_set,
                source=survey.source,
                sha256=survey.sha256,
                tally=pack_noun(survey.tally),
                replaces=survey.replaces,
                author=survey.by,
                at=commands.current_time(),
            )
            session.add(row)
            session.flush()
            detail = f"{survey.source} · {survey.sha256} · {survey.by}"
            commands.write_audit(session, "survey imported", f"{survey.criteria_set} {row.id}", detail)
            return self._survey(row)

    def surveys(self, criteria_set: str) -> tuple[KeptSurvey, ...]:
        """Every survey of that set, in the order in which they came in."""
        query = select(SurveyRow).where(SurveyRow.criteria_set == criteria_set).order_by(SurveyRow.id)
        with self._store.database.reading() as session:
            return tuple(self._survey(row) for row in session.scalars(query))

    def counting(self, criteria_set: str) -> tuple[KeptSurvey, ...]:
        """Those that no later one replaces."""
        surveys = self.surveys(criteria_set)
        replaced = {survey.replaces for survey in surveys}
        return tuple(survey for survey in surveys if survey.id not in replaced)

    def sets(self) -> tuple[str, ...]:
        """The sets that there are surveys of."""
        with self._store.database.reading() as session:
            return tuple(session.scalars(select(SurveyRow.criteria_set).distinct().order_by(SurveyRow.criteria_set)))

    def _survey(self, row: SurveyRow) -> KeptSurvey:
        tally = unpack_noun(row.tally, SurveyTally, self._store.folder)
        at = datetime.datetime.fromisoformat(row.at)
        return KeptSurvey(row.id, row.criteria_set, row.source, row.sha256, tally, row.author, at, row.replaces)
