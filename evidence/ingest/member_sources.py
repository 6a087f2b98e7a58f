"""Files inside a file become sources of their own: hashed by the parent, moved out of the reach of their package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.reader_protocol import EmbeddedFile
from evidence.ingest.sources.identify import identify
from evidence.messages import Message
from evidence.model.document import Member, Source, member_path
from evidence.model.problem import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A file inside another one: what it is, and where its bytes lie for the time being."""

    member: Member
    source: Source
    file: Path


def adopt_members(
    package: Source, files: Iterable[EmbeddedFile], folder: Path, limits: Limits
) -> tuple[tuple[MemberFile, ...], tuple[Problem, ...]]:
    """The files that a reader took out of the package, moved into ``folder``; problems say which are empty."""
    members: list[MemberFile] = []
    problems: list[Problem] = []
    folder.mkdir(exist_ok=True)
    for count, embedded in enumerate(files):
        file = Path(embedded.file).rename(folder / f"{package.sha256[:16]}-{count}")
        try:
            identified = identify(file, limits, package.received)
        except UnreadableError as error:
            params = {**error.message.params, "path": embedded.name}
            message = Message(error.message.code, params)
            problems.append(Problem(ProblemCode(error.problem), message, member=embedded.name))
            file.unlink(missing_ok=True)
            continue
        path = member_path(package.path, embedded.name)
        source = replace(identified, path=path, member_of=package.sha256)
        members.append(MemberFile(Member(embedded.name, identified.sha256), source, file))
    return tuple(members), tuple(problems)
