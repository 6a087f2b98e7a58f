"""Names of receipts: counted by unit, so that a unit's receipt does not tell how many the others got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidence.model.receipt import Receipt


def name_receipts(receipts: Iterable[Receipt]) -> dict[str, Receipt]:
    """The receipts by name, the latest first: ``SXD-0002``, ``SXD-0001``. All of a unit's must be given."""
    counts: Counter[str] = Counter()
    named: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda each: each.number):
        counts[receipt.unit] += 1
        named[f"{receipt.unit}-{counts[receipt.unit]:04}"] = receipt
    return dict(reversed(named.items()))
