"""What stores originals beside the workers, as processes that may be killed: a web node that hands files in, one after
the other, and whoever sweeps a bucket, over and over, with its clock two days on.

``python -m tests.cluster.storing hand-in HOME FOLDER`` and ``… sweep HOME``. What was handed in is told, a name a line.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.config import load_settings
from evidence.errors import ArchiveError
from evidence.store.objects.bucket_upkeep import GRACE, sweep_bucket
from tests.cluster.site import hand_in

PAUSE = 0.2  # seconds


def hand_in_files(archive: Archive, folder: Path) -> None:
    """Every file of the folder that is not noted beside it as handed in, until all are."""
    noted = folder.with_suffix(".done")
    done = noted.read_text().split() if noted.exists() else []
    while left := [file for file in sorted(folder.iterdir()) if file.name not in done]:
        for file in left:
            try:
                hand_in(archive, [file])
            except ArchiveError:  # the store is away, or the original is being swept: a person does it again
                time.sleep(PAUSE)
                continue
            done.append(file.name)
            with noted.open("a") as log:
                log.write(f"{file.name}\n")


def sweep_for_ever(archive: Archive) -> None:
    """Objects of today count as two days old."""
    while True:
        with contextlib.suppress(ArchiveError):
            sweep_bucket(archive._store, lambda: time.time() + 2 * GRACE)
        time.sleep(PAUSE)


if __name__ == "__main__":
    with Archive.open(load_settings(Path(sys.argv[2])), indexing=False) as opened:
        if sys.argv[1] == "hand-in":
            hand_in_files(opened, Path(sys.argv[3]))
        else:
            sweep_for_ever(opened)
