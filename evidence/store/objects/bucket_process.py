"""The process that speaks with the object store: its client holds threads, and whoever reads files must fork without.

One request a line on its input, one answer a line on its output (JSON). It ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

BLOCK = 1 << 20
ONE_PUT = 32_000_000  # bytes that are put in one request, which the store refuses where the object exists
ANSWER_SECONDS = 60
CONNECT_SECONDS = 3
RETRIES = 4
RETRY_SECONDS = 30

Answer = dict[str, object]


def open_object_store(url: str) -> ObjectStore:
    """The store at that address: ``s3://bucket/prefix`` (endpoint, region and keys by the variables ``AWS_…``), or
    ``file:///folder``, which must exist."""
    if url.startswith("file:"):
        return from_url(url)
    return from_url(
        url,
        client_options={
            "timeout": f"{ANSWER_SECONDS}s",
            "connect_timeout": f"{CONNECT_SECONDS}s",
            "allow_http": os.environ.get("AWS_ENDPOINT", "").startswith("http://"),
        },
        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
    )


def _put(store: ObjectStore, name: str, file: str) -> Answer:
    """Puts it where no object of that name is. A name is the hash of the content, so that what is there is the same; a
    large file, which goes in parts, may be put twice by two who begin at once: the same bytes again."""
    path = Path(file)
    if path.stat().st_size > ONE_PUT:
        if not _holds(store, name)["here"]:
            obstore.put(store, name, path)
            _make_durable(store, name)
        return {}
    try:
        obstore.put(store, name, path, mode="create", use_multipart=False)
    except AlreadyExistsError:
        return {}
    _make_durable(store, name)
    return {}


def _make_durable(store: ObjectStore, name: str) -> None:
    """A folder is written to the disk; an object store answers when it has done so itself."""
    if isinstance(store, LocalStore) and store.prefix is not None:
        place = Path(store.prefix) / name
        for each in (place, place.parent, place.parent.parent):
            handle = os.open(each, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


def _holds(store: ObjectStore, name: str) -> Answer:
    try:
        obstore.head(store, name)
    except FileNotFoundError:
        return {"here": False}
    return {"here": True}


def _fetch(store: ObjectStore, name: str, file: str) -> Answer:
    try:
        found = obstore.get(store, name)
    except FileNotFoundError:
        return {"here": False}
    with Path(file).open("wb") as target:
        for block in found.stream(min_chunk_size=BLOCK):
            target.write(block)
    return {"here": True}


def _list(store: ObjectStore, folder: str) -> Answer:
    """Every object below that folder ("": all): its name, and when it was put (seconds since 1970)."""
    entries = (meta for batch in obstore.list(store, prefix=folder or None) for meta in batch)
    return {"objects": [[meta["path"], meta["last_modified"].timestamp()] for meta in entries]}


def _remove(store: ObjectStore, name: str) -> Answer:
    obstore.delete(store, name)
    return {}


REQUESTS: Mapping[str, Callable[..., Answer]] = {
    "put": _put,
    "holds": _holds,
    "fetch": _fetch,
    "list": _list,
    "remove": _remove,
}


def main() -> None:
    """Answers until nobody asks any more."""
    store = open_object_store(sys.argv[1])
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        request, *arguments = json.loads(line)
        try:
            answer = REQUESTS[request](store, *arguments)
        except Exception as error:  # whatever its client, the network or the disk says: told to who asked
            answer = {"fault": f"{type(error).__name__}: {str(error).splitlines()[0][:300]}"}
        out.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
