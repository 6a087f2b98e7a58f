"""Text whose encoding is declared by somebody else: a mail's charset, the flag of a ZIP's name. The letters decide.

What is declared is missing or wrong as often as not: Windows-1258 goes under ``iso-8859-1``, UTF-8 under nothing. So
UTF-8 is believed where the bytes are UTF-8; else what is declared is held against Windows-1258 and the old fonts.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable

from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.charsets import Converted
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode
from evidence.vietnamese.text import vietnamese_share

LOST = "\ufffd"  # stands for what could not be read
# written in ASCII's bytes, or with a zero in each letter: never mistaken for UTF-8 by who declares them
SHIFTED = ("utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "hz")
WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})  # what programs declare that know nothing


def decode_declared(data: bytes, declared: str | None) -> Converted:
    """The text in Unicode (NFC), and the old encoding that it was in; ``declared`` may be missing or wrong."""
    codec = _find_codec(declared)
    if codec is not None and (codec in SHIFTED or codec.startswith("iso2022")):
        text = _decode_strictly(data, codec)
        if text is not None:
            return charsets.convert_text(text)
    guess = charsets.decode_bytes(data)
    if codec is None or codec == "utf-8" or _decode_strictly(data, "utf-8") is not None:
        return guess
    text = _decode_strictly(data, "cp1252" if codec in WESTERN else codec)
    if text is None:
        return guess
    share, other = (vietnamese_share(each[: charsets.SAMPLE]) for each in (text, guess.text))
    closer = share >= other if LOST in guess.text or codec not in WESTERN else share > other
    return Converted(unicodedata.normalize("NFC", text)) if closer else guess


def detect_codec(sample: bytes, declared: str | None) -> str:
    """The Python codec that such bytes are to be read with; letters of old fonts stay as they are (``latin-1``)."""
    converted = decode_declared(sample, declared)
    if converted.encoding in charsets.NAMES and _decode_strictly(sample, "utf-8") is None:
        return "latin-1"
    if converted.encoding == "cp1258":
        return "cp1258"
    codec = _find_codec(declared)
    return "utf-8" if codec is None or _decode_strictly(sample, "utf-8") is not None else codec


def lost_letters(texts: Iterable[str]) -> tuple[Problem, ...]:
    """What the record says where some letters of the text could not be read."""
    if not any(LOST in text for text in texts):
        return ()
    return (Problem(ProblemCode.DOUBTFUL_TEXT, Message("letters-lost"), 1),)


def _find_codec(name: str | None) -> str | None:
    """The codec of that name for text; ``None`` where Python knows none."""
    try:
        info = codecs.lookup((name or "").strip().strip("\"'").lower())
        "".encode(info.name)
    except (LookupError, ValueError):
        return None
    return info.name


def _decode_strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None
