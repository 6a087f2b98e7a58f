"""Documents for measuring search: pieces of gazette texts and subjects of a register, as index entries.

The texts are somebody else's and read in place (``../shared/data``); nothing of them is kept. A gazette text is cut
into documents of about ``SIZE`` characters, whose subject is the first line of the text; a row of the register is a
document of its subject alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from evidence.model.document import Source
from evidence.model.record import FieldValue, Record, Status
from evidence.search.entries import IndexEntry
from evidence.values import agency, date, kind, number

DATA = Path(__file__).parents[3] / "shared" / "data"
SIZE = 4_600  # characters, the mean of the documents of an archive
PAGE = 2_300


def make_gazette_entries(most: int) -> Iterator[IndexEntry]:
    """Pieces of the gazette's texts, in their order, round after round until ``most``."""
    count = 0
    for at, line in enumerate(_lines(DATA / "text-congbao.jsonl.gz")):
        row = json.loads(line)
        text = " ".join(row["text"].split())
        for start in range(0, len(text), SIZE):
            piece = text[start : start + SIZE]
            if len(piece) < SIZE // 4:
                continue
            yield _entry(f"gazette-{at}-{start}", piece, piece[:60], row["number_text"], None)
            count += 1
            if count >= most:
                return


def make_register_entries(most: int) -> Iterator[IndexEntry]:
    """The rows of the register whose number can be parsed."""
    for at, line in enumerate(_lines(DATA / "metadata-binhduong.jsonl.gz")):
        if at >= most:
            return
        row = json.loads(line)
        if row["subject"] and number.parse(row["number"] or ""):
            text = f"Số: {row['number']}\n{row['subject']}"
            yield _entry(row["id"], text, row["subject"], row["number"], row["date"])


def _entry(name: str, text: str, subject: str, numbered: str | None, dated: str | None) -> IndexEntry:
    parsed = number.parse(numbered or "")
    code = parsed.kind_code if parsed else None
    day = date.parse(dated) if dated else None
    record = Record(
        Source(name, hashlib.sha256(name.encode()).hexdigest(), "text/plain", len(text)),
        Status.READ,
        number=FieldValue(parsed, confidence=1.0),
        date=FieldValue(day, confidence=1.0),
        kind=FieldValue(kind.by_code(code) if code else None, confidence=1.0),
        issuer=FieldValue(agency.parse("UBND tỉnh Bình Dương"), confidence=1.0),
        subject=FieldValue(subject, confidence=1.0),
    )
    texts = tuple(text[start : start + PAGE] for start in range(0, len(text), PAGE))
    return IndexEntry(record.source.sha256, 1, record, texts, (("SNV", "1.2"),))


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from lines
