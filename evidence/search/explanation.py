"""What was understood of a query, in sentences: shown by ``search --explain``."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.messages import Message
from evidence.search.fields import SHOWN
from evidence.search.query import (
    AllOf,
    AnyOf,
    Condition,
    DateSought,
    Excluded,
    Node,
    NumberPart,
    NumberSought,
    PeriodSought,
    PhraseSought,
    Prefix,
    Query,
    Words,
)

INDENT = "  "


def explain_query(query: Query) -> Iterator[Message]:
    """One sentence a part, in the order they were typed; what is joined stands indented below its joint."""
    yield from _explain(query.root, 0)
    if query.run and not isinstance(query.root, Words):
        yield _line(0, "explain-run", words=" ".join(query.run))


def _explain(node: Node, depth: int) -> Iterator[Message]:
    if isinstance(node, AllOf | AnyOf | Excluded):
        code = {AllOf: "explain-all", AnyOf: "explain-any", Excluded: "explain-not"}[type(node)]
        yield _line(depth, code)
        for part in (node.part,) if isinstance(node, Excluded) else node.parts:
            yield from _explain(part, depth + 1)
    elif isinstance(node, Condition):
        yield _line(depth, "explain-field", field=SHOWN[node.field], value=node.value)
    else:
        yield _explain_text(node, depth)


def _explain_text(
    node: Words | PhraseSought | Prefix | NumberSought | NumberPart | DateSought | PeriodSought, depth: int
) -> Message:
    if isinstance(node, Words):
        return _line(depth, "explain-words", words=" ".join(node.terms))
    if isinstance(node, PhraseSought):
        return _line(depth, "explain-phrase", words=" ".join(node.terms))
    if isinstance(node, Prefix):
        return _line(depth, "explain-prefix", start=node.term)
    if isinstance(node, NumberSought):
        return _line(depth, "explain-number", number=str(node.number))
    if isinstance(node, NumberPart):
        return _line(depth, "explain-number-part", pieces=", ".join(node.pieces))
    if isinstance(node, DateSought):
        return _line(depth, "explain-date", date=str(node.date))
    return _line(depth, "explain-period", first=str(node.dates.first), last=str(node.dates.last))


def _line(depth: int, code: str, **values: str) -> Message:
    return Message(code, {"indent": INDENT * depth, **values})
