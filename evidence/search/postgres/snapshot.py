"""What the index holds at one moment: postings, frequencies, dates, values, by SQL that names its lexemes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import psycopg

from evidence.search.engine import IndexDamagedError, IndexOutdatedError
from evidence.search.entries import ANALYSIS
from evidence.search.matching import NONE, Ids
from evidence.search.postgres.frequencies import FrequencyTable
from evidence.search.postgres.postings_cache import PostingsCache
from evidence.search.postgres.schema import SCHEMA, make_lexeme, name_table, quote_lexeme

K = TypeVar("K")
PREFIX = ":*"  # behind a quoted lexeme: all that begin so
IDS = "string_agg(int4send(id), ''::bytea)"  # read in one step; an array is read number by number
ALL = "*"  # the key under which the list of all documents is kept


@dataclass(frozen=True, slots=True)
class GenerationState:
    """An index that answers: its number, how often it moved, how many documents it holds, and how many terms stand in
    their bodies and titles."""

    number: int
    moved: int
    documents: int
    body_total: int
    title_total: int


class PostgresSnapshot:
    """One transaction's view of the index of an archive. IndexDamagedError: there is none."""

    def __init__(self, connection: psycopg.Connection, archive: str, cache: PostingsCache) -> None:
        self._connection, self._cache = connection, cache
        self.state = _find_state(connection, archive)
        self._postings: dict[str, Ids] = {}
        self._runs: dict[tuple[str, str], tuple[Ids, Ids]] = {}
        self._counts: dict[str, int] = {}

    @cached_property
    def size(self) -> int:
        """Above the number of any document."""
        return int(self.documents[-1]) + 1 if len(self.documents) else 0

    @cached_property
    def documents(self) -> Ids:
        """All documents, ascending."""
        held = self._cache.find(self._key, (ALL,))
        if not held:
            rows = self._select(f"SELECT {IDS} FROM {self._table('entries')}")
            held = {ALL: _read_ids(rows[0][0])}
            self._cache.keep(self._key, held)
        return held[ALL]

    def load_postings(self, queries: Iterable[str]) -> None:
        """Reads ahead, in one step, the documents of queries: quoted lexemes, with ``PREFIX`` or without."""
        wanted = dict.fromkeys(query for query in queries if query not in self._postings)
        self._postings |= self._cache.find(self._key, wanted)
        missing = [query for query in wanted if query not in self._postings]
        if not missing:
            return
        rows = self._select(
            "SELECT asked.query, (SELECT string_agg(int4send(held.entry), ''::bytea) FROM "
            f"{self._table('lexemes')} held WHERE held.lexemes @@ asked.query::tsquery) "
            "FROM unnest(%s::text[]) asked(query)",
            missing,
        )
        found = {query: _read_ids(ids) for query, ids in rows}
        self._cache.keep(self._key, found)
        self._postings |= found

    def find_postings(self, query: str) -> Ids:
        """The documents that hold the lexeme, or any that begins so."""
        if query not in self._postings:
            self.load_postings((query,))
        return self._postings[query]

    def count_postings(self, queries: Mapping[K, str]) -> dict[K, int]:
        """How many documents answer each query."""
        self.load_postings(queries.values())
        return {key: len(self._postings[query]) for key, query in queries.items()}

    def find_dated(self, first: int | None, last: int | None) -> Ids:
        """The documents with a date within, both ends included."""
        rows = self._select(
            f"SELECT {IDS} FROM {self._table('entries')} WHERE date >= %s AND date <= %s",
            first if first is not None else 0,
            last if last is not None else 99_999_999,
        )
        return _read_ids(rows[0][0])

    def find_runs(self, field: str, run: str, among: Ids) -> Ids:
        """Which of the documents hold the run of terms in the field (``rows.join_terms``)."""
        checked, holding = self._runs.get((field, run), (NONE.ids, NONE.ids))
        new = np.setdiff1d(among, checked, assume_unique=True)
        if len(new):
            rows = self._select(
                f"SELECT {IDS} FROM {self._table('entries')} WHERE id = ANY(%s) AND strpos({field}, %s) > 0",
                new.tolist(),
                run,
            )
            checked = np.union1d(checked, new)
            holding = np.union1d(holding, _read_ids(rows[0][0]))
            self._runs[field, run] = checked, holding
        return np.intersect1d(holding, among, assume_unique=True)

    def count_words(self, terms: Iterable[str]) -> dict[str, int]:
        """How many documents hold each of the terms in their text."""
        lexemes = {make_lexeme("body_f", term): term for term in terms}
        missing = [lexeme for lexeme in lexemes if lexeme not in self._counts]
        if missing:
            table = self._table("words")
            rows = self._select(f"SELECT word, documents FROM {table} WHERE word = ANY(%s)", missing)
            self._counts |= dict.fromkeys(missing, 0) | {str(word): int(count) for word, count in rows}
        return {term: self._counts[lexeme] for lexeme, term in lexemes.items()}

    def rate_rarity(self, count: int) -> float:
        """The weight of a term that so many documents hold (BM25)."""
        return math.log1p((max(self.state.documents, count) - count + 0.5) / (count + 0.5))

    def load_frequencies(self, ids: Ids) -> FrequencyTable:
        """How often those documents, ascending, say their terms."""
        rows = self._select(
            f"SELECT frequencies, body_length, title_length FROM {self._table('entries')} WHERE id = ANY(%s) "
            "ORDER BY id",
            ids.tolist(),
        )
        body, title = (np.array([row[at] for row in rows], dtype=np.int64) for at in (1, 2))
        return FrequencyTable(ids, [row[0] for row in rows], {"body_f": body, "body": body, "title_f": title})

    def sort_newest(self, ids: Ids, first: int, limit: int) -> Ids:
        """Of the documents the newest first, without a date last."""
        rows = self._select(
            f"SELECT id FROM {self._table('entries')} WHERE id = ANY(%s) "
            "ORDER BY date DESC NULLS LAST, id OFFSET %s LIMIT %s",
            ids.tolist(),
            first,
            limit,
        )
        return np.array([number for (number,) in rows], dtype=np.int64)

    def name_documents(self, ids: Sequence[int]) -> list[str]:
        """The hash of each."""
        table = self._table("entries")
        names = dict(self._select(f"SELECT id, sha256 FROM {table} WHERE id = ANY(%s)", list(ids)))
        return [str(names[number]) for number in ids]

    def list_revisions(self) -> dict[str, int]:
        rows = self._select(f"SELECT sha256, revision FROM {self._table('entries')}")
        return {str(sha256): int(revision) for sha256, revision in rows}

    def count_values(self, ids: Ids) -> Iterable[tuple[str, str, int]]:
        """Field, value, and how many of the documents have it."""
        rows = self._select(
            "SELECT named.field, named.value, held.count FROM (SELECT facet, count(*) FROM "
            f"{self._table('entries')}, unnest(facets) facet WHERE id = ANY(%s) GROUP BY facet) held "
            f"JOIN {self._table('values')} named ON named.number = held.facet",
            ids.tolist(),
        )
        return [(str(field), value.decode("utf-8", "surrogatepass"), int(count)) for field, value, count in rows]

    def list_pages(self, sha256: str) -> list[tuple[int, str, str]]:
        """The pages of a long file: number, terms, figures (``rows.join_terms``)."""
        return self._select(
            f"SELECT page.number, page.words, page.figures FROM {self._table('pages')} page "
            f"JOIN {self._table('entries')} entry ON entry.id = page.entry WHERE entry.sha256 = %s ORDER BY 1",
            sha256,
        )

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        """Of the fields that are weighed by their length."""
        count = max(1, self.state.documents)
        body, title = self.state.body_total / count, self.state.title_total / count
        return {"body_f": body, "body": body, "title_f": title}

    @property
    def _key(self) -> tuple[int, int]:
        return self.state.number, self.state.moved

    def _table(self, table: str) -> str:
        return name_table(table, self.state.number)

    def _select(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(query.encode(), values).fetchall()


def write_query(lexeme: str, prefix: bool = False) -> str:
    """What PostgreSQL is asked for the lexeme."""
    return quote_lexeme(lexeme) + (PREFIX if prefix else "")


def _find_state(connection: psycopg.Connection, archive: str) -> GenerationState:
    row = connection.execute(
        "SELECT number, moved, documents, body_total, title_total, analysis "
        f"FROM {SCHEMA}.generations WHERE archive = %s AND answers".encode(),
        (archive,),
    ).fetchone()
    if row is None:
        raise IndexDamagedError
    if row[5] != ANALYSIS:
        raise IndexOutdatedError
    return GenerationState(*row[:5])


def _read_ids(data: bytes | None) -> Ids:
    """Ascending, each once: of a very long document several rows may answer."""
    return np.unique(np.frombuffer(data, ">i4").astype(np.int64)) if data else NONE.ids
