"""Photographs of every kind that a folder may hold: read as they are seen, or named in a line that skip.txt takes."""

import random
import struct
import warnings
from pathlib import Path

import numpy as np
import pytest
from bad_photographs import BAD, SIDE, of_format, png_part
from photographs import FIRST, photographs
from PIL import Image

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from registry import DATASETS, DataError
from registry.datasets._photographs import read_photograph, skip_line, skipped
from registry.errors import UnusableFiles

HALVES = np.repeat(np.repeat(np.array([[0, 255]], np.uint8), SIDE, axis=0), SIDE // 2, axis=1)  # dark left, light right


def read(image: Image.Image, path: Path, **words: object) -> np.ndarray:
    image.save(path, **words)  # type: ignore[arg-type]
    return read_photograph(path, SIDE)[0]


def exif(*tags: tuple[int, int, int, bytes]) -> bytes:
    """A block of EXIF with these tags, whatever they hold."""
    block = struct.pack(">H", len(tags)) + b"".join(struct.pack(">HHI", *tag[:3]) + tag[3] for tag in tags) + b"\0" * 4
    return b"Exif\0\0MM\0*" + struct.pack(">I", 8) + block


TURNED_BY_CAMERA = (0x0112, 3, 1, b"\0\x06\0\0")  # a quarter to the right


ODD_EXIF = {
    "a resolution unit of another type": exif(TURNED_BY_CAMERA, (0x0128, 1, 1, b"\2\0\0\0")),
    "a rational of nothing": exif(TURNED_BY_CAMERA, (0x011A, 5, 1, b"\xff\xff\xff\xff")),
    "a type that is none": exif(TURNED_BY_CAMERA, (0x0128, 99, 1, b"\2\0\0\0")),
    "a part that is elsewhere": exif(TURNED_BY_CAMERA, (0x8769, 4, 1, b"\xff\xff\xff\0")),
}


@pytest.mark.parametrize("name", ODD_EXIF)
def test_odd_metadata_keep_no_photograph_from_being_read(name: str, tmp_path: Path) -> None:
    found = read(Image.fromarray(HALVES).convert("RGB"), tmp_path / "x.jpg", exif=ODD_EXIF[name])
    assert found[:, :24].max() < 10 < 245 < found[:, 40:].min()  # turned: dark above, light below


@pytest.mark.parametrize("block", [b"Exif\0\0", b"Exif\0\0II", b"text", exif((0x0112, 2, 4, b"abc\0"))])
def test_an_orientation_that_is_none_is_none(block: bytes, tmp_path: Path) -> None:
    found = read(Image.fromarray(HALVES).convert("RGB"), tmp_path / "x.jpg", exif=block)
    assert found[:, :, :24].max() < 10 < 245 < found[:, :, 40:].min()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(orientation: int, tmp_path: Path) -> None:
    """As by Pillow's own function, which fails at odd metadata."""
    from PIL import ImageOps

    pixels = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    tags = Image.Exif()
    tags[0x0112] = orientation
    found = read(Image.fromarray(pixels), tmp_path / "x.png", exif=tags)
    with Image.open(tmp_path / "x.png") as opened:
        assert np.array_equal(found, np.asarray(ImageOps.exif_transpose(opened)).transpose(2, 0, 1))


def test_sixteen_bit_grey_keeps_its_greys(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, SIDE).astype(np.uint16), (SIDE, 1))
    found = read(Image.fromarray(ramp), tmp_path / "x.png")
    assert np.abs(found.astype(int) - np.linspace(0, 255, SIDE).round().astype(int)).max() <= 1
    assert len(np.unique(found)) == SIDE


CLEAR = np.zeros((SIDE, SIDE, 4), np.uint8)


CLEAR[20:40, 20:40] = (10, 10, 10, 255)


def two_colours() -> Image.Image:
    """Colour 0 of a palette everywhere but in a square."""
    image = Image.fromarray((CLEAR[:, :, 3] > 0).astype(np.uint8)).convert("P")
    image.putpalette([200, 0, 0, 10, 10, 10])
    return image


@pytest.mark.parametrize(
    ("image", "name", "words"),
    [
        (Image.fromarray(CLEAR), "x.png", {}),
        (Image.fromarray(CLEAR), "x.webp", {"lossless": True}),
        (Image.fromarray(CLEAR).convert("LA"), "x.png", {}),
        (two_colours(), "x.png", {"transparency": 0}),
        (two_colours(), "x.png", {"transparency": b"\0\xff"}),
        (Image.fromarray(CLEAR[:, :, 0]), "x.png", {"transparency": 0}),
        (Image.fromarray(CLEAR[:, :, :3]), "x.png", {"transparency": (0, 0, 0)}),
        (Image.fromarray(CLEAR[:, :, 0].astype(np.uint16) * 257), "x.png", {"transparency": 0}),
    ],
)
def test_what_is_transparent_is_laid_on_white(
    image: Image.Image, name: str, words: dict[str, object], tmp_path: Path
) -> None:
    found = read(image, tmp_path / name, **words)
    assert (found[:, :19] == 255).all()
    assert (found[:, 21:39, 21:39] == 10).all()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_what_is_opaque_is_what_it_was(mode: str, tmp_path: Path) -> None:
    found = read(Image.fromarray(HALVES).convert(mode), tmp_path / "x.png")
    assert np.array_equal(found, np.repeat(HALVES[None], 3, axis=0))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named_and_skip_txt_takes_it(name: str, tmp_path: Path) -> None:
    make, why = BAD[name]
    root = photographs(tmp_path / "nico-plus-plus", count=1)
    made = make(root / FIRST)
    with_it = fingerprint(DATASETS["nico-plus-plus"], tmp_path)
    with pytest.raises(UnusableFiles) as error:
        load("nico-plus-plus", tmp_path)
    cure, *lines = error.value.lines
    assert cure == f"to leave out what cannot be used, add to {root / 'skip.txt'}:"
    assert [line.partition("  # ")[2] for line in lines] == [why]
    assert all(line.isprintable() for line in lines)
    (root / "skip.txt").write_text("\n".join(lines), encoding="utf-8")
    assert len(load("nico-plus-plus", tmp_path).train) > 0
    assert fingerprint(DATASETS["nico-plus-plus"], tmp_path) != with_it
    made.rmdir() if made.is_dir() and not made.is_symlink() else made.unlink()


