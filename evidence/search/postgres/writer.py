"""Writing documents into an index, and making it anew: a reader sees all of what one call wrote, or nothing.

Only inside the lock (``connections``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import psycopg

from evidence.search.entries import ANALYSIS, IndexEntry
from evidence.search.postgres.rows import EntryRows, make_rows
from evidence.search.postgres.schema import (
    GENERATIONS,
    RUNS,
    SCHEMA,
    TABLES,
    make_lexeme,
    name_table,
    write_index,
    write_tables,
)

LOT = 200  # documents of one statement
SORTING = b"SET LOCAL maintenance_work_mem = '256MB'"  # of an index that is made at once


class GenerationWriter:
    """Writes one index; ``number`` names it."""

    def __init__(self, connection: psycopg.Connection, number: int) -> None:
        self._connection, self.number = connection, number

    def write(self, entries: Iterable[IndexEntry], inverted: bool) -> int:
        """Writes the entries, new or again, in one step; how many. ``inverted``: the inverted index is there already,
        and what waits to be put into it is put there, or every search would look through it."""
        rest = iter(entries)
        count = 0
        with self._connection.transaction():
            while lot := list(islice(rest, LOT)):
                self._write_lot([make_rows(entry) for entry in lot])
                count += len(lot)
            if count and inverted:
                self._run(f"SELECT gin_clean_pending_list('{SCHEMA}.lexemes_{self.number}_inverted')")
        return count

    def finish(self, archive: str) -> None:
        """Makes this the index that answers, in one step, and throws the others of the archive away."""
        with self._connection.transaction():
            self._connection.execute(SORTING)
            self._run(write_index(self.number))
        with self._connection.transaction():
            for table in TABLES:
                self._run(f"ANALYZE {name_table(table, self.number)}")
        with self._connection.transaction():
            others = self._connection.execute(
                f"DELETE FROM {SCHEMA}.generations WHERE archive = %s AND number <> %s RETURNING number".encode(),
                (archive, self.number),
            ).fetchall()
            self._run(f"UPDATE {SCHEMA}.generations SET answers = true WHERE number = {self.number}")
        drop_generations(self._connection, [number for (number,) in others])

    def list_revisions(self) -> dict[str, int]:
        """The documents that it holds, and which revision of each."""
        rows = self._connection.execute(f"SELECT sha256, revision FROM {name_table('entries', self.number)}".encode())
        return {str(sha256): int(revision) for sha256, revision in rows}

    def _write_lot(self, rows: Sequence[EntryRows]) -> None:
        replaced = self._delete_old([row.sha256 for row in rows])
        news = sum(row.sha256 not in replaced for row in rows)
        sequence = f"pg_get_serial_sequence('{name_table('entries', self.number)}', 'id')"
        numbers = self._run(f"SELECT nextval({sequence}) FROM generate_series(1, {news})").fetchall()
        drawn = iter(number for (number,) in numbers)
        ids = [replaced[row.sha256] if row.sha256 in replaced else next(drawn) for row in rows]
        self._copy_entries(rows, ids)
        self._copy(
            "lexemes", "entry, lexemes", [(at, text) for at, row in zip(ids, rows, strict=True) for text in row.vectors]
        )
        self._copy(
            "pages",
            "entry, number, words, figures",
            [(at, *page) for at, row in zip(ids, rows, strict=True) for page in row.pages],
        )
        self._count_words(Counter(word for row in rows for word in row.words))
        self._count_documents(news, sum(row.body_length for row in rows), sum(row.title_length for row in rows))

    def _delete_old(self, hashes: Sequence[str]) -> dict[str, int]:
        """Takes away what there is of those documents; their numbers, which they keep."""
        entries, lexemes, pages = (name_table(table, self.number) for table in ("entries", "lexemes", "pages"))
        gone = self._connection.execute(
            f"DELETE FROM {entries} WHERE sha256 = ANY(%s) RETURNING sha256, id, body_length, title_length".encode(),
            (list(hashes),),
        ).fetchall()
        if gone:
            ids = [number for _, number, _, _ in gone]
            vectors = self._connection.execute(
                f"DELETE FROM {lexemes} WHERE entry = ANY(%s) RETURNING tsvector_to_array(lexemes)".encode(), (ids,)
            ).fetchall()
            self._connection.execute(f"DELETE FROM {pages} WHERE entry = ANY(%s)".encode(), (ids,))
            code = make_lexeme("body_f", "")
            words = Counter(lexeme for (held,) in vectors for lexeme in held if lexeme.startswith(code))
            self._count_words({word: -count for word, count in words.items()})
            self._count_documents(0, -sum(row[2] for row in gone), -sum(row[3] for row in gone))
        return {sha256: number for sha256, number, _, _ in gone}

    def _copy_entries(self, rows: Sequence[EntryRows], ids: Sequence[int]) -> None:
        numbers = self._number_values({value for row in rows for value in row.facets})
        columns = f"id, sha256, revision, date, body_length, title_length, frequencies, facets, {', '.join(RUNS)}"
        self._copy(
            "entries",
            columns,
            [
                (
                    at,
                    row.sha256,
                    row.revision,
                    row.date,
                    row.body_length,
                    row.title_length,
                    row.frequencies,
                    [numbers[value] for value in row.facets],
                    *row.runs,
                )
                for at, row in zip(ids, rows, strict=True)
            ],
        )

    def _number_values(self, values: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The number of each field and value, given where there was none."""
        named = {make_lexeme(*value): value for value in values}
        table = name_table("values", self.number)
        fields = [field for field, _ in named.values()]
        texts = [value.encode("utf-8", "surrogatepass") for _, value in named.values()]
        self._connection.execute(
            f"INSERT INTO {table} (lexeme, field, value) SELECT * FROM unnest(%s::text[], %s::text[], %s::bytea[]) "
            "ON CONFLICT (lexeme) DO NOTHING".encode(),
            (list(named), fields, texts),
        )
        rows = self._connection.execute(
            f"SELECT lexeme, number FROM {table} WHERE lexeme = ANY(%s)".encode(), (list(named),)
        )
        return {named[lexeme]: number for lexeme, number in rows}

    def _count_words(self, counts: dict[str, int]) -> None:
        """Adds to how many documents hold each word."""
        table = name_table("words", self.number)
        self._connection.execute(
            f"INSERT INTO {table} AS held SELECT * FROM unnest(%s::text[], %s::int[]) "
            "ON CONFLICT (word) DO UPDATE SET documents = held.documents + excluded.documents".encode(),
            (list(counts), list(counts.values())),
        )

    def _count_documents(self, documents: int, body: int, title: int) -> None:
        self._run(
            f"UPDATE {SCHEMA}.generations SET moved = moved + 1, documents = documents + {documents}, "
            f"body_total = body_total + {body}, title_total = title_total + {title} WHERE number = {self.number}"
        )

    def _copy(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        statement = f"COPY {name_table(table, self.number)} ({columns}) FROM STDIN".encode()
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _run(self, statement: str) -> psycopg.Cursor[tuple[int, ...]]:
        return self._connection.execute(statement.encode())


def find_generation(connection: psycopg.Connection, archive: str) -> GenerationWriter | None:
    """The index that answers, where it is of this version."""
    row = connection.execute(
        f"SELECT number FROM {SCHEMA}.generations WHERE archive = %s AND answers AND analysis = %s".encode(),
        (archive, ANALYSIS),
    ).fetchone()
    return GenerationWriter(connection, row[0]) if row else None


def begin_generation(
    connection: psycopg.Connection, archive: str, start: int, unfinished: int | None
) -> tuple[GenerationWriter, int]:
    """The index that is being made and was left unfinished that began there, or a new one; and where it began."""
    with connection.transaction():
        connection.execute(GENERATIONS.encode())
    drafts = connection.execute(
        f"SELECT number, start, analysis FROM {SCHEMA}.generations WHERE archive = %s AND NOT answers".encode(),
        (archive,),
    ).fetchall()
    for number, begun, analysis in drafts:
        if begun == unfinished and analysis == ANALYSIS:
            return GenerationWriter(connection, number), begun
    with connection.transaction():
        connection.execute(f"DELETE FROM {SCHEMA}.generations WHERE archive = %s AND NOT answers".encode(), (archive,))
        row = connection.execute(
            f"INSERT INTO {SCHEMA}.generations (archive, analysis, start) "
            "VALUES (%s, %s, %s) RETURNING number".encode(),
            (archive, ANALYSIS, start),
        ).fetchone()
        assert row is not None
        connection.execute(write_tables(row[0]).encode())
    drop_generations(connection, [number for number, _, _ in drafts])
    return GenerationWriter(connection, row[0]), start


def drop_generations(connection: psycopg.Connection, numbers: Iterable[int]) -> None:
    """Throws the tables of those indexes away; who reads one of them is waited for."""
    for number in numbers:
        with connection.transaction():
            for table in TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {name_table(table, number)}".encode())
