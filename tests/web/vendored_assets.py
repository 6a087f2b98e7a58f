"""Holds the scripts that the pages carry along against what their makers published.

    .venv/bin/python -m tests.web.vendored_assets [--write]

Fetches every archive that an ``assets.yaml`` names and compares the file in it with ours and with the hash that is
written down; ``--write`` puts the fetched file in place. Exit code 1 where one differs.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "evidence/web/static/vendor", ROOT / "tests/web/vendor")


def read_assets() -> Iterator[tuple[Path, dict[str, str]]]:
    """Each vendored file and what is written down of it."""
    for folder in FOLDERS:
        for asset in yaml.safe_load((folder / "assets.yaml").read_text("utf-8")):
            yield folder / asset["file"], asset


def fetch(asset: dict[str, str]) -> bytes:
    """The file as its maker published it."""
    with urllib.request.urlopen(asset["source"], timeout=60) as answer:
        content = answer.read()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        member = archive.extractfile(asset["member"])
        assert member is not None, asset
        return member.read()


def main() -> int:
    differing = 0
    for path, asset in read_assets():
        content = fetch(asset)
        if "--write" in sys.argv:
            path.write_bytes(content)
        known = hashlib.sha256(content).hexdigest() == asset["sha256"] and path.read_bytes() == content
        differing += not known
        print(f"{'same' if known else 'DIFFERS'}: {path.name} {asset['version']}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
