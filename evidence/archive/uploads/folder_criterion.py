"""For which criterion a file is handed in, by the folders it lies in: ``SXD/1.2 - Báo cáo/BC quý I.pdf``."""

from __future__ import annotations

from collections.abc import Collection

from evidence.ingest.sources.walk import TITLE


def find_folder_criterion(name: str, codes: Collection[str]) -> str | None:
    """The criterion that the deepest folder of that path names, whether the unit's own folder stands above it or not;
    None where no folder names one of ``codes``.

    >>> find_folder_criterion("SXD/1.2 - Báo cáo CCHC/quý I/BC.pdf", ["1.1", "1.2"])
    '1.2'
    >>> find_folder_criterion("1.1/KH.pdf", ["1.1"]), find_folder_criterion("1.1.pdf", ["1.1"])
    ('1.1', None)
    """
    folders = name.split("/")[:-1]
    named = (TITLE.split(folder)[0].strip().rstrip(".") for folder in reversed(folders))
    return next((code for code in named if code in codes), None)
