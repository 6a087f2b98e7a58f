"""The fields of a Word document (ECMA-376, 17.16): of each only the result is shown, never its code.

A field runs from its ``begin`` by way of ``separate``, behind which the result stands, to its ``end``; fields lie
inside one another. Old form fields (tick box, drop-down list) keep their value beside the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.names import VAL, is_on, value_of, w

COMPUTED = frozenset({"DATE", "TIME"})
TICKED, EMPTY = "☒", "☐"
KIND, FORM = w("fldCharType"), w("ffData")


@dataclass(slots=True)
class _Field:
    value: str  # of a form field
    code: str = ""
    in_result: bool = False
    muted: bool = False
    said: bool = False
    held: list[str] = field(default_factory=list)  # text in the code, given back where the field never ends


class FieldStack:
    """The fields that are open at a place of a paragraph. ``computed``: results of ``DATE`` and so on say nothing."""

    def __init__(self, computed: bool) -> None:
        self._computed = computed
        self._open: list[_Field] = []

    def computes(self, code: str) -> bool:
        """Whether the result of a field with that code was computed when the file was converted."""
        return self._computed and code.strip().partition(" ")[0].upper() in COMPUTED

    def mark(self, mark: Element) -> str:
        """Goes on by one ``fldChar`` or ``instrText``; what a form field says at its end."""
        kind = mark.get(KIND)
        if kind == "begin":
            self._open.append(_Field(_form_value(mark.find(FORM))))
        elif not self._open:
            return ""
        elif kind == "separate":
            self._open[-1].in_result = True
            self._open[-1].muted = self.computes(self._open[-1].code)
        elif kind == "end":
            ended = self._open.pop()
            return "" if ended.said else ended.value
        else:
            self._open[-1].code += mark.text or ""
        return ""

    def skip(self, run: Element) -> None:
        """Goes on through a run that is not shown."""
        for mark in run.iterchildren(w("fldChar"), w("instrText")):
            self.mark(mark)

    def shown(self, text: str) -> str:
        """The part of the text that is shown here: nothing inside a field's code."""
        if not text or not self._open:
            return text
        for each in self._open:
            if not each.in_result:
                each.held.append(text)
                return ""
            if each.muted:
                return ""
            each.said = each.said or bool(text.strip())
        return text

    def rest(self) -> str:
        """Text held back for the code of fields that began in this paragraph and neither showed a result nor ended."""
        return "".join(text for each in self._open if not each.in_result for text in each.held)


def _form_value(form: Element | None) -> str:
    """What a form field shows that has no text of its own: the state of a tick box, the entry chosen from a list."""
    if form is None:
        return ""
    box = form.find(w("checkBox"))
    if box is not None:
        state = box.find(w("checked"))
        return TICKED if is_on(state if state is not None else box.find(w("default"))) else EMPTY
    choices = form.find(w("ddList"))
    if choices is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choices.iterfind(w("listEntry"))]
    place = value_of(choices, "result") or value_of(choices, "default") or "0"
    return entries[int(place)] if place.isdecimal() and len(place) < 5 and int(place) < len(entries) else ""
