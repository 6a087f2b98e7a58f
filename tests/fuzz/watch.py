"""``evidence read`` on a batch of mutants, with low limits, watched from outside: what must never happen.

* the program ends otherwise than with 0 or 3, or says a traceback;
* a file is told neither with a record nor with a reason;
* a file takes longer than all its limits together;
* a process is left when the program has ended (this process becomes the foster parent of orphans, and sees them);
* a file is left in the scratch folder, written beside it (home, working folder), or changed among the inputs.
"""

from __future__ import annotations

import ctypes
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fuzz.corpus import ROOT

PR_SET_CHILD_SUBREAPER = 36
LIMITS = """[limits]
pages = 3
frames = 3
render_pixels = 3_000_000
image_pixels = 20_000_000
part_bytes = 20_000_000
unpacked_bytes = 60_000_000
members = 40
memory_bytes = 700_000_000
cpu_seconds = 15
document_seconds = 20.0
page_seconds = 15.0
patience = 1.0
reply_bytes = 8_000_000
"""
# signatures, reading and extraction at 20 s, two tries at each of three pages at 15 + 30 s, and the start
PATIENCE = 3 * 20 + 3 * (15 + 30) + 25
EXITS = (0, 3)
OURS = {  # parts of sentences that name an exception of ours: contained, but a reason that helps nobody
    "This file could not be read (": "reader-failed",
    "could not be analysed (": "extract-failed",
    " failed (": "page-failed",
    "The program broke down over page": "page-fault",
    "could not read the header or the end of page": "page-engine-failed",
}
CRASHED = "The reader crashed"


@dataclass(slots=True)
class Seen:
    """What a run has seen: ``faults`` should be none, ``odd`` are reasons that name an exception."""

    files: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def add(self, other: Seen) -> None:
        self.files += other.files
        self.codes += other.codes
        self.odd += other.odd
        self.faults += other.faults
        self.slowest = max(self.slowest, other.slowest)


def foster() -> None:
    """Makes this process the parent of orphans, so that a child left behind is seen."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def watch(place: Path, files: dict[str, bytes]) -> Seen:
    """Reads the files in a folder of their own under ``place`` (must be empty) and tells what was seen."""
    for name in ("in", "tmp", "home", "here"):
        (place / name).mkdir()
    (place / "home" / "evidence").mkdir()
    (place / "home" / "evidence" / "evidence.toml").write_text(LIMITS)
    for name, data in files.items():
        (place / "in" / name).write_bytes(data)
    before = _tree(place)
    seen = Seen(len(files))
    lines, code, said = _run(place, list(files), seen)
    if code not in EXITS or "Traceback" in said:
        seen.faults.append(f"exit {code}: {said[-2000:]}")
    _told(lines, files, seen)
    seen.faults += [f"left running: {one}" for one in _orphans()]
    seen.faults += [f"written, changed or gone: {one}" for one in sorted(before ^ _tree(place))]
    return seen


def _tree(place: Path) -> set[tuple[str, int]]:
    """Every file and folder with its size."""
    return {(str(one.relative_to(place)), one.stat().st_size if one.is_file() else -1) for one in place.rglob("*")}


def _run(place: Path, names: list[str], seen: Seen) -> tuple[list[str], int, str]:
    """Lines on stdout, exit code, stderr. A file's seconds are those between its line and the one before."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    world = kept | {
        "HOME": str(place / "home"), "XDG_CONFIG_HOME": str(place / "home"), "TMPDIR": str(place / "tmp"),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "EVIDENCE_LANG": "en",
    }  # fmt: skip
    command = [sys.executable, "-m", "evidence", "read", "--json", "--jobs", "1", *(f"../in/{name}" for name in names)]
    log = place.with_suffix(".log")
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, cwd=place / "here", env=world, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        ) as process,
    ):
        out = _listen(process, seen)
    said = log.read_text("utf-8", "replace")
    log.unlink()
    return out.decode("utf-8", "replace").splitlines(), process.returncode, said


def _listen(process: subprocess.Popen[bytes], seen: Seen) -> bytes:
    """All it prints. It is killed where it says nothing for longer than a file may take."""
    assert process.stdout is not None
    got, last = bytearray(), time.monotonic()
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not waiting.select(PATIENCE):
                seen.faults.append(f"hangs: nothing for {PATIENCE} s after {got.count(10)} lines")
                os.killpg(process.pid, signal.SIGKILL)
                break
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                break
            got += piece
            if b"\n" in piece:
                seen.slowest, last = max(seen.slowest, time.monotonic() - last), time.monotonic()
    return bytes(got)


def _told(lines: list[str], files: dict[str, bytes], seen: Seen) -> None:
    told: dict[str, dict[str, Any]] = {}
    for line in lines:
        try:
            tree = json.loads(line)
        except ValueError:
            seen.faults.append(f"no JSON: {line[:200]!r}")
            continue
        told[tree["source"]["path"]] = tree
        _count(tree, seen)
    for name in files:
        if f"../in/{name}" not in told:
            seen.faults.append(f"neither record nor reason: {name}")


def _count(tree: dict[str, Any], seen: Seen) -> None:
    """The reasons of one file, or that it was read."""
    sentences = [(one["code"], one["sentence"]) for one in tree["problems"]]
    if tree["status"] == "unreadable" and not sentences:
        seen.faults.append(f"unreadable without a reason: {tree['source']}")
    seen.codes[tree["status"]] += 1
    for code, sentence in sentences:
        seen.codes[f"{tree['status']}: {code}"] += 1
        kind = next((name for part, name in OURS.items() if part in sentence), None)
        if kind or sentence.startswith(CRASHED):
            detail = sentence[sentence.find("(") + 1 : sentence.find(")")][:120]
            seen.odd[f"{kind or 'reader-crashed'} {tree['source']['media_type']}: {detail}"] += 1


def _orphans() -> list[str]:
    """Processes that came to us because their parent ended; they are ended and buried."""
    found = []
    time.sleep(0.05)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            if int(parent) != os.getpid():
                continue
            pid = int(folder.name)
            if state != "Z":
                found.append((folder / "cmdline").read_text("utf-8", "replace").replace("\0", " ")[:200] or folder.name)
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        except (OSError, ValueError):
            continue
    return found
