"""The bytes that were hashed are the bytes that are read, whatever the names, links and changes in between."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from evidence.config import Settings
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files

NAMES = some.binary(min_size=1, max_size=12).map(lambda name: name.replace(b"\0", b"x").replace(b"/", b"y"))
FORMS = some.sampled_from(["file", "link", "zip", "grows", "changes"])


def shown(number: int) -> str:
    return f"Báo cáo số {number}/BC-SNV"


def place(folder: bytes, name: bytes, form: str, number: int) -> Path:
    """A file of that form whose text says its number."""
    path = Path(os.fsdecode(folder + b"/" + name))
    if form == "zip":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("a.txt", shown(number))
    elif form == "link":
        target = Path(os.fsdecode(folder)).parent / f"{number}.txt"
        target.write_text(shown(number), "utf-8")
        path.symlink_to(target)
    else:
        path.write_text(shown(number), "utf-8")
    return path


@settings(max_examples=8, deadline=None)
@given(some.dictionaries(NAMES.filter(lambda name: name not in (b".", b"..")), FORMS, min_size=1, max_size=5))
def test_what_is_read_is_what_was_hashed(forms: dict[bytes, str]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "nộp"
        folder.mkdir()
        paths = [place(os.fsencode(folder), name, form, at) for at, (name, form) in enumerate(forms.items())]
        hashes = {hashlib.sha256(path.read_bytes()).hexdigest(): at for at, path in enumerate(paths)}
        own = Settings(home=Path(root))
        requests = [request_file(path, own.limits) for path in paths]
        for path, form in zip(paths, forms.values(), strict=True):
            if form in ("grows", "changes"):
                path.write_text(path.read_text("utf-8") + "!" if form == "grows" else "khác", "utf-8")
        for result in read_files(requests, own):
            text = "".join(page.text for page in result.document.pages)
            if result.source.sha256 in hashes:
                form = list(forms.values())[hashes[result.source.sha256]]
                number = hashes[result.source.sha256]
                expected = "" if form in ("zip", "grows", "changes") else shown(number)
                changed = [problem.message.code for problem in result.record.problems] == ["file-changed"]
                assert (text, changed) == (expected, form in ("grows", "changes"))
            else:
                assert result.source.sha256 == hashlib.sha256(text.encode()).hexdigest()
