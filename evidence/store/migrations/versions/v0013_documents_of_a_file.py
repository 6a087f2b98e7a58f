"""What the further documents of a file bear and cite: until now the database knew the first one's number and citations.

Written from the records as they stand. A corrected number of a further document comes in with the next reading; the
index knows it already.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from evidence.values.date import PartialDate
from evidence.values.number import Number

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = dict[str, Any]
PARTS = b'"parts":[{'
LOT = 200  # records read at a time


def upgrade() -> None:
    """Creates the table of numbers, and writes the rows of the files that hold several documents."""
    op.create_table(
        "part_numbers",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("date", sa.String()),
        sa.PrimaryKeyConstraint("sha256", "place", name="pk_part_numbers"),
    )
    op.create_index("ix_part_numbers_number_key", "part_numbers", ["number_key"])
    for sha256, data in _records():
        if PARTS in data:
            _write_parts(sha256, json.loads(data))


def _records() -> Iterator[tuple[str, bytes]]:
    """Hash and record, in the order of the hashes, some at a time."""
    statement = sa.text(f"SELECT sha256, data FROM records WHERE sha256 > :last ORDER BY sha256 LIMIT {LOT}")
    last = ""
    while rows := op.get_bind().execute(statement, {"last": last}).all():
        yield from ((row.sha256, row.data) for row in rows)
        last = rows[-1].sha256


def _write_parts(sha256: str, record: JSON) -> None:
    """The rows of the further documents; places of citations go on behind those of the first one."""
    place = len(record.get("citations", ()))
    for at, part in enumerate(record["parts"], start=1):
        number = part.get("number", {}).get("value")
        if number:
            values = {
                "sha256": sha256,
                "place": at,
                "key": _key(number),
                "date": _date(part.get("date", {}).get("value")),
            }
            _write("INSERT INTO part_numbers VALUES (:sha256, :place, :key, :date)", values)
        for citation in part.get("citations", ()):
            _write(
                "INSERT INTO citations VALUES (:sha256, :place, :key, :date, :relation, :page, :start, :end)",
                {
                    "sha256": sha256,
                    "place": place,
                    "key": _key(citation["number"]) if citation.get("number") else None,
                    "date": _date(citation.get("date")),
                    "relation": citation["relation"],
                    **{name: citation["span"][name] for name in ("page", "start", "end")},
                },
            )
            place += 1


def _key(number: JSON) -> str:
    return Number(number["serial"], number["symbol"], number.get("year"), number.get("joint", "/")).key


def _date(date: JSON | None) -> str | None:
    return str(PartialDate(date["year"], date.get("month"), date.get("day"))) if date else None


def _write(statement: str, values: JSON) -> None:
    op.get_bind().execute(sa.text(statement), values)
