"""``python -m evidence.cli.reference``: every help page as one Markdown text, which is ``docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from evidence.cli.context import CliContext
from evidence.cli.main import evidence
from evidence.messages import Language

WIDTH = 100
HEAD = """# Commands

Written by `make docs` from the commands' own help; a test holds it against them. Exit codes: `docs/errors.md`.
"""


def render_reference() -> str:
    """The help of each command, in Vietnamese and in English."""
    parts = [HEAD]
    for path in command_paths(evidence, ()):
        parts.append(f"## {' '.join(('evidence', *path))}\n")
        parts += [f"```text\n{help_page(path, language)}\n```\n" for language in Language]
    return "\n".join(parts)


def command_paths(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The group's own path, then those of all commands below it."""
    yield above
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from command_paths(command, (*above, name))
        else:
            yield (*above, name)


def help_page(path: tuple[str, ...], language: Language) -> str:
    """The help page of one command."""
    command: click.Command = evidence
    ctx = click.Context(evidence, info_name="evidence", obj=CliContext(language=language), terminal_width=WIDTH)
    for name in path:
        assert isinstance(command, click.Group)
        subcommand = command.get_command(ctx, name)
        assert subcommand is not None
        command = subcommand
        ctx = click.Context(command, info_name=name, parent=ctx, terminal_width=WIDTH)
    return ctx.get_help()


if __name__ == "__main__":
    print(render_reference(), end="")
