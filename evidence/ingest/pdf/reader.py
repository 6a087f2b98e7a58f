"""PDF -> pages: the text layer where it is good, page images for OCR where it is not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.imaging import raw_image
from evidence.ingest.layout.merge import merge_fields, remove_blanks
from evidence.ingest.layout.pictured_places import find_doubted_rows, find_pictured_places
from evidence.ingest.layout.reading_order import group_lines
from evidence.ingest.layout.text_quality import Layer, LayerSigns, judge_layer
from evidence.ingest.members import clean_name
from evidence.ingest.pdf.attachments import Attached, collect_attachments, list_attached
from evidence.ingest.pdf.characters import Glyphs, detect_rotation, rotate_glyphs
from evidence.ingest.pdf.false_text.doubted_text import find_doubted_figures, find_doubted_header
from evidence.ingest.pdf.false_text.glyph_shapes import preload_shapes
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.page_text import PageText, read_page_text
from evidence.ingest.pdf.render import render_page
from evidence.ingest.pdf.tables import find_tables
from evidence.ingest.pdf.words import join_words
from evidence.ingest.pdf.xfa import is_dynamic_xfa
from evidence.ingest.reader_protocol import (
    IMAGES,
    EmbeddedFile,
    PageImage,
    PicturedPlace,
    ReadRequest,
    ReadResult,
)
from evidence.messages import Message
from evidence.model.document import Line, Origin, Page, Table, Word
from evidence.model.geometry import Box
from evidence.model.problem import Problem, ProblemCode
from evidence.values.overlay import find_overlays

TEXT = Origin.TEXT
TWICE = (0.5, 1.5)  # points aside within which a character counts as painted twice; on a page known to be
SHOWN = 60  # characters of a hidden text that are shown
DIGITS, MARGIN = (
    4,
    0.12,
)  # of a page number: its digits at most, and the share of the page from an edge that it stands in
PASSWORD_ERRORS = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def preload() -> None:
    """Loads the tables of reading, once a process."""
    preload_shapes()


def read(request: ReadRequest) -> ReadResult:
    """One stretch of pages. UnreadableError where the file cannot be opened or has no pages."""
    pdf = open_pdf(request.file)
    total = len(pdf)
    if total == 0:
        raise UnreadableError("damaged", "no-pages")
    if is_dynamic_xfa(pdf):
        raise UnreadableError("unsupported", "dynamic-xfa")
    pages: list[Page] = []
    scans: list[PageImage] = []
    problems: list[Problem] = []
    left: int | None = None
    attached: list[Attached] = []
    probe = FileProbe(request.file)
    if request.first and not request.tables:
        _find_doubted(read := read_page_text(pdf, 0, probe), group_lines(join_words(read.own)), 0, probe)
    for index in range(request.first, request.last(total, request.limits.pages)):
        if len(scans) == IMAGES:
            left = index
            break
        try:
            result, told = _read_page(pdf, index, request, probe, attached)
            problems += told
        except (pdfium.PdfiumError, ValueError):
            problems.append(Problem(ProblemCode.DAMAGED, Message("page-damaged", {"page": str(index + 1)}), index + 1))
            result = Page(index + 1, 0.0, 0.0, Origin.BLANK)
        if result is None:
            break
        if isinstance(result, PageImage):
            scans.append(result)
            continue
        pages.append(result)
    embedded: tuple[EmbeddedFile, ...] = ()
    if request.first == 0:
        later = _list_later(pdf, request, total, probe)
        embedded, refused = collect_attachments(pdf, request, (*attached, *later))
        problems += refused
    return ReadResult(tuple(pages), tuple(scans), _fold_hidden(problems), total, embedded, None, left)


def _list_later(pdf: pdfium.PdfDocument, request: ReadRequest, total: int, probe: FileProbe) -> Iterator[Attached]:
    """The files attached to pages behind the first stretch."""
    later = range(request.last(total, request.limits.pages), min(total, request.limits.pages))
    for index in later if probe.may_attach else ():
        with suppress(pdfium.PdfiumError):
            yield from list_attached(pdf, pdf[index])


def open_pdf(file: Path) -> pdfium.PdfDocument:
    """The opened file; UnreadableError says whether a password or damage keeps it shut."""
    try:
        pdf = pdfium.PdfDocument(file)
        pdf.init_forms()
    except pdfium.PdfiumError as error:
        problem = PASSWORD_ERRORS.get(getattr(error, "err_code", None), "damaged")
        raise UnreadableError(problem, "encrypted-pdf" if problem == "encrypted" else "damaged-pdf") from error
    return pdf


def _rotated(page: int, degrees: int) -> Problem:
    return Problem(ProblemCode.ROTATED, Message("page-rotated", {"page": str(page), "degrees": str(degrees)}), page)


def _read_page(
    pdf: pdfium.PdfDocument, index: int, request: ReadRequest, probe: FileProbe, attached: list[Attached]
) -> tuple[Page | PageImage | None, list[Problem]]:
    """The page and what should be known of it: that it was turned to be read (a scan is turned once it has been read),
    that its text was in an old encoding, that it has text which it does not show. None for one that needs OCR and is
    not wanted yet. The files attached to it are put to ``attached``."""
    read = read_page_text(pdf, index, probe)
    attached += read.attached
    page, before, added = read.page, read.own, read.fields
    width, height = page.get_size()
    degrees = detect_rotation(before)
    if degrees:
        before, added = (rotate_glyphs(glyphs, degrees, width, height) for glyphs in (before, added))
    size = (height, width) if degrees in (90, 270) else (width, height)
    own, fields = join_words(before), join_words(added, Origin.WIDGET)
    lines = _merge_lines(own, fields)
    signs = LayerSigns(_own_text(lines, fields), read.objects.image, read.objects.hidden, read.objects.paths)
    quality = judge_layer(signs)
    told = _page_problems(read, index + 1, degrees if quality is Layer.GOOD else 0)
    if quality is Layer.GOOD and not degrees and (scan := _look_at_picture(read, lines, index, request, probe)):
        return scan, told
    if quality in (Layer.GOOD, Layer.BLANK):
        tables = _read_tables(request, index, read) if request.tables and quality is Layer.GOOD else ()
        origin = Origin.TEXT if lines else Origin.BLANK
        done = Page(index + 1, *size, origin, lines, None, tables, rotation=degrees)
        return done, told
    if request.headers and index > 0:
        return None, []
    grey, scale = render_page(page, request.limits)
    file = raw_image.save_image(grey, request.scratch, index + 1)
    own_lines, broken = group_lines(own), quality is Layer.BROKEN
    layer, aside = (own_lines, ()) if broken else ((), own_lines)
    widgets = group_lines(fields) if not degrees else ()
    scan = PageImage(index + 1, width, height, str(file), scale, layer, widgets, aside)
    return scan, _attached_problems(read, index + 1)


def _look_at_picture(
    read: PageText, lines: tuple[Line, ...], index: int, request: ReadRequest, probe: FileProbe
) -> PageImage | None:
    """The page as an image where fields stand on it as pictures, or its text need not be what it shows; ``None`` where
    neither is so, or only its text is asked for."""
    if request.tables or (request.headers and index > 0):
        return None
    width, height = read.page.get_size()
    doubted = _find_doubted(read, lines, index, probe)
    places: tuple[PicturedPlace, ...] = ()
    if not doubted and (read.pictures or read.outlines or read.replaced):
        places = find_pictured_places(lines, read.pictures, read.outlines, width, height, index == 0)
        places += find_doubted_rows(lines, read.replaced, height)
    if not places and not doubted:
        return None
    grey, scale = render_page(read.page, request.limits)
    file = raw_image.save_image(grey, request.scratch, index + 1)
    return PageImage(index + 1, width, height, str(file), scale, lines, pictures=places, doubted=doubted)


def _find_doubted(read: PageText, lines: tuple[Line, ...], index: int, probe: FileProbe) -> tuple[Box, ...]:
    """Where the page's text need not be what is printed: asked of the first page, of others where that is doubted."""
    if index == 0:
        doubted = find_doubted_header(read, lines)
        probe.is_doubted = bool(doubted)
        return doubted
    return find_doubted_figures(read) if probe.is_doubted else ()


