"""What one may do at a time, one does at a time: in one folder, and in the folders of several machines."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from evidence.store.store import Store
from tests.support.servers.postgres_archives import is_asked_for

HOLDER = """
import sys, time
from pathlib import Path
from evidence.store.store import Store
with Store.open(Path(sys.argv[1])) as store, store.exclusive():
    print("in", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    """Two ways to one archive: the folders of two machines where its database is on a server, else one folder twice."""
    first, second = tmp_path / "may 1", tmp_path / "may 2"
    Store.open(first, create=True).close()
    if not is_asked_for():
        return first, first
    shutil.copytree(first, second)
    return first, second


def enter(home: Path, entered: threading.Event) -> threading.Thread:
    """Somebody who waits there until it is his turn."""

    def wait() -> None:
        with Store.open(home) as store, store.exclusive():
            entered.set()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_one_waits_for_the_other_and_both_write_meanwhile(homes: tuple[Path, Path]) -> None:
    first, second = homes
    entered = threading.Event()
    with Store.open(first) as store:
        with store.exclusive():
            thread = enter(second, entered)
            assert not entered.wait(0.7)
            with Store.open(second) as other, other.database.writing():
                pass  # only who wants the same waits
        assert entered.wait(20)
    thread.join()


def test_who_is_killed_holds_it_no_longer(homes: tuple[Path, Path]) -> None:
    first, second = homes
    entered = threading.Event()
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(first)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "in\n"
    thread = enter(second, entered)
    assert not entered.wait(0.7)
    holder.kill()
    killed = time.monotonic()
    assert entered.wait(20) and time.monotonic() - killed < 10
    thread.join()
    holder.communicate()
