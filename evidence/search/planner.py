"""From what is looked for to what an engine is asked, step by step until something is found.

One folded step: words are looked for without marks, and marks that were typed only bring a document up, so a wrong tone
hides nothing. A document answers where it holds all the words, or most of the pairs of a longer sentence. Where nothing
answers, a misspelt word is mended from the archive's own vocabulary; then one word may be missing; then any of them is
enough. All three are announced. A number weighs most where the document bears it, and bearers come first whatever the
rest. Weights were chosen on one half of a scripted set and shown on the other (``docs/benchmarks.md``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence.messages import Message
from evidence.search import analyzer
from evidence.search.abbreviations import flatten_words
from evidence.search.conditions import (
    find_loose_number,
    number_piece,
    plan_cited_part,
    plan_condition,
    plan_own_number,
    plan_range,
)
from evidence.search.plan import (
    Boosted,
    Constant,
    Everything,
    MinShould,
    Must,
    PhraseTerms,
    Plan,
    PrefixTerm,
    Should,
    Term,
    Without,
    join_all,
    join_any,
)
from evidence.search.query import (
    AllOf,
    AnyOf,
    Condition,
    DateSought,
    Excluded,
    Leaf,
    Node,
    NumberPart,
    NumberSought,
    PeriodSought,
    PhraseSought,
    Prefix,
    Query,
    Words,
)
from evidence.search.scope import Scope
from evidence.search.weights import (
    BEARS,
    BORNE,
    CHANGES,
    CITES_PART,
    MARKED,
    NAMED,
    PAIR,
    RUN,
    SIGNED,
    TITLE,
    TITLE_RUN,
)

SENTENCE, PAIRS = 5, 0.6  # from so many words on a query is a sentence; the share of its pairs that is enough

Mend = Callable[[tuple[str, ...]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One attempt: what the engine is asked, and how its hits are to be announced. ``own`` tells the documents that
    bear a number of the query, ``named`` those that name one; ``scored``: whether the hits are ranked by words at
    all, or only filtered. ``sought``: the query with the words that this step puts in, to be shown in passages."""

    plan: Plan
    own: Plan | None
    named: Plan | None
    scored: bool
    sought: Query
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class _Ask:
    """How the leaves are joined in this step. ``missing`` words of a run of words may be absent."""

    scope: Scope
    run: tuple[str, ...]
    missing: int = 0


def plan_steps(query: Query, scope: Scope, mend: Mend) -> Iterator[SearchStep]:
    """The attempts, in order; the first with a hit is the answer. ``mend`` gives a run of words without marks in the
    spelling that the archive knows."""
    own, named = _own(query), _named(query)
    scored = any(not isinstance(leaf, Condition) for leaf in query.wanted())
    mended, changes = _mend(query, mend)
    plan = _plan(query.root, _Ask(scope, query.run))
    note = None
    sought = query
    if changes:
        plan = Should((plan, _plan(mended.root, _Ask(scope, mended.run))))
        note = Message("search-did-you-mean", {"words": " ".join(changes)})
        sought = Query(AnyOf((query.root, mended.root)))
    yield SearchStep(plan, own, named, scored, sought, note)
    count = len(query.words)
    if count > 2:
        note = Message("search-but-one-word")
        yield SearchStep(_plan(mended.root, _Ask(scope, mended.run, missing=1)), own, named, scored, sought, note)
    if count > 1 or (count == 1 and len(list(query.wanted())) > 1):
        note = Message("search-any-word")
        yield SearchStep(_plan(mended.root, _Ask(scope, mended.run, missing=count)), own, named, scored, sought, note)


def _own(query: Query) -> Plan | None:
    """What tells the documents that bear a number of the query from those that name it."""
    whole = [Term("number", analyzer.number_term(number)) for number in query.own_numbers]
    parts = [plan_own_number(leaf.pieces) for leaf in query.wanted() if isinstance(leaf, NumberPart)]
    loose = find_loose_number(query.words)
    either = (*whole, *parts, *([plan_own_number(loose)] if loose else []))
    return join_any(either) if either else None


