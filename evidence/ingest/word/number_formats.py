"""How Word writes the numbers that it counts by itself (ECMA-376, ST_NumberFormat), for the formats met here."""

from __future__ import annotations

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
CIRCLED, IN_PARENTHESES, WITH_STOP = 0x2460, 0x2474, 0x2488  # Unicode's 1 to 20 in each form
SPELLED = frozenset({"vietnameseCounting", "cardinalText", "ordinalText"})
LARGEST_ROMAN = 3999
MOST_LETTERS = 20  # ``zzz``: letters are repeated
MOST_SPELLED = 99


def format_number(number: int, form: str, pattern: str = "") -> str:
    """The number in that format; ``pattern`` is that of ``custom`` (``001, 002, 003, ...``).

    >>> [format_number(4, form) for form in ("decimal", "decimalZero", "upperRoman", "lowerLetter", "none")]
    ['4', '04', 'IV', 'd', '']
    >>> format_number(7, "custom", "001, 002, 003, ..."), format_number(28, "upperLetter"), format_number(1, "ordinal")
    ('007', 'BB', '1')
    >>> format_number(25, "vietnameseCounting"), format_number(3, "ordinalText")
    ('hai mươi lăm', 'ba')
    """
    if form in ("none", "bullet"):
        return ""
    if form in ("upperRoman", "lowerRoman") and 0 < number <= LARGEST_ROMAN:
        return _cased(_roman(number), form)
    if form in ("upperLetter", "lowerLetter"):
        return _cased(_lettered(number, LETTERS), form)
    if form in ("russianUpper", "russianLower"):
        return _cased(_lettered(number, RUSSIAN), form)
    if form == "numberInDash":
        return f"- {number} -"
    if form in SPELLED and 0 < number <= MOST_SPELLED:
        return spell_number(number)
    return _in_figures(number, form, pattern)


def _in_figures(number: int, form: str, pattern: str) -> str:
    starts = {
        "decimalEnclosedCircle": CIRCLED, "decimalEnclosedParen": IN_PARENTHESES, "decimalEnclosedFullstop": WITH_STOP
    }  # fmt: skip
    if form in starts and 0 < number <= 20:
        return chr(starts[form] + number - 1)
    first = pattern.partition(",")[0].strip()
    width = len(first) if form == "custom" and first.isdigit() else 2 if form == "decimalZero" else 1
    return str(number).zfill(min(width, 10))


def _cased(text: str, form: str) -> str:
    return text.upper() if "pper" in form else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _lettered(number: int, letters: str) -> str:
    """``a`` to ``z``, then ``aa``, ``bb``."""
    times, at = divmod(number - 1, len(letters))
    return letters[at] * (times + 1) if number > 0 and times < MOST_LETTERS else str(number)


def spell_number(number: int) -> str:
    """A number from 0 to 99 in Vietnamese words.

    >>> [spell_number(number) for number in (5, 10, 15, 21, 30)]
    ['năm', 'mười', 'mười lăm', 'hai mươi mốt', 'ba mươi']
    """
    tens, units = divmod(number, 10)
    if not tens:
        return WORDS[units]
    head = "mười" if tens == 1 else f"{WORDS[tens]} mươi"
    last = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, WORDS[units])
    return f"{head} {last}" if units else head
