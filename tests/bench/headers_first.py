"""How early the first results come: ``.venv/bin/python -m tests.bench.samples.headers_first FOLDER`` (or files).

Ingests twice, with and without ``--headers-first``, each time into a new archive; tells processor time (this process
and its children) until the first record, until a record of every file is stored, and until all is read.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from evidence import config
from evidence.archive.facade import Archive
from evidence.ingest.sources.walk import walk
from tests.support.outcomes import outcomes


def spent() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(paths: Sequence[Path], headers: bool) -> None:
    offered = tuple(walk(paths))
    with tempfile.TemporaryDirectory() as place:
        settings = config.load_settings(home=Path(place) / "home")
        began, clock, seen = spent(), time.monotonic(), dict[str, float]()
        with Archive.open(settings, create=True) as archive:
            for one in outcomes(archive.ingest(offered, headers_first=headers)):
                seen.setdefault(one.path, spent() - began)
            whole, pages = spent() - began, archive.volume().pages
        early = [seen[str(one.path)] for one in offered if str(one.path) in seen]
        how = "headers first" if headers else "whole files"
        print(
            f"| {how} | {len(offered)} files, {pages} pages | {min(early):.1f} s | {max(early):.1f} s | {whole:.1f} s "
            f"| {time.monotonic() - clock:.0f} s |",
            flush=True,
        )


def main(paths: Sequence[str]) -> None:
    print("| way | what | first record | a record of every file | all read | by the clock |\n|---|---|---|---|---|---|")
    for headers in (True, False):
        measure([Path(path) for path in paths], headers)


if __name__ == "__main__":
    main(sys.argv[1:])
