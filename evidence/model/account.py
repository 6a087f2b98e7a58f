"""Who uses the service, and what each role may do.

Default deny: a role may do what ``GRANTS`` names for it and nothing else, and a page without a declared capability
cannot be built (``web.routing``). What a person *sees* is another question, answered by the scope of the account's
units (``archive.accounts.scopes``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from evidence.messages import Language


class AccountRole(StrEnum):
    """What a person is in the appraisal."""

    UNIT = "unit"  # hands in for its own unit
    APPRAISER = "appraiser"  # judges the units or fields assigned
    HEAD = "head"  # leads rounds and decides in the end
    ADMIN = "admin"  # accounts, criteria sets, audit
    READER = "reader"  # finds what is marked open


class Capability(StrEnum):
    """What a page or call asks of a person. ``PUBLIC`` needs nobody, ``SIGNED_IN`` anybody with an account."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    SEE_OVERVIEW = "see-overview"
    APPRAISE = "appraise"
    CORRECT = "correct"
    HAND_IN = "hand-in"
    SEARCH = "search"
    SEE_DOCUMENT = "see-document"
    SEE_UNIT = "see-unit"
    SEE_RANKING = "see-ranking"
    LEAD_ROUNDS = "lead-rounds"
    DECIDE_FINALLY = "decide-finally"
    EDIT_CRITERIA = "edit-criteria"
    MANAGE_USERS = "manage-users"
    READ_AUDIT = "read-audit"


_EVERYBODY = frozenset({Capability.PUBLIC, Capability.SIGNED_IN, Capability.SEARCH, Capability.SEE_DOCUMENT})
_APPRAISING = _EVERYBODY | {Capability.SEE_OVERVIEW, Capability.APPRAISE, Capability.CORRECT, Capability.SEE_UNIT}
GRANTS: Mapping[AccountRole, frozenset[Capability]] = MappingProxyType(
    {
        AccountRole.UNIT: _EVERYBODY | {Capability.HAND_IN, Capability.SEE_UNIT},
        AccountRole.APPRAISER: _APPRAISING,
        AccountRole.HEAD: _APPRAISING
        | {
            Capability.SEE_RANKING,
            Capability.LEAD_ROUNDS,
            Capability.DECIDE_FINALLY,
            Capability.EDIT_CRITERIA,
        },
        AccountRole.ADMIN: _EVERYBODY | {Capability.EDIT_CRITERIA, Capability.MANAGE_USERS, Capability.READ_AUDIT},
        AccountRole.READER: _EVERYBODY,
    }
)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. ``name`` is what is typed at the door, ``full_name`` what others read.

    ``units``: codes of the units that a unit's account hands in for, that an appraiser is assigned, or that are open
    to a reader. ``fields``: codes of the top-level criteria that an appraiser is assigned; without any, all of them.
    ``single_keys``: whether single letters are short cuts (WCAG 2.1.4 asks that they can be switched off).
    """

    id: int
    name: str
    full_name: str
    role: AccountRole
    units: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    language: Language = Language.VI
    single_keys: bool = True
    active: bool = True

    def can(self, capability: Capability) -> bool:
        """Whether the role grants it."""
        return capability in GRANTS[self.role]

    def may_judge(self, unit: str, criterion: str) -> bool:
        """Whether this person may decide on that criterion of that unit: a head on all, an appraiser on what is
        assigned (units, fields or both; nothing assigned is nothing)."""
        if self.role is AccountRole.HEAD:
            return True
        if self.role is not AccountRole.APPRAISER or not (self.units or self.fields):
            return False
        in_field = not self.fields or any(
            criterion == field or criterion.startswith(f"{field}.") for field in self.fields
        )
        return in_field and (not self.units or unit in self.units)


@dataclass(frozen=True, slots=True)
class ProviderIdentity:
    """A person as a provider of OpenID Connect knows them: its address (``iss``), and what it calls them for ever
    (``sub``). Names and addresses of mail change hands; these two never do (OpenID Connect Core 1.0, 5.7)."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """An identity that signs in as that account. ``managed``: the provider's groups made the account, and say at every
    sign-in what it may do; else an admin linked it."""

    identity: ProviderIdentity
    account: int
    managed: bool
    at: str


@dataclass(frozen=True, slots=True)
class VouchedPerson:
    """For whom a provider vouches: the identity, what it says of the person, and the ``role`` and ``units`` that the
    configuration gives to their groups; no role: the groups give nothing."""

    identity: ProviderIdentity
    name: str = ""
    full_name: str = ""
    role: AccountRole | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session of the web pages as it is stored. ``token`` is the hash of the cookie's value, never the value; times
    are ISO 8601 in UTC. ``title``: of an access token of the HTTP interface; a browser's session has none."""

    token: str
    account: int
    address: str
    made_at: str
    seen_at: str
    ends_at: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as the audit has it: the name of the account (or of the person at the command line), the role
    (``command-line`` there), and the network address."""

    name: str
    role: str
    address: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done. ``subject``: what to (a hash, a unit, a name); ``before`` and ``after``: the value,
    where one was changed; ``hash``: the link of the chain."""

    id: int
    at: str
    actor: str
    role: str
    address: str
    action: str
    subject: str
    detail: str
    before: str | None
    after: str | None
    hash: str
