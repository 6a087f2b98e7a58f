"""Opening a file as the product does, and writing small ones of the packed formats: for the tests of formats."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.formats import registry
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.sources.type_detection import detect_media_type


def media_type(file: Path) -> str:
    with file.open("rb") as opened:
        return detect_media_type(opened)


def read(file: Path, limits: Limits | None = None, tables: bool = False) -> ReadResult:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    reader = registry.load_reader(media_type(file), tables)
    assert reader is not None, media_type(file)
    return reader(ReadRequest(file, scratch, limits or Limits(), 0, tables))


def text(file: Path) -> str:
    return "\n".join(page.text for page in read(file).pages)


def refused(file: Path, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        read(file, limits)
    assert caught.value.say("vi") and caught.value.say("en")
    return caught.value.problem, caught.value.message.code


def write(file: Path, data: bytes | str) -> Path:
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def odt(file: Path, body: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?>' + body if body.startswith("<!DOCTYPE") else
            f'<d xmlns:text="t" xmlns:table="b"><body>{body}</body></d>',
        )  # fmt: skip
    return file


def pack(file: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file
