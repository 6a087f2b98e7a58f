"""An archive moved to PostgreSQL and back, each move killed once half way and asked for again:
``python -m tests.bench.moving HOME --criteria SET``.

The archive in HOME is copied, not changed. Told for each step: wall and processor time (of the program alone) and the
most memory; then whether every row and the findings' JSON are what they were.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.store.engines.plain_reading import ARCHIVE
from evidence.store.engines.table_copy import count_rows, find_difference
from evidence.store.folder import open_folder
from evidence.store.store import Store
from tests.bench.engine_server import SETTINGS
from tests.support.servers.postgres_server import find_postgres, run_postgres

MOVE = """
import sys
from pathlib import Path
from evidence.store.engines.database_move import move_database
move_database(Path(sys.argv[1]), sys.argv[2], None)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--criteria", required=True)
    parser.add_argument("--as-of", default="2026-01-31")
    parser.add_argument("--unit", action="append", default=[], help="findings of these units alone")
    parser.add_argument("--half-way", type=float, default=0.5, help="where a move is killed, as a part of its time")
    options = parser.parse_args()
    programs = find_postgres()
    if programs is None:
        raise SystemExit("there is no PostgreSQL here")
    with TemporaryDirectory(prefix="mv-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "pg").mkdir()
        with run_postgres(programs, place / "pg", **SETTINGS) as url:
            _measure(options, place, url.format(name="kho"))


def _measure(options: argparse.Namespace, place: Path, url: str) -> None:
    home, kept = place / "kho", place / "nhu truoc"
    for copy in (home, kept):
        shutil.copytree(options.home, copy)
    Store.open(home).close()  # of this version
    Store.open(kept).close()
    units = [word for unit in options.unit for word in ("--unit", unit)]
    check = ("check", "--criteria", options.criteria, "--as-of", options.as_of, "--format", "json", *units)
    findings = [_run("check on SQLite", "-m", "evidence", "-q", "--home", str(home), *check)]
    trial = shutil.copytree(home, place / "thu")
    begun = time.monotonic()
    _run("to PostgreSQL", "-c", MOVE, str(trial), url.replace("/kho?", "/thu?"))
    seconds = time.monotonic() - begun
    _kill(seconds * options.half_way, str(home), url)
    _run("the same after a kill", "-c", MOVE, str(home), url)
    _compare(kept, home)
    findings.append(_run("check on PostgreSQL", "-m", "evidence", "-q", "--home", str(home), *check))
    begun = time.monotonic()
    _run("back to SQLite", "-c", MOVE, str(trial), "sqlite")
    seconds = time.monotonic() - begun
    _kill(seconds * options.half_way, str(home), "sqlite")
    _run("the same after a kill", "-c", MOVE, str(home), "sqlite")
    _compare(kept, home)
    print(f"findings: {len(findings[0])} bytes, {'equal' if findings[0] == findings[1] else 'NOT EQUAL'}", flush=True)


def _run(step: str, *arguments: str) -> bytes:
    """What it printed; its costs are told."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall, busy, exit_code = time.monotonic() - begun, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)
    print(f"{step}: {wall:.1f} s, {busy:.1f} s of a core, {used.ru_maxrss // 1024} MB, exit {exit_code}", flush=True)
    return said


def _kill(seconds: float, home: str, to: str) -> None:
    before = open_folder(Path(home)).marker
    process = subprocess.Popen([sys.executable, "-c", MOVE, home, to])
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    state = "where it was" if open_folder(Path(home)).marker == before else "MOVED"
    print(f"killed after {seconds:.1f} s: {state}", flush=True)


def _compare(first: Path, second: Path) -> None:
    with (
        Store.open(first) as ours,
        Store.open(second) as theirs,
        ours.database.engine.reader.connect() as before,
        theirs.database.engine.reader.connect() as after,
    ):
        other = find_difference(before, after, {ARCHIVE})
        rows = sum(count_rows(before).values())
    print(f"{rows} rows: {'all equal' if other is None else f'OTHERS in {other}'}", flush=True)


if __name__ == "__main__":
    main()
