"""The text of a CSV as spreadsheets save it, and the sign between its cells.

Excel writes Windows-1258 where nobody asks for Unicode, UTF-16 with tabs as "Unicode text", and ``;`` where the comma
is the decimal sign; a first line ``sep=;`` tells the sign.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from evidence.ingest.encoding import charsets

DELIMITERS = (",", ";", "\t", "|")
SEPARATOR = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r*\n", re.IGNORECASE)
LOOKED_AT = 50  # rows by which the sign is told


def decode_csv(data: bytes) -> str | None:
    """The text, a line ``sep=`` kept as an empty one; None for what is no text. Letters of old fonts stay."""
    text = charsets.decode_table(data)
    if text is None or "\0" in text:
        return None
    return text if "\n" in text else text.replace("\r", "\n")


def split_separator(text: str) -> tuple[str, str]:
    """The sign between the cells, and the text without the line that tells it (an empty one stands there)."""
    told = SEPARATOR.match(text)
    if told:
        return told[1], "\n" + text[told.end() :]
    return find_delimiter(text), text


def find_delimiter(text: str) -> str:
    """The sign that cuts most rows into the same number of cells, more than one.

    >>> find_delimiter("Mã;Tên\\n1,5;Kế hoạch, báo cáo, tờ trình, công văn"), find_delimiter("a,b\\n1;2,3")
    (';', ',')
    """
    return max(DELIMITERS, key=lambda sign: _regularity(text, sign))


def _regularity(text: str, sign: str) -> tuple[int, int]:
    """How many of the first rows have the commonest number of cells, and that number."""
    widths: Counter[int] = Counter()
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign)):
            if row >= LOOKED_AT:
                break
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
    except csv.Error:
        return (0, 0)
    cut = {width: count for width, count in widths.items() if width > 1}
    if not cut:
        return (0, 0)
    width = max(cut, key=lambda each: (cut[each], each))
    return (cut[width], width)
