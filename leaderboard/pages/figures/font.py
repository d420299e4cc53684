"""The font of the files: DejaVu Sans with the letters of one board only, and without ligatures.

In: the letters. Out: for a while, a font that matplotlib knows by the name `FAMILY`. For every PDF matplotlib reads all
tables of the font that it embeds a part of, which for the whole of DejaVu Sans takes longer than to draw a figure.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib
from fontTools.subset import Options, Subsetter, load_font
from matplotlib.font_manager import fontManager

WHOLE = "DejaVu Sans"
FAMILY = f"{WHOLE} of a board"
_FAMILY_NAMES = (1, 16)  # entries of a font's table of names
_TABLES = ("FFTM", "GDEF", "GPOS", "GSUB")  # FontForge's time stamp, and ligatures; the table kern has the kerning


@contextmanager
def font_of(text: str) -> Iterator[None]:
    """Draw for a while with a font of the letters of a text, and other letters with the whole of DejaVu Sans."""
    known = list(fontManager.ttflist)
    with TemporaryDirectory(prefix="memorank-") as folder:
        path = Path(folder, "letters.ttf")
        _save(text, path)
        fontManager.addfont(path)
        try:
            with matplotlib.rc_context({"font.sans-serif": [FAMILY, WHOLE]}):
                yield
        finally:
            fontManager.ttflist[:] = known


def _save(text: str, path: Path) -> None:
    options = Options(legacy_kern=True, name_IDs=["*"])
    options.drop_tables += _TABLES
    with load_font(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), options) as font:
        letters = Subsetter(options)
        letters.populate(text=text)
        letters.subset(font)
        for entry in font["name"].names:
            if entry.nameID in _FAMILY_NAMES:
                entry.string = FAMILY
        font.save(path)
