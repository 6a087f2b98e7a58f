"""A map of a survey as it is written, YAML or a table, as one list of entries: what each says, and where.

The YAML and the table say the same (``docs/scoring.md``)::

    unit: Đơn vị được đánh giá            đơn vị;Đơn vị được đánh giá;;
    options: {Tốt: 75%}                   phương án;Tốt;75%;
    questions: {Câu 1: 8.1.1}             câu hỏi;Câu 1;8.1.1;
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from evidence.criteria.yaml_composer import compose_yaml
from evidence.criteria.yaml_section import Fault, Faults, line_of_node, suggest_option
from evidence.messages import Message
from evidence.model.scoring import OfficeRow
from evidence.vietnamese.text import fold, nfc

# What an entry is about, by the words that people may use for it.
KEYS = {
    "form": ("dạng", "dạng bảng", "kiểu bảng"),
    "unit": ("đơn vị", "cột đơn vị"),
    "respondent": ("người trả lời", "mã phiếu", "email"),
    "group": ("nhóm", "nhóm đối tượng", "đối tượng"),
    "groups": ("tên nhóm", "đổi tên nhóm"),
    "units": ("tên đơn vị", "đổi tên đơn vị"),
    "question": ("cột câu hỏi",),
    "questions": ("câu hỏi", "các câu hỏi"),
    "options": ("phương án", "các phương án", "đáp án", "option"),
    "forms": ("số phiếu", "số phiếu thu về", "phiếu thu về"),
    "sent": ("số phiếu phát ra", "phiếu phát ra", "phát ra"),
    "scale": ("thang", "thang điểm"),
    "ignore": ("bỏ qua",),
}
KEY_OF = {fold(word): key for key, words in KEYS.items() for word in (key, *words)}
COLUMNS = {"key": ("mục", "loại", "khóa"), "name": ("tên", "nội dung"), "value": ("giá trị", "tiêu chí"),
           "question": ("câu hỏi", "của câu hỏi")}  # fmt: skip
QUESTION_KEYS = {fold(word): key for key, words in {
    "criterion": ("criterion", "tiêu chí", "mã tiêu chí"), "options": ("options", "phương án"),
}.items() for word in words}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One thing that a map says. ``question``: the one that an option belongs to, where it is that one's alone."""

    line: int
    key: str
    name: str
    value: str = ""
    question: str = ""


Entries = tuple[list[MapEntry], tuple[Fault, ...]]


def read_yaml_entries(text: str) -> Entries:
    """The entries of a YAML map, and what is wrong with its form."""
    faults = Faults()
    root = compose_yaml(nfc(text), faults)
    if root is None:
        return [], faults.rows()
    entries: list[MapEntry] = []
    for key_node, node in root.value:
        word = _text(key_node)
        key = KEY_OF.get(fold(word))
        if key is None:
            faults.add(line_of_node(key_node), "survey-map-key", key=word, guess=_guess(word))
        else:
            entries += _entries(key, node)
    return entries, faults.rows()


def _guess(word: str) -> str:
    return suggest_option(word, KEYS) or ", ".join(KEYS)


def _text(node: yaml.Node) -> str:
    return " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else ""


def _entries(key: str, node: yaml.Node) -> Iterator[MapEntry]:
    line = line_of_node(node)
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _entries(key, item)
    elif isinstance(node, yaml.MappingNode):
        for name_node, value in node.value:
            if key == "questions" and isinstance(value, yaml.MappingNode):
                yield from _question(_text(name_node), value)
            else:
                yield MapEntry(line_of_node(name_node), key, _text(name_node), _text(value))
    else:
        yield MapEntry(line, key, _text(node))


def _question(name: str, node: yaml.MappingNode) -> Iterator[MapEntry]:
    """A question with options of its own."""
    for key_node, value in node.value:
        key, line = QUESTION_KEYS.get(fold(_text(key_node))), line_of_node(key_node)
        if key == "criterion":
            yield MapEntry(line, "questions", name, _text(value))
        elif key == "options" and isinstance(value, yaml.MappingNode):
            for option, amount in value.value:
                yield MapEntry(line_of_node(option), "options", _text(option), _text(amount), name)
        else:
            yield MapEntry(line, "", _text(key_node), name)


def read_table_entries(rows: Sequence[OfficeRow]) -> Entries:
    """The same of a table with the columns key, name, value and, for options of one question, question."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return [], ((1, Message("survey-map-empty")),)
    first = 1 if fold(filled[0].cells[0].strip()) in {fold(word) for word in ("key", *COLUMNS["key"])} else 0
    entries: list[MapEntry] = []
    faults: list[Fault] = []
    for row in filled[first:]:
        word, name, value, question = (" ".join(nfc(cell).split()) for cell in (*row.cells, "", "", "", "")[:4])
        key = KEY_OF.get(fold(word))
        if key is None:
            faults.append((row.number, Message("survey-map-key", {"key": word, "guess": _guess(word)})))
        else:
            entries.append(MapEntry(row.number, key, name, value, question))
    return entries, tuple(faults)