def test_a_link_to_a_photograph_is_that_photograph(tmp_path: Path) -> None:
    """Large files often lie elsewhere; what is read is hashed, wherever it lies."""
    root = photographs(tmp_path / "nico-plus-plus", count=1)
    of_format("PNG", "elsewhere.png")(tmp_path)
    (root / FIRST / "linked.jpg").symlink_to(tmp_path / "elsewhere.png")
    before = fingerprint(DATASETS["nico-plus-plus"], tmp_path)
    data = load("nico-plus-plus", tmp_path)
    assert len(data.train) + len(data.held_out) == 37
    of_format("JPEG", "elsewhere.png")(tmp_path)
    assert fingerprint(DATASETS["nico-plus-plus"], tmp_path) != before


def test_no_program_is_started_for_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr("subprocess.Popen", lambda *words, **_: started.append(words))
    monkeypatch.setattr("os.system", started.append)
    for name in ("EPS", "PDF", "TIFF"):
        with pytest.raises(ValueError, match=f"its format is {name}"):
            read_photograph(of_format(name)(tmp_path), SIDE)
    assert started == []


def test_a_name_of_before_is_taken_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "skip.txt").write_text("a b.jpg\nc.jpg  # why\n")
    assert skipped(tmp_path / "skip.txt") == {"a b.jpg", "c.jpg"}
    assert skip_line("a b.jpg", "why") == "a b.jpg  # why"


def chunked(content: bytes, generator: random.Random) -> bytes:
    """A PNG of which one part is damaged, with its checksum made anew."""
    parts, place = [], 8
    while place < len(content):
        end = place + 8 + int.from_bytes(content[place : place + 4], "big")
        parts.append((content[place + 4 : place + 8], content[place + 8 : end]))
        place = end + 4
    chosen = generator.randrange(len(parts) - 1)
    parts[chosen] = (parts[chosen][0], flipped(parts[chosen][1], generator))
    return content[:8] + b"".join(png_part(*part) for part in parts)


def flipped(content: bytes, generator: random.Random) -> bytes:
    """The bytes with some of them others, a part gone or there twice; mostly of the head, where metadata are."""
    damaged = bytearray(content)
    for _ in range(generator.randint(1, 6)):
        damaged = damaged or bytearray(b"\0")
        place = generator.randrange(min(len(damaged), 700) if generator.random() < 0.8 else len(damaged))
        part = damaged[place : place + generator.randint(0, 40)]
        how = generator.choice(["byte", "byte", "gone", "twice", "other"])
        if how == "byte":
            damaged[place] = generator.choice([0, 1, 0x7F, 0x80, 0xFF, damaged[place] ^ 1 << generator.randrange(8)])
        elif how == "other":
            damaged[place : place + len(part)] = generator.randbytes(len(part))
        else:
            damaged[place : place + len(part)] = b"" if how == "gone" else part + part
    return bytes(damaged)


@pytest.mark.parametrize("name", ["x.jpg", "x.png", "x.webp"])
def test_a_damaged_image_is_read_or_named(name: str, tmp_path: Path) -> None:
    """Of each format, with metadata of every kind; damaged at random, 150 times."""
    from PIL.PngImagePlugin import PngInfo

    generator = random.Random(name)
    pixels = np.random.default_rng(0).integers(0, 256, (20, 24, 4), dtype=np.uint8)
    texts = PngInfo()
    texts.add_text("Comment", "text", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    words: dict[str, object] = {"exif": ODD_EXIF["a resolution unit of another type"], "icc_profile": b"profile" * 30}
    words |= {"x.png": {"pnginfo": texts}, "x.webp": {"xmp": b"<x/>"}, "x.jpg": {"comment": b"text", "dpi": (1, 1)}}[
        name
    ]
    path = tmp_path / name
    Image.fromarray(pixels).convert("RGB" if name == "x.jpg" else "RGBA").save(path, **words)  # type: ignore[arg-type]
    whole = path.read_bytes()
    read_ones, named = 0, []
    for _ in range(150):
        path.write_bytes((chunked if name == "x.png" and generator.random() < 0.7 else flipped)(whole, generator))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                assert read_photograph(path, SIDE)[0].shape == (3, SIDE, SIDE)
            read_ones += 1
        except ValueError as error:
            named.append(str(error))
    assert all(said.isprintable() for said in named)
    assert min(read_ones, len(named)) > 10


def test_a_data_set_of_no_readable_photograph_names_each(tmp_path: Path) -> None:
    root = photographs(tmp_path / "nico-plus-plus", count=1)
    for path in root.rglob("*.jpg"):
        path.write_bytes(b"")
    with pytest.raises(DataError) as error:
        load("nico-plus-plus", tmp_path)
    assert len(str(error.value).splitlines()) == 37
