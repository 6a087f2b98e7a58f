"""Which values of fields the archive holds, as its index knows them within the walls."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.search import analyzer
from evidence.search.conditions import plan_condition, plan_walls, plan_whole_issuer
from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.fields import Field
from evidence.search.query import Condition
from evidence.search.scope import Scope

_NAMED = (Field.ISSUER, Field.SIGNER, Field.PLACE, Field.UNIT)


@dataclass(frozen=True, slots=True)
class IndexedValues:
    """The ``KnownValues`` of one index."""

    engine: SearchEngine
    scope: Scope

    def holds(self, field: Field, value: str) -> bool:
        """Whether some document within the scope has the words of the value side by side in that field."""
        if field not in _NAMED or not analyzer.extract_terms(value):
            return False
        plan = plan_condition(Condition(field, value), self.scope)
        return bool(self.engine.find(FindRequest(plan, plan_walls(self.scope), 1)).total)

    def is_whole(self, field: Field, value: str) -> bool:
        """Whether some document within the scope was issued by the agency of just that name."""
        if field is not Field.ISSUER:
            return False
        return bool(self.engine.find(FindRequest(plan_whole_issuer(value), plan_walls(self.scope), 1)).total)
