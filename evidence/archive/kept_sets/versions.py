"""The versions of a set: the one that counts, and how a further one is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from evidence.criteria import loader, yaml_writer
from evidence.errors import CriteriaError, UsageError
from evidence.model.criteria import CriteriaSet
from evidence.model.review import CriteriaVersion, WordingRule
from evidence.store.criteria_reviews import CriteriaReviewStore
from evidence.store.criteria_sets import CriteriaSetStore, StoredCriteriaSet
from evidence.store.store import Store


def require_set(store: Store, name: str) -> StoredCriteriaSet:
    """The set as it was imported. UsageError where the archive has none of that name."""
    sets = CriteriaSetStore(store)
    kept = sets.get(name)
    if kept is None:
        names = ", ".join(other.name for other in sets.all()) or "–"
        raise UsageError("criteria-no-set", set=name, names=names)
    return kept


def current_criteria(store: Store, name: str) -> CriteriaSet:
    """The set as it counts: its last version. UsageError where the archive has none of that name."""
    imported = require_set(store, name)
    return parse_kept(CriteriaReviewStore(store).current_text(name) or imported.text, name)


@lru_cache(maxsize=8)
def parse_kept(text: str, name: str) -> CriteriaSet:
    """The set of that text, which the archive keeps under that name: parsed once, for whoever reviews it asks for it
    with every proposal. CriteriaError: this version cannot read it."""
    return loader.parse_criteria(text, name)


def keep_version(
    store: Store, name: str, version: CriteriaVersion, criteria: CriteriaSet, rules: Iterable[WordingRule] = ()
) -> tuple[int, CriteriaSet]:
    """Keeps the set as a version of the name that ``version`` bears, a new set where it is not ``name``; its number,
    and the set as it reads back.

    CriteriaError: an appraisal uses the set, the new name is taken, or the set does not hold together.
    """
    reviews = CriteriaReviewStore(store)
    target = version.criteria_set
    used = reviews.rounds_with(target)
    if used:
        raise CriteriaError("criteria-set-in-use", set=target, round=used[0])
    text = yaml_writer.render_yaml(replace(criteria, set=target))
    faults = loader.find_faults(text)
    if faults:
        raise CriteriaError("review-unsound", faults, set=target, count=len(faults))
    if target != name:
        CriteriaSetStore(store).put(target, _renamed(store, name, target), require_set(store, name).source,
                                    require_set(store, name).sha256)  # fmt: skip
    reviews.put_version(version, text, rules)
    return len(reviews.versions(target)), loader.parse_criteria(text, target)


def _renamed(store: Store, name: str, target: str) -> str:
    """The imported set under another name."""
    imported = loader.parse_criteria(require_set(store, name).text, name)
    return yaml_writer.render_yaml(replace(imported, set=target))
