"""Laws, codes and ordinances by name: ``Luật Đất đai``. They are cited lawfully without number or issuer.

Decree 30/2020/NĐ-CP, Appendix I, II.6: legal bases carry number, issuer and date, except laws and ordinances. As many
as a third of all citations are of this kind. The names stand in ``data/laws.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evidence import resources
from evidence.values.kind import Kind, by_name
from evidence.vietnamese.text import fold_map

_HEAD = re.compile(r"(?<!\w)(?:bộ\s+luật|luật|pháp\s+lệnh)(?=\s)")
_WORD = re.compile(r"[^\s,]+|,")


@dataclass(frozen=True, slots=True)
class LawMatch:
    """A law named in a text: characters ``start:end``; ``name`` as the list writes it, with the word before it."""

    start: int
    end: int
    kind: Kind
    name: str


@cache
def _tree() -> dict[str, dict[tuple[str, ...], str]]:
    """Kind -> folded words -> canonical name."""
    rows = resources.load_yaml("evidence.values", "laws.yaml")
    tree: dict[str, dict[tuple[str, ...], str]] = {}
    for kind, names in rows.items():
        words = {tuple(_WORD.findall(fold_map(name)[0])): f"{kind} {name}" for name in names}
        tree[fold_map(kind)[0]] = words
    return tree


@cache
def _longest() -> int:
    return max(len(words) for names in _tree().values() for words in names)


def search(text: str) -> Iterator[LawMatch]:
    """The laws named in a text, each with the longest name that fits; the word before must have a capital.

    >>> [match.name for match in search("theo Luật ban hành văn bản quy phạm pháp luật, Luật Đầu tư công và luật pháp")]
    ['Luật Ban hành văn bản quy phạm pháp luật', 'Luật Đầu tư công']
    """
    folded, offsets = fold_map(text)
    for head in _HEAD.finditer(folded):
        start = offsets[head.start()]
        if not text[start].isupper():
            continue
        kind = " ".join(head.group().split())
        words: list[str] = []
        best: tuple[int, str] | None = None
        for word in _WORD.finditer(folded, head.end(), head.end() + 160):
            core = word.group().rstrip('.;:)”"!?')
            words.append(core)
            name = _tree()[kind].get(tuple(words))
            if name:
                best = word.start() + len(core), name
            if core != word.group() or len(words) >= _longest():
                break
        if best is not None:
            end, name = best
            kind_of_law = by_name(kind)
            assert kind_of_law is not None
            yield LawMatch(start, offsets[end - 1] + 1, kind_of_law, name)
