"""Two ingesters on one archive, killed (-9) at random moments, again and again: nothing lost, doubled or half-stored.

    .venv/bin/python -m tests.disasters.kill_loop --rounds 50 [--headers]

Each round starts both, lets them tell some files, and kills both: two kills. After each the archive must be whole
(``verify``; an index behind is no loss, it is made anew) and hold every file that was told as stored; after the last
round one run completes, and each file is there once. Exit code 1 at the first fault.

With ``--headers`` each of the two reads headers first in half of the rounds: what was told as stored is whole then and
stays whole, whatever the other one knows of it; after the last run no body waits.
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

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from evidence.store.store import Store
from tests.support import text_pipeline
from tests.support.outcomes import outcomes

PAGE = "\fMột trang sau"
ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, files: int, dice: random.Random) -> None:
    """Files of unequal size in seven folders."""
    for at in range(files):
        place = folder / "SNV" / str(at % 7)
        place.mkdir(parents=True, exist_ok=True)
        text = f"Số: {at + 1}/BC-SNV\nVề: báo cáo {at}\n" + "chữ " * dice.randrange(3000) + PAGE * dice.randrange(3)
        (place / f"{at}.txt").write_text(text)


def start(home: Path, folder: Path, rounds: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.ingest_process", str(home), str(folder), rounds]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)


def attack(
    home: Path, folder: Path, dice: random.Random, headers: bool, done: set[str], most: int
) -> tuple[set[str], set[str]]:
    """Starts two, kills two once the first has told up to so many files that were not ``done`` before; the hashes
    that either told at all, and those told as stored or known."""
    processes = [start(home, folder, "headers" if headers and dice.random() < 0.5 else "") for _ in range(2)]
    first = processes[0].stdout
    assert first is not None
    lines, due = list[str](), dice.randrange(most)
    while due and (line := first.readline()):
        lines.append(line)
        due -= line.split()[-1] not in done
    time.sleep(dice.random() * 0.05)
    for process in processes:
        os.killpg(process.pid, signal.SIGKILL)
    for process in processes:
        assert process.stdout is not None
        lines += process.stdout.read().splitlines()
        process.wait()
    rows = [words for line in lines if len(words := line.split()) == 2 and len(words[1]) == 64]
    return {sha256 for _, sha256 in rows}, {sha256 for fate, sha256 in rows if fate != "header"}


def find_faults(settings: Settings, announced: set[str], done: set[str]) -> list[str]:
    """What is wrong with the archive now."""
    if not (settings.home / "evidence-archive.json").exists():
        return ["told as stored, but no archive"] if announced else []
    with Archive.open(settings) as archive:
        faults = [str(fault) for fault in archive.verify() if not fault.message.code.startswith("verify-index")]
        kept = archive._store.records(sorted(announced))
        waiting = set(archive._store.unfinished())
    faults += [
        f"marked wrongly: {sha256}" for sha256, record in kept.items() if record.unfinished != (sha256 in waiting)
    ]
    faults += [f"half: {sha256}" for sha256 in done & waiting]
    return faults + [f"lost: {sha256}" for sha256 in announced - kept.keys()]


def find_foreign(store: Store) -> list[str]:
    """Documents whose stored text is not that of the file of their hash."""
    return [
        f"under a wrong hash: {sha256}"
        for sha256 in store.hashes()
        if "\f".join(text for _, text in store.texts(sha256)).split()
        != store.originals.path(sha256).read_text().split()
    ]


def run(rounds: int, files: int, seed: int, headers: bool = False) -> list[str]:
    """The faults found in that many rounds; none is well."""
    dice, announced, done = random.Random(seed), set[str](), set[str]()
    with tempfile.TemporaryDirectory() as place:
        folder, settings, stored = Path(place) / "hồ sơ", Settings(home=Path(place) / "kho"), 0
        make(folder, files, dice)
        for count in range(rounds):
            seen, finished = attack(settings.home, folder, dice, headers, done, files if headers else 25)
            stored += len(finished - done)
            announced, done = announced | seen, done | finished
            if faults := find_faults(settings, announced, done):
                return [f"round {count + 1}:", *faults]
            print(f"round {count + 1}: {len(announced)} of {files} files announced and there", file=sys.stderr)
            if len(done) == files:  # all is stored: begin anew, so that every kill meets a run at work
                settings, announced, done = Settings(home=Path(place) / f"kho{count}"), set(), set()
        print(f"{stored} files reported stored in between", file=sys.stderr)
        intake.read_queue = text_pipeline.read_text_files  # type: ignore[assignment]
        with Archive.open(settings, create=True) as archive:
            count = len(list(outcomes(archive.ingest(walk([folder])))))
            volume = archive.volume()
            faults = [str(fault) for fault in archive.verify()] + list(archive._store.unfinished())
            faults += find_foreign(archive._store)
            hits = archive.search(SearchRequest("báo cáo", 1), EVERYTHING).total
        if (count, volume.documents, volume.submissions, hits) != (files, files, files, files):
            faults.append(f"{count} outcomes, {hits} hits, {volume}")
        return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--files", type=int, default=240)
    parser.add_argument("--seed", type=int, default=615)
    parser.add_argument("--headers", action="store_true")
    options = parser.parse_args()
    faults = run(options.rounds, options.files, options.seed, options.headers)
    print("\n".join(faults) or f"{2 * options.rounds} kills, nothing lost, doubled or half-stored")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
