"""The secret by which the provider knows the service: of the environment, or of a file that only its owner may read."""

from __future__ import annotations

import stat

from evidence.config import OidcSettings
from evidence.errors import UsageError

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LONGEST = 4_096  # bytes


def read_client_secret(settings: OidcSettings) -> str:
    """The secret; none for a public client. UsageError: the file cannot be read, is empty, or others may open it."""
    file = settings.secret_file
    if settings.secret or file is None:
        return settings.secret
    try:
        if file.stat().st_mode & OTHERS:
            raise UsageError("oidc-open-secret", path=file)
        with file.open("rb") as opened:
            secret = opened.read(LONGEST).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("oidc-no-secret", path=file) from error
    if not secret:
        raise UsageError("oidc-no-secret", path=file)
    return secret
