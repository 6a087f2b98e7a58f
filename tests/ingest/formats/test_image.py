from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.formats import image
from evidence.ingest.imaging.raw_image import load_image
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from tests.support import papers


def read(file: Path, limits: Limits | None = None) -> ReadResult:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return image.read(ReadRequest(file, scratch, limits or Limits()))


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
@pytest.mark.parametrize("has_dpi", [True, False])
def test_pages_are_about_a4(tmp_path: Path, suffix: str, has_dpi: bool) -> None:
    file = tmp_path / f"p.{suffix}"
    papers.picture(200).save(file, **({"dpi": (200, 200)} if has_dpi else {}))
    (scan,) = read(file).page_images
    assert scan.width == pytest.approx(595, abs=2)
    assert scan.height == pytest.approx(842, abs=2)
    assert load_image(Path(scan.file)).shape[1] * scan.scale == pytest.approx(scan.width)


def test_many_frames_and_their_limit(tmp_path: Path) -> None:
    frames = [Image.new("1", (200, 300), 1) for _ in range(5)]
    frames[0].save(tmp_path / "f.tif", save_all=True, append_images=frames[1:])
    assert [scan.number for scan in read(tmp_path / "f.tif").page_images] == [1, 2, 3, 4, 5]
    capped = read(tmp_path / "f.tif", replace(Limits(), frames=2))
    assert (len(capped.page_images), capped.total) == (2, 5)


def test_a_photo_is_set_upright_by_its_camera_s_word(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to see it upright
    Image.new("RGB", (400, 300), "white").save(tmp_path / "e.jpg", exif=exif)
    (scan,) = read(tmp_path / "e.jpg").page_images
    assert scan.height > scan.width


def test_transparent_means_white(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(tmp_path / "t.png")
    (scan,) = read(tmp_path / "t.png").page_images
    assert load_image(Path(scan.file)).min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16"])
def test_any_mode_of_colour(tmp_path: Path, mode: str) -> None:
    Image.new(mode, (300, 400)).save(tmp_path / "m.tif")
    assert len(read(tmp_path / "m.tif").page_images) == 1


def test_large_scans_are_scaled_to_what_helps(tmp_path: Path) -> None:
    Image.new("1", (4960, 7016), 1).save(tmp_path / "l.png", dpi=(600, 600))
    (scan,) = read(tmp_path / "l.png").page_images
    assert load_image(Path(scan.file)).shape[1] == pytest.approx(2480, abs=2)


@pytest.mark.slow
def test_monstrous_pictures_are_refused_with_the_limit(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000), 1).save(tmp_path / "big.png")
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "big.png")
    assert caught.value.problem == "too-large"
    assert "20000 × 20000" in caught.value.say("vi")


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 no jpeg", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_damaged_pictures_say_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.jpg").write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "bad.jpg")
    assert caught.value.problem == "damaged"


def test_a_jpeg_cut_short(tmp_path: Path) -> None:
    papers.picture().save(tmp_path / "c.jpg")
    data = (tmp_path / "c.jpg").read_bytes()
    (tmp_path / "c.jpg").write_bytes(data[: len(data) // 2])
    with pytest.raises(UnreadableError):
        read(tmp_path / "c.jpg")


def test_a_photo_whose_coded_picture_is_larger_than_it_says_is_damaged(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    file = tmp_path / "a.heic"
    pillow_heif.from_pillow(Image.effect_noise((640, 480), 50).convert("RGB")).save(file)
    data = file.read_bytes()
    start = data.index(b"ispe") + 8  # version and flags, then width and height
    file.write_bytes(data[:start] + struct.pack(">II", 320, 200) + data[start + 8 :])
    with pytest.raises(UnreadableError) as raised:
        image.read_heic(ReadRequest(file, tmp_path, Limits()))
    assert raised.value.problem == "damaged"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Security limit exceeded: Image size 60000x40000 exceeds the maximum image size 1073741824", "too-large"),
        ("Security limit exceeded: Image size 640x900 exceeds the maximum image size 382976", "damaged"),
        ("Memory allocation error: Allocating 4000000000 bytes", "damaged"),
    ],
)
def test_what_libheif_refuses_is_too_large_or_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, problem: str
) -> None:
    def refuse(request: ReadRequest) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr(image, "read", refuse)
    with pytest.raises(UnreadableError) as raised:
        image.read_heic(ReadRequest(tmp_path / "a.heic", tmp_path, Limits()))
    assert raised.value.problem == problem
