"""pdfium's functions that are called once a character or object, with bare arguments.

A page has 1,800 characters and 450 objects, and each call through pypdfium2's ctypes signatures (typed pointers, a
``byref`` anew) costs as much as pdfium's own work. Handles and places to write to are plain addresses here, so that
``map`` can make the calls without a line of Python between them: a third of the time. The caller keeps the page open
and the memory alive while they run.

Quicker still, by half, are calls without declared arguments (``_untyped_call``): a number goes on as a C ``int`` as it
is, so a handle or place must be a ready pointer (``byref``). Those stay in this file: a bare number for a handle would
crash.
"""

from __future__ import annotations

import ctypes
from _ctypes import CFuncPtr
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, repeat

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as raw

AT_ONCE = 4096  # characters whose boxes are asked for at a time
LAYER = int.from_bytes("OC".encode("utf-16-le"), "little")
SLACK = 0.5  # points that a clip may take off a side: no letter is as narrow
CType = type[ctypes.c_int] | type[ctypes.c_uint] | type[ctypes.c_ulong] | type[ctypes.c_void_p]
_HANDLE, _INT, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p


def _typed_call(function: CFuncPtr, result: CType, *arguments: CType) -> Callable[..., int]:
    """The same function of the library; Python's lock is kept, which nobody waits for in a child of one thread."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _untyped_call(function: CFuncPtr, result: CType) -> Callable[..., int]:
    """The same without declared arguments."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _pointer(handle: int) -> object:
    return ctypes.byref(ctypes.c_char.from_address(handle))


def handle_address(handle: ctypes._Pointer[ctypes.Structure]) -> int:
    """A handle of pypdfium2's as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


count_characters = _typed_call(raw.FPDFText_CountChars, _INT, _HANDLE)
code_point = _typed_call(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
copy_text = _typed_call(raw.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _ADDRESS)
_is_generated = _untyped_call(raw.FPDFText_IsGenerated, _INT)
_loose_box = _untyped_call(raw.FPDFText_GetLooseCharBox, _INT)
_object_at = _untyped_call(raw.FPDFPage_GetObject, _HANDLE)
_text_object = _untyped_call(raw.FPDFText_GetTextObject, _HANDLE)

count_objects = _typed_call(raw.FPDFPage_CountObjects, _INT, _HANDLE)
_count_inside = _typed_call(raw.FPDFFormObj_CountObjects, _INT, _HANDLE)
_object_inside = _typed_call(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
object_type = _typed_call(raw.FPDFPageObj_GetType, _INT, _HANDLE)
render_mode = _typed_call(raw.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
set_active = _typed_call(raw.FPDFPageObj_SetIsActive, _INT, _HANDLE, _INT)
count_marks = _typed_call(raw.FPDFPageObj_CountMarks, _INT, _HANDLE)
_mark_at = _typed_call(raw.FPDFPageObj_GetMark, _HANDLE, _HANDLE, ctypes.c_ulong)
_mark_name = _typed_call(raw.FPDFPageObjMark_GetName, _INT, _HANDLE, _ADDRESS, ctypes.c_ulong, _ADDRESS)
_object_text = _typed_call(raw.FPDFTextObj_GetText, ctypes.c_ulong, _HANDLE, _HANDLE, _ADDRESS, ctypes.c_ulong)
has_transparency = _typed_call(raw.FPDFPageObj_HasTransparency, _INT, _HANDLE)
_clip_path = _typed_call(raw.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
_count_clips = _typed_call(raw.FPDFClipPath_CountPaths, _INT, _HANDLE)
_count_segments = _typed_call(raw.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
_clip_segment = _typed_call(raw.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
_segment_point = _typed_call(raw.FPDFPathSegment_GetPoint, _INT, _HANDLE, _ADDRESS, _ADDRESS)
_mark_text = _typed_call(
    raw.FPDFPageObjMark_GetParamStringValue, _INT, _HANDLE, _ADDRESS, _ADDRESS, ctypes.c_ulong, _ADDRESS
)
_bounds = _typed_call(raw.FPDFPageObj_GetBounds, _INT, _HANDLE, *[_ADDRESS] * 4)
_fill_colour = _typed_call(raw.FPDFPageObj_GetFillColor, _INT, _HANDLE, *[_ADDRESS] * 4)
_stroke_width = _typed_call(raw.FPDFPageObj_GetStrokeWidth, _INT, _HANDLE, _ADDRESS)
_draw_mode = _typed_call(raw.FPDFPath_GetDrawMode, _INT, _HANDLE, _ADDRESS, _ADDRESS)
_matrix = _typed_call(raw.FPDFPageObj_GetMatrix, _INT, _HANDLE, _ADDRESS)

_ACTUAL = ctypes.addressof(_ACTUAL_TEXT := ctypes.create_string_buffer(b"ActualText"))
_LENGTH = ctypes.c_ulong()  # where pdfium writes how long a mark's name or text is
_NAME_LENGTH = ctypes.addressof(_LENGTH)
_FILL, _STROKE, _PEN = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()  # where it writes how a path is drawn
_MODE, _WIDTH = (ctypes.addressof(_FILL), ctypes.addressof(_STROKE)), ctypes.addressof(_PEN)
_RECTS = (raw.FS_RECTF * AT_ONCE)()  # where pdfium writes boxes, read out before the next call
_SPOTS = [ctypes.byref(_RECTS, place * ctypes.sizeof(raw.FS_RECTF)) for place in range(AT_ONCE)]
_SIDES = np.frombuffer(_RECTS, np.float32).reshape(-1, 4)
_COLUMNS = [[_SIDES.ctypes.data + 16 * place + 4 * column for place in range(AT_ONCE)] for column in range(4)]


def read_loose_boxes(text: int, places: list[int]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """The loose boxes of the characters at those places, as pdfium's ``FS_RECTF``, and which of them have one."""
    sides, boxed = np.empty((len(places), 4), np.float32), np.empty(len(places), np.bool_)
    for start in range(0, len(places), AT_ONCE):
        part = places[start : start + AT_ONCE]
        end = start + len(part)
        boxed[start:end] = np.fromiter(map(_loose_box, repeat(_pointer(text)), part, _SPOTS), np.bool_, len(part))
        sides[start:end] = _SIDES[: len(part)]
    return sides, boxed


