"""Signs that exist only in fonts of pictures (Wingdings, Symbol) as letters of Unicode: tick boxes, bullets, arrows.

Word keeps them as ``w:sym``, or as text in that font, whose letters stand at U+F000 and above or as what the key prints
(``þ`` in Wingdings is a ticked box). The tables hold what forms and lists use; another sign becomes ``■``, so that
nobody takes a letter for it.
"""

from __future__ import annotations

PRIVATE = 0xF000
OTHER = "■"
WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐",
    0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "•", 0x78: "☒", 0x9E: "•",
    0x9F: "•", 0xA0: "•", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA5: "◎", 0xA6: "○", 0xA7: "▪", 0xA8: "☐",
    0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x20: " ",
    **{0x80 + number: chr(0x2460 + number - 1) for number in range(1, 10)}, 0x80: "⓪", 0x8A: "⑩", 0x89: "⑨",
}  # fmt: skip
WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x2A: "☐", 0x30: "☐", 0xA3: "☐",
    0x97: "●", 0x98: "●", 0x99: "○", 0x9A: "○", 0x9B: "○", 0xA1: "□", 0xA2: "■", 0xA4: "□",
}  # fmt: skip
WINGDINGS_3 = {0x20: " ", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x7D: "▶", 0x7C: "◀"}
WEBDINGS = {0x20: " ", 0x61: "✓", 0x63: "☐", 0x72: "✗", 0x6E: "●", 0x67: "■", 0x3D: "■", 0x34: "▶", 0x33: "◀"}
GREEK = dict(zip(
    b"ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω", strict=True,
))  # fmt: skip
SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40)}, **GREEK, 0x5B: "[", 0x5D: "]", 0x5F: "_", 0x7B: "{", 0x7C: "|",
    0x7D: "}", 0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "-", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xDE: "⇒", 0xDC: "⇐", 0xE0: "◊",
}  # fmt: skip
TABLES = {
    "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "wingdings2": WINGDINGS_2, "wingdings 3": WINGDINGS_3,
    "webdings": WEBDINGS, "symbol": SYMBOL, "symbol mt": SYMBOL, "zapfdingbats": {},
}  # fmt: skip


def is_symbol_font(font: str) -> bool:
    """Whether the letters of that font are pictures.

    >>> is_symbol_font("Wingdings"), is_symbol_font("Times New Roman")
    (True, False)
    """
    return font.casefold() in TABLES


def convert_symbols(text: str, font: str) -> str:
    """Text in a font of pictures as Unicode shows it.

    >>> convert_symbols("\\uf0fe", "Wingdings"), convert_symbols("þ ", "Wingdings"), convert_symbols("a", "Symbol")
    ('☑', '☑ ', 'α')
    """
    table = TABLES.get(font.casefold(), {})
    return "".join(_converted(letter, table) for letter in text)


def convert_symbol(code: str, font: str) -> str:
    """The sign that a ``w:sym`` names by its place in the font, in hexadecimal figures; empty where it names none.

    >>> convert_symbol("F0A8", "Wingdings"), convert_symbol("2611", "Segoe UI Symbol"), convert_symbol("x", "Symbol")
    ('☐', '☑', '')
    """
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return convert_symbols(letter, font) if is_symbol_font(font) or _is_private(letter) else letter


def _converted(letter: str, table: dict[int, str]) -> str:
    code = ord(letter)
    if letter in "\n\t\f\xa0":
        return letter
    if _is_private(letter):
        code -= PRIVATE
    elif code > 0xFF:  # a letter of Unicode under a font that has none: another font drew it
        return letter
    return table.get(code, OTHER)


def is_private(text: str) -> bool:
    """Whether a text is nothing but letters that only a font of pictures has."""
    return bool(text) and all(map(_is_private, text))


def _is_private(letter: str) -> bool:
    return PRIVATE <= ord(letter) <= PRIVATE + 0xFF
