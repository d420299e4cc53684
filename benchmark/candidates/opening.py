"""What each path holds: dumped activations, a Hugging Face folder, weights in a file, or the networks of a run folder.

In: paths by name, and how somebody wants them read. Out: candidates, none of which has been read yet; data are read
here, once for all, where a candidate needs any.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmark.candidates.anchors import Anchor, Calibration, anchors_of
from benchmark.candidates.architectures import Architecture, architecture
from benchmark.candidates.dumped import PICKLES, Dumped
from benchmark.candidates.hugging_face import HuggingFaceFolder
from benchmark.candidates.preparations import square_of
from benchmark.candidates.run_networks import KeptNetwork, RunNetwork, RunNetworks, run_networks
from benchmark.candidates.state_dicts import Exported, OfArchitecture, OfFamily
from benchmark.candidates.training_set import beside
from benchmark.data.labelled.reading import labelled
from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.types import Texts, Unlabelled
from benchmark.estimator import Settings
from benchmark.networks.own_inputs import EXAMPLES
from benchmark.networks.own_taps import Taps
from benchmark.networks.weights import ENTRY
from benchmark.ranking.collecting import Candidate
from registry import FAMILIES, Kind, ModelFamily, UserError, did_you_mean
from registry.regular_files import open_regular

LONGEST_HEAD = 100_000_000  # bytes, as safetensors itself has it
TOKENS = 128  # of a text
WEIGHTS = (".safetensors", ".pt", ".pth", ".bin", ".ckpt")  # how files of weights end


@dataclass(frozen=True)
class Asked:
    """How somebody wants networks to be read.

    Attributes:
        data: The unlabelled data, as a path or the name of a data set; None where activations are given.
        root: The data folder.
        text_column: The column of a table that holds the texts.
        examples: The most that are read, by default 2,500.
        taps: Paths of modules, or "auto".
        max_tokens: So many tokens of a text are read, by default 128.
        image_size: Pixels of a side, for a family or an architecture that reads images.
        architecture: Of torchvision or timm, which files of weights are of.
        family: Which they are of, where it is a family of networks.
        suite: Of a run folder, whose networks are ranked.
        inputs: Of a run folder, "evaluation" or "in-distribution".
        calibrate: How anchors are trained, None for none.
    """

    data: str | None = None
    root: Path | None = None
    text_column: str | None = None
    examples: int | None = None
    taps: Taps = "auto"
    max_tokens: int | None = None
    image_size: int | None = None
    architecture: str | None = None
    family: str | None = None
    suite: str | None = None
    inputs: str | None = None
    calibrate: Calibration | None = None


@dataclass(frozen=True)
class Opened:
    """Candidates, with the settings of the plan and the kind of the suite where all are networks of one run folder.

    `anchors` are none of the candidates; `trained` says in words what they are trained on, and `mind` what is odd about
    it. `notes` say what is missing.
    """

    candidates: tuple[Candidate, ...]
    data: str = ""
    settings: Settings | None = None
    kind: Kind | None = None
    anchors: tuple[Anchor, ...] = ()
    trained: str = ""
    mind: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def opened(paths: Mapping[str, Path], asked: Asked) -> Opened:
    """The candidates at these paths.

    Args:
        paths: By name.
        asked: How they are to be read.

    Raises:
        UserError: A path holds nothing that can be read, the data cannot be read, or something is asked for that
            nothing here needs.
    """
    opening = _Opening(asked)
    found: list[Candidate] = []
    runs: list[RunNetworks] = []
    for name, path in paths.items():
        run = _networks_of_run(path, asked)
        if run is None:
            found.append(opening.candidate(name, path))
            continue
        runs.append(run)
        own = _renamed(run, name, alone=len(paths) == 1, cell=_cell_of(path) is not None)
        found += [opening.kept(one) for one in own] if asked.data else own
    anchors, trained, mind = opening.anchors(asked.calibrate) if asked.calibrate else ((), "", ())
    opening.check_all_is_needed(any_run=bool(runs))
    data = opening.data_in_words() if opening.needs_data else ""
    notes = tuple(run.missing for run in runs if run.missing)
    first = runs[0] if runs else None
    if first is None or len(runs) < len(paths):
        return Opened(tuple(found), data, anchors=anchors, trained=trained, mind=mind, notes=notes)
    settings = first.settings if not data and all(run.settings == first.settings for run in runs) else None
    kind = first.kind if all(run.kind == first.kind for run in runs) else None
    return Opened(tuple(found), data, settings, kind, anchors, trained, mind, notes)


def _networks_of_run(path: Path, asked: Asked) -> RunNetworks | None:
    """The networks of a run folder, or the one of a cell's folder; None where the path is neither."""
    if run := _cell_of(path):
        return run_networks(run, asked.suite, asked.inputs, path.absolute().name)
    if (path / "plan.json").is_file():
        return run_networks(path, asked.suite, asked.inputs)
    return None


