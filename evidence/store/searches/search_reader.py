"""What a search reads of the archive, by plain SQL, a few queries for all hits together (``plain_reading``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.store.corrections import apply_corrections
from evidence.store.engines.plain_reading import ReadConnections
from evidence.store.facts import Correction, hold_submission, make_submission
from evidence.store.searches.stored_bytes import StoredPage, batch_hashes, decode_record

# what a submission is made of, in the order of SubmissionRow
SUBMISSION = "id, sha256, path, unit, criterion, received, claimed_number, claimed_date, page, path_bytes, by_layout"
PAGE_BATCH = 100  # documents whose pages one query names; SQLite takes no more than 1,000 alternatives
SubmissionRow = tuple[
    int, str, str, str, str, str | None, str | None, str | None, int | None, bytes | None, bool | None
]
ChangeRow = tuple[int, str, str, str]  # submission, action, unit, criterion


class SearchReader:
    """One archive; ``archive`` is its identity; ``address``: where its database is that other machines reach too, None:
    in its folder. ArchiveError from any method: the database fails, or is damaged."""

    def __init__(self, folder: Path, archive: str, connections: ReadConnections, address: str | None = None) -> None:
        self.folder, self.archive, self.connections, self.address = folder, archive, connections, address

    def sharing(self) -> AbstractContextManager[None]:
        """All that is read in the block sees one moment."""
        return self.connections.sharing()

    def load_records(self, wanted: Sequence[str]) -> dict[str, Record]:
        """Those records that are there, corrections and all, by hash."""
        records: dict[str, Record] = {}
        with self.connections.connecting() as connection:
            for batch in batch_hashes(wanted):
                corrected = (
                    f"SELECT sha256, field, value, author, at, page FROM corrections WHERE {_one_of(batch)} ORDER BY id"
                )
                corrections: dict[str, list[Correction]] = {}
                for row in connection.execute(corrected, batch):
                    corrections.setdefault(row[0], []).append(Correction(*row))
                for sha256, data in connection.execute(
                    f"SELECT sha256, data FROM records WHERE {_one_of(batch)}", batch
                ):
                    machine = decode_record(sha256, data)
                    records[sha256] = apply_corrections(machine, corrections.get(sha256, ()))
        return {sha256: records[sha256] for sha256 in wanted if sha256 in records}

    def load_revisions(self, wanted: Sequence[str]) -> dict[str, int]:
        """The revisions of those documents, by hash."""
        revisions: dict[str, int] = {}
        with self.connections.connecting() as connection:
            for batch in batch_hashes(wanted):
                query = f"SELECT sha256, revision FROM documents WHERE {_one_of(batch)}"
                revisions.update(connection.execute(query, batch).fetchall())
        return revisions

    def load_pages(self, wanted: Mapping[str, Collection[int]]) -> dict[str, list[StoredPage]]:
        """The pages of those numbers, by document, in order."""
        pages: dict[str, list[StoredPage]] = {}
        places = [(sha256, tuple(numbers)) for sha256, numbers in wanted.items() if numbers]
        with self.connections.connecting() as connection:
            for first in range(0, len(places), PAGE_BATCH):
                batch = places[first : first + PAGE_BATCH]
                terms = [f"(sha256 = ? AND {_one_of(numbers, 'number')})" for _, numbers in batch]
                values = [value for sha256, numbers in batch for value in (sha256, *numbers)]
                query = f"SELECT sha256, number, data FROM pages WHERE {' OR '.join(terms)} ORDER BY sha256, number"
                for row in connection.execute(query, values):
                    pages.setdefault(row[0], []).append(StoredPage(*row))
        return pages

    def load_texts(self, sha256: str) -> tuple[tuple[int, str], ...]:
        """Number and text of each page of the document."""
        query = "SELECT sha256, number, data FROM pages WHERE sha256 = ? ORDER BY number"
        with self.connections.connecting() as connection:
            pages = [StoredPage(*row) for row in connection.execute(query, (sha256,))]
        return tuple((page.number, page.read_text().text) for page in pages)

    def submissions_of(self, hashes: Iterable[str]) -> dict[str, tuple[Submission, ...]]:
        """What is handed in of each of those documents, as it holds; one of which nothing is has no entry."""
        submissions: dict[str, list[Submission]] = {}
        for batch in batch_hashes(tuple(hashes)):
            for submission in self._load_held(_one_of(batch), batch):
                submissions.setdefault(submission.sha256, []).append(submission)
        return {sha256: tuple(held) for sha256, held in submissions.items()}

    def load_submissions(self) -> tuple[Submission, ...]:
        """All that is handed in, as it holds, in the order it came."""
        return tuple(self._load_held("1 = 1", ()))

    def count_documents(self) -> int:
        with self.connections.connecting() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def _load_held(self, condition: str, values: Sequence[str]) -> list[Submission]:
        """Submissions with the last change of each."""
        changes = (
            "SELECT submission, action, unit, criterion FROM submission_changes WHERE id IN ("
            "SELECT max(id) FROM submission_changes WHERE submission IN "
            f"(SELECT id FROM submissions WHERE {condition}) GROUP BY submission)"
        )
        query = f"SELECT {SUBMISSION} FROM submissions WHERE {condition} ORDER BY id"
        with self.connections.connecting() as connection:
            latest: dict[int, ChangeRow] = {row[0]: row for row in connection.execute(changes, values)}
            rows: list[SubmissionRow] = connection.execute(query, values).fetchall()
        held = (_hold(row, latest.get(row[0])) for row in rows)
        return [submission for submission in held if submission is not None]


def _hold(row: SubmissionRow, change: ChangeRow | None) -> Submission | None:
    """The submission as it holds; None where it is withdrawn."""
    submission = make_submission(*row[1:])
    return hold_submission(submission, *change[1:]) if change else submission


def _one_of(values: Collection[object], column: str = "sha256") -> str:
    """The condition that the column holds one of so many values."""
    return f"{column} IN ({','.join('?' * len(values))})"
