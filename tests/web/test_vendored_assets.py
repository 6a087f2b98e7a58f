"""The scripts beside the pages are those whose hashes are written down, and no other lies there."""

from __future__ import annotations

import hashlib

from tests.web.vendored_assets import FOLDERS, read_assets


def test_every_script_is_the_published_one() -> None:
    assets = dict(read_assets())
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in assets} == {
        path.name: asset["sha256"] for path, asset in assets.items()
    }
    there = {path for folder in FOLDERS for path in folder.iterdir() if path.suffix == ".js"}
    assert there == set(assets)
