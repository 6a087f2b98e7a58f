"""Words, signs and colours of a report. A status is always a word and a sign, never a colour alone."""

from __future__ import annotations

import datetime
from decimal import Decimal

from evidence.messages import Language, Message, say
from evidence.model.assessment import Verdict

# A sign for each status, so that a print in black and white, or a reader who sees no red, loses nothing.
SIGNS = {
    Verdict.MET: "✓",
    Verdict.LATE: "◷",
    Verdict.MISSING: "✗",
    Verdict.UNCLEAR: "?",
    Verdict.WRONG: "≠",
    Verdict.NOT_DUE: "…",
    Verdict.NOT_APPLICABLE: "–",
}
# What wants a person's attention first: the order of counts, and which status speaks for a group of findings.
URGENCY = (
    Verdict.MISSING,
    Verdict.WRONG,
    Verdict.LATE,
    Verdict.UNCLEAR,
    Verdict.NOT_DUE,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)
STYLES = {
    Verdict.MET: "green",
    Verdict.LATE: "dark_orange",
    Verdict.MISSING: "bold red",
    Verdict.UNCLEAR: "magenta",
    Verdict.WRONG: "red",
    Verdict.NOT_DUE: "blue",
    Verdict.NOT_APPLICABLE: "bright_black",
}


def status_label(verdict: Verdict, language: Language) -> str:
    """The status in words."""
    return label(f"status-{verdict.value}", language)


def label(code: str, language: Language, **params: object) -> str:
    """A heading or word of a report."""
    return say(Message(f"report-{code}", {name: str(value) for name, value in params.items()}), language)


def format_decimal(amount: Decimal | None) -> str | None:
    """Points as text: no exponent, no idle zeros.

    >>> format_decimal(Decimal("10")), format_decimal(Decimal("0.50")), format_decimal(None)
    ('10', '0.5', None)
    """
    return None if amount is None else f"{amount.normalize():f}"


def format_points(amount: Decimal | None, language: Language) -> str:
    """Points for reading: a decimal comma in Vietnamese, a question mark where a person must decide."""
    text = format_decimal(amount)
    if text is None:
        return "?"
    return text.replace(".", ",") if language is Language.VI else text


def format_day(date: datetime.date | None, language: Language) -> str:
    """A day for reading: ``20/03/2018`` in Vietnamese, ISO in English; empty for none."""
    if date is None:
        return ""
    return f"{date:%d/%m/%Y}" if language is Language.VI else date.isoformat()
