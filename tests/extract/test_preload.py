"""What is loaded in the parent is not loaded again in each child."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASK = """
import sys, yaml
from pathlib import Path
from evidence.config import Limits
from evidence.extract.preload import load_tables
from evidence.extract.record import read_record
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.sources.identify import identify
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Document
from evidence.vietnamese import lexicon

load_tables()
def never(*_): raise AssertionError("a child would load this anew")
yaml.load = yaml.safe_load = Path.read_text = never
assert lexicon._pairs.cache_info().currsize == 1
for name in sys.argv[1:]:
    file = Path(name)
    document = Document(identify(file, Limits()), pdf.read(ReadRequest(file, file.parent, Limits())).pages)
    print(read_record(document).number.value)
"""
FILES = ("VPUBND/1.3 - Kiểm tra công tác CCHC/09-KH-VP kiem tra.pdf", "VPUBND/4.1 - Tổ chức bộ máy/1327-QD-UBND.pdf")


def test_no_table_is_loaded_after_that() -> None:
    files = [str(ROOT / "samples" / "dossier" / name) for name in FILES]
    done = subprocess.run([sys.executable, "-c", ASK, *files], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["9/KH-VP", "1327/QĐ-UBND"], done.stderr
