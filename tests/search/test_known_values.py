"""The values of fields without quotes, as the archive's own index knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.search.engine import EngineName
from evidence.search.fields import Field
from evidence.search.known_values import IndexedValues
from evidence.search.parser import parse_query
from evidence.search.query import Condition
from evidence.search.scope import EVERYTHING, units_only
from tests.search.corpus import make_entry
from tests.support.servers.search_engines import ENGINES, open_engine


@pytest.mark.parametrize("name", ENGINES)
def test_a_value_without_quotes_is_the_longest_that_the_index_holds(tmp_path: Path, name: EngineName) -> None:
    engine = open_engine(name, tmp_path)
    office = make_entry("a", "Số: 1/BC-BCĐ\nCơ quan: Ban chỉ đạo 389 tỉnh Hoà Bình\nVề: việc", unit="Phòng Nội vụ")
    with engine.exclusive(wait=True):
        engine.rebuild([office])
    known = IndexedValues(engine, EVERYTHING)
    query = parse_query("cơ quan:ban chỉ đạo 389 tỉnh hoà bình báo cáo", known)
    assert query.conditions == (Condition(Field.ISSUER, "ban chỉ đạo 389 tỉnh hoà bình", whole=True),)
    assert query.words == ("báo", "cáo")
    assert parse_query("đơn vị:phòng nội vụ việc", known).conditions == (Condition(Field.UNIT, "phòng nội vụ"),)
    hidden = IndexedValues(engine, units_only(["STP"]))
    assert parse_query("đơn vị:phòng nội vụ", hidden).conditions == (Condition(Field.UNIT, "phòng"),)
