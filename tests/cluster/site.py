"""A site of several machines on this one: PostgreSQL, an S3 store, a folder a machine, workers as processes of their
own. What it needs is installed by ``make cluster``."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.archive.engines.moving import move_originals
from evidence.archive.facade import Archive
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.config import Settings, load_settings
from evidence.search.scope import units_only
from evidence.store.criteria_sets import CriteriaSetStore
from tests.archive.stored_findings.test_refresh import DUE, SET
from tests.support.servers.object_store import ObjectStoreServer, find_weed, run_object_server
from tests.support.servers.postgres_server import find_postgres, restart_postgres, run_postgres

UNIT = "SA"
OF_UNIT = units_only([UNIT])


@dataclass
class Site:
    """``homes``: a folder a machine, all of one archive; ``programs`` and ``server``: of PostgreSQL; ``objects``: of
    S3."""

    homes: tuple[Path, ...]
    programs: Path
    server: Path
    objects: ObjectStoreServer
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def settings(self, machine: int = 0) -> Settings:
        return load_settings(self.homes[machine])

    def add_machine(self) -> int:
        """One more, with nothing in its folder."""
        self.homes = (*self.homes, self.homes[0].with_name(f"machine {len(self.homes) + 1}"))
        return len(self.homes) - 1

    def start_worker(self, machine: int, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "evidence", "--home", str(self.homes[machine]), "worker"]
        process = subprocess.Popen([*command, *options], env={**os.environ, "EVIDENCE_JOBS": "1"})
        self.workers.append(process)
        return process

    def restart_database(self) -> None:
        restart_postgres(self.programs, self.server)

    def stop(self) -> None:
        for process in self.workers:
            process.terminate()
        for process in self.workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@contextmanager
def run_site(machines: int, criteria: str = SET) -> Iterator[Site]:
    """A site with an archive of one set, with the places that ``SET`` has; its variables hold in this process too."""
    programs, weed = find_postgres(), find_weed()
    assert programs is not None and weed is not None, "run `make cluster`: it installs the servers"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="site-")))
        server = stack.enter_context(_short_folder())
        url = stack.enter_context(run_postgres(programs, server, fsync="on"))
        (folder / "s3").mkdir()
        objects = stack.enter_context(run_object_server(weed, folder / "s3"))
        variables = {**objects.variables, "EVIDENCE_DATABASE": url.format(name="site")}
        stack.enter_context(changed_environment(variables))
        homes = tuple(folder / f"machine {number}" for number in range(1, machines + 1))
        site = Site(homes, programs, server, objects)
        with Archive.open(site.settings(), create=True) as archive:
            CriteriaSetStore(archive._store).put("bo", criteria.format(name="bo", due=DUE), "bo.yaml", "0" * 64)
        move_originals(site.settings(), "s3://originals/site")
        for machine in range(1, machines):
            Archive.open(site.settings(machine), create=True).__exit__(None, None, None)
        stack.callback(site.stop)
        yield site


def hand_in(archive: Archive, files: Sequence[Path], unit: str = UNIT) -> int:
    """The number of the receipt of those files."""
    scope = units_only([unit])
    drafts = [archive.uploads.spool(unit, file.name, "Hoa", [file.read_bytes()], scope) for file in files]
    handed = tuple(HandedUpload(draft.token, "1.1") for draft in drafts)
    return archive.uploads.hand_in(HandInRequest(unit, "bo", "Hoa", handed), scope).number


def list_processes(parent: int) -> list[int]:
    """That process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            parents.setdefault(int(after_name[1]), []).append(int(folder.name))
    found, waiting = [], [parent]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def wait_until(seconds: float) -> Iterator[float]:
    """The seconds that went by, again and again until so many did."""
    began = time.monotonic()
    while (gone := time.monotonic() - began) < seconds:
        yield gone
        time.sleep(0.1)


def kill(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def _short_folder() -> Iterator[Path]:
    """Short enough for the name of a socket in it."""
    with TemporaryDirectory(prefix="pg-") as folder:
        yield Path(folder)


@contextmanager
def changed_environment(variables: dict[str, str]) -> Iterator[None]:
    """As long as the block lasts."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
