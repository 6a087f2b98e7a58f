"""Makes the sample dossier anew: ``python samples/make_samples.py [--to FOLDER]`` (default: this folder).

Writes ``dossier/UNIT/CRITERION - title/file``, under the same names in ``expected/`` what a perfect reader would find
in each, and ``manifest.csv``. The dossier holds nothing but documents, so that it can be ingested as it stands. Needs
the ``dev`` dependencies and a Vietnamese face of Times metrics (Debian: fonts-croscore).
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from make import dossier, truth  # noqa: E402


def build(folder: Path) -> None:
    """Writes dossier, expected records and manifest below ``folder``."""
    for old in ("dossier", "expected"):
        shutil.rmtree(folder / old, ignore_errors=True)
    for item in dossier.ITEMS:
        data, expected = item.make()
        file, record = folder / "dossier" / item.path, folder / "expected" / f"{item.path}.json"
        for one in (file, record):
            one.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        truth.write(expected, record)
        print(f"{len(data):8d}  {item.path}", file=sys.stderr)
    (folder / "manifest.csv").write_text(manifest(), "utf-8")


def manifest() -> str:
    """The receipt book: what arrived when, for the criteria whose clock is the day of receipt."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("file", "unit", "criterion", "number", "date", "received", "page"))
    for item in dossier.ITEMS:
        if item.received:
            rows.writerow((f"dossier/{item.path}", item.unit, item.criterion.split(" ")[0], "", "", item.received, ""))
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample dossier")
    parser.add_argument("--to", type=Path, default=HERE, help="folder to write to")
    build(parser.parse_args().to)


if __name__ == "__main__":
    main()
