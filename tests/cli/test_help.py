"""Help: every command, both languages, an example at the end, and complaints that people understand."""

from __future__ import annotations

import pytest

from evidence.cli.main import evidence as group
from evidence.cli.reference import command_paths, help_page
from evidence.messages import Language

from .conftest import Run

COMMANDS = list(command_paths(group, ()))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_speaks_both_languages(path: tuple[str, ...]) -> None:
    vietnamese, english = help_page(path, Language.VI), help_page(path, Language.EN)
    assert vietnamese.startswith("Cách dùng: evidence") and "Tùy chọn:" in vietnamese
    assert english.startswith("Usage: evidence") and "Options:" in english
    for text, heading in ((vietnamese, "Ví dụ:"), (english, "Example:")):
        assert "\n  evidence " in text[text.index(heading) :]
    assert "Show this message" not in vietnamese + english


@pytest.mark.parametrize("path", [path for path in COMMANDS if path], ids=" ".join)
def test_help_from_the_command_line(evidence: Run, path: tuple[str, ...]) -> None:
    assert evidence(*path, "--help").out.startswith("Cách dùng:")
    assert evidence(*path, "--help", "--lang", "en").out.startswith("Usage:")
    assert evidence("--lang=en", *path, "--help").code == 0


def test_language_of_the_environment(evidence: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_LANG", "en")
    assert evidence("doctor", "--help").out.startswith("Usage:")
    assert evidence("doctor", "--help", "--lang", "vi").out.startswith("Cách dùng:")


WRONG = [
    ([], "Cách dùng", None),
    (["--quiet"], "Chưa có tên lệnh", "name of the command is missing"),
    (["fetch"], "Không có lệnh “fetch”", "no command “fetch”"),
    (["read"], "thiếu TỆP", "FILE... is missing"),
    (["read", "--xml", "a"], "Không có tùy chọn --xml", "no option --xml"),
    (["check"], "thiếu --criteria", "--criteria is missing"),
    (["check", "--criteria"], "--criteria dùng chưa đúng", "--criteria is used wrongly"),
    (["check", "--criteria", "x", "--format", "pdf"], "--format không hợp lệ", "--format is not valid"),
    (["search", "a", "--limit", "0"], "--limit không hợp lệ", "--limit is not valid"),
    (["criteria", "show", "a", "b"], "chưa đúng", "not written correctly"),
    (["ingest", "x", "--received", "31/02/2018"], "“31/02/2018” không phải là ngày", "“31/02/2018” is not a day"),
    (["--lang", "fr", "doctor"], "Không có ngôn ngữ “fr”", None),
]


@pytest.mark.parametrize(("arguments", "vietnamese", "english"), WRONG)
def test_wrong_usage(evidence: Run, arguments: list[str], vietnamese: str, english: str | None) -> None:
    result = evidence(*arguments)
    assert (result.code, result.out) == (2, "")
    assert vietnamese in result.err
    if english:
        assert english in evidence("--lang", "en", *arguments).err
