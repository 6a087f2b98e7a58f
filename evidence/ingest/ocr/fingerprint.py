"""All that decides what OCR makes of a page image, as one hash: what was read under another one is read again.

Engine with version and language, its models, the packages installed, the limits of the child, and our own code: the
modules that ``scan.read`` leads to, import after import, with the data files beside them.
A version number raised by hand would be forgotten one day; an old reading under new code is a wrong value nobody sees.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence import codec as wire
from evidence.config import Limits
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.ocr import page as scan
from evidence.ingest.ocr.engine import Engine

TESSDATA = ("/usr/share/tesseract-ocr", "/usr/share/tessdata")  # where Debian and others keep Tesseract's models
IMPORT = re.compile(r"^from (evidence[\w.]*) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)


def fingerprint(engine: Engine, limits: Limits) -> str:
    """The hash. Takes about 40 ms: asked once a run, when the first page is to be recognised."""
    sources = modules()
    bounds = (limits.memory_bytes, limits.cpu_seconds, limits.open_files)
    facts = (engine.name, bounds, _packages(), list(_models()), sorted(sources.items()))
    found = hashlib.sha256(wire.encode(facts))
    for data in _data(sources):
        found.update(data)
    return found.hexdigest()


def modules() -> dict[str, str]:
    """The modules of ours that the reading of a page leads to, each with its source."""
    found: dict[str, str] = {}
    waiting = [scan.__name__, ocr.__name__]
    while waiting:
        name = waiting.pop()
        file = getattr(sys.modules.get(name), "__file__", None)
        if name in found or file is None:
            continue
        found[name] = Path(file).read_text("utf-8")
        for package, inside, to_the_end in IMPORT.findall(found[name]):
            waiting += [package, *(f"{package}.{one}" for one in re.findall(r"\w+", inside or to_the_end))]
    return found


def _data(names: Iterable[str]) -> Iterator[bytes]:
    """The data files that lie beside those modules."""
    folders = {Path(str(sys.modules[name].__file__)).parent / "data" for name in names}
    for file in sorted(file for folder in folders for file in folder.glob("*.*")):
        yield file.read_bytes()


def _packages() -> list[str]:
    """Every package installed, with its version: ``numpy-2.4.6.dist-info``. Which of them matter changes with the code,
    and upgrades are rare."""
    return sorted({place.name for folder in sys.path if folder for place in Path(folder).glob("*.dist-info")})


def _models() -> Iterator[tuple[str, int, int]]:
    """Tesseract's models by name, size and time: a better ``vie`` may be put in the place of Debian's."""
    own = os.environ.get("TESSDATA_PREFIX")
    for folder in (*TESSDATA, *([own] if own else [])):
        for file in sorted(Path(folder).glob("**/*.traineddata")):
            facts = file.stat()
            yield str(file), facts.st_size, facts.st_mtime_ns
