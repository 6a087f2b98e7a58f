"""The documents say what is so: commands, exit codes, limits and dependencies are held against the code."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from itertools import chain
from pathlib import Path

from evidence import errors
from evidence.cli import reference
from evidence.cli.main import evidence
from evidence.config import Limits
from evidence.model.problem import ProblemCode
from tests.support.violations import refuse

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/**/*.md")])


def first_cells(document: str, heading: str = "") -> set[str]:
    """The first cells of all table rows after the heading, without their backquotes."""
    text = (ROOT / "docs" / document).read_text("utf-8")
    after = text[text.index(heading) :]
    return set(re.findall(r"^\| `?([^|`]+?)`? \|", after, re.MULTILINE))


def test_the_reference_is_what_help_prints() -> None:
    written = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert written == reference.render_reference(), "run make docs"


def test_every_exit_code_is_documented() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")]
    codes = {str(kind.exit_code) for kind in kinds} | {"0", "1", "10"}
    assert codes == {cell for cell in first_cells("errors.md") if cell.isdigit()}


def test_every_problem_code_is_documented() -> None:
    undocumented = {code.value for code in ProblemCode} - first_cells("errors.md", "## Problem codes")
    refuse(undocumented, "say in docs/errors.md what they mean:")


def test_every_limit_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "limits.md").read_text("utf-8")
    rows = [f"| `{field.name}` | {field.default} |" for field in dataclasses.fields(Limits)]
    refuse((row for row in rows if row not in text), "rows that docs/limits.md must have:")


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    wanted = {re.split(r"[<>=!~\[; ]", line)[0] for line in named}
    refuse(wanted - first_cells("dependencies.md"), "say in docs/dependencies.md why we need them:")


def test_every_dependency_is_locked_by_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    named = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    wanted = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in named}
    refuse(wanted - pinned, "not in requirements.lock, run make lock:")
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock, "the lock file names no registry"


def test_documents_name_no_machine() -> None:
    """No absolute path of somebody's machine."""
    foreign = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in DOCS
        for name in re.findall(r"(?<![\w.~])/(?:work|home|root|Users)/\S*", path.read_text("utf-8"))
    ]
    refuse(foreign, "name files as seen from the project's folder:")


def test_files_that_documents_name_exist() -> None:
    absent = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in DOCS
        for name in re.findall(r"`((?:docs|tests|evidence|samples)/[\w./-]+)`", path.read_text("utf-8"))
        if not (ROOT / name).exists()
    ]
    refuse(absent, "no such files:")


def test_the_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"^(?:```[^\n]*\n(.*?)```)", readme, re.MULTILINE | re.DOTALL))
    used = set(re.findall(r"^\$?\s*(?:\.venv/bin/)?evidence(?: --(?:home|lang) \S+)* ([a-z]+)", blocks, re.MULTILINE))
    assert used <= set(evidence.modules)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", readme)) <= targets


def test_ci_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert [line for line in script.splitlines() if line and line[0] != "#"][-1] == "make test"
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
