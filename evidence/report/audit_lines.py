"""The audit for machines: JSON Lines with every value and the links of the chain, or CSV for a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from io import StringIO

from evidence.model.account import AuditEntry
from evidence.report.findings_csv import BYTE_ORDER_MARK, escape_formula

COLUMNS = tuple(field.name for field in fields(AuditEntry))


def render_json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """One object a line, in the order of the entries."""
    for entry in entries:
        yield json.dumps(asdict(entry), ensure_ascii=False) + "\n"


def render_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Rows for a spreadsheet: UTF-8 with the mark that Excel needs; no cell is a formula."""
    yield BYTE_ORDER_MARK + _row(COLUMNS)
    for entry in entries:
        yield _row([escape_formula("" if value is None else str(value)) for value in asdict(entry).values()])


def _row(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