def _cell_of(path: Path) -> Path | None:
    """The run folder whose cell lies in this folder; None where it is no cell's."""
    run = path.absolute().parent.parent
    return run if (path / "record.json").is_file() and (run / "plan.json").is_file() else None


def _renamed(run: RunNetworks, name: str, alone: bool, cell: bool) -> list[RunNetwork]:
    """The networks of a run folder under names that differ from those of the other paths."""
    if cell:
        return [replace(one, name=name) for one in run.networks]
    return [one if alone else replace(one, name=f"{name}/{one.name}") for one in run.networks]


@dataclass(frozen=True)
class _Opening:
    """Opens one path after the other. Data and architecture are looked up when the first candidate needs them."""

    asked: Asked
    _needed: set[str] = field(default_factory=set)

    @property
    def needs_data(self) -> bool:
        """Whether some candidate is read on data."""
        return "data" in self._needed

    def candidate(self, name: str, path: Path) -> Candidate:
        """What this path holds. Raises UserError where it is nothing that can be read."""
        _check_there(path)
        if path.is_dir():
            if not (path / "config.json").is_file():
                raise UserError(
                    f"{path}: no network: a folder holds config.json and weights, as save_pretrained writes them, or "
                    "is a run folder"
                )
            return HuggingFaceFolder(name, path, self._data(name), self.asked.taps, self._most)
        weights = path.suffix in WEIGHTS
        if weights and self.asked.architecture:
            self._needed.add("architecture")
            return OfArchitecture(name, path, self._architecture, self._data(name), self.asked.taps)
        if weights and self.asked.family:
            self._needed.add("family")
            data, taps = self._data(name), self.asked.taps
            return OfFamily(name, path, self._family, data, taps, self._most, self._side)
        head = _head(path) if path.suffix == ".safetensors" else {}
        if (family := _exported_family(head)) is not None:
            return Exported(name, path, FAMILIES[family], self._data(name), self.asked.taps, self._side)
        if any(str(part).endswith((".weight", ".bias")) for part in head):
            raise UserError(
                f"{path}: it holds weights: say of what, by --architecture resnet18 (torchvision, timm) or --family mlp"
            )
        if path.suffix in PICKLES and path.is_file() and weights:
            raise UserError(
                f"{path}: a pickle can run code when it is read, so activations are not read from it: write them by "
                "np.savez; of weights say what they are of, by --architecture or --family"
            )
        return Dumped(name, path)

    def kept(self, network: RunNetwork) -> KeptNetwork:
        """The same network of a run folder, to be read on the data."""
        asked, data = self.asked, self._data(network.name)
        return KeptNetwork(network.name, network.run, network.key, asked.root, data, asked.taps, self._side)

    def anchors(self, calibration: Calibration) -> tuple[tuple[Anchor, ...], str, tuple[str, ...]]:
        """The anchors, on what they are trained, and what is odd about it. Raises UserError where something lacks."""
        asked = self.asked
        if asked.family is None:
            raise UserError("--calibrate: of which family are the anchors? --family mlp (memorank list families)")
        if asked.data is None:
            raise UserError("--calibrate: on what are the anchors read? --data FILE, as the networks were")
        self._needed.update(("family", "data"))
        data = labelled(calibration.training_set, calibration.label_column, asked.text_column, asked.root)
        found = anchors_of(calibration, data, self._family, self._read, asked.taps, self._most, self._side)
        examples, of = len(data.labels), data.inputs.of
        count = f"{examples:,} of its {of:,} examples" if of > examples else f"its {examples:,} examples"
        words = f"{data.inputs.source}, {count}, {len(data.classes)} classes"
        return found, words, tuple(beside(data.inputs, self._read))

    def data_in_words(self) -> str:
        """What networks are read on."""
        data = self._read
        return f"{data.source}, of {data.of:,}," if data.of > len(data) else data.source

    def check_all_is_needed(self, any_run: bool) -> None:
        """Raises UserError for what was asked for and nothing needs: whoever said it expects something of it."""
        for what in ("data", "architecture", "family"):
            if getattr(self.asked, what) and what not in self._needed:
                needs = "activations are given, and nothing is" if what == "data" else "no file of weights is"
                raise UserError(f"--{what} {getattr(self.asked, what)}: {needs} to be read by it: leave it out")
        for what in () if self.needs_data else ("text_column", "image_size", "examples", "max_tokens"):
            if (value := getattr(self.asked, what)) is not None:
                raise UserError(f"--{what.replace('_', '-')} {value}: no data are read: leave it out")
        if (most := self.asked.max_tokens) and not ("max_tokens" in self._needed and isinstance(self._read, Texts)):
            raise UserError(f"--max-tokens {most}: no texts are cut by it: leave it out")
        if (side := self.asked.image_size) and "image_size" not in self._needed:
            raise UserError(
                f"--image-size {side}: a Hugging Face folder says itself how its images are made: leave it out, or "
                "change its preprocessor_config.json"
            )
        if self.asked.taps != "auto" and not self.needs_data:
            raise UserError("--taps: activations are given, and no network is read: leave it out")
        if self.asked.inputs and (not any_run or self.needs_data):
            raise UserError(f"--inputs {self.asked.inputs}: no network is read on what a run has kept: leave it out")
        if self.asked.suite and not any_run:
            raise UserError(f"--suite {self.asked.suite}: no run folder is given whose suite it could be")

    def _data(self, name: str) -> Unlabelled:
        """The data. Raises UserError where none are named."""
        if self.asked.data is None:
            raise UserError(f"{name} is a network: on what is it to be read? --data FILE (no labels are read)")
        self._needed.add("data")
        return self._read

    @property
    def _most(self) -> int:
        """So many tokens of a text are read."""
        self._needed.add("max_tokens")
        return self.asked.max_tokens or TOKENS

    @property
    def _side(self) -> int | None:
        """Pixels of a side, for a network whose images nobody else makes."""
        self._needed.add("image_size")
        return self.asked.image_size

    @cached_property
    def _read(self) -> Unlabelled:
        return unlabelled(
            str(self.asked.data), self.asked.text_column, self.asked.root, self.asked.examples or EXAMPLES
        )

    @cached_property
    def _architecture(self) -> Architecture:
        found, side = architecture(str(self.asked.architecture)), self._side
        return replace(found, preparation=square_of(side, found.preparation)) if side else found

    @cached_property
    def _family(self) -> ModelFamily:
        return FAMILIES[str(self.asked.family)]


def _check_there(path: Path) -> None:
    """Raises UserError where nothing is at this path, with what is called nearly so."""
    if not path.exists():
        beside = [one.name for one in path.parent.glob("*")] if path.parent.is_dir() else []
        raise UserError(f"{path}: no such file or folder{did_you_mean(path.name, beside)}")


def _head(path: Path) -> dict[str, Any]:
    """What stands at the beginning of a file of safetensors; nothing where it is none."""
    try:
        with os.fdopen(open_regular(path), "rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            head = json.loads(stream.read(min(length, LONGEST_HEAD)))
    except (OSError, ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def _exported_family(head: dict[str, Any]) -> str | None:
    """The family that a file of `memorank export` is of; None for another file."""
    try:
        return str(json.loads(head["__metadata__"][ENTRY])["family"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
