"""Signs that a page's text layer does not say what the page shows: a font whose table of letters (``/ToUnicode``) is
wrong or forged prints 615 and gives 724.

Two signs, which cost next to nothing: figures and capitals of the header's rows that are drawn like another one
(``glyph_shapes``), and words that no Vietnamese text holds. Where there is one the page is read by OCR, and the picture
decides (``layout.layer_comparison``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evidence.ingest.layout.pictured_places import DAY, HEADER, LABEL
from evidence.ingest.layout.text_quality import is_english
from evidence.ingest.pdf.false_text.glyph_shapes import FIGURES, find_other_letters, is_known_letter
from evidence.ingest.pdf.page_text import PageText
from evidence.model.document import Line
from evidence.model.geometry import Box, enclose
from evidence.vietnamese.text import looks_like_syllable, strip_marks

SCALE = 3.0  # pixels a point of the rows that are drawn
LOOKED_AT = 48  # figures of a later page that are
OF_HEADER = 18  # characters of the header that are, each of a row once
ROWS = 3  # rows with figures that are, where no row of a number or day is seen
STRANGE, FEW = 0.3, 8  # share of words that are no syllables from which a layer is doubted, and their least number
Places = npt.NDArray[np.intp]


def find_doubted_header(read: PageText, lines: Sequence[Line]) -> tuple[Box, ...]:
    """Places of a first page whose text may not be what is printed there; empty as a rule."""
    height = read.page.get_height()
    header = [(line, box) for line in lines if (box := line.box) and box[1] < HEADER * height]
    texts = [(box, line.text) for line, box in header]
    figures = [(box, strip_marks(text)) for box, text in texts if any(map(str.isdigit, text))]
    number = next((box for box, text in figures if LABEL.match(text)), None)
    day = next((box for box, text in figures if DAY.search(text)), None)
    rows = [row for row in (number, day) if row]
    if number is None:
        rows += [box for box, _ in figures if box != day][:ROWS]
    return (*_find_other_letters(read, rows), *find_strange_words([line for line, _ in header]))


def find_doubted_figures(read: PageText) -> tuple[Box, ...]:
    """The same of a later page: some of all its figures."""
    figures = np.array([place for place, text in enumerate(read.own.texts) if text in FIGURES], np.intp)
    step = max(1, len(figures) // LOOKED_AT)
    return tuple(_look_at(read, figures[::step])) if len(figures) else ()


def find_strange_words(lines: Sequence[Line]) -> tuple[Box, ...]:
    """The words that can be no syllables, where they are too many for a Vietnamese text."""
    words = [(word, looks_like_syllable(word.text.strip('.,;:()/"“”-–…'))) for line in lines for word in line.words]
    judged = [(word, good) for word, good in words if good is not None]
    strange = tuple(word.box for word, good in judged if not good and word.box)
    if len(strange) < FEW or len(strange) <= STRANGE * len(judged) or is_english(" ".join(line.text for line in lines)):
        return ()
    return strange


def _find_other_letters(read: PageText, rows: Sequence[Box]) -> list[Box]:
    boxes = read.own.boxes
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    places: list[int] = []
    capitals: set[str] = set()
    for left, top, right, bottom in rows:
        inside = (across > left) & (across < right) & (down > top) & (down < bottom)
        first = {read.own.texts[place]: place for place in reversed(np.flatnonzero(inside).tolist())}
        places += [place for letter, place in first.items() if is_known_letter(letter) and letter not in capitals]
        capitals |= {letter for letter in first if letter not in FIGURES}
    return _look_at(read, np.array(places[:OF_HEADER], np.intp)) if places else []


def _look_at(read: PageText, places: Places) -> list[Box]:
    """The boxes of those of the characters that are drawn like others."""
    boxes = [(left, top, right, bottom) for left, top, right, bottom in read.own.boxes[places].tolist()]
    frame = enclose(tuple(boxes))
    assert frame is not None
    width, height = read.page.get_size()
    left, top = max(0.0, frame[0]), max(0.0, frame[1])
    crop = (left, max(0.0, height - frame[3]), max(0.0, width - frame[2]), top)
    picture = read.page.render(scale=SCALE, crop=crop, may_draw_forms=False, grayscale=True).to_numpy()
    grey = picture.reshape(picture.shape[:2])
    edges = ((box[0] - left, box[1] - top, box[2] - left, box[3] - top) for box in boxes)
    sides = [[max(0, round(side * SCALE)) for side in edge] for edge in edges]
    pictures = [grey[upper:lower, first:last] for first, upper, last, lower in sides]
    letters = "".join(read.own.texts[place] for place in places.tolist())
    return [box for box, other in zip(boxes, find_other_letters(letters, pictures), strict=True) if other]
