"""Vietnamese text: one composition, one folding, offsets kept.

NFC does not make ``hoà`` equal ``hòa``, nor ``Đ`` (U+0110) equal its look-alikes ``Ð`` (U+00D0) and ``Ɖ`` (U+0189);
``fold`` does. It is the only folding of the product: used when indexing, querying, highlighting and comparing.
Whether a text layer can be believed (legacy fonts and bad character maps are common) is judged by
``vietnamese_share``. Everything here is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from evidence.vietnamese.syllable import is_syllable

ZERO_WIDTH = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
LOOK_ALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
DASHES = "‐‑‒–—―−﹣－\x02\ufffe"  # the last two: what pdfium gives for a hyphen at the end of a line
SLASHES = "∕⁄／"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_CANON = LOOK_ALIKES | dict.fromkeys(DASHES, "-") | dict.fromkeys(SLASHES, "/") | dict.fromkeys(SPACES, " ")
_NO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")
# An ASCII character never joins what stands before it: text may be cut in front of each without changing its NFC.
_CHUNK = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+|[\x00-\x7f]+(?=[\x00-\x7f]|$)|[\x00-\x7f]")

_TONES = ("aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ", "iìíỉĩị")
_PLAIN = {letter: (row[0], tone) for row in _TONES for tone, letter in enumerate(row)}
_WITH = {(row[0], tone): letter for row in _TONES for tone, letter in enumerate(row)}
_LETTER = r"[^\W\d_]"
_END = rf"(?!{_LETTER}|[\u0300-\u036f])"  # a mark behind it would compose with the letter put there
_PLACEMENT = re.compile(
    rf"""
      (?P<left> o[àáảãạèéẻẽẹ] | (?<!q)u[ỳýỷỹỵ] ) {_END}                  # hoà, thuỷ -> hòa, thủy
    | (?P<right> [òóỏõọ][ae](?={_LETTER}) | [ùúủũụ]y(?={_LETTER}) | (?<=q)[ùúủũụ]y )  # hòan, qúy -> hoàn, quý
    | (?<!{_LETTER}) (?:[hklmst]|qu) (?P<i> [iìíỉĩị] ) {_END}            # kĩ, quí -> kỹ, quý
    """,
    re.VERBOSE,
)


def nfc(text: str) -> str:
    """The text composed (NFC).

    >>> len(nfc("Tie\u0302\u0301ng"))
    5
    """
    return unicodedata.normalize("NFC", text)


def plain_map(text: str) -> tuple[str, list[int] | None]:
    """Composed text without zero-width characters; for each character its offset in ``text`` (None: the same)."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _NO_WIDTH.search(text)):
        return text, None
    kept = [(at, char) for at, char in enumerate(text) if char not in ZERO_WIDTH]
    bare = "".join(char for _, char in kept)
    out: list[str] = []
    offsets: list[int] = []
    for chunk in _CHUNK.finditer(bare):
        composed = nfc(chunk.group())
        last = chunk.end() - 1
        out.append(composed)
        offsets.extend(kept[min(chunk.start() + index, last)][0] for index in range(len(composed)))
    return "".join(out), offsets


def canon(text: str) -> str:
    """Look-alikes of Đ, dashes, slashes and spaces made one; the length stays.

    >>> canon("775/QÐ–BNV")
    '775/QĐ-BNV'
    """
    return swap(text, _CANON)


def swap(text: str, table: dict[str, str]) -> str:
    """The text with single characters exchanged; what comes out must be no key of the table.

    ``str.translate`` looks every character up: 15 times as long on pages that hold few of them.
    """
    for old, new in table.items():
        if old in text:
            text = text.replace(old, new)
    return text


