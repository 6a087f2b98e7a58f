"""Tables whose rows are never changed or removed: the database itself refuses it, by triggers that each of them has."""

from __future__ import annotations

ACTS = ("update", "delete")
FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""


def refuse_on_sqlite(table: str) -> list[str]:
    """The statements that make the triggers of that table."""
    return [
        f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        for act in ACTS
    ]


def refuse_on_postgresql(table: str) -> list[str]:
    """The same; TRUNCATE is a third way to remove rows there."""
    made = [
        f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for act in ACTS
    ]
    emptied = f"CREATE TRIGGER tr_{table}_truncate BEFORE TRUNCATE ON {table} "
    return [FUNCTION, *made, f"{emptied}FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"]


REFUSALS = {"sqlite": refuse_on_sqlite, "postgresql": refuse_on_postgresql}  # by the dialect's name
