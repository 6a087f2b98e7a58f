"""Settings: read once by the command (flags over environment over file), passed down, never global."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from evidence.errors import UsageError
from evidence.messages import Language
from evidence.model.account import AccountRole

SEARCH = "whoosh"  # of those in ``search/engine.py``
ENGINE = "together"  # of those in ``ingest/ocr/engine.py``
OCR_CACHE = 1_000_000_000  # bytes: some 60,000 pages
SCOPES = ("openid", "profile", "email")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. A limit that is hit is named in the record's problem."""

    file_bytes: int = 200_000_000
    pages: int = 500
    render_pixels: int = 20_000_000
    image_pixels: int = 100_000_000
    frames: int = 100
    part_bytes: int = 50_000_000  # one XML part of an office document, unpacked
    unpacked_bytes: int = 1_000_000_000
    members: int = 1_000  # files inside a ZIP, an e-mail, a PDF
    ratio: int = 200  # bytes unpacked for each byte packed
    depth: int = 2  # packages inside one another
    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 60
    document_seconds: float = 120.0  # of the processor's time
    page_seconds: float = 30.0  # the same for the OCR of one page
    patience: float = 5.0  # how many times as long by the clock
    open_files: int = 64
    reply_bytes: int = 64_000_000


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Signing in by a provider of OpenID Connect (table ``[oidc]``; docs/service.md).

    ``issuer``: the provider's address, below which its discovery document lies. ``secret`` comes from
    ``EVIDENCE_OIDC_SECRET``, else stands in ``secret_file``, which nobody but its owner may read; without either the
    client is a public one (PKCE alone). ``label``: what the provider is called on the button. ``address``: of the
    service as browsers know it; empty: as each request says. ``certificates``: PEM of the authority that the provider's
    TLS rests on. ``roles`` and ``units``: the role, and the codes of units, that a group of the provider's (claim
    ``groups_claim``) gives; none: an account is made by an admin alone.
    """

    issuer: str
    client_id: str
    secret: str = field(default="", repr=False)
    secret_file: Path | None = None
    label: str = "SSO"
    address: str = ""
    certificates: Path | None = None
    scopes: tuple[str, ...] = SCOPES
    groups_claim: str = "groups"
    roles: Mapping[str, AccountRole] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` is the archive's folder; ``jobs`` the number of files or pages worked on at a time; ``trust_roots`` a
    folder of certificates (PEM, DER) that digital signatures are held against: none is shipped; ``ocr_cache_bytes``
    how much an archive may keep of what OCR made of pages, 0: nothing; ``sender`` who letters are from, and
    ``superior`` the agency above; ``search_engine`` what finds documents (``whoosh``, ``tantivy``); ``oidc`` who else
    vouches for people of the service; ``database`` the URL of one that a new archive is kept in, or another way to that
    of the archive (``store.engines``); None: as its folder says, for a new one a file there."""

    home: Path
    language: Language = Language.VI
    jobs: int = 1
    engine: str = ENGINE
    limits: Limits = field(default_factory=Limits)
    trust_roots: Path | None = None
    ocr_cache_bytes: int = OCR_CACHE
    sender: str | None = None
    superior: str | None = None
    search_engine: str = SEARCH
    oidc: OidcSettings | None = None
    database: str | None = None


