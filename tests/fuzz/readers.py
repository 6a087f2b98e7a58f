"""Mutants through the readers themselves, in this process: a hundred times as many as through ``evidence read``.

    .venv/bin/python -m tests.fuzz.readers --minutes 5

For the readers that are Python or answer by exceptions: what they raise must be ``UnreadableError`` (a sentence) and
nothing else; ``MemoryError`` and ``RecursionError`` are the limits' business. LibreOffice, antiword, pdfium and OCR are
left to ``tests.fuzz.run``. Each kind of error is told once, with the seed of its mutant.
"""

from __future__ import annotations

import argparse
import random
import resource
import secrets
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats import libreoffice, registry
from evidence.ingest.reader_protocol import ReadRequest
from tests.fuzz.corpus import Base, gather
from tests.fuzz.mutate import mutate
from tests.fuzz.run import OUT, Mutant, breed
from tests.support.format_reading import media_type

KINDS = frozenset(".docx .xlsx .odt .rtf .eml .edxml .zip .html .txt .tif .webp".split())  # noqa: SIM905
LEFT_OUT = frozenset({media_types.PDF, media_types.DOC, media_types.XLS})  # calamine ends the process where memory ends
SECONDS = 30
MEMORY = 3_000_000_000
LIMITS = Limits(unpacked_bytes=60_000_000, part_bytes=20_000_000, members=40)


class SlowError(Exception):
    """A reader took longer than it may."""


def look(data: bytes, scratch: Path) -> str | None:
    """Reads one file; what was raised that should not have been, with the place in our code."""
    file = scratch / "file"
    file.write_bytes(data)
    try:
        kind = media_type(file)
        reader = registry.load_reader(kind)
        if reader is not None and kind not in LEFT_OUT:
            signal.alarm(SECONDS)
            reader(ReadRequest(file, scratch, LIMITS))
    except (UnreadableError, MemoryError, RecursionError):
        return None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        ours = [one for one in traceback.extract_tb(error.__traceback__) if "/evidence/" in one.filename]
        return f"{type(error).__name__} in {Path(ours[-1].filename).name} {ours[-1].name}: {str(error)[:100]}"
    finally:
        signal.alarm(0)
    return None


def _late(*_: object) -> None:
    raise SlowError(f"more than {SECONDS} s")


def run(minutes: float, seed: int) -> Counter[str]:
    """How often each error was raised. Mutants of our own files are kept in ``out/fuzz``."""
    bases = [base for base in gather() if base.suffix in KINDS]
    found: Counter[str] = Counter()
    signal.signal(signal.SIGALRM, _late)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    libreoffice.FOLDERS = ()
    end, number = time.monotonic() + 60 * minutes, 0
    print(f"seed {seed}, {len(bases)} files", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            mutant = breed(bases, seed, number)
            error = look(mutate(mutant.base.data, random.Random(mutant.seed)), Path(folder))
            if error and not found[error]:
                print(f"{mutant.base.name} {mutant.seed}: {error}", file=sys.stderr, flush=True)
                _keep(mutant, mutant.base)
            if error:
                found[error] += 1
            number += 1
            if number % 100 == 0:
                for left in Path(folder).iterdir():
                    left.unlink()
    print(f"seed {seed}: {number} files, {len(found)} kinds of errors")
    return found


def _keep(mutant: Mutant, base: Base) -> None:
    if base.ours:
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / f"reader-{mutant.name}").write_bytes(mutant.data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 32))
    options = parser.parse_args()
    found = run(options.minutes, options.seed)
    for name, count in found.most_common():
        print(f"{count:6} {name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
