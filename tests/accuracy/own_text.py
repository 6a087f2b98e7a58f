"""What an archive's own digital text adds to the shipped counts of syllables (decision 0012).

    S=../shared/data
    PYTHONPATH=. .venv/bin/python training/diacritics/count.py /tmp/gazette.gz --texts $S/text-congbao.jsonl.gz \\
        --held-out $S/documents $S/unlabelled
    PYTHONPATH=. .venv/bin/python tests/accuracy/own_text.py --base /tmp/gazette.gz \\
        --archive $S/unlabelled --held-out $S/documents [--scans 2]

The digital documents of one folder stand for what an archive holds, those of the other for what is read next; one that
shares much with the archive is left out. Their marks are taken away and put back by the model alone. With ``--scans``
so many pages of each are printed and scanned by program (``ocr_wear``: 150 and 200 dpi, JPEG 40) and read by the
default engine without its second look, spelled with and without the archive's counts.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from ocr_errors import Score, page_score, show
from ocr_wear import Wear, worn
from PIL import Image

from evidence.config import Limits
from evidence.errors import EvidenceError
from evidence.ingest.formats import registry
from evidence.ingest.ocr.decoding import viterbi
from evidence.ingest.ocr.decoding.counting import CopyDetector, SyllableCounter, split_syllables
from evidence.ingest.ocr.decoding.viterbi import WordStep
from evidence.ingest.ocr.engines.hybrid import HybridEngine
from evidence.ingest.reader_protocol import ReadRequest
from evidence.ingest.sources import identify
from evidence.model.document import Document
from evidence.pipeline.own_spelling import FEWEST, typed_pages
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import END, NUMBER, BigramCounts, BigramModel
from evidence.vietnamese.text import strip_marks

LONGEST = 3000  # syllables of one document that are restored
RUN, SHARED = 8, 0.3  # as in training/diacritics/count.py
Found = Sequence[str | None]


def documents(folder: Path) -> Iterator[tuple[Path, Document, Found]]:
    """The digital documents in that folder: their first stretch of pages."""
    for file in sorted(folder.iterdir()):
        if file.suffix not in (".pdf", ".docx"):
            continue
        try:
            source = identify.identify(file, Limits())
            reader = registry.load_reader(source.media_type, False)
            assert reader is not None
            with TemporaryDirectory() as scratch:
                reading = reader(ReadRequest(file, Path(scratch), Limits(), 0))
        except EvidenceError:
            continue
        read = Document(source, reading.pages, reading.problems)
        found = split_syllables("\n".join(typed_pages(read)))
        if len(found) > RUN:
            yield file, read, found


def runs(found: Found) -> set[tuple[str | None, ...]]:
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def restored(found: Found, model: BigramModel) -> tuple[int, int]:
    """How many syllables the model puts wrongly once their marks are gone, and of how many."""
    steps, wanted = [], []
    for one, following in pairwise([*found[:LONGEST], None]):
        if one == END:
            continue
        likely = (model.spellings(strip_marks(one)) or [strip_marks(one)]) if one and one != NUMBER else ()
        steps.append(WordStep(dict.fromkeys(likely, 0.0), one == NUMBER, following == END))
        wanted.append(one if likely else None)
    pairs = [(one, two) for one, two in zip(wanted, viterbi.best_words(steps, model), strict=True) if one]
    return sum(one != two for one, two in pairs), len(pairs)


def scanned(file: Path, read: Document, most: int, engine: HybridEngine, dpi: int) -> Score:
    """What the engine makes of the document's first typed pages, printed and scanned."""
    score = Score()
    for page in [one for one in read.pages if one.lines and one.lines[0].box][:most]:
        out = io.BytesIO()
        worn(file.read_bytes(), page.number - 1, Wear(page.number, dpi)).save(out, "JPEG", quality=40)
        image = np.asarray(Image.open(out).convert("L"))
        rows = [(line.text, line.box) for line in page.lines if line.box]
        lines = engine.read(image, page.width / image.shape[1])
        score.take(page_score(rows, lines, 0.0, (page.width, page.height), ()))
    return score


def _model(own: BigramCounts | None) -> BigramModel:
    return bigrams.teach_model(own) if own else bigrams.load_model()


def _engine(own: BigramCounts | None) -> HybridEngine:
    engine = HybridEngine()
    engine.learn_spelling(own)
    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, default=bigrams.BASE, help="counts in the place of the shipped ones")
    parser.add_argument("--archive", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--scans", type=int, default=0, help="pages of each held-out document")
    given = parser.parse_args()
    counted = bigrams.parse_counts(gzip.decompress(given.base.read_bytes()).decode("utf-8"))
    bigrams.load_base_counts = lambda: counted  # type: ignore[assignment]
    tally, copies, known = SyllableCounter(), CopyDetector(), set[tuple[str | None, ...]]()
    for folder in given.archive:
        for _, _, found in documents(folder):
            known |= runs(found)
            if not copies.is_copy(found):
                tally.add_document(found)
    told = "".join(f"{line}\n" for line in bigrams.format_counts(tally.counts(FEWEST)))
    own = bigrams.parse_counts(told)
    apart = [one for one in documents(given.held_out) if len(runs(one[2]) & known) <= SHARED * len(runs(one[2]))]
    print(f"archive: {tally.syllables} syllables, {len(own.alone)} different; held out: {len(apart)} documents")
    for name, counts in (("base", None), ("base and own", own)):
        model = _model(counts)
        wrong = [restored(found, model) for _, _, found in apart]
        errors, of = (sum(column) for column in zip(*wrong, strict=True))
        print(f"{name:13} marks put back wrongly: {errors} of {of} syllables, {100 * errors / of:.2f} %")
    for dpi in (150, 200) if given.scans else ():
        for name, counts in (("base", None), ("base and own", own)):
            whole, engine = Score(), _engine(counts)
            for file, read, _ in apart:
                if file.suffix == ".pdf":
                    whole.take(scanned(file, read, given.scans, engine, dpi))
            print(f"{name:13} {dpi} dpi {whole}")
            show(whole, 0)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
