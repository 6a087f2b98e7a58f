"""RTF -> lines, by ``striprtf``. Rows of tables come as cells between ``|``."""

from __future__ import annotations

from striprtf import striprtf

from evidence.errors import UnreadableError
from evidence.ingest import legacy, textfile
from evidence.ingest.plain import Lines, fill
from evidence.ingest.reading import Order, Reading


def read(order: Order) -> Reading:
    """The document's text on one page. UnreadableError where there is none."""
    try:
        text = str(striprtf.rtf_to_text(textfile.data(order).decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="RTF") from error
    found = legacy.convert(text.replace("\x00", ""))
    lines = Lines()
    fill(lines, found.text)
    if not lines.lines:
        raise UnreadableError("damaged", "damaged-office", kind="RTF")
    return Reading((lines.page(),), (), legacy.told(found.encoding))
