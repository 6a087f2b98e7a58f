"""A plan's file -> the plan: its table of tasks, its title, year and issuer as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.config import Settings
from evidence.criteria.plans.plan_table import PlanTable, mark_doubts, read_plan_table
from evidence.errors import CriteriaError, UnreadableError
from evidence.ingest.media_types import TEXT
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.plan import Plan
from evidence.model.record import Record
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files

_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.IGNORECASE)
TITLED = 4000  # letters of the first page among which the year is named


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A plan ready to be kept; ``remarks``: what a person should look at. ``changed``: it was not kept so before."""

    plan: Plan
    remarks: tuple[Message, ...]
    changed: bool = True


def import_plan(file: Path, name: str, year: int | None, settings: Settings) -> ImportedPlan:
    """The plan that the file holds; nothing is kept here. CriteriaError: no table of tasks in it, or no year named in a
    plan whose deadlines need one. UnreadableError: the file cannot be opened."""
    request = request_file(file, settings.limits)
    read = next(iter(read_files([request], settings, tables=True)))
    document, record = read.document, read.record
    if not document.pages:
        problem = document.problems[0]
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    planned = year or _read_year(document, record)
    table = read_plan_table(document.pages, planned)
    if not table.tasks:
        raise CriteriaError(_why_none(document), path=file.name)
    issuer = record.issuer.value.name if record.issuer.value and record.issuer.sure else ""
    plan = Plan(
        name=name,
        title=record.subject.value or file.stem,
        year=planned,
        issuer=issuer,
        source=request.source.path,
        sha256=request.source.sha256,
        tasks=table.tasks,
    )
    return ImportedPlan(plan, tuple(_remarks(table, plan)))


def _read_year(document: Document, record: Record) -> int:
    """The year of the subject, else the first that the first page names behind "năm"; 0 where none is."""
    for text in (record.subject.value or "", document.pages[0].text[:TITLED]):
        named = _YEAR.findall(text)
        if named:
            return int(named[0])
    return 0


def _why_none(document: Document) -> str:
    if document.source.media_type == TEXT:  # commas of prose part cells too
        return "plan-annex-absent"
    tables = any(len(table.rows) > 1 and len(table.rows[0]) > 2 for page in document.pages for table in page.tables)
    return "plan-tables-of-other-kind" if tables else "plan-annex-absent"


def _remarks(table: PlanTable, plan: Plan) -> Iterator[Message]:
    if not plan.year:
        yield Message("plan-year-unknown")
    yield from table.remarks
    yield from mark_doubts(table.tasks)
