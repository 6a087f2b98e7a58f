"""What ``--help`` and ``search`` load: neither reads documents, so neither waits for what does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.config import Settings
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

HELP = (
    "evidence.archive.facade", "evidence.archive.search", "evidence.report.findings",
    "sqlalchemy", "jinja2", "numpy", "rich",
)  # fmt: skip
SEARCH = (
    "alembic", "cv2", "docx", "evidence.criteria", "evidence.extract", "evidence.ingest", "evidence.match",
    "evidence.pipeline", "evidence.sandbox", "evidence.scoring", "evidence.web", "evidence.report.findings", "jinja2",
    "evidence.model.criteria", "evidence.store.store", "numpy.ma.", "sqlalchemy",
    "onnxruntime", "openpyxl", "PIL", "pypdfium2", "rich", "scipy", "tesserocr",
)  # fmt: skip


def find_loaded(arguments: list[str], unwanted: tuple[str, ...]) -> list[str]:
    """The modules that the command loads and should not."""
    code = (
        "import sys\nimport evidence.cli.main\n"
        f"sys.modules['evidence.cli.main'].run({arguments!r})\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert "evidence.cli.main" in loaded
    return [name for name in loaded if name.startswith(unwanted)]


def test_help_loads_no_archive() -> None:
    assert find_loaded(["--help"], HELP) == []


PAPER = "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH\nSố: {}/QĐ-UBND\nQUYẾT ĐỊNH\nVề an toàn giao thông đường bộ"
QUERIES = (
    ["đường bộ"],
    ["12/QĐ-UBND"],
    ["coquan:UBND ngay:2024", "--facets"],
    ['"an toàn giao thông"', "--json", "--explain"],
)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_search_loads_nothing_that_reads_documents_and_no_mapper(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "kho"
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    with Archive.open(Settings(home=home, search_engine=engine), create=True) as archive:
        hand_in(archive, tmp_path / "ho so", {f"{at}.txt": PAPER.format(at + 10) for at in range(3)})
    monkeypatch.setenv("EVIDENCE_SEARCH", engine)
    for query in QUERIES:
        assert find_loaded(["--home", str(home), "search", *query], SEARCH) == [], query
