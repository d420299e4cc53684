"""What unlabelled data are: texts, pictures or numbers, with how many there were and what was not read beside them.

In: what a reader has found. Out: frozen types; pictures are opened when they are asked for, not before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from registry import DataError, UserError
from registry.errors import in_short

if TYPE_CHECKING:
    from PIL.Image import Image

Number = TypeVar("Number", bound=np.generic)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # that Pillow reads itself, without another program


@dataclass(frozen=True)
class Texts:
    """S texts.

    Attributes:
        source: Where they come from, as it was given.
        texts: None of them is empty.
        of: How many there were, of which these are all or a sample.
        left_out: The columns or arrays beside them that were not read.
    """

    source: str
    texts: tuple[str, ...]
    of: int
    left_out: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Numbers:
    """S examples of numbers.

    Attributes:
        source: Where they come from, as it was given.
        values: (S, ...) finite numbers or truths, of the type that they were stored in.
        of: How many examples there were, of which these are all or a sample.
        left_out: The columns or arrays beside them that were not read.
        columns: The names of the columns in their order, where they come from a table.
    """

    source: str
    values: NDArray[np.generic]
    of: int
    left_out: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Pictures:
    """S files of pictures, which are opened when they are asked for.

    Attributes:
        source: The folder, as it was given.
        files: In natural order: 2.png stands before 10.png.
        of: How many there were, of which these are all or a sample.
        left_out: Nothing, as nothing but pictures is looked at.
    """

    source: str
    files: tuple[Path, ...]
    of: int
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stamps", tuple(map(_stamp, self.files)))

    def __len__(self) -> int:
        return len(self.files)

    def check_unchanged(self) -> None:
        """Raises DataError where a file is no longer the one that it was when it was first listed."""
        stamps: tuple[tuple[int, int], ...] = getattr(self, "_stamps")  # noqa: B009  # frozen, so that it is no field
        for file, stamp in zip(self.files, stamps, strict=True):
            if _stamp(file) != stamp:
                raise DataError(f"{file}: it changed meanwhile, so that networks would be read on other images")

    def opened(self, places: slice | Sequence[int] = slice(None)) -> "list[Image]":
        """Some of the pictures in RGB, upright, and with white where they are transparent.

        Args:
            places: Which ones, by default all.

        Raises:
            DataError: Some cannot be read: how many, and the first of them with the reason.
        """
        chosen = self.files[places] if isinstance(places, slice) else [self.files[place] for place in places]
        found: list[Image] = []
        bad: list[str] = []
        for file in chosen:
            picture = _picture(file)
            found += [] if isinstance(picture, str) else [picture]
            bad += [f"{file}: {picture}"] if isinstance(picture, str) else []
        _check_none_is_bad(bad, len(chosen))
        return found

    def made(self, make: "Callable[[Image], NDArray[Number]]") -> "NDArray[Number]":
        """What is made of each picture. One at a time is held in its own size.

        Args:
            make: Of a picture in RGB an array, as large for each of them.

        Returns:
            (S, ...).

        Raises:
            DataError: Some cannot be read: how many, and the first of them with the reason.
            UserError: Arrays of several shapes are made of them.
        """
        self.check_unchanged()
        found: NDArray[Number] | None = None
        bad: list[str] = []
        for row, file in enumerate(self.files):
            picture = _picture(file)
            if isinstance(picture, str):
                bad.append(f"{file}: {picture}")
                continue
            try:
                one = make(picture)
            except (UserError, DataError):
                raise
            except Exception as error:  # somebody's library, at a picture that it does not expect
                raise UserError(f"{file}: no input can be made of it ({in_short(error)})") from error
            found = np.empty((len(self.files), *one.shape), one.dtype) if found is None else found
            if one.shape != found.shape[1:]:
                shapes = f"{one.shape}, and others {found.shape[1:]}"
                raise UserError(f"{file}: it becomes {shapes}: give images of one size")
            found[row] = one
        _check_none_is_bad(bad, len(self.files))
        if found is None:
            raise DataError(f"{self.source}: there is no picture")
        return found

    def array(self, size: int) -> NDArray[np.uint8]:
        """All pictures, each cut to a square about its centre and resized, (S, 3, size, size).

        Args:
            size: Pixels of a side.

        Raises:
            DataError: As `made` does.
            UserError: The size is no number of pixels.
        """
        from registry.pictures import square

        if size < 1:
            raise UserError(f"a picture has {size} pixels a side: it needs one or more")
        return self.made(lambda picture: square(picture, size))


Unlabelled: TypeAlias = Texts | Pictures | Numbers


def _stamp(file: Path) -> tuple[int, int]:
    """What tells a file from another at its place: its size and when it was written; -1 where there is none."""
    try:
        found = file.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _picture(file: Path) -> "Image | str":
    """The picture of a file, or why there is none."""
    from PIL import UnidentifiedImageError

    from registry.pictures import UnusablePicture, read_picture

    try:
        return read_picture(file, FORMATS)[0]
    except UnusablePicture as error:
        return str(error)
    except UnidentifiedImageError:
        return f"no picture of {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
    except Exception as error:  # Pillow raises nearly anything at what it does not expect
        return f"no picture that can be read ({in_short(error)})"


def _check_none_is_bad(bad: Sequence[str], of: int) -> None:
    """Raises DataError for the pictures that cannot be read."""
    if bad:
        more = f"; {len(bad) - 1:,} more of {of:,} cannot be read either" if len(bad) > 1 else ""
        raise DataError(f"{bad[0]}{more}; take what is broken out of the folder")
