"""What the annexes say in words and printed numbers, the same in every format.

Points are printed in full, up to four decimals and as many in every row of a section, so that whoever adds and divides
them gets the index that is printed; the index with two, and more where two would hide an order.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from evidence.messages import Language
from evidence.model.scores.publication import AnnexSection, IndexSummary, PublishedAnnex, PublishedField
from evidence.model.scoring import UnitStanding
from evidence.report.labels import label

GROUPS = frozenset({"so", "huyen", "xa", "tinh", "bo"})  # levels of a set that name a group by themselves
PARTS = frozenset({"thamdinh", "dieutra", "hailong"})
COLUMNS = ("rank", "unit", "max", "points", "index", "grade")
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LEAST, MOST = 2, 4  # decimals of points


def list_columns(annex: PublishedAnnex) -> tuple[str, ...]:
    """The columns of an annex: nobody is graded by a field."""
    return COLUMNS if annex.field is None else COLUMNS[:-1]


def number_roman(number: int) -> str:
    """Numbers of annexes and sections.

    >>> number_roman(4), number_roman(19), number_roman(40)
    ('IV', 'XIX', 'XXXX')
    """
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def name_field(field: PublishedField, language: Language) -> str:
    """What people read of a field: its title, the known name of a part, else the name that the points give it."""
    if field.title:
        return field.title
    return label(f"publish-part-{field.code}", language) if field.code in PARTS else field.code


def name_group(group: str, language: Language) -> str:
    """What people read of a group."""
    return label(f"publish-group-{group}", language) if group in GROUPS else group


def name_annex(annex: PublishedAnnex, title: str, language: Language) -> str:
    """The title of an annex, in capitals."""
    if annex.field is None:
        return label("publish-annex-whole", language, title=title).upper()
    return label("publish-annex-field", language, title=title, field=name_field(annex.field, language)).upper()


def name_section(section: AnnexSection, number: int, language: Language) -> str:
    """The line above the units of a section; empty where there is one section without a name."""
    if section.group is None and section.is_ranked:
        return ""
    name = name_group(section.group, language) if section.group else label("publish-no-group", language)
    alone = "" if section.is_ranked else label("publish-graded-alone", language)
    return f"{number_roman(number)}. {name}{alone}"


def find_places(section: AnnexSection) -> int:
    """The decimals with which the points of a section are printed."""
    amounts = [amount for standing in section.standings for amount in _amounts(standing)]
    return max((min(MOST, max(LEAST, _places_of(amount))) for amount in amounts), default=LEAST)


def print_amount(amount: Decimal, places: int, language: Language) -> str:
    """Points or an index as they are printed: half up, a decimal comma in Vietnamese.

    >>> print_amount(Decimal("82.781"), 2, Language.VI), print_amount(Decimal(89), 2, Language.EN)
    ('82,78', '89.00')
    """
    text = f"{round_amount(amount, places):f}"
    return text.replace(".", ",") if language is Language.VI else text


def round_amount(amount: Decimal, places: int) -> Decimal:
    """Half up, as indexes are rounded."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def print_standing(standing: UnitStanding, places: int, language: Language) -> tuple[str, ...]:
    """The cells of a unit in the order of the columns; a range while points are open."""
    points = standing.points
    return (
        print_rank(standing), points.name, print_amount(points.max, places, language),
        _span(points.lowest, points.highest, places, language),
        _span(standing.low, standing.high, standing.places, language), standing.grade or "–",
    )  # fmt: skip


def print_rank(standing: UnitStanding) -> str:
    """The rank, with a star while it may still change; a dash for who is not ranked."""
    return "–" if standing.rank is None else f"{standing.rank}{'*' if standing.is_provisional else ''}"


def summary_lines(summary: IndexSummary, language: Language) -> tuple[tuple[str, Decimal], ...]:
    """Highest, mean and lowest, each with its name."""
    return (
        (label("publish-highest", language), summary.highest),
        (label("publish-mean", language), summary.mean),
        (label("publish-lowest", language), summary.lowest),
    )


def _span(low: Decimal | None, high: Decimal | None, places: int, language: Language) -> str:
    if low is None or high is None:
        return "–"
    shown = [print_amount(amount, places, language) for amount in (low, high)]
    return shown[0] if low == high else " – ".join(shown)


def _amounts(standing: UnitStanding) -> tuple[Decimal, ...]:
    return standing.points.max, standing.points.lowest, standing.points.highest


def _places_of(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
