from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from evidence.ingest.pdf.layers import may_have_layers

HEAD = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 99>>stream\r\n"


def packed(*contents: bytes) -> bytes:
    return b"".join(HEAD + zlib.compress(content) + b"\nendstream\nendobj\n" for content in contents)


@pytest.mark.parametrize(
    ("data", "layered"),
    [
        (b"<</Type/Catalog/OCProperties 4 0 R>>", True),
        (b"<</Type /Catalog /O#43Properties 4 0 R>>", False),  # not seen: only a forger writes so
        (b"<</Type/Catalog>>", False),
        (packed(b"<</Type/Catalog/OCProperties 4 0 R>>"), True),
        (packed(b"<</Type/Catalog>>"), False),
        (packed(b"<</Type/Catalog/OCProperties 4 0 R>>", b"<</Type/Catalog>>"), False),
        (packed(b"<</Type/Font>>") + b"<</Type/Catalog>>", False),
        (HEAD + b"damaged", True),
        (HEAD.replace(b"FlateDecode", b"LZWDecode"), True),
        (packed(b"<</Type/Catalog>>") + b"trailer<</Encrypt 9 0 R>>", True),
    ],
)
def test_layers_are_told_by_the_last_catalogue(data: bytes, layered: bool, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert may_have_layers(tmp_path / "a.pdf") is layered
