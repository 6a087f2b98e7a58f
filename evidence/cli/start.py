"""The one way in, and the one place that turns errors into sentences and exit codes."""

from __future__ import annotations

import logging
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from evidence.cli import output
from evidence.cli.complaint import complaint
from evidence.cli.door import Door, spoken
from evidence.cli.parts import Group
from evidence.errors import EvidenceError

BUG, USAGE, INTERRUPTED, TERMINATED = 1, 2, 130, 143

evidence = Group(
    "evidence",
    modules={
        "read": "evidence.cli.read",
        "ingest": "evidence.cli.ingest",
        "criteria": "evidence.cli.criteria",
        "check": "evidence.cli.check",
        "letter": "evidence.cli.letter",
        "claims": "evidence.cli.claims",
        "crosscheck": "evidence.cli.crosscheck",
        "round": "evidence.cli.rounds",
        "search": "evidence.cli.search",
        "show": "evidence.cli.show",
        "correct": "evidence.cli.correct",
        "verify": "evidence.cli.upkeep",
        "backup": "evidence.cli.backup",
        "restore": "evidence.cli.backup",
        "reindex": "evidence.cli.upkeep",
        "reread": "evidence.cli.upkeep",
        "doctor": "evidence.cli.doctor",
    },
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The ``evidence`` command: runs and exits."""
    given = sys.argv[1:] if arguments is None else arguments
    door = Door(language=spoken(given))

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        door.stopped = True
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # a polite kill cleans up the children too
    sys.exit(run(given, door))


def run(arguments: Sequence[str], door: Door | None = None) -> int:
    """Runs one command line; the exit code comes back (``docs/errors.md``)."""
    output.prepare()
    door = door or Door(language=spoken(arguments))
    if "-v" not in arguments and "--verbose" not in arguments:
        logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is not for people
    try:
        code = evidence.main(list(arguments), prog_name="evidence", standalone_mode=False, obj=door)
    except EvidenceError as error:
        complain(door, error.say(door.language))
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.ctx.get_help() if error.ctx else "", file=sys.stderr)
        return USAGE
    except click.ClickException as error:
        complain(door, complaint(error, door.language))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        complain(door, door.say("cli-interrupted"))
        return INTERRUPTED
    except Exception as error:
        if door.verbose:
            traceback.print_exc()
        complain(door, door.say("cli-bug", detail=output.plain(f"{type(error).__name__}: {error}")))
        return BUG
    return code if isinstance(code, int) else 0


def complain(door: Door, sentence: str) -> None:
    print(f"{door.say('cli-error')} {sentence}", file=sys.stderr)
