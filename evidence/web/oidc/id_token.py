"""The ID token: what a provider signs of a person (OpenID Connect Core 1.0, 2 and 3.1.3.7).

Believed is what the provider's own keys signed by an asymmetric algorithm, for this client and this attempt, now.
``none`` and algorithms that rest on the client's secret are not taken, whatever the token says of itself.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.archive.accounts.identities import is_subject
from evidence.config import OidcSettings
from evidence.errors import UsageError
from evidence.model.account import ProviderIdentity, VouchedPerson

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
LEEWAY = 60  # seconds that two clocks may differ
CLOCK = ("exp", "iat", "nbf")
LONGEST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class IdTokenDemand:
    """What a token must be: from whom, for whom, of which attempt; ``access_token``: what came beside it."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str = ""


def check_id_token(token: str, keys: Mapping[str, object], demand: IdTokenDemand) -> dict[str, object]:
    """The claims of that token. UsageError: it is not signed by those keys (JWK set) or not what is demanded
    (``oidc-token``), or is not valid at this time (``oidc-clock``). KeyError: its key is not among those keys."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import errors, jwt
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
    try:
        decoded = jwt.decode(token, KeySet.import_key_set({"keys": _signing_keys(keys)}), registry=registry)
        options = {
            "iss": {"essential": True, "value": demand.issuer},
            "aud": {"essential": True, "value": demand.client_id},
            "nonce": {"essential": True, "value": demand.nonce},
            "sub": {"essential": True},
        }
        params = {"nonce": demand.nonce, "client_id": demand.client_id, "access_token": demand.access_token}
        claims = CodeIDToken(decoded.claims, decoded.header, options, params)
        claims.validate(leeway=LEEWAY)
    except errors.InvalidKeyIdError as error:
        raise KeyError("no such key") from error
    except errors.ExpiredTokenError as error:
        raise _tell_clock(decoded.claims) from error
    except errors.InvalidClaimError as error:
        if error.claim in CLOCK and isinstance(decoded.claims.get(error.claim), int | float):
            raise _tell_clock(decoded.claims) from error
        raise UsageError("oidc-token", detail=f"{error.error} {error.claim}") from error
    except (errors.JoseError, ValueError, TypeError) as error:
        raise UsageError("oidc-token", detail=type(error).__name__) from error
    if not is_subject(decoded.claims["sub"]):
        raise UsageError("oidc-token", detail="sub")
    return dict(claims)


def read_person(claims: Mapping[str, object], settings: OidcSettings) -> VouchedPerson:
    """For whom the claims vouch, with what the configuration gives to their groups. UsageError: groups of different
    roles, of which none may be chosen."""
    groups = _texts(claims, settings.groups_claim)
    roles = {settings.roles[group] for group in groups if group in settings.roles}
    if len(roles) > 1:
        raise UsageError("oidc-two-roles", roles=", ".join(sorted(roles)))
    units = dict.fromkeys(unit for group in groups for unit in settings.units.get(group, ()))
    name = _text(claims.get("preferred_username")).casefold()
    return VouchedPerson(
        ProviderIdentity(str(claims["iss"]).rstrip("/"), str(claims["sub"])),
        name,
        _text(claims.get("name")) or name,
        next(iter(roles), None),
        tuple(units),
    )


def _signing_keys(keys: Mapping[str, object]) -> list[dict[str, str | list[str]]]:
    """The keys that may sign: a provider keeps others for encryption in the same set, and none may be symmetric."""
    listed = keys.get("keys")
    own = [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
    return [key for key in own if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]


def _tell_clock(claims: Mapping[str, object]) -> UsageError:
    """How far the clocks seem to be apart, in seconds."""
    issued, now = claims.get("iat"), time.time()
    apart = round(abs(now - issued)) if isinstance(issued, int | float) else 0
    return UsageError("oidc-clock", seconds=apart)


def _texts(claims: Mapping[str, object], path: str) -> Sequence[str]:
    """The texts of that claim; a claim inside another is named with dots (Keycloak: ``realm_access.roles``).

    >>> _texts({"a": {"b": ["x", 1]}}, "a.b"), _texts({"a.b": "y"}, "a.b"), _texts({}, "a")
    (['x'], ['y'], [])
    """
    value: object = claims.get(path)
    if value is None:
        value = claims
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, str)]


def _text(value: object) -> str:
    """A name as it may be shown; nothing of what is none."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text[:LONGEST_NAME] if text.isprintable() else ""
