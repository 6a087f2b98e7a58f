"""Findings found anew, unit by unit, where what they were made of is no longer what the archive holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from evidence import __version__
from evidence.archive.assessment import load_refusals, trigger_numbers
from evidence.archive.kept_sets.versions import current_criteria
from evidence.archive.stored_findings.unit_check import check_unit
from evidence.errors import CriteriaError
from evidence.match.check import UnitChecker
from evidence.match.document_register import ENDING_RELATIONS
from evidence.match.subject_text import forget_subjects
from evidence.model.criteria import CriteriaSet, Unit
from evidence.pipeline.extract_many import grammar_version
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.findings import finding_writer, marks
from evidence.store.findings.figure_store import FigureStore
from evidence.store.findings.finding_store import FindingStore
from evidence.store.findings.finding_writer import JudgedState
from evidence.store.findings.staleness import SetOutline, find_reached_units
from evidence.store.store import Store
from evidence.vietnamese.text import fold

HANOI = datetime.timezone(datetime.timedelta(hours=7))  # Vietnam has one time, and no summer time
FINDINGS_VERSION = 1  # raise it where the same documents bring other findings: then all are found anew
PROGRAM = f"{__version__}.{FINDINGS_VERSION}.{grammar_version()}"
ENDING = tuple(str(relation) for relation in ENDING_RELATIONS)


def current_day() -> datetime.date:
    """The day in Vietnam."""
    return datetime.datetime.now(HANOI).date()


@dataclass(frozen=True, slots=True)
class StaleUnits:
    """The units of one set that are to be found anew; ``through``: the last mark there was when that was seen."""

    criteria: CriteriaSet
    set_version: int
    units: tuple[Unit, ...]
    through: int


@dataclass(frozen=True, slots=True)
class OutlinedSet:
    """A set, and what has to be known of it to see whom a change reaches."""

    criteria: CriteriaSet
    outline: SetOutline


class FindingRefresh:
    """Finds anew what is stale. ``today``: the day that findings hold for."""

    def __init__(self, store: Store, today: Callable[[], datetime.date] = current_day) -> None:
        self._store = store
        self._findings = FindingStore(store)
        self._sets = CriteriaSetStore(store)
        self._today = today
        self._read: dict[str, tuple[int, OutlinedSet | None]] = {}
        self._stale: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = {}

    def run(self, only: Collection[str] | None = None, criteria_set: str | None = None) -> Iterator[tuple[str, str]]:
        """Each set and unit that was found anew, once it is kept; ``only``: units by code, the others wait;
        ``criteria_set``: of that set alone. A kill in between loses nothing: what was not done is stale still.
        ArchiveError: the archive cannot be written."""
        day = self._today()
        through = self._last_mark()
        names = self._sets.names() if criteria_set is None else [criteria_set]
        for stale in list(self._find_stale(day, through, names)):
            units = [unit for unit in stale.units if only is None or unit.code in only]
            for unit in self._refresh_units(stale, units, day):
                yield stale.criteria.set, unit.code
        if only is None and criteria_set is None:
            self._finish(through)

    def list_all_stale(self) -> tuple[tuple[str, str], ...]:
        """Each set and unit whose findings do not know all that changed; where that is none, what need not be kept of
        the changes is forgotten."""
        with self._store.database.sharing():
            through = self._last_mark()
            every = [
                (stale.criteria.set, unit.code)
                for stale in self._find_stale(self._today(), through, self._sets.names())
                for unit in stale.units
            ]
        if not every:
            self._finish(through)
        return tuple(every)

    def list_stale(self, criteria_set: str) -> tuple[str, ...]:
        """The units of that set whose findings do not know all that changed."""
        return self._store.database.recall(("stale", criteria_set), lambda: self._list_stale(criteria_set))

    def _list_stale(self, criteria_set: str) -> tuple[str, ...]:
        """Looked for once a state of the archive and its findings: every page asks."""
        day, version = self._today(), self._findings.set_versions().get(criteria_set, 0)
        stamp = (day, version, self._findings.stamp_origins(criteria_set, day, version, PROGRAM))
        kept = self._stale.get(criteria_set)
        if kept is None or kept[0] != stamp:
            every = self._find_stale(day, 0, [criteria_set])  # nothing is made anew: no mark is asked for
            kept = stamp, tuple(unit.code for stale in every for unit in stale.units)
            self._stale[criteria_set] = kept
        return kept[1]

    def _find_stale(self, day: datetime.date, through: int, names: Iterable[str]) -> Iterator[StaleUnits]:
        """By set, the units whose findings are of another day, set, program or state of the archive."""
        versions = self._findings.set_versions()
        for name in names:
            outlined = self._read_set(name, versions.get(name, 0))
            if outlined is None or not outlined.criteria.units:
                continue
            criteria = outlined.criteria
            wanted = (day.isoformat(), versions.get(name, 0), PROGRAM)
            held = {
                unit: origin.through
                for unit, origin in self._findings.origins(name).items()
                if (origin.as_of, origin.set_version, origin.program) == wanted
            }
            with self._store.database.reading() as session:
                reached = find_reached_units(session, outlined.outline, held, ENDING)
            stale = [unit for unit in criteria.units if unit.code not in held or unit.code in reached]
            yield StaleUnits(criteria, versions.get(name, 0), tuple(stale), through)

    def _refresh_units(self, stale: StaleUnits, units: list[Unit], day: datetime.date) -> Iterator[Unit]:
        if not units:
            return
        name, refusals = stale.criteria.set, load_refusals(self._store)
        checker = UnitChecker(stale.criteria, day, FigureStore(self._store).figures(name))
        state = JudgedState(name, stale.set_version, day, PROGRAM, stale.through)
        order = {unit.code: at for at, unit in enumerate(stale.criteria.units)}
        for unit in units:
            checked = check_unit(self._store, checker, unit, refusals)
            with self._store.database.writing() as session:
                finding_writer.put_unit(session, state, unit.code, order[unit.code], checked.views, checked.sources)
            forget_subjects()
            yield unit

    def _finish(self, through: int) -> None:
        """Forgets the marks that everything knows now, and units that a set has no more."""
        with self._store.database.reading() as session:
            waiting = marks.count_marks(session, through)
        units_of = self._list_units()
        gone = {name: codes for name, codes in units_of.items() if self._findings.origins(name).keys() - codes}
        if not waiting and not gone:
            return
        with self._store.database.writing() as session:
            for name, units in gone.items():
                finding_writer.remove_other_units(session, name, units)
            marks.remove_marks(session, through)

    def _list_units(self) -> dict[str, frozenset[str]]:
        """By set that was read, the codes of its units."""
        return {
            name: frozenset(unit.code for unit in outlined.criteria.units)
            for name, (_, outlined) in self._read.items()
            if outlined is not None
        }

    def _last_mark(self) -> int:
        with self._store.database.reading() as session:
            return marks.find_last_mark(session)

    def _read_set(self, name: str, version: int) -> OutlinedSet | None:
        """The set, read once a version; None where this program cannot read it."""
        kept = self._read.get(name)
        if kept is None or kept[0] != version:
            try:
                criteria = current_criteria(self._store, name)
                kept = version, OutlinedSet(criteria, _outline(criteria))
            except CriteriaError:
                kept = version, None
            self._read[name] = kept
        return kept[1]


def _outline(criteria: CriteriaSet) -> SetOutline:
    names = {fold(name): unit.code for unit in criteria.units for name in (unit.name, unit.code)}
    return SetOutline(criteria.set, names, trigger_numbers(criteria))
