"""Two who write at once, whichever database it is: nothing is lost, nothing is there twice.

Each writer lingers before it commits, so that another who is let in meanwhile has read what was before: without the
lock that lets one in at a time, each of these fails.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from evidence.model.job import JobKind, JobRequest
from evidence.model.placement import Submission
from evidence.store import commands
from evidence.store.audit.audit_store import AuditQuery, AuditStore
from evidence.store.jobs.job_table import JobTable
from evidence.store.searches.index_log import IndexLog
from evidence.store.store import Store
from evidence.store.verify import find_damages
from tests.support.text_pipeline import store_text

WRITERS = 4
LINGERS = 0.15  # seconds, unless all have come


@contextmanager
def lingering() -> Iterator[None]:
    """Whoever is about to commit waits for the others to come as far, for a moment."""
    arrived: list[Session] = []
    all_here = threading.Event()

    def linger(session: Session) -> None:
        arrived.append(session)
        if len(arrived) >= WRITERS:
            all_here.set()
        all_here.wait(LINGERS)

    event.listen(Session, "before_commit", linger)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", linger)


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
    with lingering():
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
        assert AuditStore(store).count(AuditQuery(action="read again")) == 0
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

    race(home, lambda store, number: store.submit(Submission(sha256, f"STC/{number}/bc.txt", "STC", str(number))))
    with Store.open(home) as store:
        assert store.revision(sha256) == before + WRITERS
        assert len(store.submissions(sha256)) == 1 + WRITERS
        assert AuditStore(store).find_break() is None


def test_what_is_announced_while_an_index_settles_is_not_lost(home: Path) -> None:
    """A writer has its number from the log and has not committed; the feeder reads, and settles what it read."""
    with Store.open(home) as store, Store.open(home) as feeding:
        first, second = store_text(store, "Số: 1/QĐ-X"), store_text(store, "Số: 2/QĐ-X", "SNV/1.2/hai.txt")
        log = IndexLog(feeding, "whoosh@local")
        log.advance(log.find_end())
        written, tried, go_on = threading.Event(), threading.Event(), threading.Event()

        def write_slowly() -> None:
            with store.database.writing() as session:
                commands.queue_indexing(session, first)
                session.flush()
                written.set()
                go_on.wait(5)

        def write_quickly() -> None:
            tried.set()
            with feeding.database.writing() as session:
                commands.queue_indexing(session, second)

        slow = threading.Thread(target=write_slowly)
        slow.start()
        assert written.wait(5)
        quick = threading.Thread(target=write_quickly)
        quick.start()
        assert tried.wait(5)
        quick.join(0.4)  # it waits for the slow one: were it let in, its number would be the higher one
        read = log.read(99)
        go_on.set()
        slow.join()
        quick.join()
        if read:
            log.advance(read[-1][0])
        assert [sha256 for _, sha256 in log.read(99)] == [first, second]
        assert log.waiting() == {first, second}


def test_a_job_is_taken_by_one(home: Path) -> None:
    with Store.open(home) as store:
        number = JobTable(store).add(JobRequest(JobKind.REREAD, "1", b""))
    taken = []
    race(home, lambda store, name: taken.append(JobTable(store).take((JobKind.REREAD,), f"w{name}")))
    assert [job.id for job in taken if job is not None] == [number]