def _page_problems(read: PageText, number: int, degrees: int) -> list[Problem]:
    """What should be known of a page whose own text is used."""
    problems = [_rotated(number, degrees)] if degrees else []
    problems += (replace(problem, page=number) for problem in charsets.encoding_problems(read.encoding))
    problems += _attached_problems(read, number)
    if text := _hidden_text(read):
        message = Message("hidden-text", {"page": str(number), "text": _shorten(text)})
        problems.append(Problem(ProblemCode.HIDDEN_TEXT, message, number))
    return problems


def _hidden_text(read: PageText) -> str:
    """What the page does not show, where it is worth telling: page numbers that were painted over are not."""
    if _are_page_number(read.hidden, *read.page.get_size()):  # as a rule, or there is none at all
        return ""
    words = [word for word in join_words(read.hidden) if not _is_page_number(word, *read.page.get_size())]
    return " ".join(word.text for word in words) if any(map(str.isalnum, "".join(word.text for word in words))) else ""


def _are_page_number(glyphs: Glyphs, width: float, height: float) -> bool:
    """Whether these few characters, if any, can make nothing but numbers of a page."""
    if len(glyphs) > DIGITS or not all(map(str.isdigit, glyphs.texts)):
        return False
    return all(
        _is_in_margin((left, top, right, bottom), width, height) for left, top, right, bottom in glyphs.boxes.tolist()
    )


