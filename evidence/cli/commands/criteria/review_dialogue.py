"""Proposals one at a time on the terminal: a key decides, answers are kept at once, the next run goes on.

Keys: ``a`` đồng ý, ``e`` sửa, ``b`` bỏ, ``t`` thêm, ``m`` như lần trước, ``z`` quay lại, ``n`` để sau, ``q`` dừng.
Where stdin is no terminal each line of it is a key, or the answer to a question.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from evidence.archive.kept_sets.review import CriteriaReview
from evidence.cli.commands.criteria.accept_review import tell_accepted
from evidence.cli.context import CliContext
from evidence.cli.output import emit, printable
from evidence.messages import say
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField, ReviewRow

ACTS = {"a": ReviewAct.ACCEPT, "b": ReviewAct.DROP, "m": ReviewAct.REMEMBERED}
EDIT, ADD, BACK, LATER, QUIT = "e", "t", "z", "n", "q"
EMPTY = "-"  # typed to take a value away


class ReviewDialogue:
    """One review on the terminal."""

    def __init__(self, context: CliContext, review: CriteriaReview, name: str) -> None:
        self._context, self._review, self._name = context, review, name
        every = review.rows(name)
        self._rows = [row for row in every if row.requirement]
        self._criteria = {row.criterion: row for row in every}
        self._added = sum(row.answer is not None and row.answer.act is ReviewAct.ADD for row in every)
        self._answered = set(review.answered(name))  # since the set was last accepted

    def run(self, by: str | None, new_name: str | None) -> None:
        """Asks for what is not decided yet; with ``by`` finishes when all is."""
        self._ask_all()
        left = sum(row.answer is None for row in self._rows)
        done = len(self._rows) - left
        if left:
            emit(self._context.say("cli-review-stopped", done=done, left=left, set=self._name))
        elif by is None:
            emit(self._context.say("cli-review-all-done", done=done, set=self._name))
        else:
            tell_accepted(self._context, self._review.accept_answers(self._name, by, new_name), by)

    def _ask_all(self) -> None:
        order: list[int] = []
        at = self._next(-1)
        while at is not None:
            self._show(at)
            key = self._key()
            if key == QUIT:
                return
            if key == BACK:
                at = order.pop() if order else at
                continue
            if key == ADD:
                self._add(self._rows[at])
                continue
            if key != LATER and not self._decide(at, key):
                continue
            order.append(at)
            at = self._next(at)

    def _next(self, at: int) -> int | None:
        """The next proposal that is not decided; of a set accepted before, that is not looked at again."""
        places = range(at + 1, len(self._rows))
        return next((place for place in places if _key(self._rows[place]) not in self._answered), None)

    def _decide(self, at: int, key: str) -> bool:
        """Keeps the answer; False where the key or a value is none."""
        row = self._rows[at]
        if key == EDIT:
            answer = ReviewAnswer(row.criterion, row.requirement, ReviewAct.EDIT, tuple(self._changes(row)))
        elif key in ACTS and not (ACTS[key] is ReviewAct.REMEMBERED and row.remembered is None):
            answer = ReviewAnswer(row.criterion, row.requirement, ACTS[key])
        else:
            emit(self._context.say("cli-review-unknown-key", key=printable(key)))
            return False
        faults = self._review.answer(self._name, row, answer)
        for fault in faults:
            emit(say(fault.message, self._context.language))
        if not faults:
            self._rows[at] = replace(row, answer=answer)
            self._answered.add(_key(row))
        return not faults

    def _add(self, shown: ReviewRow) -> None:
        """A requirement more, of the criterion shown or of another; the same proposal is asked again."""
        code = self._line(self._context.say("cli-review-ask-criterion", code=shown.criterion)) or shown.criterion
        row = self._criteria.get(code)
        if row is None:
            emit(self._context.say("cli-review-no-criterion", code=printable(code)))
            return
        values = tuple(value for value in self._typed_values() if value.value)
        answer = ReviewAnswer(code, f"+{self._added + 1}", ReviewAct.ADD, values)
        faults = self._review.answer(self._name, row, answer)
        for fault in faults:
            emit(say(fault.message, self._context.language))
        if not faults:
            self._added += 1
            title = next((value.value for value in values if value.field is ReviewField.TITLE), "")
            emit(self._context.say("cli-review-added", code=code, title=title))

    def _typed_values(self) -> Iterator[ProposalValue]:
        """What the new requirement asks: everything but the rule, which is the criterion's."""
        for field in ReviewField:
            if field is not ReviewField.RULE:
                heading = self._context.say(f"review-col-{field.value}")
                typed = self._line(self._context.say("cli-review-ask", heading=heading, value="–"))
                yield ProposalValue(field, self._review.parse(field, typed) if typed not in ("", EMPTY) else "")

    def _changes(self, row: ReviewRow) -> Iterator[ProposalValue]:
        """Each value with what it is now; an empty answer leaves it."""
        shown = self._review.show(row, self._context.language)
        for field in ReviewField:
            heading = self._context.say(f"review-col-{field.value}")
            before = shown.texts.get(field, "").replace("\n", " | ")
            typed = self._line(self._context.say("cli-review-ask", heading=heading, value=before or "–"))
            value = row.value(field)
            if row.answer:
                value = next((change.value for change in row.answer.changes if change.field is field), value)
            if typed:
                value = "" if typed == EMPTY else self._review.parse(field, typed)
            yield ProposalValue(field, value)

    def _show(self, at: int) -> None:
        row = self._rows[at]
        shown, say_code = self._review.show(row, self._context.language), self._context.say
        emit("")
        emit(say_code("cli-review-head", number=at + 1, count=len(self._rows), code=row.criterion,
                      title=row.criterion_title, points=row.points, page=row.page or "–"))  # fmt: skip
        emit(f"  “{row.words}”")
        for field, text in shown.texts.items():
            if text:
                emit(f"  {say_code(f'review-col-{field.value}')}: {text}")
        sure = say_code(f"review-sure-{row.sureness.value}") if row.sureness else ""
        for line in (sure, *shown.doubts, *shown.due_note.splitlines(), shown.remembered):
            if line:
                emit(f"  · {line}")

    def _key(self) -> str:
        """One key, a line where stdin is no terminal; the end of it stops."""
        prompt = self._context.say("cli-review-keys")
        if not sys.stdin.isatty():
            line = sys.stdin.readline()
            return line.strip().lower() if line else QUIT
        click.echo(f"{prompt} ", nl=False, err=True)
        key = click.getchar().lower()
        click.echo(key if key.isprintable() else "", err=True)
        return key

    def _line(self, prompt: str) -> str:
        if sys.stdin.isatty():
            click.echo(f"{prompt} ", nl=False, err=True)
        return sys.stdin.readline().strip()


def _key(row: ReviewRow) -> tuple[str, str]:
    return row.criterion, row.requirement
