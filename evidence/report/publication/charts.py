"""Charts of a published index: ranking bars, a unit against the mean of its group, heat map of units and fields.

Grey, with hatches, numbers and names in the picture itself, so that a print in black and white loses nothing; DejaVu
Sans, which comes with matplotlib and has every Vietnamese letter. Drawn by Agg and the
SVG writer: no display is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import cos, pi, sin
from textwrap import fill
from threading import Lock

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes

from evidence.messages import Language
from evidence.model.scores.publication import AnnexSection, FieldShares, Publication
from evidence.report.labels import label
from evidence.report.publication.annex_text import name_field, name_group, print_amount

STYLE = {
    "font.family": "DejaVu Sans", "font.size": 8, "svg.fonttype": "path", "svg.hashsalt": "evidence",
    "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.5,
}  # fmt: skip
MOST_ROWS = 45  # units in one picture: as many as can be read on a page
WIDTH, ROW = 6.4, 0.19  # inches
DOTS = 200  # dots an inch of PNG
LOOKS = (("#4d4d4d", ""), ("#a6a6a6", "////"), ("#d9d9d9", "...."), ("white", "xxxx"), ("white", ""))
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # numbers stand before the line of the mean
LABEL_LETTERS = 40
LEAST_CORNERS = 3  # of a radar
Series = tuple[str, list[float], str, str, str, str]  # words, numbers, line, mark, colour and hatch of a bar
_DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as both files; ``width`` and ``height`` in inches; ``kind``: ranking, unit or fields."""

    name: str
    kind: str
    title: str
    png: bytes
    svg: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A chart before it is saved."""

    figure: Figure
    name: str
    kind: str
    title: str


def draw_charts(publication: Publication, units: Sequence[str], language: Language) -> tuple[Chart, ...]:
    """All charts; ``units``: the names of those that are held against the mean, the first of each group where none."""
    return _draw(publication, units, language, as_png=True)


def draw_svg_charts(publication: Publication, units: Sequence[str], language: Language) -> tuple[Chart, ...]:
    """The same for a page, which shows the SVG: ``png`` is empty, and it takes half the time."""
    return _draw(publication, units, language, as_png=False)


def _draw(publication: Publication, units: Sequence[str], language: Language, as_png: bool) -> tuple[Chart, ...]:
    """One at a time: how matplotlib draws is set for the whole process."""
    with _DRAWING, mpl.rc_context():
        mpl.rcParams.update(STYLE)  # type: ignore[arg-type]  # keys are typed one by one
        sketches = (
            *_draw_rankings(publication, language),
            *_draw_units(publication, units, language),
            *_draw_heat_maps(publication, language),
        )
        return tuple(_save(sketch, as_png) for sketch in sketches)


def _draw_rankings(publication: Publication, language: Language) -> Iterator[_Sketch]:
    for number, section in enumerate(publication.whole.sections, start=1):
        known = [standing for standing in section.standings if standing.low is not None and standing.rank is not None]
        for at in range(0, len(known), MOST_ROWS):
            rows = known[at : at + MOST_ROWS]
            figure = Figure(figsize=(WIDTH, 1.3 + ROW * len(rows)), layout="constrained")
            axes = figure.add_subplot()
            places = range(len(rows))
            for place, standing in zip(places, rows, strict=True):
                colour, hatch = _look(standing.grade, publication.grades)
                assert standing.low is not None
                axes.barh(place, float(standing.low), color=colour, hatch=hatch, edgecolor="black", linewidth=0.5)
                text = print_amount(standing.low, standing.places, language)
                axes.text(float(standing.low) + 0.5, place, text, va="center", fontsize=7, bbox=BEHIND)
            names = [f"{standing.rank}. {_short(standing.points.name)}" for standing in rows]
            axes.set_yticks(list(places), names)
            _finish_ranking(axes, section, [standing.grade for standing in rows], publication, language)
            figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False)
            title = label("publish-chart-ranking", language, group=_group_name(section.group, language))
            if len(known) > MOST_ROWS:
                title = f"{title} ({at + 1}–{at + len(rows)})"
            figure.suptitle(fill(title, 70), fontsize=10, fontweight="bold")
            part = f"-{at // MOST_ROWS + 1}" if len(known) > MOST_ROWS else ""
            yield _Sketch(figure, f"xep-hang-{number}{part}", "ranking", title)


def _finish_ranking(
    axes: Axes, section: AnnexSection, grades: Sequence[str | None], publication: Publication, language: Language
) -> None:
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xlim(0, 109)
    axes.set_xlabel(label("publish-index", language))
    if section.summary is not None:
        mean = label("publish-mean", language) + f" {print_amount(section.summary.mean, 2, language)}"
        axes.axvline(float(section.summary.mean), color="black", linestyle="--", linewidth=1, label=mean)
    for grade in publication.grades:
        if grade in grades:
            colour, hatch = _look(grade, publication.grades)
            axes.bar(0, 0, color=colour, hatch=hatch, edgecolor="black", label=grade)


def _look(grade: str | None, grades: Sequence[str]) -> tuple[str, str]:
    at = grades.index(grade) if grade in grades else -1
    return LOOKS[min(at, len(LOOKS) - 2)] if at >= 0 else LOOKS[-1]


def _draw_units(publication: Publication, units: Sequence[str], language: Language) -> Iterator[_Sketch]:
    firsts = [section.standings[0].points.name for section in publication.whole.sections if section.is_ranked]
    for number, name in enumerate(units or firsts, start=1):
        shares = next(each for each in publication.shares if each.unit == name)
        members = [each for each in publication.shares if each.group == shares.group]
        rows = [
            (fill(name_field(field, language), 18), own, _mean([each.percents[at] for each in members]))
            for at, field in enumerate(publication.fields)
            if (own := shares.percents[at]) is not None
        ]
        if rows:
            title = label("publish-chart-unit", language, unit=name)
            yield _draw_unit(rows, f"don-vi-{number}", name, title, language)


def _draw_unit(
    rows: Sequence[tuple[str, Decimal, Decimal]], file: str, unit: str, title: str, language: Language
) -> _Sketch:
    series = (
        (unit, [float(own) for _, own, _ in rows], "-", "o", "#4d4d4d", ""),
        (label("publish-mean", language), [float(mean) for _, _, mean in rows], "--", "s", "white", "////"),
    )
    names = [name for name, _, _ in rows]
    if len(rows) < LEAST_CORNERS:
        figure = Figure(figsize=(WIDTH, 1.6 + 0.7 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        for at, (text, values, _, _, colour, hatch) in enumerate(series):
            places = [place + (at - 0.5) * 0.36 for place in range(len(values))]
            axes.barh(places, values, 0.34, color=colour, hatch=hatch, edgecolor="black", linewidth=0.5, label=text)
            for place, value in zip(places, values, strict=True):
                axes.text(value + 0.5, place, print_amount(Decimal(value), 2, language), va="center")
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlim(0, 112)
    else:
        figure = Figure(figsize=(WIDTH, 5.6), layout="constrained")
        axes = _draw_radar(figure, rows, series, language)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False, handlelength=4)
    figure.suptitle(fill(title, 70), fontsize=10, fontweight="bold")
    return _Sketch(figure, file, "unit", title)


def _draw_radar(
    figure: Figure, rows: Sequence[tuple[str, Decimal, Decimal]], series: Sequence[Series], language: Language
) -> Axes:
    """The unit and the mean as two lines round a circle of 100 %, each corner named with both numbers."""
    polar = figure.add_subplot(projection="polar")
    assert isinstance(polar, PolarAxes)
    angles = [2 * pi * at / len(rows) for at in range(len(rows))]
    for text, values, line, mark, _, _ in series:
        polar.plot([*angles, angles[0]], [*values, values[0]], line, marker=mark, color="black", label=text)
    polar.set_theta_offset(pi / 2)
    polar.set_theta_direction(-1)
    shown = [f"{name}\n{print_amount(own, 1, language)} / {print_amount(mean, 1, language)}"
             for name, own, mean in rows]  # fmt: skip
    polar.set_xticks(angles, [""] * len(rows))
    polar.set_ylim(0, 100)
    for name, angle in zip(shown, angles, strict=True):  # outside the circle: ticks would write across it
        across, up = sin(angle), cos(angle)
        side = "center" if abs(across) < 0.2 else "left" if across > 0 else "right"
        level = "center" if abs(up) < 0.2 else "bottom" if up > 0 else "top"
        polar.text(angle, 106, name, horizontalalignment=side, verticalalignment=level)
    return polar


def _mean(percents: Sequence[Decimal | None]) -> Decimal:
    known = [percent for percent in percents if percent is not None]
    return sum(known, Decimal(0)) / len(known)


def _draw_heat_maps(publication: Publication, language: Language) -> Iterator[_Sketch]:
    groups = dict.fromkeys(shares.group for shares in publication.shares)
    for number, group in enumerate(groups, start=1):
        members = [shares for shares in publication.shares if shares.group == group]
        for at in range(0, len(members), MOST_ROWS):
            rows = members[at : at + MOST_ROWS]
            title = label("publish-chart-fields", language, group=_group_name(group, language))
            part = ""
            if len(members) > MOST_ROWS:
                title, part = f"{title} ({at + 1}–{at + len(rows)})", f"-{at // MOST_ROWS + 1}"
            yield _draw_heat_map(publication, rows, f"linh-vuc-{number}{part}", title, language)


def choose_ink(share: float | None) -> str:
    """Black or white, whichever is the easier to read on the cell of a heat map (WCAG 2.2, relative luminance);
    ``share``: from 0, the lightest grey, to 1; None: an empty cell.

    >>> choose_ink(0.4), choose_ink(0.6), choose_ink(0.9), choose_ink(None)
    ('black', 'black', 'white', 'black')
    """
    if share is None:
        return "black"
    grey = float(mpl.colormaps["Greys"](share)[0])
    luminance = ((grey + 0.055) / 1.055) ** 2.4
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "black"


def _draw_heat_map(
    publication: Publication, rows: Sequence[FieldShares], file: str, title: str, language: Language
) -> _Sketch:
    figure = Figure(figsize=(WIDTH, 1.5 + ROW * len(rows)), layout="constrained")
    axes = figure.add_subplot()
    values = [[float("nan") if each is None else float(each) for each in shares.percents] for shares in rows]
    known = [value for row in values for value in row if value == value]
    low, high = (min(known), max(known)) if known else (0.0, 100.0)
    axes.imshow(values, cmap="Greys", aspect="auto", vmin=low - 5, vmax=high + 5)
    for down, shares in enumerate(rows):
        for across, percent in enumerate(shares.percents):
            text = "–" if percent is None else print_amount(percent, 1, language)
            share = None if percent is None else (float(percent) - low + 5) / (high - low + 10)
            axes.text(across, down, text, ha="center", va="center", fontsize=7, color=choose_ink(share))
    letters = max(8, 60 // max(1, len(publication.fields)))
    names = [fill(name_field(field, language), letters) for field in publication.fields]
    axes.set_xticks(range(len(names)), names)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [_short(shares.unit) for shares in rows])
    axes.tick_params(length=0)
    figure.suptitle(fill(title, 70), fontsize=10, fontweight="bold")
    return _Sketch(figure, file, "fields", title)


def _group_name(group: str | None, language: Language) -> str:
    return name_group(group, language) if group else label("publish-all-units", language)


def _short(name: str) -> str:
    return name if len(name) <= LABEL_LETTERS else name[: LABEL_LETTERS - 1] + "…"


def _save(sketch: _Sketch, as_png: bool) -> Chart:
    png, svg = BytesIO(), BytesIO()
    if as_png:
        sketch.figure.savefig(png, format="png", dpi=DOTS)
    sketch.figure.savefig(svg, format="svg", metadata={"Date": None})
    width, height = sketch.figure.get_size_inches()
    size = (float(width), float(height))
    return Chart(sketch.name, sketch.kind, sketch.title, png.getvalue(), svg.getvalue(), *size)
