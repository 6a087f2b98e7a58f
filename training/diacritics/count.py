"""Counts syllables and their pairs for ``evidence/vietnamese/bigrams.py``.

    PYTHONPATH=. .venv/bin/python training/diacritics/count.py evidence/vietnamese/data/syllables.txt.gz \\
        --texts ../shared/data/text-congbao.jsonl.gz --documents ../shared/data/unlabelled \\
        --held-out ../shared/data/documents --held-out-names training/diacritics/held_out.txt

Read are JSON lines with a ``text`` and the text layers of PDF and DOCX files; scans are not (their text is what the
model is to repair). A document that shares much with a held-out one (the gazette prints some twice) is left out too, so
that what is measured on held-out documents was never counted. Kept are syllables and pairs that stand in ``FEWEST``
documents or more: no sentence can be had back from such counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.config import Limits
from evidence.errors import EvidenceError
from evidence.ingest.formats import registry as formats
from evidence.ingest.ocr.decoding.counting import SyllableCounter, split_syllables
from evidence.ingest.reader_protocol import STRETCH, ReadRequest
from evidence.ingest.sources import identify
from evidence.model.document import Origin
from evidence.vietnamese import bigrams

FEWEST = 3  # documents
RUN = 8  # syllables: two texts with many such runs in common are one document
SHARED = 0.3  # share of a text's runs from which it counts as a held-out one


def runs(found: Iterable[str | None]) -> set[tuple[str, ...]]:
    known = [one for one in found if one and one.isalpha()]
    return {tuple(known[at : at + RUN]) for at in range(len(known) - RUN + 1)}


def of_file(file: Path) -> str:
    """The text layer of a PDF or the text of a DOCX; empty where there is none."""
    try:
        source = identify.identify(file, Limits())
        reader = formats.reader(source.media_type, False)
        if reader is None or file.suffix not in (".pdf", ".docx"):
            return ""
        pages, first, total = [], 0, 1
        with TemporaryDirectory() as folder:
            while first < total:
                reading = reader(ReadRequest(file, Path(folder), Limits(), first))
                pages += [page.text for page in reading.pages if page.origin is Origin.TEXT]
                first, total = first + STRETCH, min(reading.total, Limits().pages)
    except EvidenceError:
        return ""
    return "\n".join(pages)


def texts(options: argparse.Namespace, held_out: set[str]) -> Iterator[str]:
    for listed in options.texts:
        with gzip.open(listed, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)["text"]
    for folder in options.documents:
        for file in sorted(folder.iterdir()):
            if file.name[:8] not in held_out:
                yield of_file(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--documents", type=Path, nargs="*", default=[])
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="folders of documents to leave out")
    parser.add_argument("--held-out-names", type=Path, help="beginnings of the names of further ones")
    options = parser.parse_args()
    names = set(options.held_out_names.read_text("utf-8").split()) if options.held_out_names else set()
    apart = [file for folder in options.held_out for file in sorted(folder.iterdir())]
    apart += [file for folder in options.documents for file in sorted(folder.iterdir()) if file.name[:8] in names]
    known = set[tuple[str, ...]]().union(*(runs(split_syllables(of_file(file))) for file in apart))
    tally, count = SyllableCounter(), 0
    for text in texts(options, names):
        found = split_syllables(text)
        own = runs(found)
        if own and len(own & known) <= SHARED * len(own):
            count += 1
            tally.add_document(found)
    counts = tally.counts(FEWEST)
    body = "".join(f"{line}\n" for line in bigrams.format_counts(counts))
    options.out.write_bytes(gzip.compress(body.encode("utf-8"), mtime=0))
    pairs_kept = sum(len(one) for one in counts.pairs.values())
    print(f"{count} documents, {len(counts.alone)} syllables, {pairs_kept} pairs", file=sys.stderr)


if __name__ == "__main__":
    main()