def fold_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in ``text`` that it comes from."""
    composed, offsets = plain_map(text)
    lower = canon(composed).casefold()
    if len(lower) == len(composed) and unicodedata.is_normalized("NFC", lower):
        folded = lower
    else:
        folded, inner = _fold_exotic(canon(composed))
        offsets = [offsets[at] for at in inner] if offsets is not None else inner
    return _PLACEMENT.sub(_place, folded), offsets if offsets is not None else list(range(len(folded)))


def fold(text: str) -> str:
    """Text as it is compared: lower case, composed, one đ, one dash, tones in one place, ``kĩ`` as ``kỹ``.

    Diacritics and the number of blanks stay. Folding twice changes nothing.

    >>> fold("UỶ BAN NHÂN DÂN") == fold("Ủy ban nhân dân")
    True
    >>> fold("Quí I, Hoà Bình, Kĩ thuật, QÐ")
    'quý i, hòa bình, kỹ thuật, qđ'
    """
    return _folded_word(text) if len(text) < WORD else _folded(text)


WORD = 24  # characters: words are folded one by one, and a document has few different ones


@lru_cache(maxsize=16384)
def _folded_word(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    composed, _ = plain_map(text)
    lower = canon(composed).casefold()
    if len(lower) != len(composed) or not unicodedata.is_normalized("NFC", lower):
        lower, _ = _fold_exotic(canon(composed))
    return _PLACEMENT.sub(_place, lower)


def _fold_exotic(text: str) -> tuple[str, list[int]]:
    """Case-folded and composed where one character may become several (ß, İ, ligatures): chunk by chunk."""
    out: list[str] = []
    offsets: list[int] = []
    for chunk in _CHUNK.finditer(text):
        folded = chunk.group()
        for _ in range(3):  # case folding may undo a composition and the other way round; three rounds always settle
            folded = canon(nfc(_NO_WIDTH.sub("", folded.casefold())))
        out.append(folded)
        last = chunk.end() - 1
        offsets.extend(min(chunk.start() + index, last) for index in range(len(folded)))
    return "".join(out), offsets


def _place(match: re.Match[str]) -> str:
    """The tone mark of a syllable where the canon has it."""
    whole = match.group()
    if (letter := match.group("i")) is not None:
        return whole[:-1] + _WITH["y", _PLAIN[letter][1]]
    (first, first_tone), (second, second_tone) = _PLAIN[whole[0]], _PLAIN[whole[1]]
    if match.group("left") is not None:
        return _WITH[first, second_tone] + second
    return first + _WITH[second, first_tone]


@lru_cache(maxsize=4096)
def _strip_char(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))


def capital_share(text: str) -> float:
    """Of the letters, the share in capitals; 0.0 without letters."""
    alphabetic = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in alphabetic) / len(alphabetic) if alphabetic else 0.0


@lru_cache(maxsize=16384)
def capital_letters(text: str) -> str:
    """The letters as capitals without diacritics, nothing else: what OCR keeps of a printed heading.

    >>> capital_letters("CỘNG HOÀ xã hội")
    'CONGHOAXAHOI'
    """
    return re.sub(r"[^A-Z]", "", strip_marks(text).upper())


def strip_marks(text: str) -> str:
    """The text without diacritics; đ becomes d. Composed Vietnamese keeps its length.

    >>> strip_marks("Ủy ban nhân dân tỉnh Đắk Lắk")
    'Uy ban nhan dan tinh Dak Lak'
    """
    if text.isascii():
        return text
    return _short(text) if len(text) < SHORT else _stripped(text)


SHORT = 200  # characters: a line of a page, asked for by every zone that looks at it


@lru_cache(maxsize=16384)
def _short(text: str) -> str:
    return _stripped(text)


def _stripped(text: str) -> str:
    composed = canon(nfc(text))
    table = {ord(char): _strip_char(char) for char in set(composed) if not char.isascii()}
    return composed.translate(table)


_SYLLABLE = re.compile(rf"{_LETTER}+")


def syllables(text: str) -> list[str]:
    """The runs of letters, composed, as printed.

    >>> syllables("Số: 615/QĐ-UBND, hòa bình")
    ['Số', 'QĐ', 'UBND', 'hòa', 'bình']
    """
    return _SYLLABLE.findall(nfc(text))


_PIECE = re.compile(r"[^\s/&+_-]+")
_EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…*#•·–—|"
GOOD_MARKS = 0.15  # letters with Vietnamese marks: 0.25-0.30 in good text, 0.00-0.09 in broken layers


def vietnamese_share(text: str) -> float:
    """How Vietnamese the text looks, 0 to 1: share of its words that can be syllables, less where marks are missing.

    Words with digits, capital abbreviations (UBND) and single letters are not judged; nothing to judge gives 1.0.
    Capitals without any mark (``DAI HOC DA NANG``) count against a text the more, the longer it is.

    >>> vietnamese_share("Ủy ban nhân dân tỉnh Lạng Sơn, số 615/QĐ-UBND")
    1.0
    >>> vietnamese_share("Uû ban nh©n d©n tØnh L¹ng S¬n") < 0.5
    True
    >>> vietnamese_share("1.234 5/7")
    1.0
    """
    good = judged = marked = letters = 0
    for piece in _PIECE.findall(nfc(canon(text))):
        word = piece.strip(_EDGES)
        verdict = looks_like_syllable(word)
        marks = _marks(word)
        letters += len(word) if marks is not None else 0
        marked += marks or 0
        if verdict is not None:
            judged += 1
            good += verdict
    if not judged:
        return 1.0
    # 30 letters of good text are taken for granted, so that a short line is not punished for want of marks
    share = (marked + 0.25 * 30) / (letters + 30)
    return round(good / judged * min(1.0, share / GOOD_MARKS), 4)


@lru_cache(maxsize=20000)
def looks_like_syllable(word: str) -> bool | None:
    """Whether a word is shaped like a syllable; None where it says nothing."""
    if len(word) < 2 or any(char.isdigit() for char in word) or not any(char.isalpha() for char in word):
        return None
    if is_syllable(word.lower()):
        return True
    if word.isalpha() and sum(char.isupper() for char in word) * 2 > len(word) and len(word) <= 9:
        return None
    return False


@lru_cache(maxsize=20000)
def _marks(word: str) -> int | None:
    """How many letters of a word carry a Vietnamese mark; None where the word has a digit or no letter."""
    if any(char.isdigit() for char in word) or not any(char.isalpha() for char in word):
        return None
    return sum(char in "đĐ" or (char.isalpha() and len(unicodedata.normalize("NFD", char)) > 1) for char in word)
