"""Documents and records as bytes: for the answer of a child process and for the database.

The bytes are JSON, checked against the types of ``model`` when read, so an answer from a child that went wrong is
refused, never believed. The JSON that others rely on is another one: ``report.record_json``.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TypeVar, cast

import msgspec

T = TypeVar("T")


@cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[object]:
    return msgspec.json.Decoder(kind)


def encode(noun: object) -> bytes:
    """The bytes of any noun of ``model``."""
    return msgspec.json.encode(noun)


def decode(data: bytes, kind: type[T]) -> T:
    """The noun of that type again. ValueError where the bytes are not one."""
    try:
        return cast(T, _decoder(cast(Hashable, kind)).decode(data))
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from error
