"""What the mutants found once, read again by every run of the tests; and the fuzz machine itself."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits, Settings
from evidence.model.record import Record, Status
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.fuzz import corpus, watch
from tests.fuzz.mutate import mutate

SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())
# sentences that name an exception
HELPLESS = {"reader-failed", "reader-crashed", "extract-failed", "page-failed", "page-fault", "page-engine-failed"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_file_that_was_trouble_once_ends_in_a_record_or_a_sentence(seed: Path, tmp_path: Path) -> None:
    limits = replace(Limits(), document_seconds=20, page_seconds=20, patience=1.0)
    settings = Settings(home=tmp_path, limits=limits)
    records: list[Record] = [one.record for one in pipeline.read_files([request_file(seed, limits)], settings)]
    assert records
    for record in records:
        assert record.status is not Status.UNREADABLE or record.problems
        assert HELPLESS.isdisjoint(problem.message.code for problem in record.problems)


@pytest.mark.parametrize("kind", [".docx", ".odt", ".eml", ".zip", ".digital.pdf", ".rtf"])
def test_a_seed_gives_the_same_mutant_again(kind: str) -> None:
    data = corpus.data_of(kind)
    mutants = [mutate(data, random.Random(f"1:{number}")) for number in range(20)]
    assert mutants == [mutate(data, random.Random(f"1:{number}")) for number in range(20)]
    assert len(set(mutants)) > 15 and all(0 < len(one) <= 8_000_000 for one in mutants)


@pytest.mark.slow
def test_a_batch_of_mutants_leaves_nothing_behind(tmp_path: Path) -> None:
    kinds = (".docx", ".odt", ".eml", ".zip", ".html", ".txt", ".xlsx", ".edxml")
    made = {kind: corpus.data_of(kind) for kind in kinds}
    files = {f"{at}{kind}": mutate(data, random.Random(f"7:{at}")) for at, (kind, data) in enumerate(made.items())}
    seen = watch.watch(tmp_path, files)
    assert seen.files == len(files) and not seen.faults and not seen.odd


ORPHAN = """
import subprocess
from tests.fuzz import watch
watch.foster()
subprocess.run(["sh", "-c", "sleep 60 & exit"])
print(watch._orphans(), watch._orphans())
"""


@pytest.mark.slow
def test_the_watch_sees_a_process_left_behind_and_ends_it() -> None:
    done = subprocess.run([sys.executable, "-c", ORPHAN], cwd=corpus.ROOT, capture_output=True, text=True, timeout=50)
    assert done.stdout == "['sleep 60 '] []\n", done.stderr


def test_the_watch_sees_a_file_without_record_and_a_reason_that_is_none() -> None:
    seen = watch.Seen()
    tree = '{"source": {"path": "../in/a", "media_type": "text/plain"}, "status": "unreadable", "problems": []}'
    watch._told([tree, "Traceback"], {"a": b"", "b": b""}, seen)
    assert [fault.split(":")[0] for fault in seen.faults] == [
        "unreadable without a reason", "no JSON", "neither record nor reason",
    ]  # fmt: skip
