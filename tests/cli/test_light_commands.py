"""What ``--help`` and ``search`` load: neither reads documents, so neither waits for what does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from evidence.archive.search.documents import DocumentArchive
from evidence.config import Settings

HELP = (
    "evidence.archive.facade", "evidence.archive.search", "evidence.report.findings",
    "sqlalchemy", "jinja2", "numpy", "rich",
)  # fmt: skip
SEARCH = (
    "alembic", "cv2", "docx", "evidence.criteria", "evidence.extract", "evidence.ingest", "evidence.match",
    "evidence.pipeline", "evidence.sandbox", "evidence.scoring", "evidence.web", "evidence.report.findings", "jinja2",
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


def test_a_search_loads_nothing_that_reads_documents(tmp_path: Path) -> None:
    with DocumentArchive.open(Settings(home=tmp_path / "kho"), create=True) as archive:
        archive._search.index_feed.feed()
    assert find_loaded(["--home", str(tmp_path / "kho"), "search", "đường bộ"], SEARCH) == []
