"""The sessions of README and desk.md are replayed as they stand: every line must come out, in its order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.violations import refuse

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DESK = (ROOT / "docs" / "desk.md").read_text("utf-8")


def session(text: str) -> list[tuple[str, list[str]]]:
    """Each command of the text's console blocks with the lines shown under it."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("text", [README, DESK], ids=["README", "desk"])
def test_the_session_is_what_comes_out(text: str, tmp_path: Path) -> None:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "EVIDENCE_HOME": str(tmp_path / "kho")}
    (tmp_path / "samples").symlink_to(ROOT / "samples")  # what the session writes stays out of the repository
    for command, shown in session(text):
        if command.startswith("export "):
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
        )
        lines = (done.stdout + done.stderr).splitlines()
        at = 0
        for line in shown:
            if line == "…":
                continue
            assert line in lines[at:], f"{command}: {line!r} is not in\n" + "\n".join(lines)
            at = lines.index(line, at) + 1


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"(?:`|\]\()((?:docs|samples)/[\w./-]+)[`)]", README)
    assert len(named) > 8
    refuse((name for name in named if not (ROOT / name).exists()), "no such files:")
