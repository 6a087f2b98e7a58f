"""Why an object store did not do what it was asked."""

from __future__ import annotations

from enum import StrEnum


class BucketFault(StrEnum):
    """Each has its own way out (``archive-bucket-…-hint``)."""

    AWAY = "away"  # it does not answer, or is not in order
    REFUSED = "refused"  # the key is wrong, or may not
    MISSING = "missing"  # there is no such bucket
    CLOCK = "clock"  # this machine's clock and the store's are too far apart
    ENDPOINT = "endpoint"  # the variable holds no address
    OVERWRITES = "overwrites"  # it has no put-if-absent
