"""OCR of the same pages by OCRmyPDF and by us, in turns: pages a second with all cores, processor seconds a page.

    .venv/bin/python -m tests.bench.ocr [--ocrmypdf PROGRAM] [--engines together tesseract] [--rounds 3] [FILE...]

Default files: the labelled scans beside the project (``../shared``). Their pages are first made into PDFs of nothing
but page images (grey JPEG at the scan's own resolution), without text layers and signatures, so that both read the same
and OCRmyPDF needs no flag to begin; it is called as an archive would call it for text alone: ``--output-type pdf
--optimize 0``, all cores. We do our whole job: read in walled-in children, second look at headers, records. In each
round every contestant reads all files, one after the other, so that other work on the machine meets all of them; what
counts are the ratios of a round. Peak memory: of the largest child.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from PIL import Image

from evidence.config import Limits, Settings
from evidence.ingest.pdf.render import render_page
from evidence.model.geometry import POINTS
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
PLAIN = "OCRmyPDF"
JPEG = 90  # quality


def labelled() -> list[Path]:
    """The labelled scans; none where the folder is absent."""
    listed = DOCUMENTS / "gold.jsonl"
    golds = [json.loads(line) for line in listed.read_text("utf-8").splitlines()] if listed.exists() else []
    return [DOCUMENTS / one["file"] for one in golds if one["kind"] == "pdf-scanned"]


def images_only(file: Path, folder: Path) -> tuple[Path, int]:
    """The pages as a PDF of images, and how many."""
    document = pypdfium2.PdfDocument(file)
    document.init_forms()
    pages = []
    for index in range(len(document)):
        picture, scale = render_page(document[index], Limits())
        jpeg = folder / f"{index}.jpg"
        Image.fromarray(picture).save(jpeg, quality=JPEG)
        with Image.open(jpeg) as picture:
            picture.load()
            pages.append((picture.copy(), POINTS / scale))
    made = folder / f"{file.stem[:12]}.pdf"
    pages[0][0].save(
        made, "PDF", save_all=True, append_images=[one for one, _ in pages[1:]], resolution=pages[0][1], quality=JPEG
    )
    return made, len(pages)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds, and megabytes of the largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, check=False)
        if done.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{said.read().decode('utf-8', 'replace')[-2000:]}")
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1000


def run(name: str, program: str, files: list[Path], folder: Path) -> tuple[float, float, float]:
    """One contestant reads all files."""
    cores = str(len(os.sched_getaffinity(0)))
    if name != PLAIN:
        return measured([sys.executable, __file__, "--child", name, *map(str, files)])
    flags = ["--output-type", "pdf", "--optimize", "0", "-l", "vie", "--jobs", cores, "--quiet"]
    told = [measured([program, *flags, str(file), str(folder / "out.pdf")]) for file in files]
    return sum(one[0] for one in told), sum(one[1] for one in told), max(one[2] for one in told)


def child(engine: str, files: list[Path]) -> None:
    """What a contestant of ours does, from its start on."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), jobs=len(os.sched_getaffinity(0)), engine=engine)
        sources = [request_file(file, settings.limits) for file in files]
        for outcome in pipeline.read_files(sources, settings):
            print(len(outcome.document.pages), outcome.record.number.value)


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--ocrmypdf", default="ocrmypdf", help="the program to measure against")
    parser.add_argument("--engines", nargs="+", default=["together", "tesseract"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.child, options.files)
    program = shutil.which(options.ocrmypdf)
    names = [*([PLAIN] if program else []), *options.engines]
    if program is None:
        print(f"{options.ocrmypdf} is not installed: measured without it", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [images_only(file, folder) for file in options.files or labelled()]
        pages = sum(count for _, count in made)
        if not pages:
            return print("no scans beside the project (../shared) and none named: nothing measured", file=sys.stderr)
        print(f"{len(made)} files, {pages} pages, {len(os.sched_getaffinity(0))} cores, {options.rounds} rounds")
        told: dict[str, list[tuple[float, float, float]]] = {one: [] for one in names}
        for turn in range(options.rounds):
            for one in names[turn % len(names) :] + names[: turn % len(names)]:
                told[one].append(run(one, program or "", [file for file, _ in made], folder))
                wall, cpu, _ = told[one][-1]
                print(f"  round {turn + 1} {one}: {pages / wall:.2f} pages/s, {cpu / pages:.2f} s a page", flush=True)
    for one, runs in told.items():
        line = f"{one:10} pages/s {spread([pages / wall for wall, _, _ in runs])}"
        line += (
            f"  processor s/page {spread([cpu / pages for _, cpu, _ in runs])}  {max(run[2] for run in runs):.0f} MB"
        )
        if program and one != PLAIN:
            ratios = [plain[0] / own[0] for plain, own in zip(told[PLAIN], runs, strict=True)]
            work = [plain[1] / own[1] for plain, own in zip(told[PLAIN], runs, strict=True)]
            line += f"  {PLAIN} takes {spread(ratios)} times as long, {spread(work)} times the processor time"
        print(line)
    return None


if __name__ == "__main__":
    main()
