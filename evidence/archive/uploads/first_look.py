"""The first look at an upload, for the process that takes it."""

from __future__ import annotations

from pathlib import Path

from evidence.config import Settings
from evidence.messages import Message
from evidence.pipeline.first_look import look_at_file


def look_at_upload(file: Path, name: str, settings: Settings) -> Message | None:
    """Why the file cannot be read at all, in a sentence; None where nothing speaks against it. Forks."""
    return look_at_file(file, name, settings.limits)
