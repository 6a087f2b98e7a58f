"""What each engine brings to numbers and dates of scanned headers, and what they bring together.

    python tests/accuracy/header_reader.py            reads page 1 of every labelled scan (Tesseract and second look)
    python tests/accuracy/header_reader.py --reuse    uses what was read last time (out/second-look)
    python tests/accuracy/header_reader.py --failures also names each wrong or missing value

"Handwritten" is a document whose notes say that number or day are written by hand, as the scoring program has it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from evidence import codec, config
from evidence.extract.fields.number_date import read_date, read_number
from evidence.extract.layout import zones
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr.engines.tesseract import Tesseract
from evidence.ingest.ocr.fields.field_rows import merge_rows
from evidence.ingest.ocr.fields.header_reader import read_zones
from evidence.ingest.ocr.fields.zones import find_header_end
from evidence.ingest.pdf.render import render_page
from evidence.model.document import Document, Line, Origin, Page, Source
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import number as numbers

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
KEPT = ROOT / "out" / "second-look"
FURTHER = ("trueocr", "ppocr", "digits")
PAIRS = (("trueocr", "ppocr"), ("trueocr", "digits"), ("ppocr", "digits"))
SETS = ((), ("trueocr",), ("ppocr",), ("digits",), *PAIRS, FURTHER)
A4 = 595.0


def scans() -> Iterator[dict[str, Any]]:
    """The labelled documents that are images of paper."""
    for line in (DOCUMENTS / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        if gold["kind"] in ("pdf-scanned", "image"):
            yield gold


def read_page(gold: dict[str, Any], fresh_text: bool) -> Page:
    """Page 1 with Tesseract's lines and all readings; Tesseract's part is kept between runs."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{gold['sha256']}.json"
    picture, scale, height = _picture(DOCUMENTS / str(gold["file"]))
    if kept.exists() and not fresh_text:
        page = codec.decode(kept.read_bytes(), Page)
        lines = tuple(replace(line, readings=()) for line in page.lines)
    else:
        lines = Tesseract().read(picture, scale)
    lines = merge_rows(lines, read_zones(picture, scale, find_header_end(1, lines, height)).rows)
    page = Page(1, A4, height, Origin.OCR, lines)
    kept.write_bytes(codec.encode(page))
    return page


def last_read(gold: dict[str, Any]) -> Page:
    return codec.decode((KEPT / f"{gold['sha256']}.json").read_bytes(), Page)


def _picture(source: Path) -> tuple[Grey, float, float]:
    """Page 1 as a picture; its scale and the page's height in points."""
    if source.suffix == ".pdf":
        document = pypdfium2.PdfDocument(source)
        document.init_forms()
        return *render_page(document[0], config.Limits()), float(document[0].get_size()[1])
    with Image.open(source) as picture:
        return np.asarray(picture.convert("L")), A4 / picture.width, A4 * picture.height / picture.width


def with_engines(page: Page, engines: tuple[str, ...]) -> Page:
    def kept(line: Line) -> Line:
        return replace(line, readings=tuple(reading for reading in line.readings if reading.engine.name in engines))

    return replace(page, lines=tuple(kept(line) for line in page.lines))


def measure(
    golds: list[dict[str, Any]], pages: list[Page], engines: tuple[str, ...], failures: bool
) -> dict[str, Counter[str]]:
    """Counts by field and hand; with ``failures`` each wrong or missing value is named."""
    counts: dict[str, Counter[str]] = {}
    for gold, page in zip(golds, pages, strict=True):
        hand = "by hand" if "handwr" in (gold["notes"] or "").lower() else "printed"
        for name, want, got in _found(gold, with_engines(page, engines)):
            right = got.value is not None and _same(name, str(got.value), want)
            count = counts.setdefault(f"{name} {hand}", Counter())
            count.update(all=1, right=right, sure_right=got.sure and right, sure_wrong=got.sure and not right)
            if failures and not right:
                short = gold["sha256"][:12]
                print(f"    {short} {name} {hand}: {want} read as {got.value} ({got.confidence:.2f}) {got.raw}")
    return counts


def _found(gold: dict[str, Any], page: Page) -> Iterator[tuple[str, str, FieldValue[Any]]]:
    places = zones.split_zones(Document(Source("", "", "", 0), (page,)))
    yield "number", gold["number"], read_number(places) if places else FieldValue()
    yield "date", gold["date"], read_date(places).date if places else FieldValue()


def _same(name: str, got: str, want: str) -> bool:
    if name == "date":
        return str(dates.parse(got)) == want
    one, two = numbers.parse(got), numbers.parse(want)
    return one is not None and two is not None and one.key == two.key


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reuse", action="store_true", help="judge again what was read last time")
    options.add_argument("--fresh", action="store_true", help="run Tesseract anew too")
    options.add_argument("--failures", action="store_true", help="name each wrong or missing value")
    given = options.parse_args()
    golds = list(scans())
    pages = [last_read(gold) if given.reuse else read_page(gold, given.fresh) for gold in golds]
    print(f"{len(pages)} pages; right / all, sure and right, wrong and sure")
    for engines in SETS:
        counts = measure(golds, pages, engines, given.failures and engines == FURTHER)
        parts = [f"{k} {c['right']}/{c['all']} {c['sure_right']} {c['sure_wrong']}" for k, c in sorted(counts.items())]
        print(" + ".join(("Tesseract", *engines)), "|", " | ".join(parts), flush=True)


if __name__ == "__main__":
    main()
