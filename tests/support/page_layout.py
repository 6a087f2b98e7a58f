"""Pages laid out for tests: lines with boxes, as the text layer or the OCR gives them."""

from __future__ import annotations

from evidence.model.document import Cell, Document, Line, Origin, Page, Source, Word

WIDTH, HEIGHT, SIZE = 595.0, 842.0, 13.0
CHAR = 6.4  # mean width of a letter at 13 points


def line(x: float, y: float, text: str, origin: Origin = Origin.TEXT, confidence: float = 1.0) -> Line:
    """A line whose left edge is ``x`` and top is ``y``."""
    words, at = [], x
    for part in text.split():
        words.append(Word(part, (at, y, at + CHAR * len(part), y + SIZE), confidence, origin))
        at += CHAR * (len(part) + 1)
    return Line(tuple(words))


def centred(middle: float, y: float, text: str, origin: Origin = Origin.TEXT, confidence: float = 1.0) -> Line:
    return line(middle - CHAR * len(text) / 2, y, text, origin, confidence)


def document(*pages: list[Line]) -> Document:
    made = tuple(Page(number, WIDTH, HEIGHT, origin_of(lines), tuple(lines)) for number, lines in enumerate(pages, 1))
    return Document(Source("a.pdf", "0" * 64, "application/pdf", 1), made)


def origin_of(lines: list[Line]) -> Origin:
    return Origin.OCR if any(word.origin is Origin.OCR for row in lines for word in row.words) else Origin.TEXT


def head(
    left: list[str],
    number: str,
    date: str,
    below: list[str],
    origin: Origin = Origin.TEXT,
    confidence: float = 1.0,
    about: tuple[str, ...] = (),
) -> list[Line]:
    """A first page: issuer lines, number row, ``V/v`` lines on the left; motto and date on the right; then the rest."""
    lines = [centred(150, 50 + 16 * i, text, origin, confidence) for i, text in enumerate(left)]
    lines.append(centred(420, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", origin, confidence))
    lines.append(centred(420, 66, "Độc lập - Tự do - Hạnh phúc", origin, confidence))
    row = 50 + 16 * max(len(left), 2) + 14
    lines.append(centred(150, row, number, origin, confidence))
    lines.append(centred(420, row, date, origin, confidence))
    lines += [centred(150, row + 16 * (i + 1), text, origin, confidence) for i, text in enumerate(about)]
    top = row + 16 * (len(about) + 2)
    lines += [centred(WIDTH / 2, top + 16 * i, text, origin, confidence) for i, text in enumerate(below)]
    return lines


def signature(
    top: float, titles: list[str], name: str, recipients: list[str], origin: Origin = Origin.TEXT
) -> list[Line]:
    """The end of a document: recipients on the left, the signature block on the right."""
    lines = [line(85, top, "Nơi nhận:", origin)]
    lines += [line(85, top + 14 * (i + 1), text, origin) for i, text in enumerate(recipients)]
    lines += [centred(420, top + 16 * i, text, origin) for i, text in enumerate(titles)]
    lines.append(centred(420, top + 16 * len(titles) + 70, name, origin))
    return lines


def office(rows: list[tuple[str, str]], below: list[str]) -> Document:
    """An office document: a header table of two columns, then paragraphs; no boxes."""
    lines = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            lines.append(Line(tuple(Word(part, None) for part in text.split()), Cell(0, number, column)))
    lines += [Line(tuple(Word(part, None) for part in text.split())) for text in below]
    page = Page(1, WIDTH, HEIGHT, Origin.TEXT, tuple(lines))
    return Document(Source("a.docx", "0" * 64, "application/docx", 1), (page,))
