"""Two who write at once, whichever database it is: nothing is lost, nothing is there twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.model.job import JobKind, JobRequest
from evidence.model.placement import Submission
from evidence.store import commands
from evidence.store.audit.audit_store import AuditQuery, AuditStore
from evidence.store.facts import Correction
from evidence.store.jobs.job_table import JobTable
from evidence.store.searches.index_log import IndexLog
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support.text_pipeline import store_text

WRITERS = 6


def race(home: Path, write: Callable[[Store, int], object]) -> None:
    """Every writer has the archive open for itself, and begins when all do."""
    gate, errors = threading.Barrier(WRITERS), []

    def begin(number: int) -> None:
        try:
            with Store.open(home) as store:
                gate.wait()
                write(store, number)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Store.open(tmp_path / "kho", create=True).close()
    return tmp_path / "kho"


def test_the_same_document_by_many_workers_is_there_once(home: Path) -> None:
    race(home, lambda store, _: store_text(store, "Số: 1/QĐ-X\fTrang hai"))
    with Store.open(home) as store:
        assert (store.volume().documents, store.volume().submissions) == (1, 1)
        assert AuditStore(store).count(AuditQuery(action="submitted")) == 1
        assert AuditStore(store).count(AuditQuery(action="stored")) == 1
        assert [damage.message.code for damage in find_damages(store)] == []


def test_the_same_submission_by_many_workers_is_there_once(home: Path) -> None:
    with Store.open(home) as store:
        sha256 = store_text(store, "Số: 1/QĐ-X")
    taken: list[bool] = []
    race(home, lambda store, _: taken.append(store.submit(Submission(sha256, "STC/2/bc.txt", "STC", "2"))))
    with Store.open(home) as store:
        assert sorted(taken) == [False] * (WRITERS - 1) + [True]
        assert [each.unit for each in store.submissions()] == ["SNV", "STC"]


def test_every_announcement_gives_a_revision_of_its_own(home: Path) -> None:
    with Store.open(home) as store:
        sha256 = store_text(store, "Số: 1/QĐ-X")
        before = store.revision(sha256)

    def correct(store: Store, number: int) -> None:
        store.correct(Correction(sha256, "number", f"{number + 1}/QĐ-X", "An", commands.current_time()))

    race(home, correct)
    with Store.open(home) as store:
        assert store.revision(sha256) == before + WRITERS
        assert len(store.corrections(sha256)) == WRITERS
        assert AuditStore(store).find_break() is None


def test_what_is_announced_while_an_index_settles_is_not_lost(home: Path) -> None:
    """A writer has its number from the log and has not committed; the feeder reads, and settles what it read."""
    with Store.open(home) as store, Store.open(home) as feeding:
        first, log = store_text(store, "Số: 1/QĐ-X"), IndexLog(feeding, "whoosh@local")
        log.advance(0)
        written, go_on = threading.Event(), threading.Event()

        def write_slowly() -> None:
            with store.database.writing() as session:
                commands.queue_indexing(session, first)
                session.flush()
                written.set()
                go_on.wait(5)

        slow = threading.Thread(target=write_slowly)
        slow.start()
        assert written.wait(5)
        quick = threading.Thread(target=lambda: store_text(feeding, "Số: 2/QĐ-X", "SNV/1.2/hai.txt"))
        quick.start()
        quick.join(0.3)  # it waits for the slow one: were it let in, its number would be the higher one
        read = log.read(99)
        go_on.set()
        slow.join()
        quick.join()
        log.advance(read[-1][0])
        left = [sha256 for _, sha256 in log.read(99)]
        assert first in left and len(left) >= 2 and log.waiting() == set(left)


def test_a_job_is_taken_by_one(home: Path) -> None:
    with Store.open(home) as store:
        number = JobTable(store).add(JobRequest(JobKind.REREAD, "1", b""))
    taken = []
    race(home, lambda store, name: taken.append(JobTable(store).take((JobKind.REREAD,), f"w{name}")))
    assert [job.id for job in taken if job is not None] == [number]
