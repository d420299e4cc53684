"""Files of every form, damaged at random: each is read or refused in one line, and nothing else comes out."""

import gzip
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from benchmark.data.unlabelled.folders import PICTURES
from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.types import Pictures
from registry import UserError

NUMBERS = np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32)
TABLE = pd.DataFrame({"text": [f'a "text", {row}\nof two lines' for row in range(20)], "label": range(20)})
MAKERS = {
    "a.npy": lambda path: np.save(path, NUMBERS),
    "t.npy": lambda path: np.save(path, ["one", "th\u00e9"]),
    "a.npz": lambda path: np.savez_compressed(path, x=NUMBERS, y=NUMBERS),
    "t.csv": lambda path: TABLE.to_csv(path, index=False),
    "t.csv.gz": lambda path: path.write_bytes(gzip.compress(TABLE.to_csv(index=False).encode())),
    "t.jsonl": lambda path: TABLE.to_json(path, orient="records", lines=True),
    "t.parquet": lambda path: TABLE.to_parquet(path),
    "a.png": lambda path: Image.new("RGB", (9, 9), "red").save(path),
    "a.gif": lambda path: Image.new("P", (9, 9)).save(path, transparency=0),
    "a.bmp": lambda path: Image.new("RGB", (9, 9), "red").save(path),
}


def damaged(content: bytes, generator: random.Random) -> bytes:
    """The bytes with some of them others, gone or there twice."""
    made = bytearray(content)
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(len(made))
        part = made[place : place + generator.randint(1, 30)]
        new = generator.choice([b"", part + part, generator.randbytes(len(part)), b'"', b"\xff", b"\0"])
        made[place : place + len(part)] = new
        made = made or bytearray(b"\n")
    return bytes(made)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MAKERS)
def test_a_damaged_file_is_read_or_refused_in_one_line(name: str, tmp_path: Path) -> None:
    generator, file = random.Random(name), tmp_path / name
    MAKERS[name](file)
    whole = file.read_bytes()
    refused: list[str] = []
    for _ in range(100):
        file.write_bytes(damaged(whole, generator))
        try:
            found = unlabelled(str(tmp_path if file.suffix in PICTURES else file), examples=7)
            if isinstance(found, Pictures):
                found.array(4)
        except UserError as error:
            refused.append(str(error))
    assert len(refused) > 10
    assert [said for said in refused if len(said.splitlines()) != 1] == []
