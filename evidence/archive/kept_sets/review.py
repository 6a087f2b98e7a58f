"""Reviewing a set of the archive: what is shown, a workbook or single answers taken, the accepted version kept.

The set as it was imported stays; what a person accepts stands beside it as a version, and the last version is the one
that ``check`` uses. Every version is made from the imported proposals and keeps the units that the set has. Once a
round was opened with a set it changes no more: then a version needs a name of its own.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.archive.kept_sets.versions import current_criteria, keep_version, parse_kept, require_set
from evidence.config import Settings
from evidence.criteria.review.accepted_set import AnswerFault, accept_proposals, check_answer
from evidence.criteria.review.proposal_values import BETWEEN, group_proposals
from evidence.criteria.review.review_rows import list_rows, resolve_answer
from evidence.criteria.review.review_workbook import read_workbook
from evidence.criteria.review.value_words import list_choices, parse_shown, show_act, show_value
from evidence.criteria.review.wording_memory import remember_answers
from evidence.errors import AnnexError
from evidence.messages import Language, Message, catalogue, say
from evidence.model.criteria import CriteriaSet, walk_criteria
from evidence.model.document import Table
from evidence.model.review import (
    AnnexPage,
    AnnexSpot,
    CriteriaVersion,
    ProposalValue,
    ReviewAct,
    ReviewAnswer,
    ReviewField,
    ReviewRow,
    ReviewSheet,
    ShownRow,
)
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.store.annexes.annex_store import AnnexStore
from evidence.store.criteria_reviews import CriteriaReviewStore
from evidence.store.store import Store
from evidence.values import kind as kinds

TERMINAL = "-"  # the source of a version whose answers were given one at a time
PERIODS = ("năm", "6 tháng", "9 tháng", "quý I", "quý II", "quý III", "quý IV", "quý I; 6 tháng; quý III; năm")
DUES = ("", "unknown", "day 20 of the last month of the period", "day 5 of the first month after the period")


@dataclass(frozen=True, slots=True)
class AcceptedReview:
    """What became of a review: the set, and how many proposals were taken, changed, dropped and added."""

    criteria: CriteriaSet
    version: int
    taken: int
    changed: int
    dropped: int
    added: int
    undated: int  # whose deadline nobody knows: they earn nothing by themselves


class CriteriaReview:
    """The reviews of one archive."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._reviews = CriteriaReviewStore(store)

    # --- what is shown ------------------------------------------------------------------------------------------

    def rows(self, name: str) -> tuple[ReviewRow, ...]:
        """Every proposal of the set as it was imported, with what was answered so far. UsageError: no such set."""
        imported = self._imported(name)
        return list_rows(imported, self._answers(name), self._reviews.wording_rules())

    def sheet(self, name: str, language: Language) -> ReviewSheet:
        """The same as a workbook shows it. UsageError: no such set."""
        imported = self._imported(name)
        rows = tuple(self.show(row, language) for row in self.rows(name))
        acts = tuple(show_act(act, language) for act in ReviewAct)
        return ReviewSheet(name, imported.title, self._mark(name), rows, _choices(rows, language), acts)

    def show(self, row: ReviewRow, language: Language) -> ShownRow:
        """A row in words: its values with the changes that were made."""
        answer = row.answer
        changed = {change.field: change.value for change in answer.changes} if answer else {}
        asked = bool(row.requirement) or answer is not None
        texts = {
            field: show_value(field, changed.get(field, row.value(field)), language)
            for field in ReviewField
            if asked or field is ReviewField.RULE
        }
        act = answer.act if answer else ReviewAct.ACCEPT if row.requirement else None
        return ShownRow(
            row,
            texts,
            show_act(act, language) if act else "",
            tuple(_say_code(code, language) for code in row.doubts),
            _say_memory(row, language),
            _say_due(row, language),
        )

    def find_spot(self, row: ReviewRow, name: str) -> tuple[AnnexPage, AnnexSpot] | None:
        """Where its words stand in the file that the set came from; None where it has no pages or is not kept."""
        annex = AnnexStore(self._store).get_map(name)
        spots = annex.spots if annex else ()
        key = (row.criterion, row.requirement)
        spot = next((each for each in spots if (each.criterion, each.requirement) == key), None)
        page = next((each for each in annex.pages if each.number == spot.page), None) if annex and spot else None
        return (page, spot) if page and spot else None

    # --- what is answered ---------------------------------------------------------------------------------------

    def parse(self, field: ReviewField, text: str) -> str:
        """What a person typed for that field as the value that answers hold."""
        return parse_shown(field, text)

    def answered(self, name: str) -> tuple[tuple[str, str], ...]:
        """The proposals, by criterion and name, that were decided since the set was last accepted."""
        return tuple((answer.criterion, answer.requirement) for answer in self._reviews.open_answers(name))

    def answer(self, name: str, row: ReviewRow, answer: ReviewAnswer) -> tuple[AnswerFault, ...]:
        """Keeps one answer until the review is finished; what is wrong with it, and then it is not kept."""
        resolved = resolve_answer(row, answer)
        faults = check_answer(self._imported(name), resolved)
        if not faults:
            self._reviews.put_answer(name, resolved)
        return faults

    def accept_answers(self, name: str, by: str, target: str | None = None) -> AcceptedReview:
        """Finishes a review whose answers were given one at a time; proposals without an answer are taken.

        CriteriaError: an appraisal uses the set, or what was accepted does not hold together.
        """
        return self._accept(name, self._answers(name), TERMINAL, hashlib.sha256(b"").hexdigest(), by, target)

    def accept_workbook(self, name: str, file: Path, by: str, target: str | None = None) -> AcceptedReview:
        """Takes a reviewed workbook whole. AnnexError names every fault by its cell; CriteriaError as above;
        UsageError: no such set."""
        rows, mark = self.rows(name), self._mark(name)
        tables, sha256 = self._read_tables(file)
        workbook = read_workbook(tables, rows, name, mark)
        if workbook.faults:
            raise _faulty(file, [(fault.sheet, fault.cell, fault.message) for fault in workbook.faults])
        by_key = {(row.criterion, row.requirement): row for row in rows}
        placed = [
            replace(one, answer=_resolved(by_key, one.answer)) for one in workbook.answers
        ]  # fmt: skip
        answers = tuple(each.answer for each in placed)
        faults = accept_proposals(self._imported(name), answers).faults
        if faults:
            places = {id(each.answer): each for each in placed}
            rows_of = [(places[id(fault.answer)], fault) for fault in faults]
            raise _faulty(file, [(each.sheet, each.place(fault.field), fault.message) for each, fault in rows_of])
        return self._accept(name, answers, file.name, sha256, by, target)

    def versions(self, name: str) -> tuple[CriteriaVersion, ...]:
        """Who accepted what and when. UsageError: no such set."""
        require_set(self._store, name)
        return self._reviews.versions(name)

    # --- what both rest on --------------------------------------------------------------------------------------

    def _accept(
        self, name: str, answers: tuple[ReviewAnswer, ...], source: str, sha256: str, by: str, target: str | None
    ) -> AcceptedReview:
        imported = self._imported(name)
        reviewed = accept_proposals(imported, answers)
        units = current_criteria(self._store, name)
        accepted = replace(reviewed.criteria, units=units.units, profiles=units.profiles)
        rows = list_rows(imported)
        now = datetime.datetime.now(datetime.UTC)
        version = CriteriaVersion(0, target or name, "accepted", source, sha256, answers, by, now)
        rules = tuple(remember_answers(rows, answers, imported.year, name))
        number, criteria = keep_version(self._store, name, version, accepted, rules)
        counted = [answer.act for answer in answers if answer.requirement]
        proposals = sum(bool(row.requirement) for row in rows)
        changed, dropped = counted.count(ReviewAct.EDIT), counted.count(ReviewAct.DROP)
        added = sum(answer.act is ReviewAct.ADD for answer in answers)
        return AcceptedReview(
            criteria, number, proposals - changed - dropped, changed, dropped, added, _count_undated(criteria)
        )

    def _imported(self, name: str) -> CriteriaSet:
        """The set as it was imported. UsageError where there is none."""
        return parse_kept(require_set(self._store, name).text, name)

    def _mark(self, name: str) -> str:
        return hashlib.sha256(require_set(self._store, name).text.encode()).hexdigest()[:12]

    def _answers(self, name: str) -> tuple[ReviewAnswer, ...]:
        """The answers of the last accepted version, with those given since."""
        accepted = [version for version in self._reviews.versions(name) if version.act == "accepted"]
        before = accepted[-1].answers if accepted else ()
        since = {(answer.criterion, answer.requirement): answer for answer in self._reviews.open_answers(name)}
        kept = [answer for answer in before if (answer.criterion, answer.requirement) not in since]
        return (*kept, *since.values())

    def _read_tables(self, file: Path) -> tuple[list[Table], str]:
        """The tables of the workbook, read in a contained child. AnnexError where it cannot be read."""
        request = request_file(file, self._settings.limits)
        document = next(read_files([request], self._settings, tables=True)).document
        if not document.pages:
            raise AnnexError(
                "annex-unreadable", tuple((None, problem.message) for problem in document.problems), path=file.name
            )
        return [table for page in document.pages for table in page.tables], document.source.sha256