def load_settings(home: Path | None = None, language: str | None = None, jobs: int | None = None) -> Settings:
    """The settings from flags, then ``EVIDENCE_HOME``/``EVIDENCE_LANG``/``EVIDENCE_JOBS`` and the like, then
    ``evidence.toml`` in the user's configuration folder (``[evidence]``, ``[limits]``, ``[oidc]``), then defaults.

    UsageError: a value that is none, an unknown language or limit, a file that is no TOML.
    """
    file = Path(platformdirs.user_config_dir("evidence")) / "evidence.toml"
    tables = _read_file(file)
    table = tables.get("evidence", {})
    folder = home or os.environ.get("EVIDENCE_HOME") or table.get("home")
    chosen = language or os.environ.get("EVIDENCE_LANG") or table.get("lang") or Language.VI
    if chosen not in list(Language):
        raise UsageError("unknown-language", language=chosen)
    roots = os.environ.get("EVIDENCE_TRUST_ROOTS") or table.get("trust_roots")
    workers = jobs or os.environ.get("EVIDENCE_JOBS") or table.get("jobs") or _cores()
    if not str(workers).isdecimal() or int(str(workers)) < 1:
        raise UsageError("bad-jobs", value=workers)
    cache = os.environ.get("EVIDENCE_OCR_CACHE_BYTES", table.get("ocr_cache_bytes", OCR_CACHE))
    if not str(cache).isdecimal():
        raise UsageError("bad-ocr-cache", value=cache)
    return Settings(
        home=Path(str(folder)).expanduser() if folder else Path(platformdirs.user_data_dir("evidence")),
        language=Language(str(chosen)),
        jobs=int(str(workers)),
        engine=str(os.environ.get("EVIDENCE_ENGINE") or table.get("engine") or ENGINE),
        limits=_limits(tables.get("limits", {}), file),
        trust_roots=Path(str(roots)).expanduser() if roots else None,
        ocr_cache_bytes=int(str(cache)),
        sender=_text("EVIDENCE_SENDER", table.get("sender")),
        superior=_text("EVIDENCE_SUPERIOR", table.get("superior")),
        search_engine=_text("EVIDENCE_SEARCH", table.get("search")) or SEARCH,
        oidc=_oidc(tables["oidc"], file) if "oidc" in tables else None,
        database=_text("EVIDENCE_DATABASE", table.get("database")),
    )


def _text(name: str, in_file: object) -> str | None:
    text = os.environ.get(name) or in_file
    return str(text) if text else None


def _read_file(file: Path) -> dict[str, dict[str, object]]:
    """The tables of the file, by name; none where there is no file."""
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("bad-settings-file", path=file, detail=error) from error
    return {name: table for name, table in content.items() if isinstance(table, dict)}


def _limits(table: Mapping[str, object], file: Path) -> Limits:
    known = {field.name for field in fields(Limits)}
    limits: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known or not isinstance(value, int | float) or value <= 0:
            raise UsageError("bad-limit", path=file, name=name)
        limits[name] = value
    return Limits(**limits)


def _oidc(table: Mapping[str, object], file: Path) -> OidcSettings:
    """Who vouches for people, as the table says. UsageError: an entry that is not known, is wrong, or lacks."""
    texts = ("issuer", "client_id", "label", "address", "groups_claim")
    paths = ("secret_file", "certificates")
    known = {*texts, *paths, "scopes", "roles", "units"}
    wrong = [name for name in table if name not in known]
    wrong += [name for name in (*texts, *paths) if name in table and not isinstance(table[name], str)]
    wrong += [name for name in ("issuer", "client_id") if not table.get(name)]
    roles, units = _codes(table.get("roles", {})), _codes(table.get("units", {}))
    scopes = _codes({"": table.get("scopes", list(SCOPES))})
    if roles is None or not {role for held in roles.values() for role in held} <= set(AccountRole):
        wrong.append("roles")
    if units is None:
        wrong.append("units")
    if scopes is None or "openid" not in scopes[""]:
        wrong.append("scopes")
    if wrong or roles is None or units is None or scopes is None:
        raise UsageError("bad-oidc", path=file, name=", ".join(dict.fromkeys(wrong)))
    return OidcSettings(
        issuer=str(table["issuer"]),
        client_id=str(table["client_id"]),
        label=str(table.get("label", "SSO")),
        address=str(table.get("address", "")),
        groups_claim=str(table.get("groups_claim", "groups")),
        secret_file=_path(table.get("secret_file")),
        certificates=_path(table.get("certificates")),
        secret=os.environ.get("EVIDENCE_OIDC_SECRET", ""),
        scopes=scopes[""],
        roles={group: AccountRole(held[0]) for group, held in roles.items() if held},
        units=units,
    )


def _path(in_file: object) -> Path | None:
    return Path(str(in_file)).expanduser() if in_file else None


def _codes(table: object) -> dict[str, tuple[str, ...]] | None:
    """Each name with its code or codes; None where it is no such table."""
    if not isinstance(table, dict):
        return None
    lists = {name: [value] if isinstance(value, str) else value for name, value in table.items()}
    if not all(isinstance(value, list) and all(isinstance(each, str) for each in value) for value in lists.values()):
        return None
    return {name: tuple(value) for name, value in lists.items()}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
