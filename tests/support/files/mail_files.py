"""Mail as programs write it, made by hand: what the standard library writes is too well formed."""

from __future__ import annotations

import base64
import binascii
import struct
from itertools import pairwise

HEADS = b"From: vt@snv.example.vn\r\nTo: cchc@tinh.example.vn\r\nDate: Fri, 15 Mar 2019 08:00:00 +0700\r\n"
BOUNDARY = b"=_b"


def part(body: bytes, *heads: str) -> bytes:
    return "\r\n".join(heads).encode() + b"\r\n\r\n" + body


def attachment(data: bytes, name: str = "bc.txt", kind: str = "application/octet-stream") -> bytes:
    return part(
        base64.encodebytes(data),
        f'Content-Type: {kind}; name="{name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
    )


def multipart(*parts: bytes, kind: str = "mixed", boundary: bytes = BOUNDARY) -> bytes:
    """The head of the type, a blank line and the parts."""
    head = b"Content-Type: multipart/" + kind.encode() + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + b"".join(b"--" + boundary + b"\r\n" + each + b"\r\n" for each in parts) + b"--" + boundary + b"--\r\n"


def uuencoded(data: bytes, name: str) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """A winmail.dat of those attributes: level, name, value."""
    data = b"\x78\x9f\x3e\x22\x01\x00"
    for level, name, value in ((1, 0x9006, b"\0\0\1\0"), *attributes):
        data += struct.pack("<BHHI", level, name, 0, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return data


def mapi(*properties: tuple[int, int, bytes]) -> bytes:
    """A list of properties as TNEF holds it: type, identifier, value."""
    data = struct.pack("<I", len(properties))
    for kind, identifier, value in properties:
        data += struct.pack("<HH", kind, identifier)
        if kind in (0x1E, 0x1F, 0x102, 0x0D):
            data += struct.pack("<II", 1, len(value))
        data += value + b"\0" * (-len(value) % 4)
    return data


def ole(tree: dict[str, object]) -> bytes:
    """An OLE file of version 3 with those streams (bytes) and storages (dicts), all in sectors of 512 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, -1, tree, b""]]

    def add(children: dict[str, object]) -> list[int]:
        numbers = []
        for name, value in children.items():
            entries.append([name, 1 if isinstance(value, dict) else 2, -1, value, b""])
            numbers.append(len(entries) - 1)
        return numbers

    links: list[list[int]] = [[-1, -1, -1]]
    at = 0
    while at < len(entries):
        children = entries[at][3]
        if isinstance(children, dict):
            numbers = add(children)
            links += [[-1, -1, -1] for _ in numbers]
            links[at][2] = numbers[0] if numbers else -1
            for left, right in pairwise(numbers):
                links[left][1] = right
        at += 1
    streams = [bytes(value) if isinstance(value, bytes) else b"" for _, _, _, value, _ in entries]
    streams = [data if not data or len(data) >= 4096 else data.ljust(4096, b"\0") for data in streams]
    sizes = [-(-len(data) // 512) for data in streams]
    directory = -(-len(entries) // 4)
    total = sum(sizes) + directory
    fats = 1
    while fats * 128 < total + fats:
        fats += 1
    fat: list[int] = [0xFFFFFFFD] * fats
    fat += [*range(fats + 1, fats + directory), 0xFFFFFFFE]
    starts = []
    for size in sizes:
        starts.append(len(fat) if size else 0xFFFFFFFE)
        fat += [*range(len(fat) + 1, len(fat) + size), 0xFFFFFFFE] if size else []
    fat += [0xFFFFFFFF] * (fats * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += b"".join(struct.pack("<I", number) for number in range(fats)) + b"\xff" * (4 * (109 - fats))
    records = b""
    for number, (name, kind, _, value, _) in enumerate(entries):
        raw = str(name).encode("utf-16-le") + b"\0\0"
        ids = [each & 0xFFFFFFFF for each in links[number]]
        size = len(value) if isinstance(value, bytes) else 0
        size = max(size, 4096) if size else 0
        clsid = bytes.fromhex("0b0d020000000000c000000000000046") if kind == 5 else bytes(16)
        records += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), int(str(kind)), 1, *ids) + clsid
        records += bytes(20) + struct.pack("<IQ", starts[number], size)
    records = records.ljust(directory * 512, b"\0")
    table = b"".join(struct.pack("<I", number) for number in fat)
    return head + table + records + b"".join(data.ljust(-(-len(data) // 512) * 512, b"\0") for data in streams)


def fixed(*values: tuple[int, int, bytes], skipped: int) -> bytes:
    """The stream of properties with values of their own."""
    return bytes(skipped) + b"".join(
        struct.pack("<HHI", kind, identifier, 6) + value.ljust(8, b"\0") for kind, identifier, value in values
    )
