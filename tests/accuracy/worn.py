"""Labelled PDFs that were born digital, printed and scanned by program: many more printed scans with known answers.

Real scans with checked answers are few (45). These are real letters on made paper: the first page and the page with
the signer's name of every labelled PDF with a text layer, with a seal over the name's left and a scribble across it,
skew, fading, uneven light, 150 to 300 dpi, JPEG (``ocr_wear``). Everything follows from the document's hash. Nothing
is written by hand on them: they speak for printed scans only.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
from labelled import ROOT, Case
from ocr_paper import A4
from ocr_wear import Wear, worn
from PIL import Image

MADE = ROOT / "out" / "worn"
KEPT_WORN = MADE / "pages"
RIGHT_PART = 0.4  # of the width: the signature block begins beyond it
Spot = tuple[int, float, float]  # page, and the middle of the name's left edge in points from the top left


def cases(labelled: Iterable[Case]) -> Iterator[Case]:
    """The worn twin of every case that is a PDF with text; made once, kept under ``out/worn``."""
    MADE.mkdir(parents=True, exist_ok=True)
    for case in labelled:
        if case.group != "digital" or case.file.suffix != ".pdf" or not case.want.get("signer"):
            continue
        file = MADE / f"{case.sha256[:12]}.pdf"
        if not file.exists():
            made = _scan(case)
            if made is None:
                continue
            file.write_bytes(made)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        yield replace(case, sha256=sha256, file=file, group="worn")


def _scan(case: Case) -> bytes | None:
    """The scan of the first page and of the signer's; None where the name is not in the text layer."""
    pdf = _flat(case.file)
    spot = _spot(pdf, str(case.want["signer"]))
    if spot is None:
        return None
    dice = np.random.default_rng(int(case.sha256[:8], 16))
    page, x, y = spot
    wear = Wear(
        seed=int(case.sha256[:8], 16),
        dpi=int(dice.choice((150, 200, 200, 300))),
        skew=float(dice.choice((0.0, dice.uniform(-1, 1)))),
        colour=bool(dice.random() < 0.5),
        quality=int(dice.integers(40, 80)),
        ink=float(dice.uniform(0, 0.35)),
    )
    signed = replace(wear, seal=(x, y - dice.uniform(15, 40)), hand=(x + 45, y - dice.uniform(8, 25)))
    wears = [(0, signed if page == 0 else wear)] + ([(page, signed)] if page else [])
    return _bound([worn(pdf, index, how) for index, how in wears], wear)


def _flat(file: Path) -> bytes:
    """The PDF with its signature fields drawn into the pages: numbers and days stand in them."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(file) as book:
        book.init_forms()
        for page in book:
            if book.formenv:
                page.flatten()
            page.set_mediabox(0, 0, *A4)
            page.set_cropbox(0, 0, *A4)
        book.save(out)
    return out.getvalue()


def _spot(pdf: bytes, name: str) -> Spot | None:
    """Where the signer's name stands: in the right half, the last time on the first page that has it there."""
    found: Spot | None = None
    with pypdfium2.PdfDocument(pdf) as book:
        for number, page in enumerate(book):
            text = page.get_textpage()
            hits = text.search(name)
            while hit := hits.get_next():
                left, bottom, _, top = text.get_charbox(hit[0])
                if left > page.get_width() * RIGHT_PART:
                    found = (number, left, page.get_height() - (bottom + top) / 2)
            if found:
                break
    return found


def _bound(pictures: list[Image.Image], wear: Wear) -> bytes:
    """A PDF of JPEGs, as a copier sends it."""
    pages = []
    for picture in pictures:
        kept = io.BytesIO()
        picture.save(kept, "JPEG", quality=wear.quality, dpi=(wear.dpi, wear.dpi))
        pages.append(Image.open(kept))
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=wear.dpi, quality=wear.quality, save_all=True, append_images=pages[1:])
    return out.getvalue()
