"""What a worker's processes hold while it reads many small files of all kinds: ``python -m tests.cluster.memory``.

Flat is what grows by no more than ``MOST_GROWTH`` behind the first files, which load what every reading needs. Each
receipt is another unit's: what finds a unit's findings holds that unit's papers, and grows with the largest unit.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.archive.facade import Archive
from evidence.model.job import JobKind, JobState
from tests.archive.stored_findings.test_refresh import SET
from tests.cluster.site import hand_in, list_processes, run_site, wait_until
from tests.support import papers
from tests.support.files import mail_files, office_files
from tests.support.format_reading import pack

LOT = 100  # files of a receipt
WARM = 200  # files until everything is loaded
EVERY = 50  # files between two looks
MOST_GROWTH = 8.0  # MB
LONGEST = 7200.0
KIB = 1024

Held = dict[str, float]
"""MB by process."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    arguments = parser.parse_args()
    lots = [range(first, min(first + LOT, arguments.files)) for first in range(0, arguments.files, LOT)]
    criteria = _add_units(SET, len(lots))
    with run_site(2, criteria) as site, TemporaryDirectory() as folder, Archive.open(site.settings(1)) as archive:
        for at, lot in enumerate(lots):
            hand_in(archive, [write_file(Path(folder), number) for number in lot], f"U{at}")
        worker = site.start_worker(0, "--jobs", "1")
        looks = _watch(archive, worker.pid, arguments.files)
        failed = archive.jobs.list_jobs(frozenset({JobState.FAILED}), 10)
    warm = min(WARM, arguments.files // 2)
    growth = {name: looks[max(looks)][name] - held for name, held in looks[_first_behind(looks, warm)].items()}
    print("growth behind the first files, MB: " + _show(growth))
    print("\n".join(f"failed: {job.message}" for job in failed))
    sys.exit(bool(failed) or max(growth.values()) > MOST_GROWTH)


def _add_units(criteria: str, count: int) -> str:
    """That text of a set with so many more units, ``U0`` and on."""
    units = "".join(f"  - {{{{code: U{at}, name: Phòng số {at}, issuer: Phòng số {at}}}}}\n" for at in range(count))
    return criteria.replace("criteria:\n", units + "criteria:\n", 1)


def _watch(archive: Archive, worker: int, files: int) -> dict[int, Held]:
    """What each process held, by the number of files read until then: the most of all looks since the one before."""
    looks: dict[int, Held] = {}
    most: Held = {}
    for _ in wait_until(LONGEST):
        for name, held in list_held(worker).items():
            most[name] = max(held, most.get(name, 0.0))
        done = files - archive.jobs.count_waiting((JobKind.READ_UPLOAD,))
        if done >= max(looks, default=0) + EVERY or done == files:
            looks[done], most = most, {}
            print(f"{done} files: {_show(looks[done])}", flush=True)
        if done == files:
            return looks
    raise TimeoutError("the files were not read")


def list_held(worker: int) -> Held:
    """MB that each lasting process of a worker holds (RSS); not its children that read one file and end."""
    held: Held = {}
    names: dict[int, str] = {}
    for process in list_processes(worker):
        with contextlib.suppress(OSError, StopIteration):  # it ended
            names[process] = _name(process)
            status = Path(f"/proc/{process}/status").read_text().splitlines()
            size = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
            parent = next(int(line.split()[1]) for line in status if line.startswith("PPid"))
            name = names[process]
            if name == names.get(parent):
                continue  # a fork of it
            if name == "bucket":
                name = f"bucket of {names.get(parent, '?')}"
            held[name] = max(held.get(name, 0.0), size / KIB)
    return held


def _name(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    if "evidence.store.objects.bucket_process" in words:
        return "bucket"
    if "--role" not in words:
        return "worker"
    return words[words.index("--role") + 1] + (" child" if "--child" in words else "")


def write_file(folder: Path, number: int) -> Path:
    """A small file of its own content; every hundredth an image, which needs OCR."""
    lines = [
        "SỞ NỘI VỤ", f"Số: {number}/BC-SNV", "Lạng Sơn, ngày 15 tháng 3 năm 2026", "BÁO CÁO",
        f"Kết quả công tác số {number} theo Quyết định số {number + 7}/QĐ-UBND",
    ]  # fmt: skip
    if number % 100 == 99:
        return _write_image(folder / f"{number}.png", lines)
    write = (_write_pdf, _write_word, _write_sheet, _write_mail, _write_zip)[number % 5]
    return write(folder / str(number), lines)


def _write_pdf(file: Path, lines: list[str]) -> Path:
    page = papers.canvas(file.with_suffix(".pdf"))
    papers.body(page, lines)
    page.showPage()
    page.save()
    return file.with_suffix(".pdf")


def _write_word(file: Path, lines: list[str]) -> Path:
    return office_files.word(file.with_suffix(".docx"), "".join(office_files.paragraph(line) for line in lines))


def _write_sheet(file: Path, lines: list[str]) -> Path:
    cells = (f'<c r="A{at}" t="inlineStr"><is><t>{line}</t></is></c>' for at, line in enumerate(lines, start=1))
    rows = "".join(f'<row r="{at}">{cell}</row>' for at, cell in enumerate(cells, start=1))
    return pack(file.with_suffix(".xlsx"), office_files.sheet_parts(rows))


def _write_mail(file: Path, lines: list[str]) -> Path:
    text = mail_files.part("\r\n".join(lines).encode(), "Content-Type: text/plain; charset=utf-8")
    attached = mail_files.attachment("\n".join([*lines, "kèm theo"]).encode())
    file.with_suffix(".eml").write_bytes(mail_files.HEADS + mail_files.multipart(text, attached))
    return file.with_suffix(".eml")


def _write_zip(file: Path, lines: list[str]) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in ("bc 1.txt", "bc 2.txt"):
            package.writestr(name, "\n".join([*lines, name]))
    file.with_suffix(".zip").write_bytes(packed.getvalue())
    return file.with_suffix(".zip")


def _write_image(file: Path, lines: list[str]) -> Path:
    """The same letter, with a black dot that makes it another picture."""
    picture = papers.picture(dpi=100)
    picture.putpixel((int(file.stem) % picture.width, 5), 0)
    picture.save(file)
    return file


def _first_behind(looks: dict[int, Held], files: int) -> int:
    return next(done for done in sorted(looks) if done >= files)


def _show(held: Held) -> str:
    return ", ".join(f"{name} {size:.0f}" for name, size in sorted(held.items()))


if __name__ == "__main__":
    main()
