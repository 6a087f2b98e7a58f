"""What the argument parser complains of, in the reader's language."""

from __future__ import annotations

import click

from evidence.cli.output import plain
from evidence.messages import Language, Message, say


def complaint(error: click.ClickException, language: Language) -> str:
    """The sentence, then where the right usage stands.

    >>> complaint(click.NoSuchOption("--foo"), Language.EN)
    'There is no option --foo.'
    """
    context = error.ctx if isinstance(error, click.UsageError) else None
    sentence = say(_named(error, context), language)
    if context is None:
        return sentence
    return f"{sentence} {say(Message('cli-see-help', {'command': context.command_path}), language)}"


def _named(error: click.ClickException, context: click.Context | None) -> Message:
    match error:
        case click.exceptions.NoSuchOption(option_name=name):
            return Message("cli-no-option", {"name": plain(name)})
        case click.exceptions.NoSuchCommand(command_name=name):
            return Message("cli-no-command", {"name": plain(name)})
        case click.MissingParameter(param=click.Parameter() as parameter) if context:
            return Message("cli-missing", {"name": _label(parameter, context)})
        case click.BadParameter(param=click.Parameter() as parameter) if context:
            return Message("cli-bad-value", {"name": _label(parameter, context), "detail": plain(error.message)})
        case click.BadOptionUsage(option_name=name):
            return Message("cli-bad-option-use", {"name": plain(name)})
    if context and isinstance(context.command, click.Group):
        return Message("cli-command-missing")
    return Message("cli-bad-usage", {"detail": plain(error.format_message())})


def _label(parameter: click.Parameter, context: click.Context) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(context)
