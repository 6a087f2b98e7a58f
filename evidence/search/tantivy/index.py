"""The index in Tantivy: the same terms as every engine has, one writer, merged at each commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tantivy import (
    Document,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzerBuilder,
    Tokenizer,
)
from tantivy import Order as Direction

from evidence.search.engine import (
    EngineName,
    FindRequest,
    IndexAnswer,
    IndexDamagedError,
    IndexDraft,
    Order,
    RankedDocument,
)
from evidence.search.entries import (
    FACETS,
    FREQUENCIES,
    KEYS,
    POSITIONS,
    IndexEntry,
    PageTerms,
    analyze_entry,
    analyze_pages,
)
from evidence.search.generations import IndexFolders, as_damage
from evidence.search.plan import Everything, Must, Plan, Term
from evidence.search.tantivy.compile import PAIRED, PlanCompiler, join_pairs, name_pairs

MEMORY = 64_000_000  # bytes of postings held before a segment is written
VALUES = 1_000  # values of a facet that are counted
KEPT_FACETS = 64  # answers whose counts are kept as long as the index stays the same
SEGMENTS = "meta.json"  # the engine's list of segments, replaced at each commit
Facets = dict[str, dict[str, int]]
TERMS = "terms"  # the tokenizer: our terms, joined by blanks


def build_schema() -> Schema:
    """The fields. Nothing of the text is stored in the index."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("revision", stored=True)
    builder.add_integer_field("page", stored=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    for name in POSITIONS:
        builder.add_text_field(name, tokenizer_name=TERMS, index_option="position")
    for name in (*FREQUENCIES, *map(name_pairs, PAIRED)):
        builder.add_text_field(name, tokenizer_name=TERMS, index_option="freq")
    for name in KEYS:
        builder.add_text_field(name, tokenizer_name=TERMS, index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyIndex:
    """The index of the archive in ``home``; it may be missing until it is made. An ``Engine``."""

    def __init__(self, home: Path, archive: str) -> None:
        self._folders = IndexFolders(home, archive, EngineName.TANTIVY)
        self._opened: tuple[Path, Index] | None = None
        self._reading: tuple[tuple[int, ...], Searcher] | None = None
        self._facets: dict[tuple[Searcher, Plan, Plan | None], Facets] = {}

    def exclusive(self, wait: bool) -> AbstractContextManager[bool]:
        return self._folders.exclusive(wait)

    def usable(self) -> bool:
        try:
            with as_damage():
                self._open()
        except IndexDamagedError:
            return False
        return True

    def update(self, entries: Iterable[IndexEntry]) -> int:
        with as_damage():
            index = self._open()
            return _fill(index, entries)

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        draft = self._folders.open_new(_add)
        count = draft.add(entries)
        draft.publish()
        return count

    def open_draft(self, start: int, unfinished: int | None) -> IndexDraft:
        return self._folders.open_draft(start, unfinished, _add, _read_revisions)

    def revisions(self) -> dict[str, int]:
        with self._searcher() as searcher:
            return _list_revisions(searcher, self._compiler(searcher))

    def find(self, request: FindRequest) -> IndexAnswer:
        with self._searcher() as searcher:
            compiler = self._compiler(searcher)
            query = _within(request, compiler)
            if request.order is Order.DATE:
                result = searcher.search(
                    query, request.limit, offset=request.first, order_by_field="date", order=Direction.Desc
                )
            else:
                result = searcher.search(query, request.limit, offset=request.first)
            addresses = [address for _, address in result.hits]
            names = [str(searcher.doc(address)["id"][0]) for address in addresses]
            bearers = _matching(searcher, names, request.own, compiler)
            naming = _matching(searcher, names, request.named, compiler)
            ranked = tuple(
                RankedDocument(name, float(score or 0.0), name in bearers, name in naming)
                for name, (score, _) in zip(names, result.hits, strict=True)
            )
            facets = self._count_facets(searcher, query, request) if request.facets else {}
            return IndexAnswer(ranked, result.count, facets)

    def find_pages(self, sha256: str, plan: Plan, limit: int) -> tuple[int, ...]:
        with self._searcher() as searcher:
            query = self._compiler(searcher).compile(Must((Term("page_of", sha256), plan)))
            hits = searcher.search(query, limit, count=False).hits
            return tuple(int(searcher.doc(address)["page"][0]) for _, address in hits)

    def count_documents(self, index_field: str, terms: Collection[str]) -> dict[str, int]:
        with self._searcher() as searcher:
            return {term: int(searcher.doc_freq(index_field, term)) for term in terms}

    def count_pairs(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        with self._searcher() as searcher:
            joined = {pair: next(join_pairs(pair)) for pair in pairs}
            return {pair: int(searcher.doc_freq(name_pairs("body_f"), term)) for pair, term in joined.items()}

    def count_all(self) -> int:
        with self._searcher() as searcher:
            return int(searcher.search(self._compiler(searcher).compile(Everything()), 1).count)

    def _count_facets(self, searcher: Searcher, query: Query, request: FindRequest) -> Facets:
        """Counted once for the pages and orders of one answer: it takes longer than finding the hits."""
        asked = (searcher, request.plan, request.walls)
        counts = self._facets.get(asked)
        if counts is None:
            counts = _count_facets(searcher, query)
            if len(self._facets) >= KEPT_FACETS:
                self._facets.clear()
            self._facets[asked] = counts
        return counts

    @contextmanager
    def _searcher(self) -> Iterator[Searcher]:
        """What the index holds now: read anew only where the pointer or the engine's own list of segments moved."""
        with as_damage():
            index = self._open()
            state = self._folders.stamp(SEGMENTS)
            if self._reading is None or self._reading[0] != state:
                index.reload()
                self._reading = (state, index.searcher())
                self._facets = {}
            yield self._reading[1]

    def _compiler(self, searcher: Searcher) -> PlanCompiler:
        return PlanCompiler(self._open().schema, searcher)

    def _open(self) -> Index:
        """The index that the pointer names, opened once."""
        folder = self._folders.current()
        if self._opened is None or self._opened[0] != folder:
            self._opened = (folder, _prepare(Index(build_schema(), str(folder))))
        return self._opened[1]


def _prepare(index: Index) -> Index:
    index.register_tokenizer(TERMS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def _add(folder: Path, entries: Iterable[IndexEntry]) -> int:
    """Writes documents to the index in the folder; makes it where there is none."""
    return _fill(_prepare(Index(build_schema(), str(folder))), entries)


def _read_revisions(folder: Path) -> dict[str, int]:
    index = _prepare(Index(build_schema(), str(folder)))
    index.reload()
    searcher = index.searcher()
    return _list_revisions(searcher, PlanCompiler(index.schema, searcher))


def _list_revisions(searcher: Searcher, compiler: PlanCompiler) -> dict[str, int]:
    everything = compiler.compile(Everything())
    hits = searcher.search(everything, max(1, searcher.num_docs), count=False).hits
    stored = (searcher.doc(address) for _, address in hits)
    return {str(document["id"][0]): int(document["revision"][0]) for document in stored}


def _fill(index: Index, entries: Iterable[IndexEntry]) -> int:
    writer: IndexWriter = index.writer(MEMORY, 1)
    count = 0
    try:
        for entry in entries:
            writer.delete_documents_by_term("id", entry.sha256)
            writer.delete_documents_by_term("page_of", entry.sha256)
            writer.add_document(_document(entry))
            for page in analyze_pages(entry):
                writer.add_document(_page(page))
            count += 1
    except BaseException:
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()
    return count


def _document(entry: IndexEntry) -> Document:
    analyzed = analyze_entry(entry)
    document = Document()
    document.add_text("id", entry.sha256)
    document.add_integer("revision", entry.revision)
    if analyzed.date is not None:
        document.add_integer("date", analyzed.date)
    for name, terms in analyzed.terms.items():
        if terms:
            document.add_text(name, " ".join(terms))
        if name in PAIRED and len(terms) > 1:
            document.add_text(name_pairs(name), " ".join(join_pairs(terms)))
    for name, values in analyzed.facets.items():
        for value in values:
            document.add_text(name, value)
    return document


def _page(page: PageTerms) -> Document:
    document = Document()
    document.add_integer("page", page.number)
    for name, terms in page.terms.items():
        if terms:
            document.add_text(name, " ".join(terms))
    return document


def _within(request: FindRequest, compiler: PlanCompiler) -> Query:
    """What is asked inside the walls, which add nothing to any score."""
    query = compiler.compile(request.plan)
    if request.walls is None:
        return query
    walls = Query.const_score_query(compiler.compile(request.walls), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, walls)])


def _matching(searcher: Searcher, names: list[str], plan: Plan | None, compiler: PlanCompiler) -> set[str]:
    """Which of the documents match the plan."""
    if plan is None or not names:
        return set()
    among = Query.term_set_query(compiler.schema, "id", names)
    both = Query.boolean_query([(Occur.Must, compiler.compile(plan)), (Occur.Must, among)])
    hits = searcher.search(both, len(names), count=False).hits
    return {str(searcher.doc(address)["id"][0]) for _, address in hits}


def _count_facets(searcher: Searcher, query: Query) -> Facets:
    asked = {name: {"terms": {"field": name, "size": VALUES}} for name in FACETS}
    answer = searcher.aggregate(query, asked)
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in FACETS
    }
