"""Where a database is that other machines reach too: ``postgresql://user@host:port/name?sslmode=require``, as libpq and
every tool of PostgreSQL have it. A password may stand in it; better in ``PGPASSFILE`` or the environment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from evidence.errors import UsageError
from evidence.store.folder import ArchiveFolder

SCHEMES = ("postgresql", "postgres")
ARCHIVE = "{archive}"
SECRETS = ("password", "sslpassword")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:\[\]]*)(:\d*)?")  # one of several may stand there, with commas between
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """``text`` is for the driver alone and may hold a password; ``shown`` never does."""

    text: str
    shown: str
    name: str  # of the database


def parse_url(text: str, archive: str) -> DatabaseUrl:
    """``{archive}`` in it stands for the identity of the archive: a setting that serves several, each with a database
    of its own. UsageError: no URL of a database that we know; or letters of a password stand in it that part a URL, so
    that a piece of it would be taken for a host and be printed.

    >>> parse_url("postgresql://an:khoa@may-chu/ho_so_{archive}?sslmode=require", "0a1b").shown
    'postgresql://an@may-chu/ho_so_0a1b?sslmode=require'
    """
    text = text.replace(ARCHIVE, archive)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise UsageError("database-url") from error
    name = parts.path.strip("/")
    if parts.scheme not in SCHEMES:
        raise UsageError("database-url")
    user, at, place = parts.netloc.rpartition("@")
    if "@" in user or "@" in parts.path or "#" in text or _STRAY_PERCENT.search(text):
        raise UsageError("database-url-letters")
    if not name or "/" in name or not all(_HOST.fullmatch(host) for host in place.split(",")):
        raise UsageError("database-url")
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if key not in SECRETS], safe="/")
    shown = urlunsplit(("postgresql", f"{user.partition(':')[0]}{at}{place}", f"/{name}", query, ""))
    return DatabaseUrl(text, shown, name)


def find_url(opened: ArchiveFolder, given: str | None) -> DatabaseUrl | None:
    """Where the database of that archive is; None: in its folder. ``given``: another way there than the marker's.
    UsageError: a URL for an archive that is kept in a file, or one that is none."""
    if opened.marker.database is not None:
        return parse_url(given or opened.marker.database, opened.archive)
    if given is not None:
        raise UsageError("database-in-file", "database-in-file-hint", home=opened.folder)
    return None
