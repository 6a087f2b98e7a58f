"""nginx before the service, with the configuration of docs/service.md as it stands there: uploads pass through unkept,
events come as they happen, and the audit names who asked, believing a proxy that is named and nobody else."""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.config import Settings
from tests.support.past_the_program import copy_archive
from tests.support.service import PASSWORD, read_csrf

ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "minhchung.example.vn"
MEGABYTES = int(os.environ.get("EVIDENCE_UPLOAD_MB", "40"))  # of the upload; 199 is the most that is taken
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt-get install nginx-light)"),
]


@dataclass(frozen=True)
class Office:
    """The service and nginx before it. ``folder``: where nginx keeps what it keeps."""

    settings: Settings
    folder: Path
    port: int
    plain: int
    server: int  # the process


def documented_server(folder: Path, port: int, plain: int) -> str:
    """The server block of the document, with this machine's ports and a certificate of the test's."""
    text = (ROOT / "docs" / "service.md").read_text("utf-8")
    block = re.search(r"^nginx.*?:\n\n((?:    .*\n|\n)+)", text, re.MULTILINE)
    assert block, "no nginx in docs/service.md"
    changes = {
        "443 ssl": f"127.0.0.1:{port} ssl",
        "/etc/ssl/minhchung.pem": str(folder / "tls.pem"),
        "/etc/ssl/private/minhchung.key": str(folder / "tls.key"),
        "127.0.0.1:8615": f"127.0.0.1:{plain}",
    }
    server = block[1]
    for before, after in changes.items():
        assert before in server, before
        server = server.replace(before, after)
    return server


def write_configuration(folder: Path, port: int, plain: int) -> Path:
    make_certificate(folder)
    own = "user root;\n" if os.geteuid() == 0 else ""  # the folders of the test are its own alone
    places = "".join(
        f"  {kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"{own}daemon off;\nworker_processes 1;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\n  access_log off;\n{places}{documented_server(folder, port, plain)}}}\n"
    )
    return file


def make_certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    addresses = [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(1))
    certificate = builder.add_extension(x509.SubjectAlternativeName(addresses), False).sign(key, hashes.SHA256())
    (folder / "tls.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "tls.key").write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))


@pytest.fixture(scope="module")
def office(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("proxy")
    home = copy_archive(sample_settings.home, folder / "home")
    port, plain = free_port(), free_port()
    assert NGINX
    command = [sys.executable, "-m", "evidence", "--home", str(home), "serve", "--port", str(plain)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    nginx = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(write_configuration(folder, port, plain))])
    try:
        wait_for(plain, server)
        wait_for(port, nginx)
        yield Office(Settings(home=home), folder, port, plain, server.pid)
    finally:
        for process in (nginx, server):
            process.terminate()
        for process in (nginx, server):
            process.wait(15)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "it ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody listens")


