"""The tables of a workbook or of another file whose pages are all read at once, and nothing else of it.

Beside ``read_files``: no record is made and no line comes back, which for a survey of 1,600 forms is most of the time.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest import media_types, problems
from evidence.ingest.formats import registry
from evidence.ingest.reader_protocol import ReadRequest
from evidence.ingest.sources.identify import open_file
from evidence.model.document import Source, Table
from evidence.pipeline import child_tasks
from evidence.pipeline.requests import FileRequest
from evidence.pipeline.scratch import scratch_folder
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Failure, Task
from evidence.store.originals import copy_checked

SHEETS = frozenset({*media_types.WORKBOOKS, media_types.XLSB, media_types.ODS, media_types.XLS, media_types.EXCEL_2003})


def is_sheet(source: Source) -> bool:
    """Whether the file is a workbook, whose tables can be had alone."""
    return source.media_type in SHEETS


def read_sheet_tables(request: FileRequest, settings: Settings) -> tuple[Table, ...]:
    """The tables of all visible sheets, each named by its sheet. UnreadableError where the file cannot be read."""
    source = request.source
    refused = problems.of_type(source, tables=True)
    if refused:
        raise UnreadableError(refused.code.value, refused.message.code, **refused.message.params)
    with scratch_folder() as scratch, Pool(1, settings.limits) as pool:
        folder, copy = scratch / "0", scratch / "copy-0"
        folder.mkdir()
        with open_file(request.file) as given, copy.open("xb") as target:
            copy_checked(given, target, source.sha256, source.path)
        run = partial(
            child_tasks.read_tables, source,
            ReadRequest(copy, folder, settings.limits, 0, True, name=PurePath(source.path).name),
        )  # fmt: skip
        permissions = Permissions((copy,), (folder,), registry.PROGRAMS.get(source.media_type, ()))
        pool.start(Task(0, run, settings.limits.document_seconds, permissions))
        reply = child_tasks.decode_reply(pool.wait()[0], tuple[Table, ...])
    if isinstance(reply, Failure):
        problem = problems.of_file(reply, settings.limits)
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    return reply