def _is_page_number(word: Word, width: float, height: float) -> bool:
    few = len(word.text) <= DIGITS and word.text.isdigit()
    return few and _is_in_margin(word.box or (0.0, 0.0, 0.0, 0.0), width, height)


def _is_in_margin(box: Box, width: float, height: float) -> bool:
    left, top, right, bottom = box
    return min(left, width - right) < MARGIN * width or min(top, height - bottom) < MARGIN * height


def _fold_hidden(problems: list[Problem]) -> tuple[Problem, ...]:
    """The same with one problem for all pages that hold text which they do not show."""
    hidden = [problem for problem in problems if problem.message.code == "hidden-text"]
    if len(hidden) < 2:
        return tuple(problems)
    pages = ", ".join(str(problem.page) for problem in hidden)
    folded = replace(hidden[0], message=Message("hidden-text-pages", {**hidden[0].message.params, "pages": pages}))
    return (*(problem for problem in problems if problem not in hidden), folded)


def _attached_problems(read: PageText, number: int) -> list[Problem]:
    """What hangs at the page: files, documents of their own, which a reader of the paper does not see; stamps that are
    seen in one viewer and not in another."""
    names = [clean_name(name) for name, data in read.attached if data is not None]
    params = {"page": str(number), "names": ", ".join(filter(None, names))}
    problems = [Problem(ProblemCode.ATTACHED_FILE, Message("attached-file", params), number)] if names else []
    if read.stamps:
        stamps = {"page": str(number), "text": _shorten("; ".join(read.stamps))}
        problems.append(Problem(ProblemCode.HIDDEN_TEXT, Message("bare-stamp", stamps), number))
    return problems


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _merge_lines(own: list[Word], fields: list[Word]) -> tuple[Line, ...]:
    """The page's lines: fillings of fields in their rows, overlays apart."""
    return merge_fields(group_lines(remove_blanks(own, fields)), group_lines(fields))


def _own_text(lines: tuple[Line, ...], fields: list[Word]) -> str:
    """What the document itself says: without fields and overlays."""
    texts = [" ".join([word.text for word in line.words]) for line in lines]
    apart = find_overlays(texts)
    if fields:
        texts = [" ".join([word.text for word in line.words if word.origin is TEXT]) for line in lines]
    return "\n".join([text for place, text in enumerate(texts) if place not in apart])


def _read_tables(request: ReadRequest, index: int, read: PageText) -> tuple[Table, ...]:
    """Ruled tables of one page, by pdfplumber (slow: only when asked for)."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(request.file.read_bytes()), pages=[index + 1]) as pdf:
        page = pdf.pages[0].dedupe_chars(
            tolerance=TWICE[read.doubled]
        )  # what is painted again at once pdfium tells of nothing
        return find_tables(page, list(zip(read.hidden.texts, read.hidden.boxes.tolist(), strict=True)))
