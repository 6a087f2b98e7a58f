"""A province's own register against our parsers: 4,056 documents with number, date and subject as registered.

    python tests/accuracy/register.py             figures
    python tests/accuracy/register.py --failures  and each number that is not parsed whole

``../shared/data/metadata-binhduong.jsonl.gz``. A number is parsed whole where the parser gives back what is registered,
apart from blanks and the look-alikes of Đ; it is read back where a sentence that cites it with its date gives both.
The register names no kinds: counted is only whether the symbol tells one.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from labelled import SHARED

from evidence.extract.citations.context import kind_by_symbol
from evidence.extract.citations.reader import read_text_citations
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.vietnamese.text import canon

REGISTER = SHARED / "data" / "metadata-binhduong.jsonl.gz"
Row = dict[str, str]


def rows() -> Iterator[Row]:
    with gzip.open(REGISTER, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(register: Iterable[Row]) -> tuple[Counter[str], Counter[str], list[str]]:
    """What was counted, the kinds that symbols tell, and what went wrong, one line each."""
    count: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong = []
    for row in register:
        count["documents"] += 1
        date = dates.parse(row["date_raw"])
        count["dates"] += str(date) == row["date"]
        if not row["number"]:
            continue
        count["numbers"] += 1
        number = numbers.parse(row["number"])
        if number is None or bare(str(number)) != bare(row["number"]):
            wrong.append(f"{'not parsed':14} {row['number']}")
            continue
        count["whole"] += 1
        kind = kind_by_symbol(number)
        kinds[kind.name if kind else "none"] += 1
        if kind is None:
            wrong.append(f"{'no kind':14} {row['number']}")
        if is_read_back(row, number):
            count["read back"] += 1
        else:
            wrong.append(f"{'not read back':14} {row['number']} ngày {row['date_raw']}")
    return count, kinds, wrong


def is_read_back(row: Row, number: numbers.Number) -> bool:
    found = read_text_citations(f"theo văn bản số {row['number']} ngày {row['date_raw']} của UBND tỉnh")
    return [(one.number, str(one.date)) for one in found] == [(number, row["date"])]


def bare(printed: str) -> str:
    """A number without blanks, one Đ, one hyphen."""
    return "".join(canon(printed).split()).replace("_", "-")


def main() -> None:
    count, kinds, wrong = measure(rows())
    told = count["whole"] - kinds["none"]
    print(f"documents {count['documents']}, dates parsed as registered {count['dates']}")
    print(f"numbers {count['numbers']}, parsed whole {count['whole']}, read back from a sentence {count['read back']}")
    print(f"kind told by the symbol {told}: {', '.join(f'{name} {n}' for name, n in kinds.most_common())}")
    if "--failures" in sys.argv:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
