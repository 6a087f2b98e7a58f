"""Figures for a terminal: each with its place, what else was found, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.messages import Language, Message, say
from evidence.model.scores.figures import FigureProposal, FigureSource, KeptFigure, StatedFigure, StatedSum
from evidence.report.figures.figures_json import sum_sentence
from evidence.report.labels import label
from evidence.report.scores.standings_terminal import show_number

LONGEST = 110  # letters of a quoted text


def render_proposals(proposals: Iterable[FigureProposal], language: Language) -> str:
    """Each proposal with its proof below it."""
    return "".join(line + "\n" for each in proposals for line in _proposal(each, language))


def render_kept(figures: Iterable[KeptFigure], language: Language) -> str:
    """Each figure that counts, with who said so."""
    lines = []
    for each in figures:
        figure = each.figure
        value = show_number(f"{figure.value:f}", language)
        lines.append(f"{figure.unit} {figure.criterion} {figure.name} = {value} · {each.author} · {each.at:%Y-%m-%d}")
        lines += [f"    {_place(source, language)}" for source in each.sources]
    return "".join(f"{line}\n" for line in lines)


def render_stated(figures: Iterable[StatedFigure], sums: Iterable[StatedSum], language: Language) -> str:
    """The figures of one paper by page, then its sums."""
    lines = [
        f"{label('figure-page', language)} {each.source.page}: {show_number(f'{each.value:f}', language)}"
        f"{'%' if each.is_percent else ''} · {label(f'figure-role-{each.role.value}', language)} · "
        f"{cut_words(each.label, LONGEST)}"
        for each in figures
    ]
    for stated in sums:
        sign = {True: "✓", False: "!", None: "?"}[stated.holds]
        lines.append(f"{sign} {say(sum_sentence(stated), language)}")
        lines.append(f"    {cut_words(stated.source.raw, LONGEST)}")
    return "".join(f"{line}\n" for line in lines)


def _proposal(each: FigureProposal, language: Language) -> Iterator[str]:
    figure = each.figure
    kept = ""
    if each.kept is not None:
        kept = f" ({say(Message('figure-kept', {'value': show_number(f'{each.kept:f}', language)}), language)})"
    value = show_number(f"{figure.value:f}", language)
    yield f"{figure.unit} {figure.criterion} {figure.name} = {value}{kept} · {cut_words(each.meaning, LONGEST)}"
    for source in each.sources:
        yield f"    {_place(source, language)}"
    for value_found, source in each.others:
        shown = show_number(f"{value_found:f}", language)
        yield f"    {label('figure-other', language)} {shown}: {_place(source, language)}"
    for value_found, source in each.pending:
        shown = show_number(f"{value_found:f}", language)
        yield f"    {label('figure-role-pending', language)} {shown}: {_place(source, language)}"
    for code in each.doubts:
        yield f"    ? {say(Message(code), language)}"


def _place(source: FigureSource, language: Language) -> str:
    return f"{source.document[:12]}, {label('figure-page', language)} {source.page}: {cut_words(source.raw, LONGEST)}"


def cut_words(text: str, longest: int) -> str:
    """The text, cut where it is longer.

    >>> cut_words("một hai ba", 5)
    'một …'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + (" …" if text[longest - 2] == " " else "…")
