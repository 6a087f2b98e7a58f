"""Text that people typed into a page without an appearance: FreeText notes and form fields of which the file holds the
letters alone, and leaves it to the viewer to draw them.

pdfium draws them in a font of its own, without the letters that this has not (``Nguyễn`` comes as ``Nguyn``), or not
at all. So the letters are taken from the file, and their places are worked out from the rectangle, the size of the
font and the alignment.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import numpy as np
import pypdfium2.raw as raw

from evidence.ingest.pdf.characters import Boxes, Glyphs, PageCoordinates

GENERATED = b"PDFIUM_HasGeneratedAP"  # pdfium's own mark at an appearance that it made
WIDTH, LEADING = 0.5, 1.15  # of a letter and a line, in sizes of the font
INSET = 1.0  # points between the rectangle and its text
ASIDE = 1.5  # heights that a text that was set over others may be moved to the nearest free place of its row
SAME_ROW = 0.4  # share of the height that text of one row has in common
SIZES = 6.0, 12.0  # points: the least, and the usual size where the file says none
EDGE = 0.2  # points by which neighbours may touch
TAG, BREAK = re.compile(r"<[^<>]*>"), re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.IGNORECASE)
SIZE = re.compile(r"([\d.]+)\s+Tf\b")
LONGEST = 4000  # characters of a note that are read
TEXT_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)


def has_no_appearance(annotation: raw.FPDF_ANNOTATION) -> bool:
    """Whether the file says of an annotation only what is in it, not how it looks."""
    return not raw.FPDFAnnot_HasKey(annotation, b"AP") or bool(raw.FPDFAnnot_HasKey(annotation, GENERATED))


def read_note(annotation: raw.FPDF_ANNOTATION) -> str:
    """What a FreeText note says: its plain text, or its rich text without the tags."""
    text = _read_string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    if text.strip():
        return text
    rich = _read_string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"RC", buffer, size))
    return unescape(TAG.sub("", BREAK.sub("\n", rich))).strip()


def read_stamp(annotation: raw.FPDF_ANNOTATION) -> str:
    """The name of a rubber stamp (``Draft`` where none is named: ISO 32000-1, table 181), and the text with it."""
    name = _read_string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Name", buffer, size))
    text = " ".join(read_note(annotation).split())
    return f"{name or 'Draft'}: {text}" if text else name or "Draft"


def read_field(form: raw.FPDF_FORMHANDLE, annotation: raw.FPDF_ANNOTATION) -> str:
    """What was typed into or chosen in a form field; empty for buttons, boxes to tick and signatures."""
    if raw.FPDFAnnot_GetFormFieldType(form, annotation) not in TEXT_FIELDS:
        return ""
    return _read_string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _read_string(call: Callable[[object, int], int]) -> str:
    """A text that pdfium writes as UTF-16 into a buffer whose size it tells first."""
    length = min(int(call(None, 0)), 2 * LONGEST)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    call(buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def place_text(text: str, annotation: raw.FPDF_ANNOTATION, coordinates: PageCoordinates) -> Glyphs:
    """The letters of a note or field where a viewer draws them, line by line in its rectangle."""
    left, top, right, bottom = _rectangle(annotation, coordinates)
    size = _font_size(annotation) or min(max((bottom - top) / LEADING - INSET, SIZES[0]), SIZES[1])
    room = max(right - left - 2 * INSET, size)
    lines = [line for row in text[:LONGEST].splitlines() for line in _wrap(row, room, size)]
    quadding = _number(annotation, b"Q")
    single = len(lines) == 1
    start = (top + bottom - LEADING * size) / 2 if single else top + INSET
    texts: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    parted: list[bool] = []
    for row, line in enumerate(lines):
        width = min(WIDTH * size, room / len(line))
        begin = left + INSET + (room - width * len(line)) * min(max(quadding, 0), 2) / 2
        above = start + row * LEADING * size
        for place, letter in enumerate(line):
            if not letter.isspace():
                texts.append(letter)
                boxes.append((begin + place * width, above, begin + (place + 1) * width, above + LEADING * size))
                parted.append(place == 0 or line[place - 1].isspace())
    array: Boxes = np.array(boxes, np.float64).reshape(-1, 4)
    return Glyphs(texts, array, np.array(parted, np.bool_), np.full(len(texts), -1, np.intp))


def settle_text(typed: Glyphs, own: Glyphs) -> Glyphs:
    """One row of typed text, moved beside the page's own text where it would stand upon it: its place is worked out,
    and people set notes roughly. Where there is no room near by it stays."""
    if not len(typed) or not len(own):
        return typed
    top, bottom = typed.boxes[:, 1].min(), typed.boxes[:, 3].max()
    left, right = typed.boxes[:, 0].min(), typed.boxes[:, 2].max()
    height = bottom - top
    shared = np.minimum(own.boxes[:, 3], bottom) - np.maximum(own.boxes[:, 1], top)
    row = own.boxes[(shared > SAME_ROW * (own.boxes[:, 3] - own.boxes[:, 1])) & (own.boxes[:, 3] - own.boxes[:, 1] > 0)]
    if not ((row[:, 0] < right) & (row[:, 2] > left)).any():
        return typed
    near = [0.0, *(row[:, 0] - right).tolist(), *(row[:, 2] - left).tolist()]
    for step in sorted((step for step in near if abs(step) <= ASIDE * height), key=abs):
        if not ((row[:, 0] < right + step - EDGE) & (row[:, 2] > left + step + EDGE)).any():
            return replace(typed, boxes=typed.boxes + np.array([step, 0.0, step, 0.0]))
    return typed


def join_glyphs(*parts: Glyphs) -> Glyphs:
    """Characters of several sources, one after the other; a word begins with each."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else parts[0]
    parted = [part.parted.copy() for part in filled]
    for flags in parted:
        flags[0] = True
    texts = [text for part in filled for text in part.texts]
    boxes, places = (np.concatenate([getattr(part, name) for part in filled]) for name in ("boxes", "places"))
    return Glyphs(texts, boxes, np.concatenate(parted), places)


def _wrap(row: str, room: float, size: float) -> list[str]:
    """A row of text in lines that fit the room, cut between words."""
    most = max(int(room / (WIDTH * size) * 1.2), 1)
    lines: list[str] = []
    for word in unicodedata.normalize("NFC", row).split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _rectangle(annotation: raw.FPDF_ANNOTATION, coordinates: PageCoordinates) -> tuple[float, float, float, float]:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    box: list[float] = coordinates.boxes(np.array([[left, top, right, bottom]], np.float32))[0].tolist()
    return box[0], box[1], box[2], box[3]


def _font_size(annotation: raw.FPDF_ANNOTATION) -> float:
    """The size that the default appearance names; 0 where it names none."""
    style = _read_string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"DA", buffer, size))
    match = SIZE.search(style)
    try:
        return float(match[1]) if match else 0.0
    except ValueError:
        return 0.0


def _number(annotation: raw.FPDF_ANNOTATION, key: bytes) -> float:
    value = ctypes.c_float()
    raw.FPDFAnnot_GetNumberValue(annotation, key, ctypes.byref(value))
    return value.value
