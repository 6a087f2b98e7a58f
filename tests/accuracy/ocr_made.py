"""Letters and words read wrongly on scans whose text is known, because we made them.

    python tests/accuracy/ocr_made.py [--engine tesseract] [--dpi 150 200 300] [--pages 24] [--worst 10]

Pages of our own text (``ocr_text``) are printed (``ocr_paper``), worn by printing and scanning (``ocr_wear``: JPEG 40)
and read as ingest reads any PDF, with the second look. Six kinds take turns at each resolution: flat, skewed (0.5 to 3
degrees) and sealed pages, grey and colour. How text is compared stands in ``ocr_errors``. The scans are made once and
kept in ``out/ocr-made``; the same seeds give the same scans.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import ocr_paper
import ocr_text
import ocr_wear
from ocr_errors import Score, page_score, show

from evidence.config import Limits
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Line

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "out" / "ocr-made"
KINDS = ("flat grey", "skewed grey", "sealed colour", "skewed colour", "sealed grey", "skewed sealed colour")
FACES = ("Tinos", "FreeSerif", "Tinos", "Arimo")
SIZES = (13.0, 14.0, 12.0, 13.5)
MARK = 55.0  # points around the middle of a seal


@dataclass(frozen=True, slots=True)
class Made:
    """A scan with its known text; ``turned`` by how many degrees the paper lay askew."""

    name: str
    kind: str
    file: Path
    rows: tuple[tuple[str, tuple[float, float, float, float]], ...]
    turned: float
    marks: tuple[tuple[float, float, float, float], ...]


def pages(dpi: int, count: int) -> Iterator[Made]:
    """That many scans of that resolution, from the shelf or made now."""
    shelf = KEPT / _version() / str(dpi)
    shelf.mkdir(parents=True, exist_ok=True)
    order = 0
    for seed in itertools.count(1):
        printed = ocr_paper.draw(ocr_text.letter(seed), FACES[seed % 4], SIZES[seed // 2 % 4])
        for index in range(len(printed.pages)):
            note, file = shelf / f"{order}.json", shelf / f"{order}.pdf"
            if not note.exists():
                _make(printed, index, order, dpi, file, note)
            yield _read_note(note, file)
            order += 1
            if order == count:
                return


def _make(printed: ocr_paper.Printed, index: int, order: int, dpi: int, file: Path, note: Path) -> None:
    kind = KINDS[(order + order // 6) % len(KINDS)]
    dice = random.Random(order * 1000 + dpi)
    signed = printed.marks if printed.marks[0] == index else None
    hand = signed[1:] if signed else None
    seal = None
    if "sealed" in kind:  # a third over the signature, over the issuer's name, or over the pages' edge
        places = ((150.0, 95.0), (540.0, 300.0), (200.0, 420.0))
        seal = (signed[1] - 55, signed[2] - 4) if signed else places[order % 3]
    skew = dice.choice((-1, 1)) * dice.uniform(0.5, 3.0) if "skewed" in kind else dice.uniform(-0.3, 0.3)
    wear = ocr_wear.Wear(order * 7 + dpi, dpi, skew, "colour" in kind, seal, hand)
    file.write_bytes(ocr_wear.pdf_of(ocr_wear.worn(printed.pdf, index, wear), wear))
    rows = [asdict(row) for row in printed.pages[index]]
    told = {"kind": kind, "turned": skew, "marks": _marks(seal, hand), "rows": rows}
    note.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def _marks(*middles: tuple[float, ...] | None) -> list[tuple[float, float, float, float]]:
    return [(one[0] - MARK, one[1] - MARK, one[0] + MARK, one[1] + MARK) for one in middles if one]


def _read_note(note: Path, file: Path) -> Made:
    told = json.loads(note.read_text("utf-8"))
    rows = tuple((row["text"], tuple(row["box"])) for row in told["rows"])
    name = f"{file.parent.name}/{file.stem}"
    return Made(name, told["kind"], file, rows, told["turned"], tuple(tuple(mark) for mark in told["marks"]))


def _version() -> str:
    """Changes when the makers change: old scans are not read for new ones."""
    sources = [Path(str(module.__file__)) for module in (ocr_text, ocr_paper, ocr_wear)]
    sources += [Path(ocr_text.__file__).with_name("ocr_sentences.txt"), Path(__file__)]
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:12]


def read(file: Path, engine: ocr.Engine) -> tuple[Line, ...]:
    """The lines of page 1 as ingest reads them."""
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        found = pdf.read(ReadRequest(file, Path(folder), Limits()))
        return recognise_page(found.page_images[0], engine).page.lines


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--engine", default="tesseract", help=", ".join(ocr.ENGINES))
    options.add_argument("--dpi", type=int, nargs="*", default=[150, 200, 300])
    options.add_argument("--pages", type=int, default=24, help="a resolution")
    options.add_argument("--worst", type=int, default=10, help="rows to show")
    given = options.parse_args()
    engine = ocr.create_engine(given.engine)
    for dpi in given.dpi:
        whole, kinds, spent = Score(), {kind: Score() for kind in KINDS}, 0.0
        for made in list(pages(dpi, given.pages)):
            began = sum(os.times()[:4])
            score = page_score(made.rows, read(made.file, engine), made.turned, ocr_paper.A4, made.marks)
            spent += sum(os.times()[:4]) - began
            whole.take(score)
            kinds[made.kind].take(score)
        print(f"{given.engine} {dpi} dpi {'all':22} {whole}  {spent / given.pages:.2f} s CPU a page")
        for kind, score in kinds.items():
            print(f"{given.engine} {dpi} dpi {kind:22} {score}")
        show(whole, given.worst)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