def _resolved(rows: dict[tuple[str, str], ReviewRow], answer: ReviewAnswer) -> ReviewAnswer:
    row = rows.get((answer.criterion, answer.requirement))
    return resolve_answer(row, answer) if row and answer.requirement else answer


def _faulty(file: Path, faults: Iterable[tuple[str, str, Message]]) -> AnnexError:
    places = tuple(
        (Message("review-cell", {"sheet": sheet, "cell": cell}) if cell else None, message)
        for sheet, cell, message in faults
    )
    return AnnexError("review-faults", places, path=file.name, count=len(places))


def _count_undated(criteria: CriteriaSet) -> int:
    every = walk_criteria(criteria.criteria)
    return sum(slots[0].due_unknown for criterion in every for slots in group_proposals(criterion))


# --- words ----------------------------------------------------------------------------------------------------------


def _choices(rows: Iterable[ShownRow], language: Language) -> dict[ReviewField, tuple[str, ...]]:
    """What the drop-down lists offer: our own words, and what the set itself says."""
    listed = tuple(rows)

    def used(field: ReviewField) -> Iterator[str]:
        for shown in listed:
            yield from (part for part in shown.texts.get(field, "").split(BETWEEN) if part)

    fixed = {
        ReviewField.KIND: [kind.name for kind in kinds.kinds()],
        ReviewField.PERIOD: list(PERIODS),
        ReviewField.DUE: [_say_due_value(value, language) for value in DUES],
    }
    choices = {}
    for field in (ReviewField.KIND, ReviewField.ISSUER, ReviewField.PERIOD, ReviewField.DUE,
                  ReviewField.OPTIONAL, ReviewField.RULE):  # fmt: skip
        own = fixed.get(field) or [show_value(field, value, language) for value in list_choices(field)]
        offered = [_say_due_value(row.row.due_offered, language) for row in listed if row.row.due_offered]
        more = [*used(field), *(offered if field is ReviewField.DUE else [])]
        choices[field] = tuple(dict.fromkeys([*own, *more]))
    choices[ReviewField.OPTIONAL] = tuple(show_value(ReviewField.OPTIONAL, value, language) for value in ("", "true"))
    return choices


