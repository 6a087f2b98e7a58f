"""An appraiser's value put in the place of the machine's, or taken back."""

from __future__ import annotations

from evidence.archive.views import CorrectionView, view_correction
from evidence.errors import UsageError
from evidence.store.commands import current_time
from evidence.store.corrections import FIELDS, find_latest, find_place, normalise_value, select_corrections
from evidence.store.facts import Correction
from evidence.store.store import Store


def correct_field(
    store: Store, sha256: str, field: str, value: str | None, author: str, page: int | None, reference: str
) -> CorrectionView:
    """Writes down the correction; without a value it withdraws the one that holds.

    UsageError: no such document, page or field, a value that is none of that field, no name, nothing to withdraw.
    ``reference`` is how the person named the document.
    """
    machine = store.machine_record(sha256)
    place = find_place(machine, page) if machine else None
    if machine is None or place is None:
        raise UsageError("correct-page", ref=reference, page=page)
    if field not in FIELDS:
        raise UsageError("correct-field", field=field, fields=", ".join(FIELDS))
    text = None if value is None else normalise_value(field, value)
    if value is not None and text is None:
        raise UsageError("correct-value", f"correct-form-{field}", value=value, field=field)
    if value is None and field not in find_latest(select_corrections(machine, store.corrections(sha256), place)):
        raise UsageError("correct-nothing", ref=reference, field=field)
    if not author.strip():
        raise UsageError("correct-author")
    correction = Correction(sha256, field, text, " ".join(author.split()), current_time(), page)
    store.correct(correction)
    return view_correction(correction, machine)
