"""Files inside a file: streamed into the scratch folder under numbers of our own, never under their names.

A name inside a package may hold ``..``, escape codes, line breaks or letters that turn the writing round; it is cleaned
and kept as data. Sizes are counted as the bytes come, whatever the package declares.
"""

from __future__ import annotations

import unicodedata
from typing import IO, Protocol

from evidence.errors import UnreadableError
from evidence.ingest.reader_protocol import EmbeddedFile, ReadRequest
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # categories of letters that hide or turn others
PIECE = 1 << 20
LONGEST = 200  # characters of a name that are kept
LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "__macosx"})
SHORTCUTS = (".lnk", ".url", ".webloc")  # pointers to what lies elsewhere


class ByteStream(Protocol):
    """What the bytes of a file inside are read from."""

    def read(self, size: int, /) -> bytes: ...


class MemberCollector:
    """Takes the files out of one package, up to the limits."""

    def __init__(self, request: ReadRequest) -> None:
        self._request = request
        self._names: set[str] = set()
        self._bytes = 0
        self.embedded: list[EmbeddedFile] = []
        self.problems: list[Problem] = []

    def take(self, name: str | None, stream: ByteStream, suffix: str = "") -> None:
        """Writes one file; one that bears no name is called by its number in the package and that suffix.

        UnreadableError where the package holds more files or bytes than the limits allow.
        """
        shown = self._free(self._called(name, suffix))
        if is_left_behind(shown):
            return
        count, limits = len(self.embedded), self._request.limits
        if count >= limits.members:
            raise UnreadableError("too-large", "too-many-members", count=f"> {count}", limit=count)
        file = self._request.scratch / f"member-{count}"
        try:
            with file.open("wb") as out:
                self._write(stream, out)
        except BaseException:
            self._names.discard(shown.casefold())  # it will be refused under that name
            raise
        self.embedded.append(EmbeddedFile(shown, str(file)))

    def _write(self, stream: ByteStream, out: IO[bytes]) -> None:
        limit = self._request.limits.unpacked_bytes
        while piece := stream.read(PIECE):
            self._bytes += len(piece)
            if self._bytes > limit:
                raise UnreadableError("too-large", "too-large-unpacked", limit=limit // 1_000_000)
            out.write(piece)

    def refuse(self, name: str | None, code: ProblemCode, message: str, suffix: str = "") -> None:
        """Writes down that a file inside could not be taken out."""
        shown = self._free(self._called(name, suffix))
        self.problems.append(Problem(code, Message(message, {"name": shown}), member=shown))

    def _called(self, name: str | None, suffix: str) -> str:
        return clean_name(name or "") or f"{len(self.embedded) + len(self.problems) + 1}{suffix}"

    def _free(self, name: str) -> str:
        """The name, numbered where another file bears it too (upper and lower case count as alike)."""
        free, count = name, 1
        while free.casefold() in self._names:
            count += 1
            free = f"{name} ({count})"
        self._names.add(free.casefold())
        return free


def clean_name(name: str) -> str:
    """The name as it may be shown: composed, ``/`` between folders, nothing that leads elsewhere or hides; maybe empty.

    >>> clean_name("..\\\\..//SNV/\\u202efdp.exe\\x1b[2J\\n")
    'SNV/fdp.exe[2J'
    >>> clean_name("/")
    ''
    """
    flat = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8")).replace("\\", "/")
    seen = "".join(letter for letter in flat if unicodedata.category(letter) not in UNSEEN)
    parts = [part.strip() for part in seen.split("/")]
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-LONGEST:]


def is_left_behind(name: str) -> bool:
    """Whether Windows, macOS or Word left the file there without anybody's doing."""
    parts = name.casefold().split("/")
    return (
        any(part in LEFT_BEHIND for part in parts)
        or parts[-1].startswith(("~$", "._"))
        or parts[-1].endswith(SHORTCUTS)
    )
