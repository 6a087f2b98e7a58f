"""An archive opened to be searched alone: ``evidence search`` answers in half the time that opening all of it takes."""

from __future__ import annotations

from evidence.archive.search.archive_search import ArchiveSearch
from evidence.config import Settings
from evidence.store.searches.open_reader import open_search_reader


def open_search(settings: Settings) -> ArchiveSearch:
    """The search of the archive in ``settings.home``. ArchiveError: none there, or it is damaged, or newer than we."""
    return ArchiveSearch(open_search_reader(settings.home, settings.database), settings.search_engine)