def find_generated(text: int, places: list[int]) -> npt.NDArray[np.bool_]:
    """Which of the characters at those places pdfium added by itself."""
    return np.fromiter(map(_is_generated, repeat(_pointer(text)), places), np.bool_, len(places))


def list_text_objects(text: int, places: list[int]) -> list[int]:
    """The text object of each of the characters at those places; 0 where there is none."""
    return [item or 0 for item in map(_text_object, repeat(_pointer(text)), places)]


def list_objects(page: int) -> list[int]:
    """The page's objects, in the order in which they are drawn."""
    return list(map(_object_at, repeat(_pointer(page)), range(count_objects(page))))


def list_inner_objects(form: int) -> list[int]:
    """The same of a form."""
    return list(map(_object_inside, repeat(form), range(_count_inside(form))))


def read_bounds(items: Sequence[int]) -> npt.NDArray[np.float32]:
    """The objects' boxes as they were drawn (left, bottom, right, top), in the coordinates of the page or form that
    they stand in; a box without an extent where pdfium tells none."""
    return _read_fours(_bounds, items)[0].view(np.float32)


def read_fill_colours(items: Sequence[int]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    """The colours that objects are filled with (red, green, blue, alpha; 0 to 255), and which of them have one that is
    no pattern."""
    return _read_fours(_fill_colour, items)


def _read_fours(call: Callable[..., int], items: Sequence[int]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    """The four numbers of 32 bits that a call writes for each object, and for which of them it did."""
    values, written = np.zeros((len(items), 4), np.uint32), np.zeros(len(items), np.bool_)
    for start in range(0, len(items), AT_ONCE):
        part = items[start : start + AT_ONCE]
        end = start + len(part)
        _SIDES[: len(part)] = 0
        written[start:end] = np.fromiter(map(call, part, *_COLUMNS), np.bool_, len(part))
        values[start:end] = _SIDES[: len(part)].view(np.uint32)
    return values, written


def find_clipped(items: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which of the objects are drawn through a clip that does not leave all of them."""
    counts = np.fromiter(map(_count_clips, map(_clip_path, items)), np.int32, len(items))
    clipped = counts > 0
    for place in np.flatnonzero(clipped).tolist():
        clipped[place] = _cuts(_clip_path(items[place]), int(counts[place]), read_bounds(items[place : place + 1])[0])
    return clipped


def has_characters(item: int, text: int) -> bool:
    """Whether the text page has characters of that text object."""
    return _object_text(item, text, None, 0) > len("\0".encode("utf-16-le"))


def has_layer_marks(items: Sequence[int]) -> bool:
    """Whether one of the objects bears the mark of content that lies in a layer (``/OC``)."""
    for start in range(0, len(items), AT_ONCE):
        part = items[start : start + AT_ONCE]
        counts = np.fromiter(map(count_marks, part), np.int32, len(part))
        for place in range(counts.max(initial=0)):
            marked = [part[index] for index in np.flatnonzero(counts > place).tolist()]
            _SIDES[: len(marked)] = 0
            marks = set(map(_mark_at, marked, repeat(place)))  # what stands in one mark shares it
            deque(map(_mark_name, marks, _COLUMNS[0], repeat(_SIDES.itemsize * 4), repeat(_NAME_LENGTH)), 0)
            if (_SIDES[: len(marks)].view(np.uint64)[:, 0] == LAYER).any():
                return True
    return False


def find_actual_texts(items: Iterable[int]) -> set[int]:
    """The objects of which a mark says what is to be read instead of what is drawn (``/ActualText``)."""
    marked = list(items)
    counts = list(map(count_marks, marked))
    found: set[int] = set()
    for place in range(max(counts, default=0)):
        marked = [item for item in marked if count_marks(item) > place] if place else list(compress(marked, counts))
        marks = list(map(_mark_at, marked, repeat(place)))
        given = map(_mark_text, marks, repeat(_ACTUAL), repeat(None), repeat(0), repeat(_NAME_LENGTH))
        found |= {item for item, text in zip(marked, given, strict=True) if text and _LENGTH.value > 2}
    return found


def _cuts(clip: int, paths: int, bounds: npt.NDArray[np.float32]) -> bool:
    """Whether a clip is any other than rectangles around these bounds."""
    left, bottom, right, top = bounds.tolist()
    for path in range(paths):
        points = [_clip_point(clip, path, segment) for segment in range(_count_segments(clip, path))]
        across, down = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
        if not 4 <= len(points) <= 5 or len(across) != 2 or len(down) != 2:
            return True
        if min(across) > left + SLACK or min(down) > bottom + SLACK:
            return True
        if max(across) < right - SLACK or max(down) < top - SLACK:
            return True
    return False


def _clip_point(clip: int, path: int, segment: int) -> tuple[float, float]:
    across, down = ctypes.c_float(), ctypes.c_float()
    _segment_point(_clip_segment(clip, path, segment), ctypes.addressof(across), ctypes.addressof(down))
    return across.value, down.value


def is_drawn_wider(path: int, width: float) -> bool:
    """Whether a path is filled, or drawn with a pen wider than that."""
    _FILL.value = _STROKE.value = 0
    _draw_mode(path, *_MODE)
    if _FILL.value or not _STROKE.value:
        return bool(_FILL.value)
    return bool(_stroke_width(path, _WIDTH)) and _PEN.value > width


def read_matrix(item: int) -> npt.NDArray[np.float64]:
    """The matrix by which a form's coordinates become those of what it stands in, for rows on its left."""
    values = np.zeros(6, np.float32)
    _matrix(item, values.ctypes.data)
    a, b, c, d, e, f = values.astype(np.float64).tolist()
    return np.array([[a, b, 0.0], [c, d, 0.0], [e, f, 1.0]])
