"""Whether the layers of annotations are shown (ISO 32000-1, 8.11): pdfium draws annotations whatever their layer says,
so the groups and their membership are worked out here, from the default configuration.

Only asked for a page with an annotation that lies in a layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

DEEP = 12  # expressions within expressions
FAULTS = (PSException, ValueError, TypeError, KeyError, AttributeError, IndexError)


def list_shown_layers(file: Path, index: int) -> list[bool]:
    """For each annotation of the page whether its layer is shown; empty where that cannot be told."""
    try:
        with file.open("rb") as stream:
            document = PDFDocument(PDFParser(stream))
            page = next(islice(PDFPage.create_pages(document), index, None))
            states = _LayerStates(resolve1(document.catalog.get("OCProperties")) or {})
            annotations = [resolve1(annotation) for annotation in resolve1(page.annots) or []]
            return [states.is_shown(annotation.get("OC")) for annotation in annotations]
    except (*FAULTS, StopIteration):
        return []


class _LayerStates:
    """Which groups the default configuration shows."""

    def __init__(self, properties: Mapping[str, object]) -> None:
        default = _mapping(properties.get("D"))
        self._shown = _name(default.get("BaseState")) != "OFF"
        self._on, self._off = _numbers(default.get("ON")), _numbers(default.get("OFF"))

    def is_shown(self, layer: object, depth: int = 0) -> bool:
        """Whether a group, or what is a member of groups, is shown."""
        content = _mapping(layer)
        if not content or depth > DEEP:
            return True
        if _name(content.get("Type")) != "OCMD":
            number = layer.objid if isinstance(layer, PDFObjRef) else None
            return number in self._on if not self._shown else number not in self._off
        if expression := _listed(content.get("VE")):
            return self._evaluate(expression, depth)
        groups = content.get("OCGs")
        members = _listed(groups) or ([groups] if _mapping(groups) else [])
        states = [self.is_shown(member, depth + 1) for member in members]
        if not states:
            return True
        policy = {"AllOn": all(states), "AnyOff": not all(states), "AllOff": not any(states)}
        return policy.get(_name(content.get("P")), any(states))

    def _evaluate(self, expression: list[object], depth: int) -> bool:
        """A visibility expression: an operator and what it is applied to."""
        operator, *operands = expression
        states = [
            self._evaluate(inner, depth + 1) if (inner := _listed(operand)) else self.is_shown(operand, depth + 1)
            for operand in (operands if depth <= DEEP else [])
        ]
        match _name(operator):
            case "And":
                return all(states)
            case "Or":
                return any(states)
            case _:
                return not any(states)


def _mapping(value: object) -> Mapping[str, object]:
    content = resolve1(value)
    return content if isinstance(content, dict) else {}


def _listed(value: object) -> list[object]:
    content = resolve1(value)
    return content if isinstance(content, list) else []


def _numbers(value: object) -> set[int]:
    items: Iterable[object] = _listed(value)
    return {item.objid for item in items if isinstance(item, PDFObjRef)}


def _name(value: object) -> str:
    content = resolve1(value)
    return str(content.name) if isinstance(content, PSLiteral) else ""
