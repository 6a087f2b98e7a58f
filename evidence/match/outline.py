"""A criteria file as YAML nodes: every value with its line, every fault kept, nothing guessed.

YAML is read as a tree of texts (``yaml.compose``), never as Python values: ``1.10`` stays the code ``1.10``, points
never pass through a binary float, ``2018-02-31`` is a fault with a line and not a stray text. Aliases, anchors and
tags are refused (a file of 1 kB can unfold to gigabytes through aliases), so are a second document and a key that
stands twice.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable
from decimal import Decimal

import yaml

from evidence.messages import Message
from evidence.text import fold, strip_marks

Fault = tuple[int, Message]
MAX_DEPTH = 60  # a real set nests 4 criteria deep, which is 12 YAML levels
MAX_BYTES = 5_000_000  # the national set with all its evidence is about 100 kB
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,9})?")
_COMMA = re.compile(r"\d{1,9},\d{1,9}")
_WHOLE = re.compile(r"\d{1,6}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NULLS = {"", "~", "null", "Null", "NULL"}


class Faults:
    """All faults of one file. ``rows`` gives them in order of line, a row once."""

    def __init__(self) -> None:
        self._rows: list[Fault] = []

    def add(self, line: int, code: str, **params: object) -> None:
        self._rows.append((line, Message(code, {name: str(value) for name, value in params.items()})))

    def rows(self) -> tuple[Fault, ...]:
        unique = {(line, message.code, tuple(message.params.items())): message for line, message in self._rows}
        return tuple((line, message) for (line, _, _), message in sorted(unique.items(), key=lambda row: row[0]))


def compose(text: str, faults: Faults) -> yaml.MappingNode | None:
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
        faults.add(line_of(root), "criteria-not-a-set")
        return None
    return root


def _refuse(text: str, faults: Faults) -> bool:
    """Faults of what makes a file unsafe or ambiguous; read as a stream, so nothing is unfolded."""
    depth = documents = found = 0
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
            found += 1
    return bool(found)


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


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def suggest(word: str, options: Iterable[str]) -> str | None:
    """The option that was probably meant.

    >>> suggest("isuer", ["issuer", "issued"])
    'issuer'
    """
    plain = {strip_marks(fold(option)): option for option in options}
    near = difflib.get_close_matches(strip_marks(fold(word)), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else None


class Section:
    """One mapping of the file, read key by key; what is wrong goes to ``faults`` and reads as None."""

    def __init__(self, node: yaml.Node, faults: Faults, known: Iterable[str]) -> None:
        self.line = line_of(node)
        self.faults = faults
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        if not isinstance(node, yaml.MappingNode):
            faults.add(self.line, "criteria-want-mapping")
            return
        names = tuple(known)
        for key, value in node.value:
            self._take(key, value, names)

    def _take(self, key: yaml.Node, value: yaml.Node, known: tuple[str, ...]) -> None:
        line = line_of(key)
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in self._lines:
            self.faults.add(line, "criteria-key-twice", key=name, first=self._lines[name])
        elif name not in known:
            guess = suggest(name, known)
            code = "criteria-unknown-key-near" if guess else "criteria-unknown-key"
            self.faults.add(line, code, key=name, guess=guess or "")
        else:
            self._values[name], self._lines[name] = value, line

    def line_at(self, key: str) -> int:
        """The line of that key; of the section where it is not there."""
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        return key in self._values

    def fault(self, key: str, code: str, **params: object) -> None:
        self.faults.add(self.line_at(key), code, key=key, **params)

    def text(self, key: str, required: bool = False) -> str | None:
        node = self._node(key, required)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fault(key, "criteria-want-text")
            return None
        value = str(node.value).strip()
        if value in _NULLS:
            self.fault(key, "criteria-empty-value")
            return None
        return " ".join(value.split())

    def prose(self, key: str) -> str:
        """A text of several lines, as an annex words it; empty where the key is not there."""
        node = self._values.get(key)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.fault(key, "criteria-want-text")
        lines = str(node.value).splitlines() if isinstance(node, yaml.ScalarNode) else []
        return "\n".join(line for part in lines if (line := " ".join(part.split())))

    def _node(self, key: str, required: bool) -> yaml.Node | None:
        node = self._values.get(key)
        if node is None and required:
            self.faults.add(self.line, "criteria-missing-key", key=key)
        return node

    def option(self, key: str, options: tuple[str, ...], required: bool = False) -> str | None:
        """One of these words."""
        raw = self.text(key, required)
        if raw is None or raw in options:
            return raw
        guess = suggest(raw, options)
        code = "criteria-unknown-value-near" if guess else "criteria-unknown-value"
        self.fault(key, code, value=raw, guess=guess or "", options=", ".join(options))
        return None

    def decimal(self, key: str, required: bool = True) -> Decimal | None:
        """Points: digits with a point."""
        raw = self.text(key, required)
        if raw is None:
            return None
        if _DECIMAL.fullmatch(raw):
            return Decimal(raw)
        if _COMMA.fullmatch(raw):
            self.fault(key, "criteria-decimal-comma", value=raw, better=raw.replace(",", "."))
        elif raw.startswith("-") and _DECIMAL.fullmatch(raw[1:]):
            self.fault(key, "criteria-negative", value=raw)
        else:
            self.fault(key, "criteria-want-decimal", value=raw)
        return None

    def whole(self, key: str, least: int, most: int, required: bool = False) -> int | None:
        raw = self.text(key, required)
        if raw is None:
            return None
        if _WHOLE.fullmatch(raw.lstrip("-")) and least <= int(raw) <= most:
            return int(raw)
        self.fault(key, "criteria-want-whole", value=raw, least=least, most=most)
        return None

    def wholes(self, key: str, least: int, most: int, required: bool = False) -> tuple[int, ...]:
        """A list of whole numbers."""
        self._node(key, required)
        found = self.words(key)
        for raw in found:
            if not (_WHOLE.fullmatch(raw) and least <= int(raw) <= most):
                self.fault(key, "criteria-want-whole", value=raw, least=least, most=most)
                return ()
        return tuple(int(raw) for raw in found)

    def days(self, key: str) -> tuple[datetime.date, ...]:
        """A list of days."""
        return tuple(sorted(day for raw in self.words(key) if (day := self._day(key, raw))))

    def day(self, key: str) -> datetime.date | None:
        raw = self.text(key)
        return None if raw is None else self._day(key, raw)

    def _day(self, key: str, raw: str) -> datetime.date | None:
        match = _DAY.fullmatch(raw)
        if not match:
            self.fault(key, "criteria-want-day", value=raw)
            return None
        try:
            return datetime.date(*(int(part) for part in match.groups()))
        except ValueError:
            self.fault(key, "criteria-no-such-day", value=raw)
            return None

    def window(self, key: str) -> tuple[datetime.date | None, datetime.date | None]:
        """``2018-01-01..2018-06-30``; either side may be left open."""
        raw = self.text(key)
        if raw is None:
            return None, None
        left, dots, right = (part.strip() for part in raw.partition(".."))
        if not dots or not (left or right):
            self.fault(key, "criteria-want-window", value=raw)
            return None, None
        first = self._day(key, left) if left else None
        last = self._day(key, right) if right else None
        if first and last and first > last:
            self.fault(key, "criteria-window-reversed", value=raw)
        return first, last

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        node = self._values.get(key)
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        texts = [" ".join(str(one.value).split()) for one in nodes if isinstance(one, yaml.ScalarNode)]
        if len(texts) < len(nodes) or any(one in _NULLS for one in texts):
            self.fault(key, "criteria-want-texts")
        return tuple(one for one in texts if one not in _NULLS)

    def mapping(self, key: str) -> yaml.Node | None:
        """The node of a nested mapping, to be read as a Section of its own."""
        return self._values.get(key)

    def is_mapping(self, key: str) -> bool:
        return isinstance(self._values.get(key), yaml.MappingNode)

    def is_list(self, key: str) -> bool:
        return isinstance(self._values.get(key), yaml.SequenceNode)

    def pairs(self, key: str) -> list[tuple[str, yaml.Node]]:
        """Names and nodes of a nested mapping whose names are free."""
        node = self._values.get(key)
        if not isinstance(node, yaml.MappingNode):
            self.fault(key, "criteria-want-mapping")
            return []
        return [(" ".join(str(name.value).split()), value) for name, value in node.value]

    def entries(self, key: str) -> list[yaml.Node]:
        """The nodes of a list; one text or mapping alone counts as a list of one."""
        node = self._values.get(key)
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def items(self, key: str, required: bool = False) -> list[yaml.Node]:
        """The nodes of a list of mappings."""
        node = self._node(key, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or (required and not node.value):
            self.fault(key, "criteria-want-list")
            return []
        return list(node.value)