def _named(query: Query) -> Plan | None:
    """What tells the documents that cite or name a number of the query."""
    terms = [analyzer.number_term(number) for number in (*query.numbers, *query.cited_numbers)]
    whole = tuple(Term(field, term) for term in terms for field in ("nums", "cites"))
    parts = tuple(plan_cited_part(leaf.pieces) for leaf in query.wanted() if isinstance(leaf, NumberPart))
    return join_any((*whole, *parts)) if whole or parts else None


def _plan(node: Node, ask: _Ask) -> Plan:
    if isinstance(node, Excluded):
        return Without(Everything(), _plan(node.part, ask))
    if isinstance(node, AnyOf):
        return _lift(join_any(tuple(_plan(part, ask) for part in node.parts)), ask)
    if isinstance(node, AllOf):
        wanted = tuple(_plan(part, ask) for part in node.parts if not isinstance(part, Excluded))
        unwanted = tuple(_plan(part.part, ask) for part in node.parts if isinstance(part, Excluded))
        base = _lift(join_all(wanted), ask)
        return Without(base, join_any(unwanted)) if unwanted else base
    if isinstance(node, Words):
        return _words(node.terms, ask)
    return _leaf(node, ask)


def _leaf(leaf: Leaf, ask: _Ask) -> Plan:
    if isinstance(leaf, PhraseSought):
        return _phrase(leaf.terms)
    if isinstance(leaf, Prefix):
        return _prefix(leaf)
    if isinstance(leaf, NumberSought):
        return _number(analyzer.number_term(leaf.number))
    if isinstance(leaf, NumberPart):
        return _number_part(leaf)
    if isinstance(leaf, DateSought):
        return _date(leaf)
    if isinstance(leaf, PeriodSought):
        return _period(leaf)
    if isinstance(leaf, Condition):
        return Constant(plan_condition(leaf, ask.scope), 0.0)
    return _words(leaf.terms, ask)


def _lift(base: Plan, ask: _Ask) -> Plan:
    """The whole run of words, where the query is plain text of more than one leaf (words round a number or a date)."""
    run = flatten_words(ask.run)
    return Boosted(base, _run_boosts(run)) if len(run) > 1 else base


def _words(words: tuple[str, ...], ask: _Ask) -> Plan:
    """All the words but ``missing``, or most pairs of a sentence; what stands side by side brings a document up."""
    flat = flatten_words(words)
    items = tuple(_word(word) for word in words)
    least = max(1, len(items) - ask.missing)
    base = join_all(items) if least == len(items) else join_any(items) if least == 1 else MinShould(items, least)
    pairs = tuple(PhraseTerms("body_f", pair, PAIR) for pair in dict.fromkeys(pairwise(flat)))
    boosts = (*_marked(words), *_loose_boosts(words))
    if len(words) >= SENTENCE and not ask.missing:
        base = Should((base, MinShould(pairs, math.ceil(PAIRS * len(pairs)))))
    else:
        boosts = (*pairs, *boosts)
    if len(flat) > 1:
        boosts = (*boosts, *_run_boosts(flat))
    return Boosted(base, boosts) if boosts else base


def _run_boosts(run: tuple[str, ...]) -> tuple[Plan, ...]:
    return PhraseTerms("body_f", run, RUN), PhraseTerms("title_f", run, TITLE_RUN)


def _word(word: str) -> Plan:
    """The word in body, title or number; an abbreviation by its words side by side, as the index has them."""
    (term,) = analyzer.strip_term_marks([word])
    named = Term("number", number_piece(term), NAMED)
    run = flatten_words((word,))
    if len(run) > 1:
        return Should((PhraseTerms("body_f", run), PhraseTerms("title_f", run, TITLE), named))
    return Should((Term("body_f", term), Term("title_f", term, TITLE), named))


