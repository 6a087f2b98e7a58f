"""What people made of the sets of an archive: versions, decisions not finished yet, rules of wording.

Rows are only ever added, with who and when; the last version of a name counts, the database refuses to change any.

What writes raises ArchiveError where the archive is read-only; what reads answers, where they are damaged.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evidence import codec
from evidence.model.review import CriteriaVersion, ReviewAnswer, WordingRule
from evidence.store import commands
from evidence.store.packed_nouns import decode_noun
from evidence.store.schema import CriteriaVersionRow, ReviewAnswerRow, RoundRow, WordingRuleRow
from evidence.store.store import Store

NOTHING = ()


class CriteriaReviewStore:
    """The versions and reviews of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put_version(self, version: CriteriaVersion, text: str, rules: Iterable[WordingRule] = NOTHING) -> None:
        """Keeps a version with what is remembered of its wording, all in one; from now on it is the one that counts."""
        with self._store.database.writing() as session:
            session.add(
                CriteriaVersionRow(
                    name=version.criteria_set,
                    act=version.act,
                    text=text,
                    answers=codec.encode(version.answers),
                    last_answer=_last_answer(session, version.criteria_set),
                    source=version.source,
                    sha256=version.sha256,
                    author=version.by,
                    at=commands.current_time(),
                )
            )
            for rule in rules:
                session.add(
                    WordingRuleRow(
                        words=rule.words, rule=codec.encode(rule), name=rule.criteria_set, author=version.by,
                        at=commands.current_time(),
                    )
                )  # fmt: skip
            detail = f"{version.source} · {version.sha256} · {version.by}"
            commands.write_audit(session, f"criteria {version.act}", version.criteria_set, detail)

    def current_text(self, name: str) -> str | None:
        """The YAML of the last version; None where nobody went on with the set as it was imported."""
        query = select(CriteriaVersionRow.text).where(CriteriaVersionRow.name == name)
        with self._store.database.reading() as session:
            return session.scalars(query.order_by(CriteriaVersionRow.id.desc()).limit(1)).first()

    def versions(self, name: str) -> tuple[CriteriaVersion, ...]:
        """Every version in the order in which they were made."""
        query = select(CriteriaVersionRow).where(CriteriaVersionRow.name == name).order_by(CriteriaVersionRow.id)
        with self._store.database.reading() as session:
            rows = session.scalars(query)
            return tuple(self._version(number, row) for number, row in enumerate(rows, start=1))

    def put_answer(self, name: str, answer: ReviewAnswer) -> None:
        """Keeps a decision of a review that goes on."""
        with self._store.database.writing() as session:
            session.add(ReviewAnswerRow(name=name, answer=codec.encode(answer), at=commands.current_time()))

    def open_answers(self, name: str) -> tuple[ReviewAnswer, ...]:
        """The decisions since the set was last accepted, the last one on each proposal."""
        accepted = (CriteriaVersionRow.name == name, CriteriaVersionRow.act == "accepted")
        with self._store.database.reading() as session:
            done = session.scalar(select(func.max(CriteriaVersionRow.last_answer)).where(*accepted)) or 0
            query = select(ReviewAnswerRow).where(ReviewAnswerRow.name == name, ReviewAnswerRow.id > done)
            rows = session.scalars(query.order_by(ReviewAnswerRow.id))
            answers = [decode_noun(row.answer, ReviewAnswer, self._store.folder) for row in rows]
        return tuple({(answer.criterion, answer.requirement): answer for answer in answers}.values())

    def wording_rules(self) -> dict[str, WordingRule]:
        """What was made of which words, the last time."""
        with self._store.database.reading() as session:
            rows = session.scalars(select(WordingRuleRow).order_by(WordingRuleRow.id))
            return {row.words: self._rule(row) for row in rows}

    def rounds_with(self, name: str) -> tuple[int, ...]:
        """The numbers of the rounds in which the set was appraised with."""
        with self._store.database.reading() as session:
            return tuple(
                session.scalars(select(RoundRow.id).where(RoundRow.criteria_set == name).order_by(RoundRow.id))
            )

    def _version(self, number: int, row: CriteriaVersionRow) -> CriteriaVersion:
        answers = decode_noun(row.answers, tuple[ReviewAnswer, ...], self._store.folder)
        at = datetime.datetime.fromisoformat(row.at)
        return CriteriaVersion(number, row.name, row.act, row.source, row.sha256, answers, row.author, at)

    def _rule(self, row: WordingRuleRow) -> WordingRule:
        rule = decode_noun(row.rule, WordingRule, self._store.folder)
        at = datetime.datetime.fromisoformat(row.at)
        return WordingRule(rule.words, rule.act, rule.changes, rule.year, rule.criteria_set, row.author, at)


def _last_answer(session: Session, name: str) -> int:
    return session.scalar(select(func.max(ReviewAnswerRow.id)).where(ReviewAnswerRow.name == name)) or 0
