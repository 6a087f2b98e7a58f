"""The one door to ONNX Runtime: sessions of one thread. Usage reports are forbidden in ``evidence/__init__.py``.

With one thread a session starts none, so the warm parent may hold sessions and fork (measured: one entry in
``/proc/self/task`` with all models loaded; 129 MB, which the children share).
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

GRAPH, OUTPUT, NAME = 7, 12, 1  # field numbers of ONNX: ModelProto.graph, GraphProto.output, ValueInfoProto.name


class ModelMeta(Protocol):
    """What a model says of itself."""

    @property
    def custom_metadata_map(self) -> dict[str, str]: ...


class Session(Protocol):
    """``onnxruntime.InferenceSession``, as far as it is used here: the package comes without types."""

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, NDArray[np.generic]]) -> list[NDArray[Any]]: ...

    def get_modelmeta(self) -> ModelMeta: ...


def open_session(model: Path | bytes, arena: bool = False) -> Session | None:
    """A session; ``None`` where the file or ONNX Runtime is missing.

    ``arena``: keeps memory between runs, which is a fifth quicker; for what reads small batches in a child of one page
    (of rows that differ much in width it only grows).
    """
    if (isinstance(model, Path) and not model.is_file()) or importlib.util.find_spec("onnxruntime") is None:
        return None
    runtime: Any = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = arena
    options.log_severity_level = 3
    given = model if isinstance(model, bytes) else str(model)
    session: Session = runtime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
    return session


def expose_outputs(model: bytes, names: Iterable[str]) -> bytes:
    """The model with values that it works out anyway among its outputs.

    Two messages of protocol buffers written one after the other are one message, their lists joined: a graph of
    nothing but output names after the model adds these outputs.

    >>> expose_outputs(b"", ["topi"])
    b':\\x08b\\x06\\n\\x04topi'
    """
    return model + _field(GRAPH, b"".join(_field(OUTPUT, _field(NAME, name.encode())) for name in names))


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])
