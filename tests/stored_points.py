"""A data set of a user's: points in a file of their own, and the folder that holds them."""

from pathlib import Path

DECLARED = '''"""Points from a table."""
import numpy as np
from memorank import Data, Dataset, Examples


def load(folder):
    table = np.loadtxt(folder / "points.csv", delimiter=",", dtype=np.float32)
    {more}
    half = len(table) // 2
    return Data(*(Examples(p[:, :2], p[:, 2].astype(np.int64)) for p in (table[:half], table[half:])))


DATASET = Dataset(name="points", modality="vector", load=load, files={{"points.csv": None}}, reference="a page",
                  licence="CC0", size="1 kB", origin="published")
'''


def declared(folder: Path, more: str = "") -> Path:
    """A file that declares the data set `points`; `more` is one line of its `load`."""
    file = folder / "points.py"
    file.write_text(DECLARED.format(more=more))
    return file


def put_points(root: Path, first: float = 0.0) -> Path:
    """Four points in a data folder, of which the first number of the first is given."""
    path = root / "points" / "points.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{first},1,0\n2,3,1\n4,5,0\n6,7,1\n")
    return path
