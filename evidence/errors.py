"""The tree of errors: each is a sentence with a way out and an exit code.

A missing document is a finding, never an error. The exit codes are those of ``docs/errors.md``; one place
(``cli.main``) maps errors to them.
"""

from __future__ import annotations

from evidence.messages import Language, Message, say


class EvidenceError(Exception):
    """Base of all errors meant for people. ``message`` says what happened, ``hint`` what to do next."""

    exit_code = 1

    def __init__(self, code: str, hint: str | None = None, **params: object) -> None:
        values = {name: str(value) for name, value in params.items()}
        self.message = Message(code, values)
        self.hint = Message(hint, values) if hint else None
        super().__init__(code, values)

    def say(self, language: Language | str) -> str:
        """The sentence and the way out, in that language."""
        parts = [say(self.message, language)] + ([say(self.hint, language)] if self.hint else [])
        return " ".join(parts)

    def __str__(self) -> str:
        return self.say(Language.EN)


class UsageError(EvidenceError):
    """A command was used wrongly: unknown reference, path that does not exist, query that cannot be read."""

    exit_code = 2


class UnreadableError(EvidenceError):
    """One document cannot be read. ``problem`` is the problem code of the record (``damaged``, ``encrypted`` ...)."""

    exit_code = 3

    def __init__(self, problem: str, code: str | None = None, **params: object) -> None:
        super().__init__(code or f"problem-{problem}", None, **params)
        self.problem = problem


class MissingProgramError(EvidenceError):
    """A program or a language pack is not installed."""

    exit_code = 4


class CriteriaError(EvidenceError):
    """A criteria file or a manifest is wrong. ``faults`` lists all of them, each with its line."""

    exit_code = 5

    def __init__(self, code: str, faults: tuple[tuple[int, Message], ...] = (), **params: object) -> None:
        super().__init__(code, None, **params)
        self.faults = faults

    def say(self, language: Language | str) -> str:
        """The sentence, then one row a fault: line number and what is wrong there."""
        rows = [f"  {line}: {say(fault, language)}" for line, fault in self.faults]
        return "\n".join([super().say(language), *rows])


class AnnexError(CriteriaError):
    """An annex cannot be imported. ``places`` names every fault: where it stands, and what it is."""

    def __init__(self, code: str, places: tuple[tuple[Message | None, Message], ...] = (), **params: object) -> None:
        super().__init__(code, (), **params)
        self.places = places

    def say(self, language: Language | str) -> str:
        """The sentence, then one row a fault."""
        rows = [": ".join(say(part, language) for part in row if part) for row in self.places]
        return "\n".join([super().say(language), *(f"  - {row}" for row in rows)])


class ArchiveError(EvidenceError):
    """The archive cannot be opened, is damaged, in use or of a newer version."""

    exit_code = 6


class InterruptedRunError(EvidenceError):
    """A person stopped the command; the sentence says what is done and kept."""

    exit_code = 130
