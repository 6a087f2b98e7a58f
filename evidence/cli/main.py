"""The one way in, and the one place that turns errors into sentences and exit codes."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from evidence.archive.audit.acting import acting_as
from evidence.cli import output
from evidence.cli.context import CliContext, login_name, preferred_language
from evidence.cli.localized_click import CommandGroup
from evidence.cli.usage_errors import explain_usage_error
from evidence.errors import EvidenceError
from evidence.model.account import Actor
from evidence.report.text.visible import escape_hidden

BUG, USAGE, INTERRUPTED, TERMINATED = 1, 2, 130, 143
UNHURRIED = (20_000, 20, 20)  # objects between two collections: a tenth of a search went into looking through modules

evidence = CommandGroup(
    "evidence",
    modules={
        "read": "evidence.cli.commands.documents.read",
        "ingest": "evidence.cli.commands.archive.ingest",
        "criteria": "evidence.cli.commands.criteria.criteria",
        "check": "evidence.cli.commands.appraisal.check",
        "letter": "evidence.cli.commands.appraisal.letter",
        "claims": "evidence.cli.commands.appraisal.claims",
        "crosscheck": "evidence.cli.commands.appraisal.crosscheck",
        "round": "evidence.cli.commands.appraisal.rounds",
        "survey": "evidence.cli.commands.scoring.survey",
        "score": "evidence.cli.commands.scoring.score",
        "publish": "evidence.cli.commands.scoring.publish",
        "figures": "evidence.cli.commands.figures.figures",
        "plan": "evidence.cli.commands.plans.plan",
        "search": "evidence.cli.commands.documents.search",
        "graph": "evidence.cli.commands.documents.graph",
        "show": "evidence.cli.commands.documents.show",
        "correct": "evidence.cli.commands.documents.correct",
        "move": "evidence.cli.commands.documents.move",
        "withdraw": "evidence.cli.commands.documents.withdraw",
        "verify": "evidence.cli.commands.archive.verify",
        "backup": "evidence.cli.commands.archive.backup",
        "restore": "evidence.cli.commands.archive.restore",
        "reindex": "evidence.cli.commands.archive.reindex",
        "reread": "evidence.cli.commands.archive.reread",
        "audit": "evidence.cli.commands.archive.audit",
        "serve": "evidence.cli.commands.system.serve",
        "worker": "evidence.cli.commands.system.worker",
        "jobs": "evidence.cli.commands.system.jobs",
        "user": "evidence.cli.commands.system.user",
        "migrate": "evidence.cli.commands.system.migrate",
        "doctor": "evidence.cli.commands.system.doctor",
    },
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The ``evidence`` command: runs and exits."""
    gc.set_threshold(*UNHURRIED)
    given = sys.argv[1:] if arguments is None else arguments
    context = CliContext(language=preferred_language(given))

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        context.stopped = True
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # a polite kill cleans up the children too
    sys.exit(run(given, context))


def run(arguments: Sequence[str], context: CliContext | None = None) -> int:
    """Runs one command line; the exit code comes back (``docs/errors.md``)."""
    output.use_utf8()
    context = context or CliContext(language=preferred_language(arguments))
    if "-v" not in arguments and "--verbose" not in arguments:
        logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is not for people
    try:
        with acting_as(Actor(login_name(), "command-line", "")):
            code = evidence.main(list(arguments), prog_name="evidence", standalone_mode=False, obj=context)
    except EvidenceError as error:
        print_error(context, error.say(context.language))
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.ctx.get_help() if error.ctx else "", file=sys.stderr)
        return USAGE
    except click.ClickException as error:
        print_error(context, explain_usage_error(error, context.language))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        print_error(context, context.say("cli-interrupted"))
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # a path given: no folder may bear it
            print_error(context, context.say("path-too-long", path=output.printable(str(error.filename))))
            return USAGE
        if context.verbose:
            traceback.print_exc()
        print_error(context, context.say("cli-bug", detail=output.printable(f"{type(error).__name__}: {error}")))
        return BUG
    return code if isinstance(code, int) else 0


def print_error(context: CliContext, sentence: str) -> None:
    print(escape_hidden(f"{context.say('cli-error')} {sentence}"), file=sys.stderr)
