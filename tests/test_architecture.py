"""The floors and the measures of docs/architecture.md: each test goes through the whole package and lists what breaks
its rule."""

from __future__ import annotations

import ast
import graphlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from evidence.store import migrations
from tests.support.violations import refuse

PACKAGE = Path(__file__).parent.parent / "evidence"
FLOORS = {
    0: {"messages", "resources", "third_party"},
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
    12: {"jobs"},
    13: {"cli", "web", "__main__"},
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
APART = 7  # the floor whose rooms may not even know their neighbours
DOORS: dict[str, set[str]] = {
    "cli": {"jobs", "web"},
    "web": {"jobs"},
    "jobs": set(),
}  # with what they may start besides
KNOWN_TO_DOORS = {"archive", "model", "messages", "errors", "resources", "codec", "report", "config"}
OPENED_BY_THE_PIPELINE = ("evidence.ingest.", "evidence.extract.")
KNOWN_TO_THE_ARCHIVE = (
    "evidence.ingest.sources.",
    "evidence.ingest.media_types",
    "evidence.ingest.crops",
    "evidence.ingest.page_images",
)

PURE = {"match", "scoring"}  # the middle: values in, values out
FILLING = {
    "append", "add", "update", "extend", "insert", "setdefault", "pop", "popitem", "remove", "discard", "clear", "sort",
}  # fmt: skip
SELF = {"__init__": {"self"}}  # an object may be put together where it is made

LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 40  # lines
FULLEST_FOLDER = 25  # files
MOST_AT_THE_TOP = 8  # modules in evidence/ itself
MOST_BLANK_NAMES = 100
MOST_ANY = 30  # signatures
LONG_FILES = {}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
BLANK_NAMES = {"one", "found", "told"}  # of a variable: they say that it is, not what


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8"), str(path)) for name, path in PATHS.items()}
# Migrations stay as they were released, each a list of commands from top to bottom: no rule of style reaches them.
OWN = {name: tree for name, tree in TREES.items() if name != "evidence" and "migrations" not in name}


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules of ours that are imported anywhere below this node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "evidence")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}: write it out"
            if node.module and node.module.split(".")[0] == "evidence":
                whole = [f"{node.module}.{alias.name}" for alias in node.names]
                modules = [name for name in whole if name in TREES]
                yield from modules
                if len(modules) < len(whole):
                    yield node.module


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    given = function.args
    starred = [argument for argument in (given.vararg, given.kwarg) if argument]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *starred]


def test_every_room_has_a_floor() -> None:
    assert {room(name) for name in OWN} - {"data"} == set(FLOOR_OF)


def test_the_document_shows_the_same_floors() -> None:
    plan = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = {row.split()[0]: row for row in plan.splitlines() if row[:1].isdigit()}
    missing = [
        f"floor {floor}: {name}"
        for floor, rooms in FLOORS.items()
        for name in rooms - {"__main__"}
        if name not in rows.get(str(floor), "")
    ]
    refuse(missing, "show them in docs/architecture.md:")


def test_imports_point_down() -> None:
    upward = []
    for name, tree in OWN.items():
        mine = FLOOR_OF[room(name)]
        for target in imports(tree):
            if not room(target) or room(target) == room(name):
                continue  # the package itself (its version), or the same room
            theirs = FLOOR_OF[room(target)]
            if theirs > mine or (theirs == mine == APART):
                upward.append(f"{name} (floor {mine}) imports {target} (floor {theirs})")
    refuse(upward, "move what is needed down, or hand it in from above:")


def test_doors_call_only_the_archive() -> None:
    """And know the nouns, the sentences and the reports: what more they need, the archive has to offer."""
    past = [
        f"{name} imports {target}"
        for name, tree in OWN.items()
        for target in imports(tree)
        if room(name) in DOORS and room(target) not in {"", room(name), *KNOWN_TO_DOORS, *DOORS[room(name)]}
    ]
    refuse(past, "let the archive offer it:")


def test_the_archive_leaves_documents_to_the_pipeline() -> None:
    """Of ingest it takes sources, media types and crops, and nothing of extract."""
    past = [
        f"{name} imports {target}"
        for name, tree in OWN.items()
        for target in imports(tree)
        if room(name) == "archive"
        and target.startswith(OPENED_BY_THE_PIPELINE)
        and not target.startswith(KNOWN_TO_THE_ARCHIVE)
    ]
    refuse(past, "let the pipeline do it, or move what lies too high:")


def test_no_rings() -> None:
    graph = {name: set(imports(tree)) - {name} for name, tree in TREES.items()}
    graphlib.TopologicalSorter(graph).prepare()  # CycleError names the ring


def test_no_hidden_imports() -> None:
    """None inside a function or for the type checker alone: a reader looks for them at the top."""
    hidden = []
    for name, tree in OWN.items():
        checking = [n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)]
        for node in [*functions(tree), *checking]:
            hidden += [f"{name}:{node.lineno} imports {target}" for target in imports(node)]
    refuse(hidden, "import at the top of the file:")


