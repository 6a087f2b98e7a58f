"""What is kept of OCR: found again, never believed when torn, never larger than allowed, never in anybody's way."""

from __future__ import annotations

import os
import shutil
import zlib
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from evidence.store.caches.ocr_cache import FOLDER, PageCache

KEY = "ab" + "0" * 62
NOISE = os.urandom(20_000).hex().encode()  # packs to half


def key(count: int) -> str:
    return f"{count:064x}"


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, 1_000_000)
    assert cache.get(KEY) is None
    cache.put(KEY, b"trang 1")
    cache.put(KEY, b"trang 1, again")
    assert PageCache(tmp_path, 1_000_000).get(KEY) == b"trang 1, again"


@pytest.mark.parametrize("hurt", ["cut", "empty", "flipped", "foreign", "bomb"])
def test_what_is_torn_is_a_miss(tmp_path: Path, hurt: str) -> None:
    cache = PageCache(tmp_path, 1_000_000)
    cache.put(KEY, NOISE)
    file = tmp_path / FOLDER / "ab" / KEY
    whole = file.read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    file.write_bytes(
        {
            "cut": whole[:-3],
            "empty": b"",
            "flipped": bytes(changed),
            "foreign": b"PK\x03\x04",
            "bomb": zlib.compress(b"0" * 70_000_000),
        }[hurt]
    )
    assert cache.get(KEY) is None
    cache.put(KEY, NOISE)
    assert cache.get(KEY) == NOISE


def test_the_pages_asked_for_longest_ago_go_first(tmp_path: Path) -> None:
    limit = 10 * len(zlib.compress(NOISE)) + 100
    cache = PageCache(tmp_path, limit)
    for count in range(10):
        cache.put(key(count), NOISE)
        file = tmp_path / FOLDER / "00" / key(count)
        os.utime(file, (count + 1, count + 1))
    assert cache.get(key(0)) == NOISE  # old, but asked for just now
    cache.put(key(10), NOISE)
    left = {int(file.name, 16) for file in (tmp_path / FOLDER).glob("*/*")}
    assert {0, 9, 10} <= left and not {1, 2} & left
    assert sum(file.stat().st_size for file in (tmp_path / FOLDER).glob("*/*")) <= limit


def test_a_cache_that_was_full_before_is_measured(tmp_path: Path) -> None:
    PageCache(tmp_path, 10_000_000).put(key(1), NOISE)
    PageCache(tmp_path, 30_000).put(key(2), NOISE)
    assert len(list((tmp_path / FOLDER).glob("*/*"))) == 1


def test_none_is_kept_where_none_is_wanted(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, 0)
    cache.put(KEY, b"trang")
    assert cache.get(KEY) is None
    assert list(tmp_path.iterdir()) == []


def test_a_disk_nearly_full_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage(10**12, 10**12, 10**6))
    PageCache(tmp_path, 1_000_000).put(KEY, b"trang")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("no folder")
    cache = PageCache(tmp_path, 1_000_000)
    cache.put(KEY, b"trang")
    assert cache.get(KEY) is None


def busy(place: str) -> int:
    cache, found = PageCache(Path(place), 200_000), 0
    for count in range(300):
        cache.put(key(count % 17), NOISE)
        found += cache.get(key(count % 13)) in (None, NOISE)
    return found


@pytest.mark.slow
def test_several_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        assert list(pool.map(busy, [str(tmp_path)] * 3)) == [300] * 3
    assert not list((tmp_path / FOLDER).glob("*/*.draft"))
