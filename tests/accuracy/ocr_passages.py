"""Letters and words read wrongly in passages of real scans that we transcribed by eye, character by character.

    python tests/accuracy/ocr_passages.py [--engine tesseract] [--worst 40]

``passages.json`` holds for each passage the scan's hash, page, box (points on the page as it was read), what makes it
hard, and its rows exactly as printed, misspellings kept. Each transcript was held against the picture twice, the second
time at every word where an engine disagreed. The page is rendered and read as ingest does it; the passage is what
stands in the lines whose middle lies in the box, in reading order. Both sides are NFC with runs of blanks (and so line
ends) folded to one; letters, case, marks, punctuation and digits all count; of words see ``ocr_errors``. Pages and
crops are never kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from ocr_errors import Score
from rapidfuzz.distance import Levenshtein

from evidence.config import Limits
from evidence.ingest.formats import image
from evidence.ingest.imaging import raw_image
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.pdf.render import render_page
from evidence.ingest.reader_protocol import PageImage, ReadRequest
from evidence.model.document import Line

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = ("documents", "unlabelled")


@dataclass(frozen=True, slots=True)
class Passage:
    sha256: str
    page: int
    box: tuple[float, float, float, float]
    note: str
    text: str

    @property
    def file(self) -> Path:
        """The scan among the real documents, found by its hash (file names begin with it) and checked."""
        for folder in FOLDERS:
            for file in (DATA / folder).glob(f"{self.sha256[:12]}_*"):
                if hashlib.sha256(file.read_bytes()).hexdigest() == self.sha256:
                    return file
        raise SystemExit(f"no scan {self.sha256[:12]} below {DATA}")


def passages() -> list[Passage]:
    told = json.loads(Path(__file__).with_name("passages.json").read_text("utf-8"))
    return [Passage(one["sha256"], one["page"], tuple(one["box"]), one["note"], " ".join(one["text"])) for one in told]


def page(file: Path, number: int, scratch: Path) -> PageImage:
    """The page's image as ingest makes it for OCR."""
    if file.suffix != ".pdf":
        return image.read(ReadRequest(file, scratch, Limits(), first=number - 1)).page_images[0]
    book = pypdfium2.PdfDocument(file)
    book.init_forms()
    drawn, scale = render_page(book[number - 1], Limits())
    return PageImage(number, *book[number - 1].get_size(), str(raw_image.save_image(drawn, scratch, number)), scale)


def read(one: Passage, engine: ocr.Engine) -> str:
    """What the engine reads in the passage's box."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        lines = recognise_page(page(one.file, one.page, Path(folder)), engine).page.lines
    return " ".join(line.text for line in lines if _inside(line, one.box))


def _inside(line: Line, box: tuple[float, float, float, float]) -> bool:
    if line.box is None:
        return False
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def differences(printed: str, got: str) -> list[str]:
    """The words that differ, printed over read.

    >>> differences("Ủy ban nhân dân", "Uy ban nhân  dan")
    ['Ủy -> Uy', 'dân -> dan']
    """
    one, two = printed.split(), got.split()
    changed = (op for op in Levenshtein.opcodes(one, two) if op.tag != "equal")
    return [
        f"{' '.join(one[op.src_start : op.src_end])} -> {' '.join(two[op.dest_start : op.dest_end])}" for op in changed
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--engine", default="tesseract", help=", ".join(ocr.ENGINES))
    options.add_argument("--worst", type=int, default=40, help="differences to show of each passage")
    given = options.parse_args()
    engine = ocr.create_engine(given.engine)
    whole = Score()
    began = sum(os.times()[:4])
    for one in passages():
        score = Score(pages=1)
        got = read(one, engine)
        score.add(one.text, got)
        whole.take(score)
        print(f"{one.sha256[:12]} {one.page:3d}  {score.rates}  {one.note}")
        for told in differences(one.text, got)[: given.worst]:
            print(f"      {told}")
        sys.stdout.flush()
    spent = (sum(os.times()[:4]) - began) / max(1, whole.pages)
    print(f"{given.engine}: {whole.pages} passages, {whole.letters} letters, {whole.words} words", end="  ")
    print(f"{whole.rates}  {spent:.2f} s CPU a page")
    return 0


if __name__ == "__main__":
    sys.exit(main())
