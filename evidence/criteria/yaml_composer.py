"""A criteria file's text as a tree of YAML nodes, or the faults that forbid to read on.

Aliases, anchors and tags are refused (a file of 1 kB can unfold to gigabytes through aliases), so is a second document.
"""

from __future__ import annotations

import yaml

from evidence.criteria.yaml_section import Faults, line_of_node

MAX_DEPTH = 60  # a real set nests 4 criteria deep, which is 12 YAML levels


def compose_yaml(text: str, faults: Faults) -> yaml.MappingNode | None:
    """The file's top mapping, or None with the faults that forbid to read on."""
    try:
        refused = _refuse(text, faults)
        root = None if refused else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        _report(error, text, faults)
        return None
    if refused:
        return None
    if root is None:
        faults.add(1, "criteria-empty")
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.add(line_of_node(root), "criteria-not-a-set")
        return None
    return root


def _refuse(text: str, faults: Faults) -> bool:
    """Faults of what makes a file unsafe or ambiguous; read as a stream, so nothing is unfolded."""
    depth = documents = refused = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        code = None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            code = "criteria-alias"
        elif getattr(event, "tag", None):
            code = "criteria-tag"
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            code = "criteria-two-documents" if documents > 1 else None
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            faults.add(line, "criteria-too-deep")
            return True
        if code:
            faults.add(line, code)
            refused += 1
    return bool(refused)


def _report(error: yaml.YAMLError, text: str, faults: Faults) -> None:
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a character that YAML forbids
        position = getattr(error, "position", 0)
        faults.add(text.count("\n", 0, position) + 1, "criteria-bad-character")
        return
    lines = text.splitlines()
    row = lines[mark.line] if mark.line < len(lines) else ""
    indent = row[: len(row) - len(row.lstrip())]
    if "\t" in indent or "'\\t'" in str(getattr(error, "problem", "")):
        faults.add(mark.line + 1, "criteria-tab")
        return
    faults.add(mark.line + 1, "criteria-broken-yaml", column=mark.column + 1, text=row.strip()[:60])