def open_browser(office: Office, source: str) -> httpx.Client:
    """A client at that address of the loopback network, as a neighbour in the office would be at its own."""
    trusted = ssl.create_default_context(cafile=office.folder / "tls.pem")
    transport = httpx.HTTPTransport(verify=trusted, local_address=source)
    headers = {"Host": NAME, "Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
    return httpx.Client(base_url=f"https://127.0.0.1:{office.port}", transport=transport, headers=headers, timeout=60)


def sign_in(client: httpx.Client, name: str, more: dict[str, str] | None = None) -> None:
    page = client.get("/dang-nhap")
    data = {"name": name, "password": PASSWORD, "csrf": read_csrf(page.text)}
    answer = client.post("/dang-nhap", data=data, headers=more or {})
    assert answer.status_code == 303, answer.text
    assert "Secure" in answer.headers["set-cookie"], "the proxy does not say that it was reached by TLS"
    client.headers["X-CSRF-Token"] = read_csrf(client.get("/tai-khoan").text)


def last_address(office: Office) -> str:
    """From where somebody signed in last, as the audit has it."""
    with Archive.open(office.settings) as archive:
        entries = [entry for entry in archive.audit.entries(AuditQuery()) if entry.action == "signed in"]
    return entries[-1].address


def test_the_audit_names_who_asked(office: Office) -> None:
    with open_browser(office, "127.0.0.2") as client:
        sign_in(client, "hoa")
        assert last_address(office) == "127.0.0.2"
    with open_browser(office, "127.0.0.3") as client:  # who says that they are another is not believed
        sign_in(
            client, "hoa", {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=9.9.9.9"}
        )
        assert last_address(office) == "127.0.0.3"


def test_nobody_but_the_proxy_is_believed(office: Office) -> None:
    """Straight to the server, from an address that is no named proxy."""
    transport = httpx.HTTPTransport(local_address="127.0.0.4")
    with httpx.Client(base_url=f"http://127.0.0.1:{office.plain}", transport=transport) as client:
        forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        page = client.get("/dang-nhap", headers=forged)
        assert "Secure" not in page.headers["set-cookie"]
        data = {"name": "hoa", "password": PASSWORD, "csrf": read_csrf(page.text)}
        assert client.post("/dang-nhap", data=data, headers=forged).status_code == 303
    assert last_address(office) == "127.0.0.4"


def test_an_upload_passes_through(office: Office) -> None:
    """Neither nginx keeps it on its disk nor the server in its memory."""
    block = os.urandom(1_000_000)
    with open_browser(office, "127.0.0.2") as client:
        sign_in(client, "sxd")
        small = client.post("/nop/tep?ten=1.2/nho.txt", content=b"x" * 1000)
        assert small.status_code in (200, 303), small.text
        before, most, kept = memory_of(office.server), 0, 0

        def pieces() -> Iterator[bytes]:
            nonlocal most, kept
            for _ in range(MEGABYTES):
                most = max(most, memory_of(office.server))
                kept = max(kept, sum(file.stat().st_size for file in (office.folder / "client_body").rglob("*")))
                yield block

        begun = time.monotonic()
        length = {"Content-Length": f"{MEGABYTES}000000"}
        answer = client.post("/nop/tep?ten=1.2/lon.bin", content=pieces(), headers=length)
        took = time.monotonic() - begun
    assert answer.status_code in (200, 303), answer.text
    print(f"{MEGABYTES} MB in {took:.1f} s, {(most - before) / 1e6:.1f} MB more memory, {kept} bytes kept by nginx")
    assert most - before < 20_000_000 and kept == 0


def test_a_refusal_comes_through_while_a_body_is_on_its_way(office: Office) -> None:
    """The server answers before it has read the body; the person must read why, not that the gateway is bad."""
    with open_browser(office, "127.0.0.2") as client:
        sign_in(client, "sxd")
        client.headers["X-CSRF-Token"] = "0" * 64
        answer = client.post("/nop/tep?ten=1.2/lon.bin", content=b"x" * 30_000_000)
        assert answer.status_code == 403 and "Trang đã cũ" in answer.text


def memory_of(process: int) -> int:
    """Resident bytes that are the process's own."""
    status = Path(f"/proc/{process}/status").read_text()
    match = re.search(r"RssAnon:\s+(\d+) kB", status)
    assert match
    return int(match[1]) * 1024


def test_events_come_as_they_happen(office: Office) -> None:
    with open_browser(office, "127.0.0.2") as client:
        sign_in(client, "hoa")
        with client.stream("GET", "/su-kien") as stream:
            lines = stream.iter_lines()
            begun = time.monotonic()
            assert stream.status_code == 200 and next(lines) == "retry: 1000"
            assert time.monotonic() - begun < 1
            with open_browser(office, "127.0.0.3") as other:
                sign_in(other, "lanh")
                moment = time.monotonic()
                item = {"muc": "SXD/1.2/q1"}
                assert other.post("/su-kien/dang-xem", data=item).status_code < 300
            for line in lines:
                if line.startswith("data:") and "Lành" in json.dumps(line, ensure_ascii=False):
                    break
            assert time.monotonic() - moment < 3, "the proxy keeps events back"
