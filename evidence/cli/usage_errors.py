"""What the argument parser complains of, in the reader's language."""

from __future__ import annotations

import click

from evidence.cli.output import printable
from evidence.messages import Language, Message, say


def explain_usage_error(error: click.ClickException, language: Language) -> str:
    """The sentence, then where the right usage stands.

    >>> explain_usage_error(click.NoSuchOption("--foo"), Language.EN)
    'There is no option --foo.'
    """
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    sentence = say(_named(error, ctx), language)
    if ctx is None:
        return sentence
    return f"{sentence} {say(Message('cli-see-help', {'command': ctx.command_path}), language)}"


def _named(error: click.ClickException, ctx: click.Context | None) -> Message:
    match error:
        case click.exceptions.NoSuchOption(option_name=name):
            return Message("cli-no-option", {"name": printable(name)})
        case click.exceptions.NoSuchCommand(command_name=name):
            return Message("cli-no-command", {"name": printable(name)})
        case click.MissingParameter(param=click.Parameter() as parameter) if ctx:
            return Message("cli-missing", {"name": _label(parameter, ctx)})
        case click.BadParameter(param=click.Parameter() as parameter) if ctx:
            return Message("cli-bad-value", {"name": _label(parameter, ctx), "detail": printable(error.message)})
        case click.BadOptionUsage(option_name=name):
            return Message("cli-bad-option-use", {"name": printable(name)})
    if ctx and isinstance(ctx.command, click.Group):
        return Message("cli-command-missing")
    return Message("cli-bad-usage", {"detail": printable(error.format_message())})


def _label(parameter: click.Parameter, ctx: click.Context) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(ctx)