def test_no_file_is_long() -> None:
    lengths = {name: len(PATHS[name].read_text("utf-8").splitlines()) for name in OWN}
    long = [f"{name} has {length} lines" for name, length in lengths.items() if length > LONGEST_FILE]
    refuse(long, "split by noun:")


def test_no_function_is_long() -> None:
    long = [
        f"{name}:{function.lineno} {function.name} has {length} lines"
        for name, tree in OWN.items()
        for function in functions(tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    refuse(long, "split into steps that have a name:")


def test_no_folder_is_full() -> None:
    files = Counter(
        str(path.parent.relative_to(PACKAGE.parent))
        for path in PACKAGE.rglob("*.*")
        if path.suffix != ".pyc" and "migrations" not in path.parts  # numbered, one a change, never regrouped
    )
    full = [f"{folder} holds {count}" for folder, count in files.items() if count > FULLEST_FOLDER]
    refuse(full, "group by noun:")
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_AT_THE_TOP, "a module at the top: which room does it belong to?"


def test_modules_are_named_by_what_they_hold() -> None:
    refuse((name for name in OWN if EMPTY_NAMES & set(name.split("."))), "name them by what they hold:")


def test_every_module_says_what_it_is() -> None:
    refuse((name for name, tree in OWN.items() if not ast.get_docstring(tree)), "write a docstring:")


def test_no_public_class_name_stands_twice() -> None:
    homes = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    twice = [f"{name}: {', '.join(modules)}" for name, modules in homes.items() if len(modules) > 1]
    refuse(twice, "say which of them it is, or make it private:")


def test_variables_are_named_by_what_they_hold() -> None:
    """A short comprehension may say ``one``; a hundred of them for the whole package."""
    bound = Counter[str]()
    for name, tree in TREES.items():
        stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        given = [argument.arg for function in functions(tree) for argument in arguments(function)]
        bound[name] = sum(variable in BLANK_NAMES for variable in [*stored, *given])
    if bound.total() > MOST_BLANK_NAMES:
        counts = (f"{name}: {count}" for name, count in bound.most_common() if count)
        refuse(counts, f"{bound.total()} variables are called one, found or told, and {MOST_BLANK_NAMES} may be:")


def test_signatures_say_their_types() -> None:
    """``Any`` is for what a library hands over untyped."""
    loose = []
    for name, tree in TREES.items():
        for function in functions(tree):
            hints = [*(argument.annotation for argument in arguments(function)), function.returns]
            if any(isinstance(n, ast.Name) and n.id == "Any" for hint in hints if hint for n in ast.walk(hint)):
                loose.append(f"{name}:{function.lineno} {function.name}")
    if len(loose) > MOST_ANY:
        refuse(loose, f"{len(loose)} signatures hold Any, and {MOST_ANY} may:")


def test_pure_rooms_fill_no_argument() -> None:
    """Neither criteria held against records nor points: a function returns what it found."""
    filled = [
        f"{name}:{node.lineno} {function.name}: {ast.unparse(node).splitlines()[0]}"
        for name, tree in OWN.items()
        if room(name) in PURE
        for function in functions(tree)
        for node in ast.walk(function)
        if first_filled(node) in {argument.arg for argument in arguments(function)} - SELF.get(function.name, set())
    ]
    refuse(filled, "return it instead of filling what was handed in:")


def first_filled(node: ast.AST) -> str | None:
    """The variable whose insides this node changes: by a call such as ``rows.append``, by ``rows[0] = …``."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILLING:
        targets = [node.func]
    elif isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        inside = target
        while isinstance(inside, ast.Attribute | ast.Subscript):
            inside = inside.value
        if isinstance(inside, ast.Name) and (inside is not target or isinstance(node, ast.AugAssign)):
            return inside.id
    return None


def test_frozen_classes_keep_no_cache() -> None:
    """No way round the freezing, and in the pure rooms no field that starts empty to be filled later."""
    kept = []
    for name, tree in OWN.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"__setattr__", "cached_property"}:
                kept.append(f"{name}:{node.lineno} {ast.unparse(node)}")
            elif isinstance(node, ast.keyword) and node.arg == "default_factory" and room(name) in PURE:
                kept.append(f"{name}:{node.value.lineno} {ast.unparse(node)}")
    refuse(kept, "keep it beside the class, or compute it when the value is made:")


def test_migrations_are_one_chain() -> None:
    """Each file follows the one before it: two people who took the same number would part the chain."""
    files = sorted((PACKAGE / "store" / "migrations" / "versions").rglob("v*.py"), key=lambda file: file.name)
    texts = [file.read_text("utf-8") for file in files]
    numbers = [re.findall(r'^revision = "(\d+)"', text, re.M)[0] for text in texts]
    before = [re.findall(r'^down_revision = (?:"(\d+)"|None)', text, re.M)[0] or None for text in texts]
    assert [file.name[1:5] for file in files] == numbers == list(migrations.KNOWN)
    assert before == [None, *numbers[:-1]] and numbers[-1] == migrations.HEAD
