"""A run of ingest in a process of its own, to be killed:
``python -m tests.support.ingest_process HOME FOLDER [headers]``."""

from __future__ import annotations

import sys
from pathlib import Path

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from tests.support.outcomes import outcomes
from tests.support.text_pipeline import read_text_files


def main(home: str, folder: str, rounds: str = "") -> None:
    intake.read_queue = read_text_files  # type: ignore[assignment]
    with Archive.open(Settings(home=Path(home)), create=True) as archive:
        for outcome in outcomes(archive.ingest(walk([Path(folder)]), headers_first=rounds == "headers")):
            print(outcome.outcome, outcome.sha256, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
