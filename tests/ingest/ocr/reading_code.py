"""The code that the reading of a page image goes through: which modules, which packages, and a hash of each module.

The hash is made of what a module does: comments, docstrings, layout and types of parameters are left out.

    python -m tests.ingest.ocr.reading_code

writes the hashes anew, beside the version of the reading code that they belong to (``fingerprint.READING_VERSION``).
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from evidence.ingest.ocr import engine, fingerprint, page

WRITTEN = Path(__file__).with_suffix(".txt")
ROOMS = ("evidence.ingest.", "evidence.model.", "evidence.values.", "evidence.vietnamese.")
ENTRANCES = (page.__name__, engine.__name__)
LOADERS = {"import_module", "find_spec"}  # what imports a module by a name in a string
LEFT_OUT = {"returns", "type_comment", "type_params", "ctx", "kind"}


def modules() -> dict[str, Path]:
    """The modules of ours that the reading of a page leads to, import after import, each with its file."""
    reached: dict[str, Path] = {}
    waiting = [*ENTRANCES]
    while waiting:
        name = waiting.pop()
        file = getattr(sys.modules.get(name), "__file__", None)
        if name in reached or file is None:
            continue
        reached[name] = Path(file)
        waiting += [name for name in imports(parse(reached[name])) if name.split(".")[0] == "evidence"]
    return reached


def packages() -> set[str]:
    """The packages of others that those modules import, as PyPI names them."""
    trees = [parse(file) for file in modules().values()]
    tops = {name.split(".")[0] for tree in trees for name in (*imports(tree), *loaded(tree))}
    owners = packages_distributions()
    return {owners[top][0].lower() for top in tops - sys.stdlib_module_names - {"evidence"} if top in owners}


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """What a module imports: the modules, and every name as if it were one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def loaded(tree: ast.AST) -> Iterator[str]:
    """What is imported by a name in a string, or found by one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in LOADERS:
            yield from (part.value for part in node.args[:1] if isinstance(part, ast.Constant))


def canonical(node: object) -> str:
    """What the code does, as text."""
    if isinstance(node, list):
        return "[" + ",".join(canonical(part) for part in node if not _is_docstring(part)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    left_out = LEFT_OUT | ({"annotation"} if isinstance(node, ast.arg) else set())
    fields = [
        (name, value) for name, value in ast.iter_fields(node) if name not in left_out and value not in (None, [])
    ]
    return f"{type(node).__name__}({','.join(f'{name}={canonical(value)}' for name, value in fields)})"


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def hash_source(source: str) -> str:
    return hashlib.sha256(canonical(ast.parse(source)).encode()).hexdigest()[:16]


def lines() -> list[str]:
    """What stands in the file: the version, then a line a module with its hash."""
    read = [(name, file) for name, file in sorted(modules().items()) if name.startswith(ROOMS)]
    tables = sorted({table for name, file in read for table in _tables(name, file)})
    hashed = [f"{name} {hash_source(file.read_text('utf-8'))}" for name, file in read]
    return [f"READING_VERSION {fingerprint.READING_VERSION}", *hashed, *tables]


def _tables(name: str, file: Path) -> Iterator[str]:
    """The tables beside a module that it names, each with the hash of its content."""
    for node in ast.walk(parse(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".yaml"):
            table = file.parent / "data" / node.value
            yield f"{name.rpartition('.')[0]}/{node.value} {hashlib.sha256(table.read_bytes()).hexdigest()[:16]}"


def changed() -> list[str]:
    """What is not as it was written down: modules changed, new or gone."""
    written, now = (dict(line.split() for line in text) for text in (WRITTEN.read_text("utf-8").splitlines(), lines()))
    return sorted(name for name in written.keys() | now.keys() if written.get(name) != now.get(name))


if __name__ == "__main__":
    WRITTEN.write_text("\n".join(lines()) + "\n", "utf-8")