def _say_due_value(value: str, language: Language) -> str:
    return show_value(ReviewField.DUE, value, language) or say(Message("review-due-none"), language)


def _say_due(row: ReviewRow, language: Language) -> str:
    """What the annex says of time, where the deadline comes from, which one is usual and not taken."""
    lines = [say(Message("review-due-text", {"text": row.due_text}), language)] if row.due_text else []
    if row.due_source:
        lines.append(say(Message("review-due-source", {"source": row.due_source}), language))
    if row.due_offered:
        due = show_value(ReviewField.DUE, row.due_offered, language)
        lines.append(say(Message("review-due-offered", {"due": due, "source": row.due_offered_source}), language))
    return "\n".join(lines)


def _say_memory(row: ReviewRow, language: Language) -> str:
    """What was once made of the same words, by whom and in which set."""
    rule = row.remembered
    if rule is None:
        return ""
    code = "review-remembered-drop" if rule.act is ReviewAct.DROP else "review-remembered-edit"
    changes = "; ".join(_say_change(change, language) for change in rule.changes)
    return say(Message(code, {"set": rule.criteria_set, "by": rule.by, "changes": changes}), language)


def _say_change(change: ProposalValue, language: Language) -> str:
    heading = say(Message(f"review-col-{change.field.value}"), language)
    return f"{heading}: {show_value(change.field, change.value, language) or '–'}"


def _say_code(code: str, language: Language) -> str:
    """The sentence of a reason; the code itself where it has none."""
    return say(Message(code), language) if code in catalogue() else code
