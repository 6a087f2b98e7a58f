"""A criteria file as YAML nodes: every value with its line, every fault kept, nothing guessed.

YAML is read as a tree of texts (``yaml_composer.compose_yaml``), never as Python values: ``1.10`` stays the code
``1.10``, points never pass through a binary float, ``2018-02-31`` is a fault with a line and not a stray text. A key
that stands twice is refused.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable
from decimal import Decimal

import yaml

from evidence.messages import Message
from evidence.vietnamese.text import fold, strip_marks

Fault = tuple[int, Message]
MAX_BYTES = 5_000_000  # the national set with all its evidence is about 100 kB
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,9})?")
_COMMA = re.compile(r"\d{1,9},\d{1,9}")
_WHOLE = re.compile(r"\d{1,6}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?")
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


def parse_moment(text: str) -> datetime.datetime | None:
    """A moment as people write it down.

    >>> parse_moment("2025-12-05T17:00"), parse_moment("2025-12-05"), parse_moment("5/12")
    (datetime.datetime(2025, 12, 5, 17, 0), datetime.datetime(2025, 12, 5, 23, 59), None)
    """
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    try:
        year, month, day = (int(part) for part in match[1].split("-"))
        return datetime.datetime(year, month, day, int(match[2] or 23), int(match[3] or 59))
    except ValueError:
        return None


def line_of_node(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def suggest_option(word: str, options: Iterable[str]) -> str | None:
    """The option that was probably meant.

    >>> suggest_option("isuer", ["issuer", "issued"])
    'issuer'
    """
    plain = {strip_marks(fold(option)): option for option in options}
    near = difflib.get_close_matches(strip_marks(fold(word)), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else None


class Section:
    """One mapping of the file, read key by key; what is wrong goes to ``faults`` and reads as None."""

    def __init__(self, node: yaml.Node, faults: Faults, known: Iterable[str]) -> None:
        self.line = line_of_node(node)
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
        line = line_of_node(key)
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in self._lines:
            self.faults.add(line, "criteria-key-twice", key=name, first=self._lines[name])
        elif name not in known:
            guess = suggest_option(name, known)
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
        guess = suggest_option(raw, options)
        code = "criteria-unknown-value-near" if guess else "criteria-unknown-value"
        self.fault(key, code, value=raw, guess=guess or "", options=", ".join(options))
        return None

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; what is left out is false."""
        return self.option(key, ("true", "false")) == "true"

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
        texts = self.words(key)
        for raw in texts:
            if not (_WHOLE.fullmatch(raw) and least <= int(raw) <= most):
                self.fault(key, "criteria-want-whole", value=raw, least=least, most=most)
                return ()
        return tuple(int(raw) for raw in texts)

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

    def moment(self, key: str) -> datetime.datetime | None:
        """``2025-12-05T17:00``, local time; a day alone lasts to its last minute."""
        raw = self.text(key)
        if raw is None:
            return None
        moment = parse_moment(raw)
        if moment is None:
            self.fault(key, "criteria-want-moment", value=raw)
        return moment

    def yes(self, key: str) -> bool | None:
        """``true`` or ``false``."""
        raw = self.option(key, ("true", "false"))
        return None if raw is None else raw == "true"

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
        texts = [" ".join(str(text.value).split()) for text in nodes if isinstance(text, yaml.ScalarNode)]
        if len(texts) < len(nodes) or any(text in _NULLS for text in texts):
            self.fault(key, "criteria-want-texts")
        return tuple(text for text in texts if text not in _NULLS)

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
