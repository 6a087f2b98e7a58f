"""Commands, options and arguments that explain themselves in the reader's language.

Wherever click wants a text, a message code is given; the text is looked up when help is printed, since only then is
the language known. Each command has three sentences: ``cli-about-NAME`` (one line, in the list of
commands), ``cli-help-NAME`` and ``cli-example-NAME``.
"""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from evidence.cli.context import CliContext
from evidence.cli.output import printable
from evidence.errors import UsageError
from evidence.messages import Language, Message, say


def translate(ctx: click.Context, code: str) -> str:
    """The sentence of that code in the reader's language."""
    context = ctx.find_object(CliContext)
    return say(Message(code), context.language if context else Language.VI)


class Option(click.Option):
    """An option; ``help`` and ``metavar`` are message codes."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return (record[0], translate(ctx, self.help)) if record and self.help else record

    def make_metavar(self, ctx: click.Context) -> str:
        return translate(ctx, self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument; ``metavar`` is a message code."""

    def make_metavar(self, ctx: click.Context) -> str:
        name = translate(ctx, self.metavar or "")
        return f"{name}..." if self.nargs == -1 else name


class Command(click.Command):
    """A command that takes the global options too, so that they may stand before or after its name."""

    def __init__(
        self,
        name: str,
        callback: Callable[..., object] | None = None,
        params: list[click.Parameter] | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(name, callback=callback, params=params, help=help, add_help_option=False)
        self.params.extend(global_options(hidden=True))

    def invoke(self, ctx: click.Context) -> object:
        """UsageError where what was typed as words is no text in UTF-8: no database keeps it. Paths may be anything."""
        for parameter in self.params:
            value = ctx.params.get(parameter.name or "")
            for word in value if isinstance(value, tuple) else (value,):
                if isinstance(parameter.type, click.types.StringParamType) and isinstance(word, str):
                    _check_text(word)
        return super().invoke(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_help(self, ctx, formatter)


def _check_text(word: str) -> None:
    try:
        word.encode()
    except UnicodeEncodeError as error:
        raise UsageError("cli-not-text", given=printable(word)) from error


class CommandGroup(click.Group):
    """A group whose commands are loaded when they are used: help and ``doctor`` need no PDF library, and start fast.

    ``modules`` maps a command's name to the module that holds it under that name, or under the one in ``attributes``
    where Python has the word for itself (``import``).
    """

    def __init__(self, name: str, modules: Mapping[str, str], attributes: Mapping[str, str] | None = None) -> None:
        super().__init__(name, params=global_options(hidden=name != "evidence"), add_help_option=False)
        self.modules = modules
        self.attributes = attributes or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        module = importlib.import_module(self.modules[cmd_name])
        command: click.Command = getattr(module, self.attributes.get(cmd_name, cmd_name))
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_help(self, ctx, formatter, [(name, f"cli-about-{self.message_name(name)}") for name in self.modules])

    def message_name(self, command: str) -> str:
        """The middle of the codes of that command's sentences: ``criteria-import``."""
        return command if self.name == "evidence" else f"{self.name}-{command}"


class DefaultGroup(CommandGroup):
    """A group that runs one of its commands where none is named: ``evidence score --json`` is ``score show --json``."""

    def __init__(
        self, name: str, modules: Mapping[str, str], attributes: Mapping[str, str] | None = None, default: str = ""
    ) -> None:
        super().__init__(name, modules, attributes)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = any(argument in self.modules or argument == "--help" for argument in args)
        return super().parse_args(ctx, args if named else [self.default, *args])


def write_help(
    command: click.Command,
    ctx: click.Context,
    formatter: click.HelpFormatter,
    below: Sequence[tuple[str, str]] = (),
) -> None:
    """Usage, what the command does, its options, the commands below it (name and code), an example."""
    words = {"[OPTIONS]": "cli-meta-options", "COMMAND [ARGS]...": "cli-meta-command"}
    pieces = [translate(ctx, words[piece]) if piece in words else piece for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=translate(ctx, "cli-head-usage") + " ")
    name = "-".join(ctx.command_path.split()[1:]) or command.name
    formatter.write_paragraph()
    formatter.write_text(translate(ctx, f"cli-help-{name}").strip())
    rows = [record for parameter in command.get_params(ctx) if (record := parameter.get_help_record(ctx))]
    with formatter.section(translate(ctx, "cli-head-options")):
        formatter.write_dl(rows)
    if below:
        with formatter.section(translate(ctx, "cli-head-commands")):
            formatter.write_dl([(name, translate(ctx, code)) for name, code in below])
    with formatter.section(translate(ctx, "cli-head-example")):
        for line in translate(ctx, f"cli-example-{name}").splitlines():
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")


def global_options(hidden: bool = False) -> list[click.Parameter]:
    """``--home``, ``--lang``, ``-q``, ``-v``, ``--help``: each writes itself into the context of the command."""
    shared: dict[str, Any] = {"expose_value": False, "hidden": hidden, "callback": _write_into_context}
    return [
        Option(["--home"], type=click.Path(path_type=Path), metavar="cli-meta-folder", help="cli-opt-home", **shared),
        Option(["--lang", "language"], metavar="cli-meta-language", help="cli-opt-lang", **shared),
        Option(["-q", "--quiet"], is_flag=True, help="cli-opt-quiet", **shared),
        Option(["-v", "--verbose"], is_flag=True, help="cli-opt-verbose", **shared),
        Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help="cli-opt-help",
            callback=_print_help,
        ),
    ]


def _write_into_context(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    context = ctx.find_object(CliContext)
    if context is None or not value or parameter.name is None:
        return
    if parameter.name == "language" and value not in list(Language):
        raise UsageError("unknown-language", language=value)
    setattr(context, parameter.name, Language(str(value)) if parameter.name == "language" else value)


def _print_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


class DayType(click.ParamType[datetime.date]):
    """A day: ``2018-03-20`` or, as people here write it, ``20/3/2018``.

    >>> DayType().convert("20/3/2018", None, None)
    datetime.date(2018, 3, 20)
    """

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        raise UsageError("cli-bad-date", value=value)
