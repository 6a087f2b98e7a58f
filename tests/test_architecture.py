"""The floors of docs/architecture.md, held by a test."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "evidence"
FLOORS = {
    0: {"messages", "resources"},
    1: {"errors"},
    2: {"vietnamese"},
    3: {"values"},
    4: {"model", "codec"},
    5: {"config"},
    6: {"sandbox"},
    7: {"ingest", "extract", "criteria", "appraisal", "search", "store", "report"},
    8: {"scoring"},
    9: {"match"},
    10: {"pipeline"},
    11: {"archive"},
    12: {"cli", "__main__"},
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
APART = 7  # the floor whose rooms may not even know their neighbours
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
LONG = {
    "evidence.extract.voting.header_votes": "under way: to be split",
    "evidence.ingest.ocr.fields.header_reader": "under way: to be split",
    "evidence.pipeline.scheduler": "under way: to be split",
}
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): (path, ast.parse(path.read_text("utf-8"), str(path))) for path in sorted(PACKAGE.rglob("*.py"))
}
OWN = sorted(name for name in MODULES if name != "evidence" and "migrations" not in name)


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules of ours that are imported anywhere below this node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "evidence")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}: write it out"
            if node.module and node.module.split(".")[0] == "evidence":
                whole = [f"{node.module}.{alias.name}" for alias in node.names]
                modules = [name for name in whole if name in MODULES]
                yield from modules
                if len(modules) < len(whole):
                    yield node.module


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_room_has_a_floor() -> None:
    assert {room(name) for name in OWN} - {"data"} == set(FLOOR_OF)


def test_the_document_shows_the_same_floors() -> None:
    plan = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = {row.split()[0]: row for row in plan.splitlines() if row[:1].isdigit()}
    for floor, rooms in FLOORS.items():
        missing = [name for name in rooms if name != "__main__" and name not in rows.get(str(floor), "")]
        assert not missing, f"floor {floor} of docs/architecture.md does not show {missing}"


@pytest.mark.parametrize("name", OWN)
def test_imports_point_down(name: str) -> None:
    mine = FLOOR_OF[room(name)]
    for target in imports(MODULES[name][1]):
        if not room(target) or room(target) == room(name):
            continue  # the package itself (its version), or the same room
        theirs = FLOOR_OF[room(target)]
        assert theirs < mine or (theirs == mine and mine != APART), f"{name} (floor {mine}) imports {target}"


def test_no_rings() -> None:
    graph = {name: set(imports(tree)) - {name} for name, (_, tree) in MODULES.items()}
    graphlib.TopologicalSorter(graph).prepare()  # CycleError names the ring


@pytest.mark.parametrize("name", OWN)
def test_no_hidden_imports(name: str) -> None:
    tree = MODULES[name][1]
    hidden = [found for function in functions(tree) for found in imports(function)]
    hidden += [
        found
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for found in imports(node)
    ]
    assert not hidden, f"{name} imports {hidden} where a reader does not look"


@pytest.mark.parametrize("name", OWN)
def test_one_screenful_at_a_time(name: str) -> None:
    path, tree = MODULES[name]
    length = len(path.read_text("utf-8").splitlines())
    assert length <= LONGEST_FILE or name in LONG, f"{name} has {length} lines: split it, or say why in LONG"
    long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(tree)
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }
    assert not long, f"functions of more than {LONGEST_FUNCTION} lines in {name}: {long}"


@pytest.mark.parametrize("name", OWN)
def test_names_say_something(name: str) -> None:
    assert not NO_NAMES & set(name.split("."))


@pytest.mark.parametrize("name", OWN)
def test_every_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(MODULES[name][1]), f"{name} has no docstring"
