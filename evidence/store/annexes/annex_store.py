"""The annexes of one store: kept once, under the name of the set that was read from them."""

from __future__ import annotations

from sqlalchemy import select

from evidence.model.review import AnnexMap, AnnexPaper
from evidence.store.annexes.tables import AnnexFileRow
from evidence.store.packed_nouns import pack_noun, unpack_noun
from evidence.store.store import Store


class AnnexStore:
    """The annexes of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, name: str, paper: AnnexPaper) -> bool:
        """Keeps the file of that set; False where it is there. ArchiveError: a read-only archive."""
        with self._store.database.writing() as session:
            if session.scalar(select(AnnexFileRow.name).where(AnnexFileRow.name == name)) is not None:
                return False
            row = AnnexFileRow(name=name, media_type=paper.media_type, data=paper.data, map=pack_noun(paper.map))
            session.add(row)
        return True

    def get_map(self, name: str) -> AnnexMap | None:
        """Its pages and places, without the file. ArchiveError: they are damaged."""
        with self._store.database.reading() as session:
            packed = session.scalar(select(AnnexFileRow.map).where(AnnexFileRow.name == name))
        return unpack_noun(packed, AnnexMap, self._store.folder) if packed is not None else None

    def get(self, name: str) -> AnnexPaper | None:
        """The whole of it. ArchiveError: it is damaged."""
        with self._store.database.reading() as session:
            row = session.get(AnnexFileRow, name)
            if row is None:
                return None
            return AnnexPaper(row.media_type, row.data, unpack_noun(row.map, AnnexMap, self._store.folder))
