"""Text of strangers' files where people read it: nothing in it moves the cursor, changes colours or turns the writing.

Controls of C0 and C1, separators of lines and the marks of direction are shown as ``\\u001b``: such an escape means the
same letter in JSON, so that machines lose nothing. Breaks of lines, tabs and breaks of pages stay.
"""

from __future__ import annotations

import re

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
HIDDEN = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029{TURNING}]|\r(?!\n)")
STYLED = re.compile("(\x1b\\[[0-9;]*m)")  # what a console writes for colours and weights


def escape_hidden(text: str) -> str:
    r"""The text with what is not to be seen as escapes.

    >>> escape_hidden("a\x1b[31m\n\u202efdp.exe\x9b")
    'a\\u001b[31m\n\\u202efdp.exe\\u009b'
    """
    return HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escape_around_styles(text: str) -> str:
    """The same of what a console wrote, whose own colours stay."""
    return "".join(part if STYLED.fullmatch(part) else escape_hidden(part) for part in STYLED.split(text))
