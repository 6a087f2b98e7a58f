"""``evidence search save NAME QUERY`` and ``search saved [NAME]``: queries that people keep under a name."""

from __future__ import annotations

import json

from evidence.archive.search.documents import DocumentArchive
from evidence.cli.context import CliContext, login_name
from evidence.cli.output import emit, printable
from evidence.errors import UsageError

SAVE = "save"


def read_query(context: CliContext, words: tuple[str, ...], by: str | None, as_json: bool) -> str | None:
    """The query to ask, as it was saved; None where there is nothing to ask: it was saved now, or listed. ``words``
    begin with "save" or "saved". UsageError: none is saved under that name."""
    with DocumentArchive.open(context.settings()) as archive:
        return _obey(archive, words, by, context, as_json)


def _obey(
    archive: DocumentArchive, words: tuple[str, ...], by: str | None, context: CliContext, as_json: bool
) -> str | None:
    if words[:1] == (SAVE,) and len(words) <= 2:
        raise UsageError("cli-search-save-what")
    if words[:1] == (SAVE,):
        name, query = words[1], " ".join(words[2:])
        archive.saved_searches.save(name, query, by or login_name())
        context.tell("cli-search-saved", name=printable(name), query=printable(query))
        return None
    if len(words) == 2:
        return _find_saved(archive, words[1])
    _list_saved(archive, context, as_json)
    return None


def _find_saved(archive: DocumentArchive, name: str) -> str:
    saved = {each.name: each.query for each in archive.saved_searches.list_saved()}
    if name not in saved:
        raise UsageError("cli-search-not-saved", name=printable(name), known=printable(", ".join(saved)) or "-")
    return saved[name]


def _list_saved(archive: DocumentArchive, context: CliContext, as_json: bool) -> None:
    """Each with its query, who saved it and when."""
    saved = archive.saved_searches.list_saved()
    for each in saved:
        if as_json:
            tree = {"name": each.name, "query": each.query, "by": each.author, "at": each.at}
            emit(json.dumps(tree, ensure_ascii=False))
        else:
            day = each.at[:16].replace("T", " ")
            emit(f"{printable(each.name)}: {printable(each.query)}  ({printable(each.author)}, {day})")
    if not saved:
        context.tell("cli-search-none-saved")
