"""Is a value with confidence 0.9 right? Reliability by field and group, and cross-validation over sources.

    python tests/accuracy/calibration.py                  both labelled sets, the pages that make eval read last
    python tests/accuracy/calibration.py --worn 43        and worn twins of 43 digital PDFs (read once: 15 minutes)
    python tests/accuracy/calibration.py --gazette        and the gazette's 412 registered texts
    python tests/accuracy/calibration.py --without test   without one half of the held-out documents

Confidences are constants at the places where evidence is weighed (``extract/voting/header_votes.py`` ...), so one
field, origin, confidence and note together name the evidence that spoke: a *signature*, as ``number ocr 0.96 -`` for
two engines that agree and none against. A signature that was ever wrong more often than the bar allows may not give
0.9 or more. How often it is right is estimated from all other sources (portals, provinces, ministries: documents of
one source look alike) and tried on the one that was left out; few cases lean on the rate of all sure values together.
"""

from __future__ import annotations

import argparse
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import gazette
import labelled
import worn
from labelled import Case

from evidence.extract.record import read_record
from evidence.messages import Language
from evidence.model.document import Document, Origin
from evidence.model.record import SURE, FieldValue
from evidence.report import record_json

BAR = 0.995  # of the values with confidence 0.9 or more, this share is right
BINS = (0.9, 0.7, 0.5, 0.0)
WEIGHT = 20.0  # pseudo-cases at the pooled rate: what a signature weighs before it was ever seen
DOUBT = 0.05  # of the bounds: each side
# Answers of the first set that leave a signer open although the name is printed; seen on the page, not judged here.
OPEN = {("688ea3b69310", "signer"), ("f34fbef468c6", "signer"), ("4a2d9d3d3f43", "signer"), ("e04473090350", "signer")}


@dataclass(frozen=True, slots=True)
class Seen:
    """One value that the program gave, or none (``confidence`` 0)."""

    short: str
    group: str
    source: str
    field: str
    signature: str
    confidence: float
    right: bool
    want: object
    got: object

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


def observe(cases: Iterable[Case], documents: Iterable[Document]) -> Iterator[Seen]:
    """Every judged field of every case."""
    score = labelled.load_score()
    found = {one.source.sha256: (one, read_record(one)) for one in documents}
    for case in cases:
        document, record = found[case.sha256]
        shown = record_json.render(record, Language.EN)
        for field in score.FIELDS:
            if field in case.open or (case.sha256[:12], field) in OPEN:
                continue
            verdict, want, got = score.judge(case.want, shown, field)
            one: FieldValue[object] = getattr(record, field)
            confidence = one.confidence if one.value is not None else 0.0
            signature = _signature(field, one, document)
            yield Seen(
                case.sha256[:12], case.group, case.source, field, signature, confidence, verdict == "right", want, got
            )


def registered() -> Iterator[Seen]:
    """Number, kind and date of the gazette's texts; each issuing body is a source."""
    for one in gazette.read():
        for field, right in one.right.items():
            found: FieldValue[object] = getattr(one.record, field)
            confidence = found.confidence if found.value is not None else 0.0
            signature = _signature(field, found, one.document)
            source, got = f"gazette texts, {one.issuer}", None if found.value is None else str(found.value)
            yield Seen(one.short, "text", source, field, signature, confidence, right, one.want[field], got)


def _signature(field: str, found: FieldValue[object], document: Document) -> str:
    page = next((one for one in document.pages if found.span and one.number == found.span.page), None)
    origin = "ocr" if page is not None and page.origin is Origin.OCR else "text"
    return f"{field} {origin} {found.confidence:.2f} {found.note.code if found.note else '-'}"


# --- bounds ---------------------------------------------------------------------------------------------------------


def lower(right: int, count: int) -> float:
    """Clopper-Pearson: the least share that would still give so many right, one side in twenty.

    >>> round(lower(100, 100), 4), round(lower(598, 600), 4), lower(0, 0)
    (0.9705, 0.9895, 0.0)
    """
    if right == 0:
        return 0.0
    return _root(lambda share: _at_least(right, count, share) - DOUBT)


def upper(right: int, count: int) -> float:
    """The greatest such share.

    >>> upper(100, 100), round(upper(0, 10), 3)
    (1.0, 0.259)
    """
    if right == count:
        return 1.0
    return _root(lambda share: _at_least(right + 1, count, share) - (1 - DOUBT))


def _root(rises: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return high


def _at_least(right: int, count: int, share: float) -> float:
    """The chance of so many right or more."""
    if share <= 0 or share >= 1:
        return float(share >= 1)
    terms = (
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)
        + k * math.log(share) + (count - k) * math.log1p(-share)
        for k in range(right, count + 1)
    )  # fmt: skip
    return min(1.0, sum(map(math.exp, terms)))


