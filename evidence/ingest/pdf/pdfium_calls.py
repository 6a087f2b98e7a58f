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
from collections.abc import Callable
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as raw

AT_ONCE = 4096  # characters whose boxes are asked for at a time
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

count_objects = _typed_call(raw.FPDFPage_CountObjects, _INT, _HANDLE)
_count_inside = _typed_call(raw.FPDFFormObj_CountObjects, _INT, _HANDLE)
_object_inside = _typed_call(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
object_type = _typed_call(raw.FPDFPageObj_GetType, _INT, _HANDLE)
render_mode = _typed_call(raw.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
set_active = _typed_call(raw.FPDFPageObj_SetIsActive, _INT, _HANDLE, _INT)

_RECTS = (raw.FS_RECTF * AT_ONCE)()  # where pdfium writes boxes, read out before the next call
_SPOTS = [ctypes.byref(_RECTS, place * ctypes.sizeof(raw.FS_RECTF)) for place in range(AT_ONCE)]
_SIDES = np.frombuffer(_RECTS, np.float32).reshape(-1, 4)


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


def list_objects(page: int) -> list[int]:
    """The page's objects, in the order in which they are drawn."""
    return list(map(_object_at, repeat(_pointer(page)), range(count_objects(page))))


def list_inner_objects(form: int) -> list[int]:
    """The same of a form."""
    return list(map(_object_inside, repeat(form), range(_count_inside(form))))
