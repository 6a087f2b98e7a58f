"""Text of office formats in the fonts of before Unicode: the font's name decides, run by run.

DOCX, ODT and HTML name the font of each run; only it tells TCVN3's capitals (``.VnTimeH``) and which runs of a mixed
document are old. A name may lie: text retyped in Unicode under ``.VnTime`` is common, so a font is believed only if
its text in the whole document has the letters of the old encodings. Where the fonts were renamed, the letters decide
line by line (``charsets.convert_text``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from evidence.ingest.encoding import charsets
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.layout.text_quality import is_broken
from evidence.ingest.reader_protocol import ReadResult
from evidence.messages import Message
from evidence.model.document import Table
from evidence.model.problem import Problem, ProblemCode

PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}  # where Word keeps the bytes of symbol fonts
SOFT = "\u00ad"  # TCVN3's ư; in any other font a place to hyphenate, which nobody sees


class Piece(NamedTuple):
    """A stretch of text, the name of the font that it is set in, and whether it is shown in capitals."""

    text: str
    font: str
    capitals: bool = False


class OldFonts:
    """What the fonts of one document mean. ``encodings`` holds the encodings that were converted."""

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        texts_of_font: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            if charsets.encoding_of_font(piece.font):
                texts_of_font[piece.font].append(piece.text.translate(PRIVATE))
        old = [font for font, texts in texts_of_font.items() if _is_old("".join(texts))]
        self._encoding_of_font = {font: charsets.encoding_of_font(font) for font in old}
        self.encodings: set[str] = set()

    def text(self, pieces: Sequence[Piece]) -> str:
        """The pieces of one paragraph as Unicode; VNI's letter and mark may stand in two of them."""
        return "".join(
            self._shown("".join(piece.text for piece in group), font, capitals)
            for (font, capitals), group in groupby(pieces, key=lambda piece: piece[1:])
        )

    def _shown(self, text: str, font: str, capitals: bool) -> str:
        converted = self._converted(text, font)
        return converted.upper() if capitals else converted

    def _converted(self, text: str, font: str) -> str:
        encoding = self._encoding_of_font.get(font)
        bare = text.translate(PRIVATE) if encoding else text
        if encoding is None or not charsets.NEW.isdisjoint(bare):
            return text
        converted = charsets.to_unicode(bare, encoding)
        if converted != bare:
            self.encodings.add(encoding)
        return converted.upper() if charsets.is_capital_font(font) else converted


def _is_old(text: str) -> bool:
    """Whether the text of a font is in old letters as a whole: some of the old ones, hardly any of the new."""
    new = sum(1 for letter in text if letter in charsets.NEW)
    old = sum(1 for letter in text if "\x80" <= letter <= "\xff")
    return new <= old / 4


def make_result(lines: LineBuilder, fonts: OldFonts) -> ReadResult:
    """The lines as pages, with what the record says of old letters in them."""
    met = set(fonts.encodings)
    encoding = None if met else charsets.detect_encoding_by_lines("\n".join(line.text for line in lines.lines))
    if encoding:
        lines, met = _changed(lines, lambda text: charsets.mend_line(text, encoding)), {encoding}
    if any(SOFT in line.text for line in lines.lines):
        lines = _changed(lines, lambda text: text.replace(SOFT, ""))
    problems = tuple(problem for name in sorted(met) for problem in charsets.encoding_problems(name))
    if not problems and is_broken(lines.page().text):
        problems = (Problem(ProblemCode.LEGACY_ENCODING, Message("legacy-encoding")),)
    pages = lines.pages()
    return ReadResult(pages, (), problems, total=len(pages))


def _changed(lines: LineBuilder, change: Callable[[str], str]) -> LineBuilder:
    """The same lines and tables with each line of text changed."""
    other = LineBuilder()
    for at, line in enumerate(lines.lines):
        if at in lines.breaks:
            other.part()
        other.add(change(line.text), line.cell)
    for table in lines.tables:
        rows = tuple(
            tuple(cell and "\n".join(change(part) for part in cell.split("\n")) for cell in row) for row in table.rows
        )
        other.tables.append(Table(rows, table.box, table.columns, table.name))
    return other
