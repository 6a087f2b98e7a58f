"""``evidence audit``: what was done to the archive, by whom, from where."""

from __future__ import annotations

import datetime

import click

from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, DayType, Option
from evidence.cli.output import emit, printable
from evidence.model.account import AuditEntry
from evidence.report.audit_lines import render_csv, render_json_lines

BROKEN = 6


@click.command("audit", cls=Command)
@click.option("--by", cls=Option, default="", metavar="cli-meta-name", help="cli-audit-opt-by")
@click.option("--subject", cls=Option, default="", metavar="cli-meta-text", help="cli-audit-opt-subject")
@click.option("--since", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-audit-opt-since")
@click.option("--until", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-audit-opt-until")
@click.option("--csv", "as_csv", cls=Option, is_flag=True, help="cli-audit-opt-csv")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def audit(
    context: CliContext,
    by: str,
    subject: str,
    since: datetime.date | None,
    until: datetime.date | None,
    as_csv: bool,
    as_json: bool,
) -> int:
    query = AuditQuery(by, "", subject, since.isoformat() if since else "", until.isoformat() if until else "")
    with Archive.open(context.settings()) as archive:
        broken = archive.audit.find_break()
        entries = archive.audit.entries(query)
        lines = render_csv(entries) if as_csv else render_json_lines(entries) if as_json else map(_row, entries)
        for line in lines:
            emit(line, end="")
    if broken is not None:
        context.tell("verify-audit", number=broken)
        return BROKEN
    return 0


def _row(entry: AuditEntry) -> str:
    who = " ".join(part for part in (entry.actor, entry.role, entry.address) if part) or "-"
    change = f"{entry.before or '-'} → {entry.after or '-'}" if entry.before or entry.after else ""
    parts = [entry.at, who, entry.action, entry.subject, entry.detail, change]
    return printable(" · ".join(part for part in parts if part)) + "\n"
