"""Nouns as bytes in the database, and what does not unpack told as damage of the archive."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from evidence import codec
from evidence.errors import ArchiveError

T = TypeVar("T")


def pack_noun(noun: object) -> bytes:
    """The noun, compressed."""
    return zlib.compress(codec.encode(noun))


def unpack_noun(data: bytes, kind: type[T], home: Path) -> T:
    """What ``pack_noun`` packed. ArchiveError: it is damaged."""
    with told_as_damage(home):
        return codec.decode(zlib.decompress(data), kind)


def decode_noun(data: bytes, kind: type[T], home: Path) -> T:
    """A noun that was kept as ``codec`` encodes it. ArchiveError: it is damaged."""
    with told_as_damage(home):
        return codec.decode(data, kind)


@contextmanager
def told_as_damage(home: Path) -> Iterator[None]:
    """Bytes that are not what they should be are damage of the archive in ``home``."""
    try:
        yield
    except (ValueError, zlib.error) as error:
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=home) from error
