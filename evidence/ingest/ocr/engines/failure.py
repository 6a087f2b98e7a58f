"""The errors of the engines' own libraries, by name, as one error of ours that says whose it was.

ONNX Runtime and OpenCV raise classes of their own, straight from Exception; what is none of these is a fault of ours
and goes on as it is.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STATE = "onnxruntime.capi.onnxruntime_pybind11_state"
ONNX_ERRORS = (
    "EPFail", "EngineError", "Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "ModelLoaded", "NoModel",
    "NoSuchFile", "NotImplemented", "RuntimeException",
)  # fmt: skip
LONGEST = 200  # characters of what a library says


class EngineError(Exception):
    """An engine gave up on a picture. Caught where the page is read: the page goes on without it, or is unread."""

    def __init__(self, engine: str, detail: str) -> None:
        super().__init__(f"{engine}: {detail}")
        self.engine, self.detail = engine, detail


@contextmanager
def engine_errors(engine: str, *more: type[Exception]) -> Iterator[None]:
    """Raises EngineError where a library of the engine fails, or memory does not suffice. ``more``: further classes
    that its libraries raise."""
    try:
        yield
    except (*_library_errors(), *more) as error:
        raise EngineError(engine, f"{type(error).__name__}: {error}"[:LONGEST]) from error


def _library_errors() -> tuple[type[Exception], ...]:
    """Asked for when something was raised: of the libraries that are loaded by then."""
    errors: list[type[Exception]] = [MemoryError]
    if "cv2" in sys.modules:
        errors.append(importlib.import_module("cv2").error)
    if STATE in sys.modules:
        state = importlib.import_module(STATE)
        errors += (getattr(state, name) for name in ONNX_ERRORS if hasattr(state, name))
    return tuple(errors)
