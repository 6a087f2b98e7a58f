"""The command line called in process, and the files it is given."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidence.cli.main import run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No settings of whoever runs the tests."""
    for name in ("EVIDENCE_HOME", "EVIDENCE_LANG", "EVIDENCE_JOBS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))


@pytest.fixture
def evidence(capsys: pytest.CaptureFixture[str]) -> Run:
    """One command line: exit code, stdout, stderr."""

    def call(*arguments: str | Path) -> Result:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


def sample(part: str) -> Path:
    """The sample document whose path holds that text."""
    return next(path for path in sorted((SAMPLES / "dossier").rglob("*")) if part in path.name and path.is_file())


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A small digital PDF in a folder of its own."""
    folder = tmp_path / "letters"
    folder.mkdir()
    return Path(shutil.copy(sample("1327-QD-UBND"), folder / "1327-QD-UBND.pdf"))


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with three digital documents of two units; tests must not write to it."""
    home = tmp_path_factory.mktemp("stored") / "home"
    folder = tmp_path_factory.mktemp("dossier")
    for part, place in (
        ("218-KH-SXD", "SXD/1.1 - Kế hoạch"),
        ("1327-QD-UBND", "VPUBND/4.1"),
        ("07-KH-VP", "VPUBND/5.1"),
    ):
        (folder / place).mkdir(parents=True)
        shutil.copy(sample(part), folder / place)
    assert run(["--home", str(home), "-q", "ingest", str(folder)]) == 0
    return home
