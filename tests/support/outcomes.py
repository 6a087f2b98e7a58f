"""What became of each file of a run: its events without the sign that the second round begins."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing

from evidence.archive.outcome import Ingested, IngestEvent


def outcomes(events: Generator[IngestEvent, None, None]) -> Iterator[Ingested]:
    with closing(events):
        yield from (event for event in events if isinstance(event, Ingested))
