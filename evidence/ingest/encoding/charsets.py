"""Vietnamese in the letters of before Unicode: TCVN3 (ABC, ``.VnTime``), VNI (``VNI-Times``), VISCII.

Such text comes out as the Latin-1 letters whose bytes the old fonts drew over. The tables are those of PyPI's
``viparse``; which one fits is judged by how Vietnamese the result looks, and nothing is converted that looks right
already. TCVN3 fonts whose name ends in H draw capitals: only formats that name their fonts tell those.
"""

from __future__ import annotations

import codecs
import importlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode
from evidence.third_party import LEGACY_CHARMAPS, LEGACY_TABLES
from evidence.vietnamese.text import vietnamese_share

SUSPECT = 0.8  # share below which a text may be in an old encoding
GOOD = 0.85  # share that a converted text must reach
HALF = 0.5  # share that a converted line must reach: a lone ® in English is no đ
MIXED = 0.2  # of the letters beyond ASCII: what may be lost in a text that is UTF-8 all the same
GAIN = 0.25  # by how much converting must better it
SAMPLE = 20_000  # characters that the choice rests on
LONG = 100_000  # characters whose lines are looked at one by one
PART = 0.2  # of the lines that look wrong: what converting must mend at least
FEW = 3  # letters with marks in them, from which a choice is made
NEW = frozenset("ăđơưĂĐƠƯ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}  # letters that only Unicode has
NAMES = {"tcvn3": "TCVN3", "vni": "VNI", "viscii": "VISCII"}
FONTS = ((re.compile(r"\.vn", re.IGNORECASE), "tcvn3"), (re.compile(r"vni[-_ ]", re.IGNORECASE), "vni"))
SMALL_MARK = re.compile("(?<=[AEIOUYÔÖ])[øùïûõáäêâàåéëèãü]")  # VNI: "Uûy", where the table has "UÛ" only
SUBSET = re.compile(r"^[A-Z]{6}\+")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Converted:
    """The text in Unicode (NFC), and the name of the encoding that it was in; ``None``: it was Unicode."""

    text: str
    encoding: str | None = None


def encoding_of_font(name: str) -> str | None:
    """The encoding that a font's name tells.

    >>> encoding_of_font("ABCDEF+.VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    ('tcvn3', 'vni', None)
    """
    bare = SUBSET.sub("", name)
    return next((encoding for pattern, encoding in FONTS if pattern.match(bare)), None)


def is_capital_font(name: str) -> bool:
    """Whether a TCVN3 font draws its letters as capitals.

    >>> is_capital_font(".VnTimeH"), is_capital_font(".VnTime")
    (True, False)
    """
    return encoding_of_font(name) == "tcvn3" and name.rstrip().upper().endswith("H")


def detect_encoding(text: str) -> str | None:
    """The old encoding that a text is in; ``None`` where it is Unicode, another language, or cannot be told."""
    sample = text[:SAMPLE]
    own = vietnamese_share(sample)
    if own >= SUSPECT or sample.isascii():
        return None
    best, name = max((vietnamese_share(to_unicode(sample, encoding)), encoding) for encoding in NAMES)
    return name if best >= GOOD and best - own >= GAIN else None


def detect_encoding_by_lines(text: str) -> str | None:
    """The same by the lines that converting mends: half of a text may be Unicode already, or English."""
    lines = [line for line in text[:LONG].splitlines() if _is_suspect(line)]
    if not lines:
        return None
    size, name = max((sum(len(line) for line in lines if _is_mended(line, each)), each) for each in NAMES)
    odd = sum(1 for line in lines if _is_mended(line, name) for letter in line if letter > "\x7f")
    return name if odd >= FEW and size >= PART * sum(map(len, lines)) else None


def _is_suspect(line: str) -> bool:
    return not line.isascii() and NEW.isdisjoint(line) and vietnamese_share(line) < SUSPECT


def _is_mended(line: str, encoding: str) -> bool:
    """Whether converting makes good Vietnamese of a line that was none."""
    after = vietnamese_share(to_unicode(line, encoding))
    return after >= GOOD and after - vietnamese_share(line) >= GAIN


def to_unicode(text: str, encoding: str) -> str:
    """The text converted from that encoding, composed.

    >>> to_unicode("Uû ban nh©n d©n", "tcvn3"), to_unicode("Uûy ban nhaân daân", "vni")
    ('Uỷ ban nhân dân', 'Ủy ban nhân dân')
    """
    tables = importlib.import_module(LEGACY_TABLES.name)
    if encoding == "vni":
        text = SMALL_MARK.sub(lambda mark: mark[0].upper(), text)
    return unicodedata.normalize("NFC", tables.convert(text, _table(encoding)))


@cache
def _table(encoding: str) -> object:
    return importlib.import_module(LEGACY_CHARMAPS.name).get_charmap(encoding)


def convert_text(text: str) -> Converted:
    """The whole text in Unicode; lines that look right as they are stay as they are."""
    encoding = detect_encoding_by_lines(text)
    if encoding is None:
        return Converted(unicodedata.normalize("NFC", text))
    return Converted("".join(mend_line(line, encoding) for line in text.splitlines(keepends=True)), encoding)


def mend_line(line: str, encoding: str) -> str:
    """The line converted, unless it has letters that only Unicode has or looks more Vietnamese as it is.

    >>> mend_line("Uû ban nh©n d©n", "tcvn3"), mend_line("Ủy ban nhân dân", "tcvn3")
    ('Uỷ ban nhân dân', 'Ủy ban nhân dân')
    """
    if not NEW.isdisjoint(line):
        return line
    other = to_unicode(line, encoding)
    before, after = vietnamese_share(line), vietnamese_share(other)
    return other if (after > before and after >= HALF) or after == before >= GOOD else line


def decode_bytes(data: bytes) -> Converted:
    """The text of a file that does not say its encoding: Unicode, Windows-1258, or an old font's bytes."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return convert_text(data.decode(name, "replace"))
    try:
        return convert_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    mixed = _decode_mixed(data)
    if mixed is not None:
        return convert_text(mixed)
    if wide := detect_wide(data):
        return convert_text(data.decode(wide, "replace"))
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    old = convert_text(data.decode("latin-1"))
    if old.encoding and vietnamese_share(old.text[:SAMPLE]) > vietnamese_share(windows[:SAMPLE]):
        return old
    return Converted(windows, "cp1258" if not windows.isascii() else None)


def detect_wide(data: bytes) -> str | None:
    """The codec of UTF-16 that bears no mark: every second byte of blanks, figures and plain letters is zero."""
    sample = data[:400]
    for codec, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if len(sample) > 3 and zeros.count(0) * 10 > len(zeros) * 4 and not others.count(0):
            return codec
    return None


def _decode_mixed(data: bytes) -> str | None:
    """UTF-8 with some bytes that are none: the lines that are whole as they are, those of another encoding by
    themselves, and what cannot be read as U+FFFD. None for what is not UTF-8 for the most part."""
    text = data.decode("utf-8", "replace")
    if _lost_share(text) > MIXED:
        return None
    lines = []
    for line in data.splitlines(keepends=True):
        shown = line.decode("utf-8", "replace")
        lines.append(decode_bytes(line).text if _lost_share(shown) == 1.0 and len(data) > len(line) else shown)
    return "".join(lines)


def _lost_share(text: str) -> float:
    """How many of the letters beyond ASCII are lost; 0 where there are none."""
    beyond = sum(letter > "\x7f" for letter in text)
    return text.count("\ufffd") / beyond if beyond else 0.0


def decode_table(data: bytes) -> str | None:
    """The text of a table as spreadsheets save it: Unicode, else Windows-1258, which Excel writes where nobody asks for
    Unicode. Letters of old fonts stay as they are: names of files may be written so. None for what is no text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decode(data, name)
    if wide := detect_wide(data):
        return _decode(data, wide)
    text = _decode(data, "utf-8")
    if text is None and not data.count(0):
        text = _decode(data, "cp1258")
    return unicodedata.normalize("NFC", text) if text is not None else None


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def encoding_problems(encoding: str | None) -> tuple[Problem, ...]:
    """What the record says of a text that was converted."""
    if encoding is None:
        return ()
    message = Message("legacy-converted", {"encoding": NAMES.get(encoding, encoding)})
    return (Problem(ProblemCode.LEGACY_ENCODING, message),)
