"""Words of born-digital PDFs by two versions.

    .venv/bin/python -m tests.bench.paired_words --against CHECKOUT [--every N] [--rounds N] [PDF, folder ...]

What ``tests.bench.pdf_words`` measures of ours, here and in a checkout of another commit, file by file in turns, each
in a process of its own that lives on, so that other work on the machine meets both; of each file the least of the
rounds. Only files of which both use the same number of pages count.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pdf_words import ROOT, files

WORKER = """
import gc, inspect, json, sys, tempfile, time
from pathlib import Path
from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.pdf import reader
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Origin, Page

gc.disable()  # as in the reading child
read_page, limits = reader._read_page, Limits()
try:
    from evidence.ingest.pdf.file_probe import FileProbe
except ImportError:  # versions before hidden text was looked for
    FileProbe = None

def read(file, every):
    pages, began = 0, time.process_time()
    try:
        opened = reader.open_pdf(file)
    except UnreadableError:
        return 0, 0.0
    spent = time.process_time() - began
    with tempfile.TemporaryDirectory() as scratch:
        request = ReadRequest(file, Path(scratch), limits)
        further = [FileProbe(file), []] if FileProbe else []
        for index in range(0, min(len(opened), limits.pages), every):
            began = time.process_time()
            page = read_page(opened, index, request, *further)[0]
            if isinstance(page, Page) and page.origin is Origin.TEXT:
                pages, spent = pages + 1, spent + time.process_time() - began
    return pages, spent

for line in sys.stdin:
    name, every = json.loads(line)
    print(json.dumps(read(Path(name), every)), flush=True)
"""


@dataclass
class Worker:
    """A version at work in a process of its own."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, checkout: Path) -> Worker:
        environment = {**os.environ, "PYTHONPATH": str(checkout)}
        command = [sys.executable, "-c", WORKER]
        pipe = subprocess.PIPE
        return cls(
            subprocess.Popen(
                command, cwd=checkout, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
            )
        )

    def measure_file(self, file: Path, every: int) -> tuple[int, float]:
        """Pages whose own text is used, and processor seconds."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([str(file), every]), file=self.process.stdin, flush=True)
        pages, seconds = json.loads(self.process.stdout.readline())
        return pages, seconds

    def stop(self) -> None:
        self.process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, required=True, help="a checkout of the other version")
    parser.add_argument("--every", type=int, default=4, help="only each so-manieth page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("given", nargs="*", type=Path, default=[ROOT / "samples"])
    options = parser.parse_args()
    before, now = Worker.start(options.against.resolve()), Worker.start(ROOT)
    total, sums, ratios = 0, [0.0, 0.0], []
    for file in [path.resolve() for path in files(options.given)]:
        turns = [[worker.measure_file(file, options.every) for worker in (before, now)] for _ in range(options.rounds)]
        (pages, old), (own, new) = (min(column) for column in zip(*turns, strict=True))
        if pages and pages == own:
            total, sums = total + pages, [sums[0] + old, sums[1] + new]
            ratios.append(new / old)
            times = f"{1000 * old / pages:7.2f} {1000 * new / pages:7.2f} ms/page {new / old:5.2f}"
            print(f"{times} {pages:4} {file.name[:60]}")
    before.stop()
    now.stop()
    if total:
        times = f"{1000 * sums[0] / total:.2f} and {1000 * sums[1] / total:.2f} ms a page"
        share = f"{sums[1] / sums[0]:.3f} of all, median file {statistics.median(ratios):.2f}"
        print(f"{len(ratios)} files, {total} pages: {times}: {share}")


if __name__ == "__main__":
    main()
