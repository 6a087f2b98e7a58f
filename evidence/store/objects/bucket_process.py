"""The process that speaks with the object store: its client holds threads, and whoever reads files must fork without.

One request a line on its input, one answer a line on its output (JSON). It ends when its input does.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

from evidence.store.objects.faults import BucketFault

BLOCK = 1 << 20
ONE_PUT = 32_000_000  # bytes that are put in one request, which the store refuses where the object exists
SMALL = 2_000_000  # bytes that go over any network within the time of a small request
ANSWER_SECONDS = 10  # for a request without content: people wait for it
CONTENT_SECONDS = 60  # for one with, of ``ONE_PUT`` bytes at most
CONNECT_SECONDS = 3
RETRIES = 4
RETRY_SECONDS = 10  # what was not answered in time is not asked again: who asked decides
ENDPOINTS = ("AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
KINDS = {
    "NoSuchBucket": BucketFault.MISSING,
    "RequestTimeTooSkewed": BucketFault.CLOCK,
    "RequestExpired": BucketFault.CLOCK,
}  # by the code in an answer: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
STATUSES = {"401": BucketFault.REFUSED, "403": BucketFault.REFUSED, "404": BucketFault.MISSING}
_STATUS = re.compile(r"status code: (\d{3})")
_CODE = re.compile(r"<Code>(\w+)</Code>")

Answer = dict[str, object]


class EndpointError(Exception):
    """The variable that names the store's address holds none."""


class PutIfAbsentError(Exception):
    """The store writes over what is there, though it was asked not to."""


class ObjectStores:
    """The store at one address, by two clients: one for what is answered soon or not at all, and one for content."""

    def __init__(self, url: str) -> None:
        self.quick = open_object_store(url, ANSWER_SECONDS)
        self.content = open_object_store(url, CONTENT_SECONDS)

    def for_bytes(self, size: int) -> ObjectStore:
        """The client for a request that holds so many bytes."""
        return self.quick if size <= SMALL else self.content


def open_object_store(url: str, seconds: int = CONTENT_SECONDS) -> ObjectStore:
    """The store at that address: ``s3://bucket/prefix`` (endpoint, region and keys by the variables ``AWS_…``), or
    ``file:///folder``, which must exist. ``seconds``: what a request may take. EndpointError: the endpoint is none."""
    if url.startswith("file:"):
        return from_url(url)
    check_endpoints()
    return from_url(
        url,
        client_options={
            "timeout": f"{seconds}s",
            "connect_timeout": f"{CONNECT_SECONDS}s",
            "allow_http": any(os.environ.get(name, "").startswith("http://") for name in ENDPOINTS),
        },
        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
    )


def check_endpoints() -> None:
    """EndpointError: a variable is there and holds no address with http:// or https:// in front."""
    for name in ENDPOINTS:
        value = os.environ.get(name)
        if value is not None and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise EndpointError(f"{name}={value}")


def _put(stores: ObjectStores, name: str, file: str) -> Answer:
    """Puts it where no object of that name is. A name is the hash of the content, so that what is there is the same; a
    large file, which goes in parts, may be put twice by two who begin at once: the same bytes again."""
    path = Path(file)
    size = path.stat().st_size
    store = stores.for_bytes(size)
    if size > ONE_PUT:
        if not _holds(stores, name)["here"]:
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


def _holds(stores: ObjectStores, name: str) -> Answer:
    try:
        obstore.head(stores.quick, name)
    except FileNotFoundError:
        return {"here": False}
    return {"here": True}


def _fetch(stores: ObjectStores, name: str, file: str) -> Answer:
    try:
        found = obstore.get(stores.content, name)
    except FileNotFoundError:
        return {"here": False}
    with Path(file).open("wb") as target:
        for block in found.stream(min_chunk_size=BLOCK):
            target.write(block)
    return {"here": True}


def _list(stores: ObjectStores, folder: str) -> Answer:
    """Every object below that folder ("": all): its name, and when it was put (seconds since 1970)."""
    entries = (meta for batch in obstore.list(stores.quick, prefix=folder or None) for meta in batch)
    return {"objects": [[meta["path"], meta["last_modified"].timestamp()] for meta in entries]}


def _remove(stores: ObjectStores, name: str) -> Answer:
    obstore.delete(stores.quick, name)
    return {}


def _claim(stores: ObjectStores, name: str, owner: str) -> Answer:
    """Writes who the objects at this address belong to where nobody has yet; who that is."""
    try:
        obstore.put(stores.quick, name, owner.encode(), mode="create", use_multipart=False)
    except AlreadyExistsError:
        return {"owner": bytes(obstore.get(stores.quick, name).bytes()).decode("utf-8", "replace")}
    return {"owner": owner}


def _replace(stores: ObjectStores, name: str, owner: str) -> Answer:
    """The same where somebody else has; for who may."""
    obstore.put(stores.quick, name, owner.encode(), use_multipart=False)
    return {}


def _try_rights(stores: ObjectStores, name: str) -> Answer:
    """Writes, reads, lists and removes an object of that name: a key that may not do all of it fails later, in the
    middle of the work. PutIfAbsentError: what is there was written over."""
    store = stores.quick
    obstore.put(store, name, b"1", mode="create", use_multipart=False)
    try:
        try:
            obstore.put(store, name, b"2", mode="create", use_multipart=False)
        except AlreadyExistsError:
            pass
        else:
            raise PutIfAbsentError
        obstore.get(store, name).bytes()
        next(iter(obstore.list(store)), None)
    finally:
        obstore.delete(store, name)
    return {}


def describe_fault(error: BaseException) -> Answer:
    """What kind of failure that is, and in few words what the store said; never what keys were given."""
    if isinstance(error, EndpointError):
        return {"fault": BucketFault.ENDPOINT, "detail": str(error)}
    if isinstance(error, PutIfAbsentError):
        return {"fault": BucketFault.OVERWRITES, "detail": "put-if-absent"}
    text = str(error) or type(error).__name__
    status, code = _STATUS.search(text), _CODE.search(text)
    detail = " ".join(match[1] for match in (status, code) if match) or text.splitlines()[0][:300]
    kind = KINDS.get(code[1]) if code else None
    kind = kind or (STATUSES.get(status[1]) if status else None)
    if isinstance(error, PermissionError):
        kind = kind or BucketFault.REFUSED
    return {"fault": kind or BucketFault.AWAY, "detail": detail}


REQUESTS: Mapping[str, Callable[..., Answer]] = {
    "put": _put,
    "holds": _holds,
    "fetch": _fetch,
    "list": _list,
    "remove": _remove,
    "claim": _claim,
    "replace": _replace,
    "try-rights": _try_rights,
}


def main() -> None:
    """Answers until nobody asks any more."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    stores: ObjectStores | None = None
    for line in sys.stdin:
        request, *arguments = json.loads(line)
        try:
            stores = stores or ObjectStores(sys.argv[1])
            answer = REQUESTS[request](stores, *arguments)
        except BaseException as error:  # whatever its client, the network or the disk says: told to who asked
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            answer = describe_fault(error)
        try:
            out.write(json.dumps(answer) + "\n")
        except BrokenPipeError:  # who asked was killed: no fault of this process, and none for the log
            os._exit(0)


if __name__ == "__main__":
    main()
