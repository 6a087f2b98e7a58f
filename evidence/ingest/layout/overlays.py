"""The text that signing software and portals print on a page: who signed when, and watermarks.

It is kept, as lines of its own, but it is not the document's text: it never joins a row of the header, and a page on
which nothing else is written counts as having no text layer (the signing time of a portal's copy is not the issue
date).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evidence.ingest.layout import reading_order as layout
from evidence.model.document import Line, Word

# Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ · Ký bởi: UBND tỉnh · Thời gian ký: 09.04.2024 15:28:33 +07:00
# Email: thongtinchinhphu@chinhphu.vn · Cơ quan: VĂN PHÒNG CHÍNH PHỦ · Giờ ký: 30/09/2025 17:58:22
NOTICE = re.compile(
    r"""ng[ưu]ời\ ký\s*:|ký\ bởi\s*:|ký\ số\ bởi|(?:thời\ gian|giờ|ngày)\ ký\s*:|cơ\ quan(?:\ phát\ hành)?\s*:
    |signed\ by|signature|digitally|\bdate\s*:|[\w.]+@[\w.]+\.\w{2,4}|\d\d:\d\d:\d\d|\+\d\d:\d\d
    |chinhphu\.vn|\bVGP\b|luatvietnam|thuvienphapluat|cổng\ thông\ tin\ điện\ tử\ chính\ phủ""",
    re.IGNORECASE | re.VERBOSE,
)
# one of them stands in every notice, in small letters: looked for first, as the pattern takes thirty times as long
HINTS = ("ký", "cơ quan", "sign", "digitally", "date", "@", "+", "chinhphu", "vgp", "luatvietnam", "thuvien", "cổng")
CLOCK = re.compile(r":\d\d:")
BLOCK_GAP = 1.5  # line heights between lines of one block
BLOCK_LETTERS = 24  # a field's text longer than a number and date is a notice


def is_notice(text: str) -> bool:
    """Whether this is a line of signing software or a portal.

    >>> is_notice("Thời gian ký: 09.04.2024 15:28:33 +07:00"), is_notice("Số: 187/TTr-SNV")
    (True, False)
    """
    return bool(among([text]))


def among(texts: Sequence[str]) -> set[int]:
    """Which of the lines are such. Most pages have no hint at one; the pattern is asked only where a hint stands.

    >>> among(["Số: 187/TTr-SNV", "Thời gian ký: 09.04.2024 15:28:33 +07:00"])
    {1}
    """
    whole = "\n".join(texts)
    small = whole.lower()
    lines = [text.lower() for text in texts] if (hints := [hint for hint in HINTS if hint in small]) else []
    hinted = {place for hint in hints for place, line in enumerate(lines) if hint in line}
    if CLOCK.search(whole):
        hinted.update(place for place, text in enumerate(texts) if CLOCK.search(text))
    return {place for place in hinted if NOTICE.search(texts[place])}


def part(words: Sequence[Word]) -> tuple[list[Word], tuple[Line, ...]]:
    """The words of fields and annotations: those that fill a blank of the text, and the notices as lines."""
    fillings: list[Word] = []
    notices: list[Line] = []
    for block in _blocks(layout.lines(words)):
        text = " ".join(line.text for line in block)
        if is_notice(text) or not any(map(str.isdigit, text)) or sum(map(str.isalpha, text)) > BLOCK_LETTERS:
            notices += block
        else:
            fillings += [word for line in block for word in line.words]
    return fillings, tuple(notices)


def _blocks(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand closely one below the other, together."""
    blocks: list[list[Line]] = []
    for line in lines:
        for block in blocks:
            if _near(block[-1], line):
                block.append(line)
                break
        else:
            blocks.append([line])
    return blocks


def _near(upper: Line, lower: Line) -> bool:
    one, two = upper.box, lower.box
    if one is None or two is None:
        return False
    beside = min(one[2], two[2]) - max(one[0], two[0]) > 0
    return beside and two[1] - one[3] < BLOCK_GAP * (two[3] - two[1])
