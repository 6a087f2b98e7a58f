"""PostgreSQL for the tests: a private cluster in a folder of its own, reached by a socket there and by nothing else,
its processes those of a user without rights where the tests are root's (initdb refuses root)."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "evidence"
ACCOUNTS = ("postgres", "nobody")  # whose processes they may be
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "max_connections": "200",
    "max_locks_per_transaction": "128",
    "autovacuum": "off",
}


def find_postgres() -> Path | None:
    """The folder of its programs: Debian's newest version, or where the path has them."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    anywhere = shutil.which("initdb")
    return debian[-1].parent if debian else Path(anywhere).resolve().parent if anywhere else None


@contextmanager
def run_postgres(programs: Path, folder: Path, **settings: str) -> Iterator[str]:
    """A cluster in that folder, which is short enough for a socket's name, with what an earlier run left in it; the URL
    of its databases without a name."""
    account = _find_account()
    if account is not None:
        shutil.chown(folder, account)
    options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, **settings}.items())
    data = str(folder / "data")
    if not Path(data).exists():
        initdb = ("-D", data, "-E", "UTF8", "--no-locale", "-A", "trust", "-U", USER, "--no-sync")
        _run(account, programs / "initdb", *initdb)
    start = ("-D", data, "-w", "-l", str(folder / "log"), "-o", f"{options} -c unix_socket_directories={folder}")
    _run(account, programs / "pg_ctl", *start, "start")
    try:
        yield f"postgresql://{USER}@/{{name}}?host={folder}"
    finally:
        _run(account, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def restart_postgres(programs: Path, folder: Path) -> None:
    """Ends the cluster of that folder as a power cut would, and starts it again."""
    arguments = ("-D", str(folder / "data"), "-w", "-m", "immediate", "-l", str(folder / "log"), "restart")
    _run(_find_account(), programs / "pg_ctl", *arguments)


def _find_account() -> str | None:
    """Whose processes they are; None: our own."""
    return next((name for name in ACCOUNTS if _exists(name)), None) if os.getuid() == 0 else None


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(account: str | None, program: Path, *arguments: str) -> None:
    entry = pwd.getpwnam(account) if account else None
    subprocess.run(
        [str(program), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd="/",
        user=entry.pw_uid if entry else None,
        group=entry.pw_gid if entry else None,
        extra_groups=[] if entry else None,
    )
