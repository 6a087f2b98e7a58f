"""Who acts: known at the door, written down in the store. It travels beside the call, as a request's identity does in
web frameworks, so that no verb on the way can forget to hand it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from evidence.model.account import Actor

NOBODY = Actor("", "", "")
_ACTOR: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """What is written inside the block, in this thread or task, was done by that actor."""
    token = _ACTOR.set(actor)
    try:
        yield
    finally:
        _ACTOR.reset(token)


def current_actor() -> Actor:
    """Who acts now; nobody where no door said so."""
    return _ACTOR.get()
