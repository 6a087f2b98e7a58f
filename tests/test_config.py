"""Settings: flags over environment over file over defaults; what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence import config
from evidence.errors import UsageError
from evidence.messages import Language


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("EVIDENCE_HOME", "EVIDENCE_LANG", "EVIDENCE_JOBS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def write(place: Path, text: str) -> None:
    (place / "evidence").mkdir()
    (place / "evidence" / "evidence.toml").write_text(text, "utf-8")


def test_flags_over_environment_over_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, '[evidence]\nlang = "en"\njobs = 3\nhome = "from-file"\n')
    assert config.load_settings().language is Language.EN and config.load_settings().jobs == 3
    monkeypatch.setenv("EVIDENCE_HOME", "from-environment")
    monkeypatch.setenv("EVIDENCE_JOBS", "2")
    assert config.load_settings().home == Path("from-environment") and config.load_settings().jobs == 2
    flags = config.load_settings(home=Path("from-flag"), language="vi", jobs=1)
    assert (flags.home, flags.language, flags.jobs) == (Path("from-flag"), Language.VI, 1)


def test_limits_of_the_file(place: Path) -> None:
    write(place, "[limits]\npages = 7\n")
    assert config.load_settings().limits == config.Limits(pages=7)


WRONG = ("[limits]\npags = 7\n", "[limits]\npages = -1\n", '[limits]\npages = "7"\n', "[limits\n")


@pytest.mark.parametrize("text", [*WRONG, '[evidence]\nlang = "fr"\n'])
def test_a_wrong_file_is_refused(place: Path, text: str) -> None:
    write(place, text)
    with pytest.raises(UsageError):
        config.load_settings()


@pytest.mark.parametrize("value", ["two", "0", "-1", "1.5"])
def test_wrong_jobs_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EVIDENCE_JOBS", value)
    with pytest.raises(UsageError):
        config.load_settings()
