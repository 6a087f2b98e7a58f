"""What ``make demo`` leaves for the pages: a user for each role, whose printed password opens the door."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.account import AccountRole

ROOT = Path(__file__).resolve().parents[2]
PRINTED = re.compile(r" {4}(\w+) +([a-z2-9]{5}(?:-[a-z2-9]{5}){3}) +(\w+)")


@pytest.mark.slow
def test_each_role_has_a_user_with_a_password_of_its_own(tmp_path: Path) -> None:
    printed = PRINTED.findall(add_users(tmp_path / "kho"))
    assert {role for _, _, role in printed} == {role.value for role in AccountRole}
    assert len({password for _, password, _ in printed}) == len(printed)
    with Archive.open(Settings(home=tmp_path / "kho")) as archive:
        for name, password, role in printed:
            assert archive.accounts.sign_in(name, password, "127.0.0.1").account.role == role


def test_the_demo_adds_them_to_its_own_archive() -> None:
    demo = (ROOT / "samples" / "demo.sh").read_text("utf-8")
    assert 'sh samples/add_users.sh "$home"' in demo
    assert demo.rstrip().splitlines()[-1].startswith('echo ".venv/bin/evidence --home $home serve')


def add_users(home: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "EVIDENCE": f"{sys.executable} -m evidence"}
    command = ["sh", str(ROOT / "samples" / "add_users.sh"), str(home)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
