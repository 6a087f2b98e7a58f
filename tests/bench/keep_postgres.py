"""A PostgreSQL server for measuring: ``python -m tests.bench.keep_postgres FOLDER``, until it is interrupted.

The folder, with a short name (a socket lies in it), is made the first time and keeps its databases for the next. The
server writes as a real one does. Printed: the URL for ``EVIDENCE_DATABASE``.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from tests.bench.engine_server import SETTINGS
from tests.support.servers.postgres_server import find_postgres, run_postgres

ROOM = {
    "max_wal_size": "2GB", "shared_preload_libraries": "pg_stat_statements", "log_min_duration_statement": "500",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    programs = find_postgres()
    if programs is None:
        raise SystemExit("there is no PostgreSQL here")
    options.folder.mkdir(parents=True, exist_ok=True)
    options.folder.chmod(0o755)
    with run_postgres(programs, options.folder, **SETTINGS, **ROOM) as url:
        print(url.format(name="evidence"), flush=True)
        signal.sigwait([signal.SIGINT, signal.SIGTERM])


if __name__ == "__main__":
    main()
