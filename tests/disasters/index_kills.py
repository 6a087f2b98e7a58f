"""A writer of the index, killed (-9) during its commits, again and again: nothing lost, the index always readable.

    .venv/bin/python -m tests.disasters.index_kills --kills 100 [--engine tantivy]

The writer stores documents a few at a time and commits the index after each handful, so that nearly every kill meets a
commit. After each kill a search must answer from an index (``answered``, no ``search-without-index``), know how many
documents wait, and find them all but those; after the last one the next writer catches up. Exit code 1 at a fault.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evidence.archive import facade, intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

ROOT = Path(__file__).resolve().parents[2]
HANDFUL = 3  # documents between two commits


def write(settings: Settings, folder: Path) -> None:
    """What the killed process does: hands papers in for ever."""
    intake.read_queue = text_pipeline.read_text_files  # type: ignore[assignment]
    facade.FEED_EVERY = HANDFUL
    dice = random.Random(os.getpid())
    with Archive.open(settings) as archive:
        print("ready", flush=True)
        for lot in range(1_000_000):
            place = folder / f"{os.getpid()}-{lot}"
            papers = {f"{at}.txt": make_paper(dice) for at in range(HANDFUL)}
            hand_in(archive, place, papers)


def make_paper(dice: random.Random) -> str:
    serial = dice.randrange(1_000_000_000)
    return f"Số: {serial}/BC-STC\nVề: báo cáo quyết toán {serial}\n" + "ngân sách " * dice.randrange(300)


def kill_writer(settings: Settings, folder: Path, dice: random.Random) -> None:
    """Starts the writer and kills it while it is at work."""
    command = [sys.executable, "-m", "tests.disasters.index_kills", "--write", str(settings.home), str(folder)]
    command += ["--engine", settings.search_engine]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2 + dice.random())
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def find_faults(settings: Settings) -> list[str]:
    """What is wrong with what a search answers now."""
    with Archive.open(settings) as archive:
        result = archive.search(SearchRequest("báo cáo quyết toán", 1), EVERYTHING)
        stored = archive.volume().documents
        waiting = next((int(note.params["count"]) for note in result.notes if note.code == "search-index-behind"), 0)
        faults = [str(damage) for damage in archive.verify()]
    codes = {note.code for note in result.notes} - {"search-index-behind"}
    if not result.answered or codes or not stored - waiting <= result.total <= stored:
        faults.append(f"{result.total} found, {waiting} wait, {stored} stored, {sorted(codes)}")
    return faults


def run(kills: int, seed: int, engine: str) -> list[str]:
    """The faults found; none is well."""
    dice = random.Random(seed)
    intake.read_queue = text_pipeline.read_text_files  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as place:
        folder, settings = Path(place) / "hồ sơ", Settings(home=Path(place) / "kho", search_engine=engine)
        with Archive.open(settings, create=True) as archive:
            hand_in(archive, folder / "first", {"a.txt": make_paper(dice)})
        for count in range(kills):
            kill_writer(settings, folder, dice)
            if faults := find_faults(settings):
                return [f"kill {count + 1}:", *faults]
        with Archive.open(settings) as archive:
            list(archive.ingest(walk([folder])))
            result, stored = archive.search(SearchRequest("báo cáo quyết toán", 1), EVERYTHING), archive.volume()
            faults = [str(damage) for damage in archive.verify()]
        if result.notes or result.total != stored.documents:
            faults.append(f"{result.total} found of {stored.documents} after catching up, {result.notes}")
        print(f"{stored.documents} documents", file=sys.stderr)
        return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=615)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--write", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(Settings(home=options.write[0], search_engine=options.engine), options.write[1])
    faults = run(options.kills, options.seed, options.engine)
    print("\n".join(faults) or f"{options.kills} kills, nothing lost, the index readable after each")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
