"""What is installed is whole: sentences, tables of knowledge, templates and migrations come along."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.violations import refuse

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"  # a copy: building leaves a build folder behind
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "evidence"):
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", folder, source]
    subprocess.run(command, check=True, timeout=120)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "evidence").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    refuse(sorted(wanted - packed), "not in the wheel, name their kind in pyproject.toml:")


def test_the_installed_command_runs(wheel: Path, tmp_path: Path) -> None:
    """From the wheel alone, without the source folder on the path."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "EVIDENCE_HOME": str(tmp_path / "home")}
    program = "import evidence; print(evidence.__file__); from evidence.cli import main; main(['doctor', '--help'])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path)) and "Cách dùng" in done.stdout
