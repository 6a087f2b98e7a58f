"""Makes the sample dossier anew: ``python samples/make_samples.py [--to FOLDER]`` (default: this folder).

Writes ``dossier/UNIT/CRITERION - title/file``, beside each file what a perfect reader would find in it, and
``manifest.csv``. Needs the ``dev`` dependencies and the Liberation fonts (Debian: fonts-liberation).
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
    shutil.rmtree(folder / "dossier", ignore_errors=True)
    for item in dossier.ITEMS:
        data, expected = item.make()
        file = folder / "dossier" / item.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        truth.write(expected, file.with_name(f"{file.name}.expected.json"))
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
