"""Addresses of databases, and texts that PostgreSQL does not keep as they are: no server is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import ArchiveError, UsageError
from evidence.messages import Language
from evidence.store.engines.database_url import parse_url
from evidence.store.engines.postgres_reading import escape_text, unescape_text
from evidence.store.store import Store


@given(st.text(st.characters(codec=None) | st.sampled_from("\x00\ufdd0\ud800\udfff0d")))
def test_every_text_comes_back_and_can_be_kept(text: str) -> None:
    kept = escape_text(text)
    assert unescape_text(kept) == text and "\x00" not in kept
    kept.encode()


@pytest.mark.parametrize(
    "url", ["mysql://may/kho", "postgresql://may", "postgresql://may/a/b", "kho.db", "postgresql://[/x"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_url(url, "a1")
    assert caught.value.message.code == "database-url"


def test_no_password_is_shown(tmp_path: Path) -> None:
    url = "postgresql://an:b%C3%AD-m%E1%BA%ADt@/kho?password=cua-an&host=/no/such/folder"
    assert parse_url(url, "").shown == "postgresql://an@/kho?host=/no/such/folder"
    with pytest.raises(ArchiveError) as caught:
        Store.open(tmp_path / "kho", create=True, database=url)
    assert caught.value.message.code == "database-unreachable" and caught.value.exit_code == 6
    for language in Language:
        said = caught.value.say(language)
        assert "postgresql://an@/kho" in said and "cua-an" not in said and "b%C3" not in said
    assert not (tmp_path / "kho" / "evidence-archive.json").exists()
