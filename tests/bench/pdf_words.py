"""How fast words with boxes come from born-digital PDFs: ``-m tests.bench.pdf_words [--every N] [PDF, folder ...]``.

Our whole way from the opened file to a page's lines (characters, old fonts, objects, fields, words, rows, notices,
judging the layer) against ``extract_words`` of pdfplumber, on the pages whose own text is used; processor time, file by
file in turns, each in a process of its own, so that neither pays for the other's garbage. Beside the time: whose text
is better. A word that pdfplumber has and we have not is a *lost* one, and
the page is listed, if its letters are missing too; else it is the same text, cut into words elsewhere.
"""

from __future__ import annotations

import argparse
import gc
import logging
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Origin, Page

ROOT = Path(__file__).resolve().parents[2]
Tokens = Counter[str]


@dataclass
class Sums:
    """Seconds and pages, and how many words the two have in common."""

    ours: float = 0.0
    theirs: float = 0.0
    pages: int = 0
    shared: int = 0
    told: int = 0  # by pdfplumber
    lost: list[str] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)


def read(file: Path, every: int) -> tuple[dict[int, Page], float]:
    """The pages whose own text is used, and the seconds that they took; garbage is left, as in ``steps.read``."""
    gc.disable()
    pages: dict[int, Page] = {}
    began = time.process_time()
    try:
        opened = pdf.open_pdf(file)
    except UnreadableError:
        return {}, 0.0
    spent = time.process_time() - began
    with tempfile.TemporaryDirectory() as scratch:
        order, probe = ReadRequest(file, Path(scratch), Limits()), FileProbe(file)
        for index in range(0, min(len(opened), Limits().pages), every):
            began = time.process_time()
            page, _ = pdf._read_page(opened, index, order, probe, [])
            if isinstance(page, Page) and page.origin is Origin.TEXT:
                pages[index] = page
                spent += time.process_time() - began
    return pages, spent


def read_by_pdfplumber(file: Path, wanted: list[int]) -> tuple[dict[int, Tokens], float]:
    found: dict[int, Tokens] = {}
    began = time.process_time()
    with pdfplumber.open(file) as opened:
        for index in wanted:
            page = opened.pages[index]
            found[index] = Counter(unicodedata.normalize("NFC", word["text"]) for word in page.extract_words())
            page.close()
    return found, time.process_time() - began


def letters(tokens: Tokens) -> Counter[str]:
    """How often each letter and figure is printed, however it is cut into words or composed."""
    whole = unicodedata.normalize("NFC", "".join(token * count for token, count in tokens.items()))
    return Counter(letter for letter in whole if letter.isalnum())


def measure(file: Path, every: int, sums: Sums, one: Executor, other: Executor) -> None:
    pages, ours = one.submit(read, file, every).result()
    if not pages:
        return
    others, theirs = other.submit(read_by_pdfplumber, file, list(pages)).result()
    sums.ours, sums.theirs, sums.pages = sums.ours + ours, sums.theirs + theirs, sums.pages + len(pages)
    sums.ratios.append(theirs / ours)
    per = 1000 / len(pages)
    print(f"{ours * per:6.1f} {theirs * per:6.1f} ms/page {theirs / ours:5.1f} x  {len(pages):3} {file.name[:60]}")
    for index, page in pages.items():
        own = Counter(word.text for line in page.lines for word in line.words)
        sums.told += others[index].total()
        sums.shared += (own & others[index]).total()
        if missing := letters(others[index]) - letters(own):
            lost = sorted((others[index] - own).elements())
            sums.lost.append(f"{file.name[:40]} page {index + 1}: {''.join(missing.elements())[:40]!r} in {lost[:6]}")


def files(given: list[Path]) -> Iterator[Path]:
    for one in given:
        yield from sorted(one.rglob("*.pdf")) if one.is_dir() else [one]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth page")
    parser.add_argument("given", nargs="*", type=Path, default=[ROOT / "samples"])
    arguments = parser.parse_args()
    logging.disable(logging.ERROR)  # pdfminer's remarks on fonts
    found = list(files(arguments.given))
    sums = Sums()
    with ProcessPoolExecutor(1) as one, ProcessPoolExecutor(1) as other:
        wait([one.submit(read, found[0], 1), other.submit(read_by_pdfplumber, found[0], [0])])  # what is loaded once
        for file in found:
            measure(file, arguments.every, sums, one, other)
    print(f"{sums.pages} pages: {1000 * sums.ours / sums.pages:.2f} ms a page, pdfplumber ", end="")
    print(f"{1000 * sums.theirs / sums.pages:.2f}: {sums.theirs / sums.ours:.1f} times as long", end="; ")
    print(f"median file {sorted(sums.ratios)[len(sums.ratios) // 2]:.1f}")
    print(f"words of pdfplumber that are words of ours: {sums.shared} of {sums.told}")
    print(f"pages with letters lost: {len(sums.lost)}", *sums.lost, sep="\n  ")


if __name__ == "__main__":
    main()
