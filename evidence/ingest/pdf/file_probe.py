"""What is asked of a PDF as a whole, and only where one of its pages gives reason to: most files are never asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pypdfium2 import PdfDocument

from evidence.ingest.pdf.annotation_layers import list_shown_layers
from evidence.ingest.pdf.annotations import list_bare
from evidence.ingest.pdf.layers import may_have_layers

ATTACHED = (b"EmbeddedFile", b"FileAttachment")


class FileProbe:
    """Answers for one file, each worked out once. ``is_doubted``: its first page need not show what its text says."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.is_doubted = False

    @cached_property
    def has_layers(self) -> bool:
        """Whether it may have layers."""
        return may_have_layers(self._file)

    @cached_property
    def may_attach(self) -> bool:
        """Whether files may be attached to it or its pages."""
        data = self._file.read_bytes()
        return any(name in data for name in ATTACHED)

    @cached_property
    def _without_forms(self) -> PdfDocument:
        return PdfDocument(self._file)

    def about_page(self, index: int) -> PageProbe:
        """The same of one page's annotations."""
        return PageProbe(self, index)

    def list_bare(self, index: int) -> Sequence[bool]:
        """Which of the page's annotations have no appearance of their own."""
        return list_bare(self._without_forms, index)

    def list_shown_layers(self, index: int) -> Sequence[bool]:
        """Which of the page's annotations lie in a layer that is shown, or in none."""
        return list_shown_layers(self._file, index)


class PageProbe:
    """Answers for the annotations of one page."""

    def __init__(self, file: FileProbe, index: int) -> None:
        self._file, self._index = file, index
        self._bare: Sequence[bool] | None = None
        self._layers: Sequence[bool] | None = None

    def list_bare(self) -> Sequence[bool]:
        """Which of them have no appearance of their own."""
        if self._bare is None:
            self._bare = self._file.list_bare(self._index)
        return self._bare

    def list_shown_layers(self) -> Sequence[bool]:
        """Which of them lie in a layer that is shown, or in none."""
        if self._layers is None:
            self._layers = self._file.list_shown_layers(self._index)
        return self._layers
