"""Parts of other packages that we rely on although they are no public interface of theirs: files and inner functions.

A new version may move such a part without a word, and most of what reads them does without what is missing: scans would
be read worse, and nobody would know why. So each of these packages is pinned to one version in ``pyproject.toml``, a
test holds each part and each pin, and ``evidence doctor`` names the part that is not where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file inside an installed package, found without importing the package."""

    package: str
    path: str  # from the package's folder

    def locate(self) -> Path | None:
        """Where the file lies; ``None`` where the package is not installed or holds no such file."""
        spec = find_spec(self.package)
        folders = spec.submodule_search_locations if spec else None
        places = (Path(folder) / self.path for folder in folders or ())
        return next((place for place in places if place.is_file()), None)

    def missing(self) -> Iterator[str]:
        if self.locate() is None:
            yield f"{self.package}/{self.path}"


@dataclass(frozen=True, slots=True)
class PackageModule:
    """A module inside an installed package, and the functions that we call in it."""

    package: str
    module: str  # from the package
    functions: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.package}.{self.module}"

    def missing(self) -> Iterator[str]:
        try:
            module = import_module(self.name)
        except ImportError:
            yield self.name
            return
        yield from (f"{self.name}.{name}" for name in self.functions if not callable(getattr(module, name, None)))


WORD_LIST = PackageFile("underthesea", "corpus/data/Viet74K.txt")
PPOCR_RECOGNISER = PackageFile("rapidocr", "models/PP-OCRv6_rec_small.onnx")
TRUEOCR_DETECTOR = PackageFile("trueocr", "models/det.onnx")
TRUEOCR_RECOGNISER = PackageFile("trueocr", "models/rec.onnx")
TRUEOCR_CHARSET = PackageFile("trueocr", "models/meta.json")
TRUEOCR_PAGE = PackageModule("trueocr", "page", ("det_input", "decode_lines"))
TRUEOCR_ROWS = PackageModule("trueocr", "preprocess", ("prepare_gray", "crop_line", "width_batches", "pad_batch"))
LEGACY_TABLES = PackageModule("viparse", "normalize.tables", ("convert",))
LEGACY_CHARMAPS = PackageModule("viparse", "normalize.encodings", ("get_charmap",))

PARTS: tuple[PackageFile | PackageModule, ...] = (
    WORD_LIST,
    PPOCR_RECOGNISER,
    TRUEOCR_DETECTOR,
    TRUEOCR_RECOGNISER,
    TRUEOCR_CHARSET,
    TRUEOCR_PAGE,
    TRUEOCR_ROWS,
    LEGACY_TABLES,
    LEGACY_CHARMAPS,
)


def find_missing_parts() -> tuple[str, ...]:
    """The parts that the installed packages no longer hold, by name; a package that is not installed has none."""
    return tuple(name for part in PARTS if find_spec(part.package) for name in part.missing())