def _either(term: str) -> Plan:
    return Should((Term("body_f", term), Term("title_f", term, TITLE)))


def _marked(words: tuple[str, ...]) -> tuple[Plan, ...]:
    """The words as they were typed, where they bear marks: a boost, never a wall."""
    return tuple(Term("body", word, MARKED) for word in dict.fromkeys(words) if not word.isascii())


def _loose_boosts(words: tuple[str, ...]) -> tuple[Plan, ...]:
    pieces = find_loose_number(words)
    if pieces is None:
        return ()
    own = plan_own_number(pieces)
    return Constant(own, BEARS + BORNE), Constant(Must((own, Term("draft", "false"))), SIGNED)


def _phrase(words: tuple[str, ...]) -> Plan:
    run = flatten_words(words)
    if len(run) == 1:
        return _either(run[0])
    base = Should((PhraseTerms("body_f", run, RUN), PhraseTerms("title_f", run, TITLE_RUN)))
    marked = _marked(words)
    return Boosted(base, marked) if marked else base


def _prefix(leaf: Prefix) -> Plan:
    bodies = tuple(PrefixTerm("body_f", start) for start in leaf.starts)
    return Should((*bodies, *(PrefixTerm("title_f", start, TITLE) for start in leaf.starts)))


def _number(term: str) -> Plan:
    borne = Constant(Term("number", term), BEARS + BORNE)
    changes = Constant(Term("changes", term), CHANGES)
    either = Should((borne, changes, Term("nums", term, NAMED), Term("cites", term)))
    return Boosted(either, (Constant(Term("draft", "false"), SIGNED),))


def _number_part(leaf: NumberPart) -> Plan:
    """Bearers by the pieces, then documents that cite such a number, then those that hold what was typed."""
    typed = join_all(tuple(_either(term) for term in flatten_words(leaf.typed)))
    cited = Constant(plan_cited_part(leaf.pieces), CITES_PART)
    either = Should((Constant(plan_own_number(leaf.pieces), BEARS + BORNE), cited, typed))
    return Boosted(either, (Constant(Term("draft", "false"), SIGNED),))


def _date(leaf: DateSought) -> Plan:
    """A date in any spelling; or, where it is only a part of one, as it was typed."""
    either: tuple[Plan, ...] = (Term("nums", str(leaf.date), NAMED),)
    return Should((*either, _phrase(leaf.typed))) if leaf.typed else Should(either)


def _period(leaf: PeriodSought) -> Plan:
    written = tuple(_phrase(wording) for wording in leaf.wordings)
    return Should((Constant(plan_range(leaf.dates), 1.0), *written))


def _mend(query: Query, mend: Mend) -> tuple[Query, list[str]]:
    """The query with the words respelt that the archive does not know so, and the words put in. The run of all words
    is respelt alike: a joint in it is not looked for."""
    changes: dict[str, str] = {}

    def respell(words: tuple[str, ...]) -> tuple[str, ...]:
        flat = analyzer.strip_term_marks(words)
        better = mend(tuple(flat))
        changed = {old: new for old, new in zip(flat, better, strict=True) if new != old}
        changes.update(changed)
        return _replace(words, changed)

    def walk(node: Node) -> Node:
        if isinstance(node, AllOf | AnyOf):
            return type(node)(tuple(walk(part) for part in node.parts))
        return Words(respell(node.terms)) if isinstance(node, Words) else node

    root = walk(query.root)
    return Query(root, _replace(query.run, changes), query.notes), list(dict.fromkeys(changes.values()))


def _replace(words: tuple[str, ...], changed: dict[str, str]) -> tuple[str, ...]:
    flat = analyzer.strip_term_marks(words)
    return tuple(changed.get(bare, word) for word, bare in zip(words, flat, strict=True))
