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
    "url",
    [
        "mysql://may/kho",
        "postgresql://may",
        "postgresql://may/a/b",
        "kho.db",
        "postgresql://[/x",
        "postgresql://may:54:32/kho",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_url(url, "a1")
    assert caught.value.message.code == "database-url"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://an:kh@oa@may/kho",
        "postgresql://an:kh@oa/b@may/kho",
        "postgresql://an:khoa#1@may/kho",
        "postgresql://an:kh%oa@may/kho",
        "postgresql://an:khoa%@may:5432/kho",
    ],
)
def test_letters_of_a_password_that_part_an_address(url: str) -> None:
    """Else a piece of the password would be taken for the host, and printed."""
    with pytest.raises(UsageError) as caught:
        parse_url(url, "a1")
    assert caught.value.message.code == "database-url-letters"
    assert not any("oa" in caught.value.say(language).lower().split() for language in Language)


def test_several_hosts_and_an_address_of_numbers() -> None:
    assert parse_url("postgresql://an@may1:5432,may2/kho", "").name == "kho"
    assert parse_url("postgresql://an@[fe80::1]:5432/kho", "").name == "kho"


def test_a_parameter_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Store.open(tmp_path / "kho", create=True, database="postgresql://an:khoa@/kho?sslmod=require")
    assert caught.value.message.code == "database-url-parameter" and caught.value.exit_code == 2
    assert "sslmod" in str(caught.value) and "khoa" not in str(caught.value)


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
