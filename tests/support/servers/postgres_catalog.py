"""What stands in the catalog of a PostgreSQL database: all that makes its schema, one line a thing, in order."""

from __future__ import annotations

from sqlalchemy import Connection, text

OURS = "current_schema()::regnamespace"
PARTS = {
    "column": f"""
        SELECT relname || '.' || attname, format_type(atttypid, atttypmod), collname, attnotnull, attidentity,
               pg_get_expr(adbin, adrelid)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace = {OURS} AND relkind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped""",
    "constraint": f"""
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated
        FROM pg_constraint WHERE connamespace = {OURS}""",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "trigger": f"""
        SELECT pg_get_triggerdef(pg_trigger.oid), tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = {OURS}""",
    "function": f"SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {OURS} AND prokind <> 'a'",
    "sequence": """
        SELECT sequencename, data_type::text, start_value, increment_by, max_value, cycle
        FROM pg_sequences WHERE schemaname = current_schema()""",
    "type": f"""
        SELECT typname, typtype, (SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum
                                  WHERE enumtypid = pg_type.oid)
        FROM pg_type WHERE typnamespace = {OURS}""",
    "view": "SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()",
}


def describe_schema(connection: Connection) -> list[str]:
    """Every column, constraint, index, trigger, function, sequence, type and view, whatever their order."""
    return sorted(
        f"{part}: " + " | ".join(str(value) for value in row)
        for part, query in PARTS.items()
        for row in connection.execute(text(query.replace(":", r"\:")))
    )
