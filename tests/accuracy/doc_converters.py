"""LibreOffice against antiword on every .doc beside the project: decision 0010 rests on this table.

    .venv/bin/python -m tests.accuracy.doc_converters [FILE...]

Words that one program gives and the other does not, share of words that can be Vietnamese, tables and cells, fields of
the record that are right where they are labelled, CPU seconds and peak memory. Each file is read as the product reads
it, in a contained child, once with each program.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from evidence import codec
from evidence.config import Limits
from evidence.extract.record import read_record
from evidence.ingest.formats import doc, docx, libreoffice
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.sources import identify
from evidence.messages import Language
from evidence.model.document import Document
from evidence.report import record_json
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task
from evidence.vietnamese.text import vietnamese_share
from tests.accuracy.labelled import DOCUMENTS, UNLABELLED, Case, first_set, held_out, load_score

WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Sum:
    """What one program gave over all files."""

    failed: int = 0
    words: int = 0
    alone: int = 0  # words that the other program does not give
    share: list[float] = field(default_factory=list)
    tables: int = 0
    cells: int = 0
    right: int = 0
    judged: int = 0
    cpu: list[float] = field(default_factory=list)
    memory: int = 0


def by_antiword(order: ReadRequest) -> bytes:
    text = doc._antiword_text(order)
    assert text is not None, "refused"
    return _measured(doc._read_text(text))


def by_libreoffice(order: ReadRequest) -> bytes:
    converted = libreoffice.convert_to_docx(order)
    assert converted is not None, "failed"
    return _measured(docx.read_docx(replace(order, file=converted), computed=True))


def _measured(reading: ReadResult) -> bytes:
    """The reading, with what it cost before it: CPU seconds and the peak memory (kB) of all children."""
    own, other = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + other.ru_utime + other.ru_stime
    return f"{cpu} {other.ru_maxrss}\n".encode() + codec.encode(reading)


PROGRAMS = {"antiword": by_antiword, "LibreOffice": by_libreoffice}


def read(file: Path, program: str, total: Sum) -> ReadResult | None:
    with tempfile.TemporaryDirectory() as name, Pool(1, Limits()) as pool:
        order = ReadRequest(file, Path(name), Limits())
        permissions = Permissions((file,), (Path(name),), ("antiword",))
        pool.start(Task(program, partial(PROGRAMS[program], order), 120, permissions))
        (reply,) = pool.wait()
    if reply.data is None:
        total.failed += 1
        print(f"  {program}: {file.name}: {reply.failure}", file=sys.stderr)
        return None
    head, _, body = reply.data.partition(b"\n")
    cpu, memory = head.split()
    total.cpu.append(float(cpu))
    total.memory = max(total.memory, int(memory))
    return codec.decode(body, ReadResult)


def count(file: Path, reading: ReadResult, total: Sum, case: Case | None) -> Counter[str]:
    (page,) = reading.pages
    words = WORD.findall(page.text)
    total.words += len(words)
    total.share.append(vietnamese_share(page.text))
    places = {line.cell for line in page.lines if line.cell}
    total.tables += len({cell.table for cell in places})
    total.cells += len(places)
    if case is not None:
        score = load_score()
        source = identify.identify(file, Limits())
        made = read_record(Document(replace(source, path="x.doc"), reading.pages, reading.problems))
        tree = record_json.render(made, Language.EN)
        for name in (one for one in score.FIELDS if one not in case.open):
            verdict, want, got = score.judge(case.want, tree, name)
            total.judged, total.right = total.judged + 1, total.right + (verdict == "right")
            if verdict != "right":
                print(f"  {verdict} {name} {file.name[:12]} want {want!r} got {got!r}", file=sys.stderr)
    return Counter(words)


def main() -> int:
    files = [Path(name) for name in sys.argv[1:]]
    files = files or sorted([*DOCUMENTS.glob("*.doc"), *UNLABELLED.glob("*.doc")])
    cases = {case.file.name: case for case in (*first_set(load_score()), *held_out())}
    totals = {name: Sum() for name in PROGRAMS}
    for file in files:
        told = {}
        for name, total in totals.items():
            print(f"{name} {file.name[:50]}", file=sys.stderr)
            reading = read(file, name, total)
            told[name] = count(file, reading, total, cases.get(file.name)) if reading else None
        one, two = told.values()
        if one is not None and two is not None:
            alone = [(one - two).total(), (two - one).total()]
            for total, more in zip(totals.values(), alone, strict=True):
                total.alone += more
            if any(alone):
                print(f"  alone: {alone}", file=sys.stderr)
    for name, total in totals.items():
        mean, cpu = sum(total.share) / max(1, len(total.share)), sorted(total.cpu)
        print(
            f"{name:12} failed {total.failed}, words {total.words} ({total.alone} alone), Vietnamese {mean:.4f}, "
            f"tables {total.tables}, cells {total.cells}, fields {total.right}/{total.judged}, "
            f"CPU s {sum(cpu) / max(1, len(cpu)):.2f} (most {cpu[-1] if cpu else 0:.2f}), {total.memory // 1024} MB"
        )
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    sys.exit(main())
