"""The names of WordprocessingML's elements as lxml writes them, and its truth values."""

from __future__ import annotations

from evidence.ingest.formats.safe_xml import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFF = frozenset({"0", "false", "off", "none"})
ALTERNATIVE, CHOICE, FALLBACK = f"{MARKUP}AlternateContent", f"{MARKUP}Choice", f"{MARKUP}Fallback"


def w(name: str) -> str:
    """The name of an element or attribute of WordprocessingML.

    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return WORD + name


VAL = w("val")


def is_on(flag: Element | None) -> bool:
    """Whether a property that is there or not, or says so itself, holds."""
    return flag is not None and flag.get(VAL, "1").casefold() not in OFF


def value_of(parent: Element | None, name: str) -> str | None:
    """The value of a property below that element; ``None`` where it has none."""
    child = parent.find(w(name)) if parent is not None else None
    return child.get(VAL) if child is not None else None
