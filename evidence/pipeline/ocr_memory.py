"""OCR remembered: a page image that was read before, by the same engines under the same settings, is not read again.

The key holds the image, all that the reading child says of the page (size, text layer, words of fields) and the
fingerprint of whatever reads. The image is hashed here, in the parent: a child that a hostile file has taken over could
name the hash of another document's page, and put its own text in that page's place.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from evidence import codec
from evidence.ingest.ocr.page import RecognisedPage
from evidence.ingest.reader_protocol import PageImage
from evidence.messages import Message
from evidence.model.problem import Problem
from evidence.store.caches.ocr_cache import PageCache

NOT_DOUBTED, NO_PICTURES = b',"doubted":[]}', b',"pictures":[]}'  # the last fields of a page that is read as a whole
LATER = 2  # stands for every page after the first: only that one is looked at as a first page


class OcrMemory:
    """The pages kept in ``cache`` that were recognised under this ``fingerprint``."""

    def __init__(self, cache: PageCache, fingerprint: str) -> None:
        self._cache = cache
        self._fingerprint = fingerprint.encode()

    def recall(self, image: PageImage) -> tuple[str | None, RecognisedPage | None]:
        """Under what the page's OCR is remembered (``None`` where its image is gone), and the page if it is."""
        key = self._key(image)
        return key, self._load(key, image.number) if key else None

    def keep(self, key: str, page: RecognisedPage) -> None:
        """Remembers the page under that key."""
        self._cache.put(key, codec.encode(page))

    def _key(self, image: PageImage) -> str | None:
        try:
            content = hashlib.sha256(Path(image.file).read_bytes()).digest()
        except OSError:
            return None
        facts = codec.encode(replace(image, file="", number=min(image.number, LATER)))
        for field in (NOT_DOUBTED, NO_PICTURES):  # remembered under the key that it had before there were these fields
            if facts.endswith(field):
                facts = facts.removesuffix(field) + b"}"
        return hashlib.sha256(b"\0".join((self._fingerprint, content, facts))).hexdigest()

    def _load(self, key: str, number: int) -> RecognisedPage | None:
        data = self._cache.get(key)
        if data is None:
            return None
        try:
            recognised = codec.decode(data, RecognisedPage)
        except ValueError:
            return None
        problems = tuple(_renumber(problem, number) for problem in recognised.problems)
        return RecognisedPage(replace(recognised.page, number=number), problems)


def _renumber(problem: Problem, number: int) -> Problem:
    """The same said of that page."""
    message = Message(problem.message.code, {**problem.message.params, "page": str(number)})
    return replace(problem, message=message, page=number)
