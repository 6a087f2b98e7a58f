"""Temporary folders: a killed run's is removed by the next, a living one's and a stranger's never."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from evidence.pipeline.scratch import LOCK, scratch_folder, sweep_scratch

RUN = """
import sys, time
from evidence.pipeline.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "copy-0").write_text("x")
    print(folder, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    run = subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    left = Path(run.stdout.readline().strip())
    (tmp_path / "evidence-mine").mkdir()  # somebody's own folder of that name
    sweep_scratch(tmp_path)
    assert (left / "copy-0").exists(), "its run lives"
    run.kill()
    run.wait()
    with scratch_folder() as folder:
        assert (folder / LOCK).exists()
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["evidence-mine", folder.name])
    assert not folder.exists()
