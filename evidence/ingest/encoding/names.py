"""Names of files inside files: a few words, whose encoding nobody tells. The names of one package tell it together.

Windows writes names in the machine's code page (Windows-1258), old programs in CP437, and TCVN3 and VNI fonts lived in
file names too. Each is tried; the one whose words are used most in published documents is taken.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import decode_declared
from evidence.vietnamese.bigrams import BigramCounts, load_base_counts
from evidence.vietnamese.text import fold

OLD = tuple(charsets.NAMES)
WORD = re.compile(r"[^\W\d_]+")
RARE = -4.0  # for a word that no document uses
ODD = -8.0  # for a sign in place of a letter, or a letter that was lost
SURE = 2.0  # by how much a word a mended name must be better, where the name is in Unicode already
ORDINALS = frozenset("ªºµ")  # letters to Unicode, signs to people
GREEK = range(0x370, 0x400)  # CP437 has some


def decode_names(names: Sequence[bytes]) -> list[str]:
    """The names in Unicode: those that are UTF-8 as they are, the others as all of them together look best.

    >>> decode_names(["Số 12.doc".encode(), "QuyÕt ®Þnh.doc".encode("latin-1"), "Sè 13.doc".encode("latin-1")])
    ['Số 12.doc', 'Quyết định.doc', 'Số 13.doc']
    >>> decode_names(["Báo cáo.doc".encode("cp1258"), b"M\\x81ller.pdf"])[0]
    'Báo cáo.doc'
    """
    texts = [_decode_utf8(name) for name in names]
    others = [name for name, text in zip(names, texts, strict=True) if text is None]
    encoding = max(("cp1258", *OLD, "cp437"), key=lambda each: _score([_decode(name, each) for name in others]))
    return [
        mend_name(text) if text is not None else _decode(name, encoding)
        for name, text in zip(names, texts, strict=True)
    ]


def decode_name(name: bytes, declared: str | None = None) -> str:
    """One name. What is declared of it is believed where it gives letters alone.

    >>> decode_name("Quyết định.docx".encode()), decode_name("été.doc".encode("latin-1"), "iso-8859-1")
    ('Quyết định.docx', 'été.doc')
    """
    guess = decode_names([name])[0]
    if declared is None or _decode_utf8(name) is not None:
        return guess
    text = decode_declared(name, declared).text
    return text if _score([text]) >= _score([guess]) else guess


def mend_name(name: str) -> str:
    """A name that is Unicode, but in the letters of an old font; others stay as they are.

    >>> mend_name("QuyÕt ®Þnh 615.doc"), mend_name("Quyết định 615.doc"), mend_name("été.doc")
    ('Quyết định 615.doc', 'Quyết định 615.doc', 'été.doc')
    """
    if name.isascii() or not charsets.NEW.isdisjoint(name):
        return name
    score = _score([name])
    best, encoding = max((_score([charsets.to_unicode(name, encoding)]), encoding) for encoding in OLD)
    return charsets.to_unicode(name, encoding) if best - score >= SURE * len(WORD.findall(name)) else name


def _decode_utf8(name: bytes) -> str | None:
    try:
        return unicodedata.normalize("NFC", name.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _decode(name: bytes, encoding: str) -> str:
    if encoding in charsets.NAMES:
        return charsets.to_unicode(name.decode("latin-1"), encoding)
    return unicodedata.normalize("NFC", name.decode(encoding, "replace"))


def _score(names: Iterable[str]) -> float:
    """How much the words of those names are used, the higher the better; capitals in a row are abbreviations."""
    counts = _counts()
    score = 0.0
    for name in names:
        score += ODD * sum(map(_is_odd, name))
        words = [word for word in WORD.findall(name) if not word.isascii()]
        for word in words:
            if word.isupper() and len(word) <= 6:
                continue
            count = counts.alone.get(fold(word), 0)
            score += math.log10(count) if count else RARE
    return score


def _is_odd(letter: str) -> bool:
    """Whether it is no letter of a name: a sign, a control, or what was lost."""
    return letter > "\x7f" and (
        unicodedata.category(letter)[0] not in "LM" or letter in ORDINALS or ord(letter) in GREEK
    )


@cache
def _counts() -> BigramCounts:
    return load_base_counts()
