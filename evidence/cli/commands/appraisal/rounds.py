"""``evidence round``: rounds of an appraisal, the decisions in them, and what changed since one was opened."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import click

from evidence.archive.appraisal import parse_points
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option, load_criteria_argument
from evidence.cli.localized_click import Argument, Command, CommandGroup, DayType, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.errors import UsageError
from evidence.messages import Language, Message, say
from evidence.model.appraisal import Change, Decision, Round, RoundStage
from evidence.report import appraisal_json, appraisal_terminal, labels, summary

round = CommandGroup("round", modules=dict.fromkeys(("open", "list", "decide", "diff"), __name__), attributes={
    "open": "open_round", "list": "list_rounds",
})  # fmt: skip
NOW = datetime.datetime.min.replace(tzinfo=datetime.UTC)  # the ledger writes the time itself


@click.command("open", cls=Command)
@click.argument(
    "stage", cls=Argument, metavar="cli-meta-stage", type=click.Choice([stage.value for stage in RoundStage])
)
@criteria_option("file", "cli-check-opt-criteria", required=True)
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.pass_obj
def open_round(context: CliContext, stage: str, file: Path, by: str, as_of: datetime.date | None) -> None:
    criteria = load_criteria_argument(context, file)
    with Archive.open(context.settings(), create=True) as archive:
        opened = archive.appraisal.open_round(RoundStage(stage), criteria, as_of or datetime.date.today(), by)
    emit(_row(opened, 0, context))


@click.command("list", cls=Command)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def list_rounds(context: CliContext, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        rounds = archive.appraisal.rounds()
        decisions = {opened.id: archive.appraisal.decisions([opened.id]) for opened in rounds}
    if not rounds:
        context.tell("cli-round-empty")
    for opened in rounds:
        if as_json:
            emit(json.dumps(_tree(opened, decisions[opened.id]), ensure_ascii=False))
            continue
        emit(_row(opened, len(decisions[opened.id]), context))
        for decision in decisions[opened.id] if context.verbose else ():
            emit(_decision_row(decision, context))


@click.command("decide", cls=Command)
@click.argument("unit", cls=Argument, metavar="cli-meta-unit")
@click.argument("criterion", cls=Argument, metavar="cli-meta-criterion")
@criteria_option("file", "cli-check-opt-criteria", required=True)
@click.option("--points", cls=Option, metavar="cli-meta-points", help="cli-round-opt-points")
@click.option("--note", cls=Option, default="", metavar="cli-meta-text", help="cli-round-opt-note")
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.pass_obj
def decide(context: CliContext, unit: str, criterion: str, file: Path, points: str | None, note: str, by: str) -> None:
    criteria = load_criteria_argument(context, file)
    decision = Decision(0, unit, criterion, _points(points), note, by, NOW)
    with Archive.open(context.settings()) as archive:
        written = archive.appraisal.decide(decision, criteria)
        kept = archive.appraisal.decisions([written.round])[-1]
    emit(_decision_row(kept, context).strip())


@click.command("diff", cls=Command)
@criteria_option("file", "cli-check-opt-criteria", required=True)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--since", cls=Option, type=int, metavar="cli-meta-count", help="cli-round-opt-since")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def diff(
    context: CliContext,
    file: Path,
    units: tuple[str, ...],
    since: int | None,
    as_of: datetime.date | None,
    as_json: bool,
) -> None:
    criteria = load_criteria_argument(context, file)
    with Archive.open(context.settings()) as archive:
        began = archive.appraisal.round_of(criteria, since)
        assessment = archive.check(criteria, units, as_of or datetime.date.today())
        changes = archive.appraisal.changes(criteria, assessment, began.id)
    lines = [_line(change, context.language) for change in changes]
    if as_json:
        for row in appraisal_json.render(lines, context.language):
            emit(json.dumps(row, ensure_ascii=False))
        return
    day = labels.format_day(began.as_of, context.language)
    title = context.say("cli-round-diff-title", number=began.id, stage=_stage(began.stage, context.language), day=day)
    emit(appraisal_terminal.render_table(title, lines, context.language, terminal_width(), wants_colour()).rstrip("\n"))


def _points(text: str | None) -> Decimal | None:
    if text is None:
        return None
    points = parse_points(text)
    if points is None:
        raise UsageError("cli-round-bad-points", value=printable(text))
    return points


def _line(change: Change, language: Language) -> appraisal_terminal.AppraisalRow:
    """A change with the reason that decides now."""
    finding = change.after or change.before
    assert finding is not None
    words = {
        "before": labels.status_label(change.before.status, language) if change.before else "",
        "after": labels.status_label(change.after.status, language) if change.after else "",
    }
    kind = "status"
    if change.before is None or change.after is None:
        kind = "gone" if change.after is None else "new"
    elif change.before.status is change.after.status:
        kind = "same"
    reason = say(summary.headline(finding).message, language)
    message = Message(f"round-change-{kind}", {"title": finding.title, "reason": reason, **words})
    return appraisal_terminal.AppraisalRow(
        finding.unit, finding.requirement, kind, f"round-changed-{kind}", message, finding.documents
    )


def _stage(stage: RoundStage, language: Language) -> str:
    return say(Message(f"round-stage-{stage.value}"), language)


def _at(moment: datetime.datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _row(opened: Round, decisions: int, context: CliContext) -> str:
    return context.say(
        "cli-round-row", number=opened.id, stage=_stage(opened.stage, context.language), set=opened.criteria_set,
        version=opened.version, day=labels.format_day(opened.as_of, context.language), by=printable(opened.by),
        at=_at(opened.at),
        decisions=decisions,
    )  # fmt: skip


def _decision_row(decision: Decision, context: CliContext) -> str:
    code = "cli-round-decision" if decision.points is not None else "cli-round-noted"
    return context.say(
        code, unit=decision.unit, criterion=decision.criterion,
        points=labels.format_points(decision.points, context.language), note=printable(decision.note),
        by=printable(decision.by), at=_at(decision.at),
    )  # fmt: skip


def _tree(opened: Round, decisions: tuple[Decision, ...]) -> dict[str, object]:
    """The round as JSON, with its decisions."""
    return {
        "round": opened.id,
        "stage": opened.stage.value,
        "set": opened.criteria_set,
        "version": opened.version,
        "as_of": opened.as_of.isoformat(),
        "by": opened.by,
        "at": opened.at.isoformat(),
        "decisions": [
            {
                "unit": decision.unit,
                "criterion": decision.criterion,
                "points": labels.format_decimal(decision.points),
                "note": decision.note,
                "by": decision.by,
                "at": decision.at.isoformat(),
            }
            for decision in decisions
        ],
    }