# --- tables ---------------------------------------------------------------------------------------------------------


def reliability(seen: Iterable[Seen]) -> None:
    """n, share right and its bounds by field, group and bin of confidence."""
    cells: dict[tuple[str, str, float], Counter[bool]] = defaultdict(Counter)
    for one in seen:
        if one.got is not None:
            least = next(limit for limit in BINS if one.confidence >= limit)
            for field in (one.field, "all"):
                cells[field, _hand(one.group), least][one.right] += 1
    print(f"{'field':9}{'':9}{'confidence':>11}{'n':>6}{'right':>7}{'%':>8}{'bounds (90 %)':>18}")
    for (field, hand, least), count in sorted(cells.items(), key=lambda cell: (cell[0][:2], -cell[0][2])):
        total, right = sum(count.values()), count[True]
        bounds = f"{100 * lower(right, total):.1f} - {100 * upper(right, total):.1f}"
        print(f"{field:9}{hand:9}{least:>10.1f}+{total:6}{right:7}{100 * right / total:8.1f}{bounds:>18}")


def _hand(group: str) -> str:
    return group if group in ("digital", "worn", "text") else "scanned"


def by_source(seen: list[Seen]) -> None:
    """Sure values and wrong ones of each source: what a user from there would have met."""
    count: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in seen:
        if one.sure:
            count[one.source][one.right] += 1
    print(f"\n{'source':34}{'sure':>6}{'wrong':>7}")
    for source, both in sorted(count.items(), key=lambda pair: -sum(pair[1].values())):
        print(f"{source[:33]:34}{sum(both.values()):6}{both[False]:7}")


def cross_validate(seen: list[Seen]) -> None:
    """Each source judged by signatures that the other sources allow."""
    kept: list[Seen] = []
    sure = [one for one in seen if one.sure]
    for source in sorted({one.source for one in sure}):
        allowed = allowing([one for one in sure if one.source != source])
        kept += [one for one in sure if one.source == source and allowed(one.signature)]
    print("\nas they are:      ", _share(sure))
    print("cross-validated:  ", _share(kept), f"; {len(sure) - len(kept)} values lost the 0.9")
    allowed = allowing(sure)
    for signature in sorted({one.signature for one in sure}):
        both = Counter(one.right for one in sure if one.signature == signature)
        mark = "" if allowed(signature) else "  <- not to give 0.9"
        if both[False] or mark:
            print(f"  {signature:44}{both[True]:5} right{both[False]:4} wrong{mark}")


def allowing(known: list[Seen]) -> Callable[[str], bool]:
    """Which signatures may give 0.9, from those cases."""
    pooled = (sum(one.right for one in known) + 0.5) / (len(known) + 0.5)
    count: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in known:
        count[one.signature][one.right] += 1

    def allowed(signature: str) -> bool:
        both = count[signature]
        prior = max(pooled, BAR)
        return (both[True] + WEIGHT * prior) / (sum(both.values()) + WEIGHT) >= BAR

    return allowed


def _share(sure: list[Seen]) -> str:
    right = sum(one.right for one in sure)
    if not sure:
        return "none"
    bounds = f"{100 * lower(right, len(sure)):.2f} - {100 * upper(right, len(sure)):.2f}"
    return f"{right} of {len(sure)} sure values right, {100 * right / len(sure):.2f} % (bounds {bounds})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worn", type=int, metavar="N", help="also worn twins of the first N digital PDFs")
    parser.add_argument("--gazette", action="store_true", help="also the gazette's registered texts")
    parser.add_argument("--without", choices=tuple(labelled.HALVES), help="leave out one half of the held-out set")
    options = parser.parse_args()
    first, held = labelled.first_set(labelled.load_score()), labelled.held_out()
    held = [one for one in held if not options.without or one.sha256[0] not in labelled.HALVES[options.without]]
    seen = list(observe(first, labelled.documents(first, labelled.KEPT, reuse=True)))
    seen += observe(held, labelled.documents(held, labelled.KEPT_HELD_OUT, reuse=True))
    if options.worn:
        twins = list(itertools.islice(worn.cases([*first, *held]), options.worn))
        seen += observe(twins, labelled.documents(twins, worn.KEPT_WORN, reuse=True))
    if options.gazette:
        seen += registered()
    reliability(seen)
    for one in seen:
        if one.sure and not one.right:
            print(f"  wrong and sure: {one.short} {one.group:11} {one.signature:36} want {one.want!r} got {one.got!r}")
    by_source(seen)
    cross_validate(seen)


if __name__ == "__main__":
    main()
