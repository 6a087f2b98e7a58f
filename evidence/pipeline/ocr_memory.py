"""OCR remembered: a page image that was read before, by the same engines under the same settings, is not read again.

The key holds the image, all that the reading child says of the page (size, text layer, words of fields) and the
fingerprint of whatever reads. The image is hashed here, in the parent: a child that a hostile file has taken over could
name the hash of another document's page, and put its own text in that page's place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from evidence import codec
from evidence.ingest.ocr.page import RecognisedPage
from evidence.ingest.reader_protocol import PageImage
from evidence.messages import Message
from evidence.model.problem import Problem
from evidence.store.ocr_cache import PageCache

LATER = 2  # stands for every page after the first: only that one is looked at as a first page


class Memory:
    """``fingerprint`` is asked once, when the first page comes."""

    def __init__(self, cache: PageCache, fingerprint: Callable[[], str]) -> None:
        self._cache = cache
        self._ask = fingerprint

    @cached_property
    def _fingerprint(self) -> bytes:
        return self._ask().encode()

    def key(self, scan: PageImage) -> str | None:
        """Under what the page's OCR is remembered; None where its image is gone."""
        try:
            image = hashlib.sha256(Path(scan.file).read_bytes()).digest()
        except OSError:
            return None
        facts = codec.encode(replace(scan, file="", number=min(scan.number, LATER)))
        return hashlib.sha256(b"\0".join((self._fingerprint, image, facts))).hexdigest()

    def ask(self, scan: PageImage) -> tuple[str | None, RecognisedPage | None]:
        """Under what the page's OCR is remembered, and what was read; ``None`` where nothing is known."""
        key = self.key(scan)
        return key, self.recall(key, scan.number) if key else None

    def recall(self, key: str, number: int) -> RecognisedPage | None:
        """What was read, as page of that number; None where nothing is known."""
        data = self._cache.get(key)
        if data is None:
            return None
        try:
            read = codec.decode(data, RecognisedPage)
        except ValueError:
            return None
        problems = tuple(_numbered(one, number) for one in read.problems)
        return RecognisedPage(replace(read.page, number=number), problems)

    def keep(self, key: str, read: RecognisedPage) -> None:
        self._cache.put(key, codec.encode(read))


def _numbered(problem: Problem, number: int) -> Problem:
    """The same said of that page."""
    message = Message(problem.message.code, {**problem.message.params, "page": str(number)})
    return Problem(problem.code, message, number)
