"""Every table of an archive, known to the mapper as soon as this is imported."""

from __future__ import annotations

import evidence.store.accounts.tables
import evidence.store.annexes.tables
import evidence.store.audit.tables
import evidence.store.findings.tables
import evidence.store.jobs.tables
import evidence.store.plans.tables
import evidence.store.receipts.tables
import evidence.store.rounds.tables
import evidence.store.schema
import evidence.store.scores.score_schema
import evidence.store.searches.tables
import evidence.store.slips.tables
import evidence.store.worklist.tables  # noqa: F401
from evidence.store.schema_base import Base

METADATA = Base.metadata
