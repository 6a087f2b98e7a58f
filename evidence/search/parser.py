"""The query language: words, "phrases", numbers, dates, fields, OR, NOT, brackets. Never the engine's own syntax.

==============================================  ======================================================
``cải cách hành chính``                         all the words; marks bring a document up, none is needed
``"cải cách hành chính"``                       the words side by side
``cải các*``                                    words that begin so
``a OR b``, ``a hoặc b``, ``a | b``             either
``-a``, ``NOT a``, ``không "a b"``              not
``(a OR b) c``                                  brackets group
``615/QĐ-UBND``, ``qd ubnd 615``, ``615/QĐ``    the document that bears the number, then those that cite it
``so:615/QĐ-UBND`` (number)                     only those that bear it; ``so:615`` or ``so:SNV`` by a part
``loai:quyết định`` (kind)                      by kind, name or code
``coquan:UBND tỉnh Lạng Sơn`` (issuer)          by issuing agency, or words of its name
``ngay:2018..2019-06`` (date)                   issued then; either end may be left open; ``ngay:"quý 3/2019"``
``từ ngày 1/1/2019 đến ngày 30/6/2019``         issued then
``donvi:SNV`` (unit), ``tieuchi:1.2``           handed in by that unit, for that criterion or one under it
``viendan:4361/QĐ-BNV`` (cites)                 citing that number, or ``viendan:615`` a number that begins so
``nguoiky:``, ``trichyeu:``, ``diadanh:``,      signer, subject, place, recipient (words of the value);
``noinhan:``, ``trangthai:``, ``duthao:có``     status, draft
==============================================  ======================================================

>>> parse_query('"một cửa" loai:QĐ báo cáo').root
AllOf(parts=(PhraseSought(terms=('một', 'cửa')), Condition(field=<Field.KIND: 'kind'>, value='QĐ', dates=None, \
whole=False), Words(terms=('báo', 'cáo'))))
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from evidence.errors import UsageError
from evidence.messages import Message
from evidence.search import analyzer
from evidence.search.field_values import KnownValues, NothingKnown, read_field
from evidence.search.free_text import read_free_text
from evidence.search.lexer import QueryToken, Sort, tokenize_query
from evidence.search.query import AllOf, AnyOf, Excluded, Node, Query, Words
from evidence.vietnamese.lexicon import is_pair
from evidence.vietnamese.text import fold

LENGTH = 4_000  # characters of a query
LEAVES = 64  # words, phrases, fields: what stands behind is not looked for, and that is said


def parse_query(text: str, known: KnownValues | None = None) -> Query:
    """What the person looks for. ``known`` tells which values of fields the archive holds.

    UsageError, with what to do, where a field's value cannot be understood or nothing is left to look for.
    """
    short = text[:LENGTH]
    tokens = tokenize_query(short)
    root = _merge(_Parser(tokens, known or NothingKnown()).parse())
    root, cut = _bound(root)
    if root is None:
        raise UsageError("query-empty", "query-empty-hint")
    notes = (Message("query-cut", {"most": str(LEAVES)}),) if cut or len(text) > LENGTH else ()
    return Query(root, _run(tokens), notes)


class _Parser:
    """Recursive descent over the tokens; the depth of brackets is bounded by the lexer."""

    def __init__(self, tokens: Sequence[QueryToken], known: KnownValues) -> None:
        self._tokens = tokens
        self._known = known
        self._at = 0

    def parse(self) -> Node | None:
        return self._any_of()

    def _any_of(self) -> Node | None:
        parts = [self._all_of()]
        while self._next_is(Sort.OR):
            self._at += 1
            parts.append(self._all_of())
        present = tuple(part for part in parts if part is not None)
        return AnyOf(present) if len(present) > 1 else present[0] if present else None

    def _all_of(self) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._tokens) and not (self._next_is(Sort.OR) or self._next_is(Sort.CLOSE)):
            parts += self._item()
        return AllOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _item(self) -> list[Node]:
        """What the next token stands for: nothing, one thing, or a value and the words behind it."""
        token = self._tokens[self._at]
        self._at += 1
        if token.sort is Sort.NOT:
            return self._excluded()
        if token.sort is Sort.OPEN:
            inner = self._any_of()
            self._at += self._next_is(Sort.CLOSE)
            return [inner] if inner is not None else []
        if token.sort is Sort.FIELD:
            return self._field(token)
        return list(read_free_text(token.text, phrase=token.sort is Sort.PHRASE))

    def _excluded(self) -> list[Node]:
        """What comes next, excluded; of a text only its first word (``kế hoạch`` is one) or number."""
        if self._at >= len(self._tokens) or self._tokens[self._at].sort in (Sort.OR, Sort.CLOSE, Sort.NOT):
            return []
        if self._tokens[self._at].sort is not Sort.TEXT:
            return [Excluded(part) if at == 0 else part for at, part in enumerate(self._item())]
        words = self._tokens[self._at].text.split()
        self._at += 1
        size = _first_word(words)
        excluded = read_free_text(" ".join(words[:size]), phrase=True)
        others = read_free_text(" ".join(words[size:]), phrase=False)
        return [*(Excluded(part) for part in excluded), *others]

    def _field(self, token: QueryToken) -> list[Node]:
        behind = ""
        if not token.quoted and self._next_is(Sort.TEXT):
            behind = self._tokens[self._at].text
            self._at += 1
        return list(read_field(token, behind, self._known))

    def _next_is(self, sort: Sort) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].sort is sort


def _first_word(words: Sequence[str]) -> int:
    """How many syllables the first word of a text has."""
    folded = [fold(word) for word in words]
    size = 1
    while size < len(folded) and is_pair(folded[size - 1], folded[size]):
        size += 1
    return size


def _merge(node: Node | None) -> Node | None:
    """Groups inside groups of the same sort made one, and words beside words one run."""
    if isinstance(node, Excluded):
        part = _merge(node.part)
        return Excluded(part) if part is not None else None
    if not isinstance(node, AllOf | AnyOf):
        return node
    sort = type(node)
    parts: list[Node] = []
    for part in (merged for child in node.parts if (merged := _merge(child)) is not None):
        inner = part.parts if isinstance(part, sort) else (part,)
        for each in inner:
            last = parts[-1] if parts else None
            if sort is AllOf and isinstance(each, Words) and isinstance(last, Words):
                parts[-1] = Words((*last.terms, *each.terms))
            else:
                parts.append(each)
    return sort(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _bound(root: Node | None) -> tuple[Node | None, bool]:
    """The tree with at most ``LEAVES`` leaves (a word counts as one), and whether anything was cut."""
    left = LEAVES

    def shorten(node: Node) -> Node | None:
        nonlocal left
        if left <= 0:
            return None
        if isinstance(node, Excluded):
            part = shorten(node.part)
            return Excluded(part) if part is not None else None
        if isinstance(node, AllOf | AnyOf):
            parts = tuple(part for child in node.parts if (part := shorten(child)) is not None)
            return type(node)(parts) if len(parts) > 1 else parts[0] if parts else None
        if isinstance(node, Words):
            terms = tuple(islice(node.terms, left))
            left -= len(terms)
            return Words(terms)
        left -= 1
        return node

    shortened = shorten(root) if root is not None else None
    return shortened, shortened != root


def _run(tokens: list[QueryToken]) -> tuple[str, ...]:
    """All words in their order, where the query is plain text: a sentence that is remembered. An ``hoặc`` in it is a
    word of the sentence as well."""
    if any(token.sort not in (Sort.TEXT, Sort.OR) for token in tokens):
        return ()
    text = " ".join("hoặc" if token.sort is Sort.OR else token.text for token in tokens)
    terms = tuple(analyzer.extract_terms(text))[:LEAVES]
    return terms if len(terms) > 1 else ()
