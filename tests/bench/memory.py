"""Memory over a run of any length, and of each step: ``.venv/bin/python -m tests.bench.samples.memory 100 1000 10000``.

Makes that many small files (text, PDF, DOCX, ``SCANS`` scans; behind 1,000 of them copies), ingests them in a process
of its own and looks at it four times a second: what that process holds itself, and what its largest child holds with
all it started (RSS: pages that both hold count in both). ``--draw`` draws ``docs/growth.svg`` from all measurements.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import resource
import selectors
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support import papers

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "memory"
SCANS = 24
EVERY = 0.25  # seconds between looks
POINTS = 150  # of a line that is drawn
LIMIT = 700  # MB, what a worker may hold
TICK = os.sysconf("SC_CLK_TCK")
RUN = """
import sys
from pathlib import Path
from evidence import config
from evidence.archive import Archive
from evidence.ingest.walk import walk
with Archive.open(config.load_settings(home=Path(sys.argv[1]), jobs=2), create=True) as archive:
    for one in archive.ingest(walk([Path(sys.argv[2])])):
        print(one.outcome, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Look:
    """After so many files: seconds of processor time used, MB of the parent, MB of its largest child."""

    files: int
    cpu: float
    parent: float
    child: float


# --- files --------------------------------------------------------------------------------------------------------


def make(folder: Path, count: int, distinct: int) -> None:
    """Of a hundred files 84 are text, ten PDF, six DOCX; a scan takes the place of one where its turn has come.

    Behind the first ``distinct`` files come copies of them in other folders: units hand one file in for many criteria.
    """
    own = min(count, distinct)
    scans = {round((at + 0.5) * own / SCANS) for at in range(SCANS)}
    letter = papers.digital(folder / "letter.pdf").read_bytes()
    word = papers.word(folder / "letter.docx").read_bytes()
    scan = papers.scanned(folder / "scan.pdf").read_bytes()
    for name in ("letter.pdf", "letter.docx", "scan.pdf"):
        (folder / name).unlink()
    for at in range(count):
        place = folder / "SNV" / f"{at // 500}"
        place.mkdir(parents=True, exist_ok=True)
        mark = b"%% %d" % at
        if at >= own:
            first = next((folder / "SNV" / f"{at % own // 500}").glob(f"{at % own:05}.*"))
            (place / f"{at:05}{first.suffix}").write_bytes(first.read_bytes())
        elif at in scans:
            (place / f"{at:05}.pdf").write_bytes(scan + mark)
        elif at % 10 == 3:
            (place / f"{at:05}.pdf").write_bytes(letter + mark)
        elif at % 17 == 5:
            (place / f"{at:05}.docx").write_bytes(word + mark)
        else:
            (place / f"{at:05}.txt").write_text(text(at), "utf-8")


def text(at: int) -> str:
    head = [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LẠNG SƠN",
        f"Số: {at + 1}/BC-UBND",
        f"Lạng Sơn, ngày {at % 28 + 1} tháng 3 năm 2025",
    ]
    body = f"Thực hiện Quyết định số {at + 7}/QĐ-TTg ngày 2/3/2024 của Thủ tướng Chính phủ về cải cách hành chính.\n"
    return "\n".join([*head, "BÁO CÁO", f"Công tác cải cách hành chính lần thứ {at}", body * 12])


# --- looking ------------------------------------------------------------------------------------------------------


def held(process: int) -> float:
    """MB that the process holds, shared or not."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Rss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def children(process: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def tree(process: int) -> float:
    """MB that the process and all that it started hold."""
    return held(process) + sum(tree(one) for one in children(process))


def used(process: int) -> float:
    """Seconds of processor time of the process and of its children that have ended."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(int(one) for one in fields[11:15]) / TICK
    return 0.0


def run(count: int, distinct: int) -> list[Look]:
    """Ingests that many files and looks on."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "files"
        folder.mkdir()
        make(folder, count, distinct)
        command = [sys.executable, "-c", RUN, str(Path(place) / "home"), str(folder)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        looks = list(look_on(process))
        if process.wait() != 0:
            raise SystemExit(f"ingest ended with {process.returncode}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert looks[-1].files == count, looks[-1]
        return [*looks, Look(count, cpu, looks[-1].parent, looks[-1].child)]


def look_on(process: subprocess.Popen[bytes]):  # type: ignore[no-untyped-def]
    """A look at least every so often, until the process closes its output. The child told is the largest since then."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    os.set_blocking(pipe, False)
    selector = selectors.DefaultSelector()
    selector.register(pipe, selectors.EVENT_READ)
    files, last, child = 0, 0.0, 0.0
    while True:
        selector.select(EVERY)
        piece = os.read(pipe, 1 << 16) if selector.select(0) else None
        if piece == b"":
            return
        files += (piece or b"").count(b"\n")
        now = time.monotonic()
        if now - last < EVERY:
            continue
        child = max([child, *(tree(one) for one in children(process.pid))])
        parent = held(process.pid)
        if parent:
            yield Look(files, used(process.pid), parent, child)
            child = 0.0
        last = now


# --- telling ------------------------------------------------------------------------------------------------------


Runs = dict[tuple[int, int], list[Look]]  # by files and different ones among them


def named(count: int, distinct: int) -> str:
    return f"{count:,}" if distinct >= count else f"{count:,} ({distinct:,} different)"


def table(runs: Runs) -> str:
    """One row a run: memory after a tenth and at the end, the peaks, files a second of processor time."""
    rows = ["| files | parent after a tenth | parent at the end | its peak | largest child | CPU s | files/CPU s |"]
    rows.append("|---|---|---|---|---|---|---|")
    for (count, distinct), looks in runs.items():
        early = next(one for one in looks if one.files >= count / 10)
        last, peak = looks[-1], max(one.parent for one in looks)
        child = max(one.child for one in looks)
        rows.append(
            f"| {named(count, distinct)} | {early.parent:.0f} MB | {last.parent:.0f} MB | {peak:.0f} MB "
            f"| {child:.0f} MB | {last.cpu:.0f} | {count / last.cpu:.1f} |"
        )
    return "\n".join(rows)


def thinned(looks: list[Look]) -> list[Look]:
    """Some ``POINTS`` of them, each with the most that was seen since the one before."""
    each = max(1, len(looks) // POINTS)
    lots = [looks[at : at + each] for at in range(0, len(looks), each)]
    return [
        Look(lot[-1].files, lot[-1].cpu, max(one.parent for one in lot), max(one.child for one in lot)) for lot in lots
    ]


def draw(runs: Runs, file: Path) -> None:
    """Memory over files, and files a second of processor time, each over the number of files stored so far."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "evidence"  # the same figures give the same file
    mpl.rcParams["svg.fonttype"] = "none"
    from matplotlib import pyplot

    figure, (memory, speed) = pyplot.subplots(2, 1, figsize=(8, 7), sharex=True, layout="constrained")
    colours = dict(zip(runs, itertools.cycle(("#7a9cc6", "#3b6ea5", "#12355b", "#8a5a83")), strict=False))
    for (count, distinct), seen in runs.items():
        looks = thinned(seen)
        files = [max(1, one.files) for one in looks]
        colour = colours[count, distinct]
        memory.plot(files, [one.parent for one in looks], color=colour, label=f"{named(count, distinct)} files: parent")
        begun = [(max(1, one.files), one.child) for one in looks if one.child]
        memory.plot(*zip(*begun, strict=True), ".", color=colour, markersize=3)
        steps = [looks[0], *(one for one in looks if one.files >= 10)]
        speed.plot([max(1, one.files) for one in steps], [one.files / max(one.cpu, 0.1) for one in steps], color=colour)
    memory.axhline(LIMIT, color="#b03a2e", linestyle="--", linewidth=1, label="limit of a worker")
    memory.set(ylabel="MB; dots: largest child", ylim=(0, LIMIT * 1.1), xscale="log")
    memory.legend(loc="center left", fontsize=8)
    speed.set(xlabel="files stored", ylabel="files a second of processor time", yscale="log")
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[])
    parser.add_argument("--draw", action="store_true", help="draw what was measured last")
    parser.add_argument("--distinct", type=int, default=1_000, help="behind that many files come copies of them")
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    for count in options.counts:
        looks = run(count, options.distinct)
        (OUT / f"{count}-{min(count, options.distinct)}.json").write_text(json.dumps([asdict(one) for one in looks]))
        print(table({(count, options.distinct): looks}), flush=True)
    runs: Runs = {}
    for file in sorted(OUT.glob("*-*.json"), key=lambda file: int(file.stem.split("-")[0])):
        count, distinct = map(int, file.stem.split("-"))
        runs[count, distinct] = [Look(**row) for row in json.loads(file.read_text())]
    if options.draw:
        draw(runs, ROOT / "docs" / "growth.svg")
        print(table(runs))


if __name__ == "__main__":
    main()
