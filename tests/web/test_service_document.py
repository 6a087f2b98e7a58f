"""What docs/service.md and the Containerfile tell administrators to write: held against the tools that will read it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from evidence import config

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "service.md").read_text("utf-8")
ANALYZE = shutil.which("systemd-analyze")


def block(first: str) -> str:
    """The indented block that begins with that line."""
    match = re.search(rf"^( +){re.escape(first)}\n((?:\1.*\n|\n)*)", TEXT, re.MULTILINE)
    assert match, first
    return "\n".join([first, *(line.removeprefix(match[1]) for line in match[2].splitlines())])


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_the_unit_is_one(tmp_path: Path) -> None:
    unit = tmp_path / "evidence.service"
    unit.write_text(block("[Unit]").replace("/opt/evidence/.venv/bin/evidence", sys.executable))
    assert ANALYZE
    answer = subprocess.run([ANALYZE, "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60)
    own = [line for line in answer.stderr.splitlines() if "evidence.service" in line]
    assert own == [] and answer.returncode == 0, answer.stderr


def test_the_unit_leaves_the_walls_of_reading_standing() -> None:
    """A filter of system calls or a ban on namespaces would take Landlock and seccomp from the children that read."""
    unit = block("[Unit]")
    assert not re.search(r"^(SystemCallFilter|RestrictNamespaces|MemoryDenyWriteExecute)=", unit, re.MULTILINE)
    assert "ReadWritePaths=/srv/evidence" in unit and "--home /srv/evidence/kho serve" in unit


def test_the_table_of_the_provider_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [tomllib.loads(part) for part in re.findall(r"^ +\[oidc\]\n(?: +.*\n)+", TEXT, re.MULTILINE) for part in
              ["\n".join(line.strip() for line in part.splitlines())]]  # fmt: skip
    assert len(tables) == 2
    first, second = (table["oidc"] for table in tables)
    lines = [f"{name} = {value!r}" for name, value in {**first, **second}.items() if isinstance(value, str)]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "evidence.toml").write_text("\n".join(["[oidc]", *lines, "[oidc.roles]", *(
        f'"{group}" = "{role}"' for group, role in second["roles"].items())]))  # fmt: skip
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    oidc = config.load_settings().oidc
    assert oidc is not None and oidc.issuer.startswith("https://") and len(oidc.roles) == 2


def test_the_image_takes_nothing_of_this_machine() -> None:
    left_out = set((ROOT / ".dockerignore").read_text().split())
    assert {".venv", ".git", "out"} <= left_out
    steps = (ROOT / "Containerfile").read_text()
    assert "USER evidence" in steps and "STOPSIGNAL SIGTERM" in steps and "COPY . " in steps
