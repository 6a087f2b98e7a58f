"""Records what ingest with the real OCR engine reads in every sample: ``python tests/samples/record.py``.

The recordings let extraction and matching be tested on real OCR without Tesseract. Run it when samples were made anew,
or when ingest reads better than it did.
"""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

from evidence import codec
from evidence.config import Limits, Settings
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file

ROOT = Path(__file__).resolve().parents[2]
DOSSIER = ROOT / "samples" / "dossier"
RECORDED = ROOT / "tests" / "cases" / "recorded"


def main() -> None:
    for old in RECORDED.glob("*.json.gz"):
        old.unlink()
    RECORDED.mkdir(parents=True, exist_ok=True)
    files = sorted(one for one in DOSSIER.rglob("*") if one.is_file())
    with tempfile.TemporaryDirectory() as home:
        sources = [request_file(file, Limits()) for file in files]
        for outcome in pipeline.read_files(sources, Settings(home=Path(home), jobs=2)):
            path = str(Path(outcome.source.path).relative_to(DOSSIER))
            data = codec.encode(replace(outcome.document, source=replace(outcome.source, path=path)))
            name = hashlib.sha256((DOSSIER / path).read_bytes()).hexdigest()[:16]
            (RECORDED / f"{name}.json.gz").write_bytes(gzip.compress(data, mtime=0))
            print(f"{outcome.seconds:6.1f} s  {path}")


if __name__ == "__main__":
    main()
