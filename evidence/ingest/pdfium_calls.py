"""pdfium's functions that are called once a character or object, with bare arguments.

A page has 1,800 characters and 450 objects, and each call through pypdfium2's ctypes signatures (typed pointers, a
``byref`` anew) costs as much as pdfium's own work. Handles and places to write to are plain addresses here, so that
``map`` can make the calls without a line of Python between them: a third of the time. The caller keeps the page open
and the memory alive while they run.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

_HANDLE, _INT, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function of the library; Python's lock is kept, which nobody waits for in a child of one thread."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address(handle: Any) -> int:
    """A handle of pypdfium2's as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


count_characters = _quick(raw.FPDFText_CountChars, _INT, _HANDLE)
unicode = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
text = _quick(raw.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _ADDRESS)
is_generated = _quick(raw.FPDFText_IsGenerated, _INT, _HANDLE, _INT)
loose_box = _quick(raw.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _ADDRESS)

count_objects = _quick(raw.FPDFPage_CountObjects, _INT, _HANDLE)
object_at = _quick(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
count_inside = _quick(raw.FPDFFormObj_CountObjects, _INT, _HANDLE)
object_inside = _quick(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
type_of = _quick(raw.FPDFPageObj_GetType, _INT, _HANDLE)
render_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
set_active = _quick(raw.FPDFPageObj_SetIsActive, _INT, _HANDLE, _INT)
