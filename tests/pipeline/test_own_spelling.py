"""What an archive's own digital text teaches: names of the place, repaired on its scans; never by one alone."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.config import Limits, Settings
from evidence.ingest.ocr import engine as ocr
from evidence.ingest.ocr.decoding import spelling
from evidence.ingest.ocr.decoding.ctc import Letter
from evidence.ingest.ocr.engines import trueocr_rows
from evidence.ingest.ocr.engines.hybrid import HybridEngine
from evidence.ingest.ocr.fingerprint import fingerprint
from evidence.ingest.sources.walk import walk
from evidence.messages import Message
from evidence.model.document import Document, Origin
from evidence.model.problem import Problem, ProblemCode
from evidence.pipeline import own_spelling
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.store import syllable_counts
from evidence.store.store import Store
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BigramCounts
from evidence.vietnamese.text import strip_marks
from tests.pipeline.test_pipeline import Clerk
from tests.support import papers, text_pipeline

pytestmark = pytest.mark.slow

PLACE = "Ủy ban nhân dân xã Krông Mlưm"  # no such place
WORDS = sorted(word for word in bigrams.load_base_counts().alone if word.isalpha() and not word.isascii())[::3]
LEGACY = Problem(ProblemCode.LEGACY_ENCODING, Message("legacy-converted", {"encoding": "TCVN3"}), 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kho", create=True) as opened:
        yield opened


def document(seed: int, sentence: str = PLACE) -> Document:
    """A digital document of 600 syllables that no other shares, but for that sentence."""
    dice = random.Random(seed)
    rest = ("".join(f"{word} " for word in dice.choices(WORDS, k=24)).strip() + "." for _ in range(25))
    return text_pipeline.document("\n".join([f"{sentence}.", *rest, f"{sentence}."]), f"{seed}.txt")


def put(store: Store, *documents: Document) -> None:
    for one in documents:
        store.put(one, text_pipeline.record(one), None, ())


def scanned(one: Document) -> Document:
    """The same read off a picture."""
    return replace(one, pages=tuple(replace(page, origin=Origin.OCR, engine="clerk 1") for page in one.pages))


def unsure(text: str, **doubts: str) -> list[Letter]:
    """A row as it was read, with what else the letters named may be: ``u="ư"``."""
    scores = {char: {char: math.log(0.8), other: math.log(0.15)} for char, other in doubts.items()}
    return [Letter(char, 10.0 * at, 10.0 * at + 8, scores.get(char, {char: -0.001})) for at, char in enumerate(text)]


def spelt(counts: BigramCounts | None, row: list[Letter]) -> list[tuple[str, str]]:
    model = bigrams.teach_model(counts) if counts else bigrams.load_model()
    return [(word.text, word.raw) for word in spelling.spell_rows([row], model)[0]]


def test_a_name_of_the_place_is_repaired_beside_what_was_read(store: Store) -> None:
    row = unsure("xã Krông Mlum, 1u5 QĐ-UBNDu", u="ư")
    assert spelt(own_spelling.load_own_counts(store), row)[2] == ("Mlum,", "Mlum,")
    put(store, *map(document, range(10)))
    found = spelt(own_spelling.load_own_counts(store), row)
    assert found == [("xã", "xã"), ("Krông", "Krông"), ("Mlưm,", "Mlum,"), ("1u5", "1u5"), ("QĐ-UBNDu", "QĐ-UBNDu")]


def test_the_words_around_a_name_are_learnt_too(store: Store) -> None:
    """Both spellings are syllables that everybody knows: only here the rare one stands behind that name."""
    row = unsure("xã Lạc Tổ", ổ="ô")
    assert spelt(None, row)[2][0] == "Tổ"
    put(store, *(document(seed, "Ủy ban nhân dân xã Lạc Tô") for seed in range(10)))
    assert spelt(own_spelling.load_own_counts(store), row)[2][0] == "Tô"


def bared(one: Document) -> str:
    """Its text as some type it, but for one word."""
    return strip_marks(one.pages[0].text).replace("Mlum", "Mlưm")


def kinds() -> Iterator[tuple[str, list[Document]]]:
    """Documents that must teach nothing of the name, beside ten others."""
    odd = [document(seed) for seed in range(20, 26)]
    yield "one document", odd[:1]
    yield "copies of one", [replace(document(20), source=document(seed).source) for seed in range(30, 34)]
    yield "read by OCR", [scanned(one) for one in odd]
    old = [replace(one, problems=(LEGACY,)) for one in odd]
    yield "converted from old letters", old
    yield "the whole file in doubt", [replace(one, problems=(replace(LEGACY, page=None),)) for one in odd]
    failed = Problem(ProblemCode.TIME_OUT, Message("page-time-out", {"page": "1"}), 1)
    yield "a poor layer where OCR failed", [replace(one, problems=(failed,)) for one in odd]
    bare = [text_pipeline.document(bared(one), f"{n}.txt") for n, one in enumerate(odd)]
    yield "typed without marks", bare


@pytest.mark.parametrize(("name", "odd"), list(kinds()), ids=[name for name, _ in kinds()])
def test_what_teaches_nothing(store: Store, name: str, odd: list[Document]) -> None:
    put(store, *(document(seed, "Ủy ban nhân dân xã Lạc Tô") for seed in range(10)), *odd)
    found = own_spelling.load_own_counts(store)
    assert found is not None and "tô" in found.alone and "mlưm" not in found.alone


def test_words_of_signatures_and_stamps_are_not_counted(store: Store) -> None:
    def stamped(one: Document) -> Document:
        (page,) = one.pages
        first = replace(page.lines[0], words=tuple(replace(word, origin=Origin.WIDGET) for word in page.lines[0].words))
        return replace(one, pages=(replace(page, lines=(first, *page.lines[1:-1])),))

    put(store, *(stamped(document(seed)) for seed in range(10)))
    found = own_spelling.load_own_counts(store)
    assert found is not None and "mlưm" not in found.alone


def test_one_more_file_changes_nothing_half_more_do(store: Store) -> None:
    put(store, *map(document, range(10)))
    first = own_spelling.load_own_counts(store)
    put(store, document(10))
    assert first is not None and own_spelling.load_own_counts(store) == first
    put(store, *map(document, range(11, 16)))
    second = own_spelling.load_own_counts(store)
    assert second is not None and second.mark != first.mark


def test_scans_make_no_new_count(store: Store) -> None:
    put(store, *map(document, range(10)))
    first = own_spelling.load_own_counts(store)
    put(store, *(scanned(document(seed)) for seed in range(10, 40)))
    assert first is not None and own_spelling.load_own_counts(store) == first
    kept = syllable_counts.load_counts(store.folder)
    assert kept is not None and kept.documents == 40  # and they are not looked through again


def test_a_small_archive_teaches_nothing(store: Store) -> None:
    put(store, *map(document, range(5)))
    assert own_spelling.load_own_counts(store) is None


@pytest.mark.parametrize("hurt", ["gone", "torn", "foreign", "no counts"])
def test_what_was_kept_is_made_again(store: Store, hurt: str) -> None:
    put(store, *map(document, range(10)))
    first, file = own_spelling.load_own_counts(store), store.folder / syllable_counts.FILE
    whole = file.read_bytes()
    if hurt == "no counts":
        syllable_counts.save_counts(store.folder, syllable_counts.StoredCounts(10, 6000, "xã nhiều"))
    else:
        file.write_bytes({"gone": b"", "torn": whole[:-9], "foreign": b"PK\x03\x04"}[hurt])
    if hurt == "gone":
        file.unlink()
    assert own_spelling.load_own_counts(store) == first
    assert file.read_bytes() == whole


def test_reindex_verify_backup_and_restore(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "kho")
    with Archive.open(settings, create=True) as archive:
        put(archive._store, *map(document, range(10)))
        first = own_spelling.load_own_counts(archive._store)
        (settings.home / syllable_counts.FILE).write_bytes(b"torn")
        archive.reindex()
        assert syllable_counts.load_counts(settings.home) is not None and archive.verify() == ()
        assert own_spelling.load_own_counts(archive._store) == first is not None
        archive.backup(tmp_path / "sao.zip")
    assert syllable_counts.FILE.encode() not in (tmp_path / "sao.zip").read_bytes()
    other = Settings(home=tmp_path / "kho 2")
    Archive.restore(other, tmp_path / "sao.zip")
    with Archive.open(other) as restored:
        assert own_spelling.load_own_counts(restored._store) == first and restored.verify() == ()
        assert (other.home / syllable_counts.FILE).is_file() and list((other.home / "tmp").iterdir()) == []


def test_what_ocr_made_is_remembered_under_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trueocr_rows, "version", lambda: "0.1.9")
    text = "mlưm 9 và 3\nvà 9\n"
    engines = [HybridEngine() for _ in range(4)]
    for engine, own in zip(engines[1:], (text, text, text.replace("9", "8")), strict=True):
        engine.learn_spelling(bigrams.parse_counts(own))
    base, one, same, other = (fingerprint(engine, Limits()) for engine in engines)
    assert len({base, one, other}) == 3 and one == same
    assert engines[1].name.startswith(f"trueocr 0.1.9 ({bigrams.parse_counts(text).mark}) + tesseract")


class Pupil(Clerk):
    """Tells in its name what it was taught, as the default engine does."""

    taught: BigramCounts | None = None

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"clerk {self.taught.mark if self.taught else 'alone'}"

    def learn_spelling(self, counts: BigramCounts | None) -> None:
        self.taught = counts


@pytest.fixture
def pupil(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ocr.ENGINES, "pupil", Pupil)
    monkeypatch.setattr("evidence.ingest.ocr.page.find_header_end", lambda *_: None)
    monkeypatch.setattr("evidence.ingest.ocr.page.find_foot_start", lambda *_: None)


def read_by(archive: Archive) -> list[str]:
    pages = (page for sha256 in archive._store.hashes() for page in archive._store.pages(sha256))
    return [page.engine for page in pages if page.engine]


@pytest.mark.usefixtures("pupil")
def test_scans_of_an_archive_are_spelled_by_its_counts(tmp_path: Path) -> None:
    settings, folder = Settings(home=tmp_path / "kho", jobs=1, engine="pupil"), tmp_path / "hồ sơ"
    folder.mkdir()
    papers.scanned(folder / "quét.pdf", pages=1)
    with Archive.open(settings, create=True) as archive:
        put(archive._store, *map(document, range(10)))
        list(archive.ingest(walk([folder])))
        own = own_spelling.load_own_counts(archive._store)
        assert own is not None and read_by(archive) == [f"clerk {own.mark}"]
        assert {one.outcome for one in archive.ingest(walk([folder]))} == {"known"}
    (alone,) = read_files([request_file(folder / "quét.pdf", Limits())], settings)
    assert alone.document.pages[0].engine == "clerk alone"


@pytest.mark.usefixtures("pupil")
def test_a_long_run_learns_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_spelling, "AGAIN", 12)
    settings, folder = Settings(home=tmp_path / "kho", jobs=1, engine="pupil"), tmp_path / "hồ sơ"
    folder.mkdir()
    papers.scanned(folder / "00.pdf", pages=1)
    for at in range(1, 13):
        text = "\n".join(line.text for line in document(at).pages[0].lines)
        (folder / f"{at:02}.txt").write_text(text, "utf-8")
    papers.scanned(folder / "99.pdf", pages=2)
    with Archive.open(settings, create=True) as archive:
        assert {one.outcome for one in archive.ingest(walk([folder]))} == {"stored"}
        own = syllable_counts.load_counts(settings.home)
        mark = bigrams.parse_counts(own.text).mark if own else ""
        assert sorted(read_by(archive)) == sorted(["clerk alone", *itertools.repeat(f"clerk {mark}", 2)]) and mark


def test_a_disk_that_takes_no_file_stops_nothing(store: Store) -> None:
    put(store, *map(document, range(10)))
    (store.folder / syllable_counts.FILE).mkdir()
    assert own_spelling.load_own_counts(store) is not None and list((store.folder / "tmp").iterdir()) == []
