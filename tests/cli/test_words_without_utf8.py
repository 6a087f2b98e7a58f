"""What is typed as words must be text; a path may be any bytes that the system lets a name have."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run, sample

BROKEN = "An\udcff"  # as Python gets a byte that is no UTF-8


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "218/KH-SXD", "place", BROKEN, "--by", "An"),
        ("correct", "218/KH-SXD", "place", "Sơn Hà", "--by", BROKEN),
        ("search", BROKEN),
        ("show", BROKEN),
    ],
)
def test_words_that_are_no_text_are_refused(evidence: Run, stored: Path, words: tuple[str, ...]) -> None:
    result = evidence("--home", stored, *words)
    assert (result.code, result.out) == (2, "") and "UTF-8" in result.err and "\udcff" not in result.err


def test_a_file_of_any_name_is_read(evidence: Run, tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"bi\xff.pdf")
    shutil.copy(sample("1327-QD-UBND"), name)
    assert "1327/QĐ-UBND" in evidence("read", name).out
