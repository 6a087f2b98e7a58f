"""Documents embedded as objects: taken out under their names, and told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from evidence.config import Settings
from evidence.pipeline import scheduler
from evidence.pipeline.requests import request_file
from tests.support.files.mail_files import ole
from tests.support.files.office_files import paragraph, word, word_parts
from tests.support.format_reading import pack, read

PDF = b"%PDF-1.4 " + b"x" * 5000


def embedded(program: str, kind: str = "Embed", reference: str = "o1") -> str:
    item = f'<o:OLEObject Type="{kind}" ProgID="{program}" r:id="{reference}"/>'
    return f"<w:p><w:r><w:object>{item}</w:object></w:r></w:p>"


def native(name: str, content: bytes) -> bytes:
    """What the Object Packager writes."""
    path = f"C:\\a\\{name}".encode() + b"\0"
    rest = struct.pack("<H", 2) + name.encode() + b"\0" + path + struct.pack("<HHI", 0, 3, len(path)) + path
    rest += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(rest)) + rest


def with_object(tmp_path: Path, data: bytes, name: str = "oleObject1.bin", program: str = "Package") -> Path:
    parts = word_parts(paragraph("Kèm theo") + embedded(program), (("o1", "oleObject", f"embeddings/{name}"),))
    return pack(tmp_path / "a.docx", {**parts, f"word/embeddings/{name}": data})


def members(file: Path) -> tuple[list[tuple[str, bytes]], list[str]]:
    result = read(file)
    files = [(member.name, Path(member.file).read_bytes()) for member in result.embedded]
    return files, [problem.message.code for problem in result.problems]


def test_a_package_is_a_file_inside(tmp_path: Path) -> None:
    inner = word(tmp_path / "i.docx", paragraph("trong")).read_bytes()
    file = with_object(tmp_path, inner, "Microsoft_Word_Document1.docx", "Word.Document.12")
    assert members(file) == ([("Microsoft_Word_Document1.docx", inner)], ["embedded-document"])


@pytest.mark.parametrize(
    ("streams", "name", "start"),
    [
        ({"CONTENTS": PDF}, "oleObject1.pdf", b"%PDF"),
        ({"Package": b"PK\x03\x04" + bytes(5000)}, "oleObject1", b"PK"),
        ({"\x01Ole10Native": native("Phụ lục.pdf", PDF)}, "Phụ lục.pdf", b"%PDF"),
        ({"WordDocument": bytes(5000)}, "oleObject1.doc", b"\xd0\xcf"),
        ({"Workbook": bytes(5000)}, "oleObject1.xls", b"\xd0\xcf"),
    ],
)
def test_objects_are_unwrapped(tmp_path: Path, streams: dict[str, object], name: str, start: bytes) -> None:
    (member,), told = members(with_object(tmp_path, ole(streams)))
    assert member[0] == name and member[1].startswith(start)
    assert told == ["embedded-document"]


@pytest.mark.parametrize("data", [b"", b"abc", ole({"x": bytes(5000)}), ole({"\x01Ole10Native": bytes(5000)})[:3000]])
def test_what_cannot_be_unwrapped_is_told(tmp_path: Path, data: bytes) -> None:
    assert members(with_object(tmp_path, data)) == ([], ["embedded-unread"])


def test_formulas_links_and_deleted_objects_are_no_documents(tmp_path: Path) -> None:
    body = (
        embedded("Equation.3")
        + embedded("Word.Document.12", "Link")
        + f"<w:p><w:del>{embedded('Package')}</w:del></w:p>"
    )
    parts = word_parts(paragraph("a") + body, (("o1", "oleObject", "embeddings/x.bin"),))
    assert members(pack(tmp_path / "a.docx", {**parts, "word/embeddings/x.bin": b"x"})) == ([], [])


def test_documents_inside_one_another_are_opened_so_deep(tmp_path: Path) -> None:
    """A file may hold itself: what lies too deep is left there and told."""
    data = word(tmp_path / "0.docx", paragraph("đáy")).read_bytes()
    for _ in range(5):
        data = with_object(tmp_path, data, "x.docx", "Word.Document.12").read_bytes()
    settings = Settings(home=tmp_path / "home")
    outcomes = list(scheduler.read_files([request_file(tmp_path / "a.docx", settings.limits)], settings))
    assert len(outcomes) == settings.limits.depth + 1
    told = {problem.message.code for outcome in outcomes for problem in outcome.record.problems}
    assert {"embedded-document", "embedded-too-deep"} <= told
