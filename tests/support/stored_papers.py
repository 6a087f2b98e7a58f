"""Texts handed in to an archive as files, read by the text pipeline in the place of the real one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.ingest.sources.walk import walk


def hand_in(archive: Archive, folder: Path, papers: Mapping[str, str]) -> None:
    """Writes each paper (path below ``folder`` -> text) and stores what lies there; the caller sets ``read_queue``."""
    for name, text in papers.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    list(archive.ingest(walk([folder])))
