"""The one door to transformers, which imports torchvision where that is installed: it must be cured first.

Nothing of a folder runs here: no code beside its config.json, no kernels from the hub, and nobody is asked whether to.
"""

import importlib
import json
import sys
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from registry._torchvision import import_torchvision
from registry.errors import DataError, in_short, in_words
from registry.regular_files import read_regular

KERNELS = "kernels"  # the package that downloads compiled code from the hub and runs it
# Numbers of positions, and masks: older versions of Hugging Face's classes saved them; every network makes its own.
MADE_ANEW = (".position_ids", ".token_type_ids", ".attn.bias", ".attention.bias", ".masked_bias", ".inv_freq")
FLOATS = ("F64", "F32", "F16", "BF16")  # as safetensors calls them
SHOWN = 60  # characters of a foreign value
COMPUTED = (None, "eager", "sdpa")  # what a config.json may choose: both are in transformers and torch themselves


def import_transformers() -> Any:
    """transformers, beside any torch.

    It never asks whether to run the code of a folder, and it finds no kernels.
    """
    import_torchvision()
    import transformers

    _lock_doors()
    return transformers


@contextmanager
def transformers_for(folder: Path) -> Iterator[Any]:
    """transformers for reading a folder, as silent as `silent_transformers`.

    Args:
        folder: Where config.json lies.

    Raises:
        DataError: The config.json asks for code that is not in transformers, or something else is wrong with the
            folder.
    """
    _check_config(folder / "config.json")
    with silent_transformers(folder) as transformers:
        yield transformers


@contextmanager
def silent_transformers(place: Path) -> Iterator[Any]:
    """transformers without its own messages and progress bars, which are as before after the block.

    Args:
        place: The file or folder that it reads, for messages.

    Raises:
        DataError: Something was raised in the block, which is told in one line.
    """
    transformers = import_transformers()
    logging = transformers.utils.logging
    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield transformers
    except DataError:
        raise
    except Exception as error:  # errors of many kinds tell what is wrong with a folder, safetensors' own too
        if "trust_remote_code" in str(error):
            why = "asks to run code that comes with it (auto_map): refused, nothing of it was run"
            cure = "an encoder must be of a model_type that transformers has"
            raise DataError(f"{place}: {why}; {cure}") from error
        raise DataError(f"{place}: {in_words(error)}") from error
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


def pretrained_encoder(folder: Path) -> Any:
    """The encoder in a folder, from safetensors alone.

    transformers would draw a missing weight at random. A pooler's may be missing, as nothing here reads it.

    Raises:
        DataError: Another weight is missing, or the encoder cannot be loaded.
    """
    encoder, loading = pretrained(folder, "AutoModel")
    _check_nothing_is_dropped(folder, encoder, loading["unexpected_keys"])
    missing = sorted(name for name in loading["missing_keys"] if "pooler" not in name.split("."))
    if missing:
        why = "they are another encoder's, or not whole"
        kind = type(encoder).__name__
        raise DataError(f"{folder}: its weights lack {missing[0]} ({len(missing)} such) of {kind}: {why}")
    return encoder


def tokenizer_in(folder: Path) -> Any:
    """The tokenizer in a folder. Raises DataError where it cannot be loaded."""
    with transformers_for(folder) as transformers:
        return transformers.AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)


def pretrained(folder: Path, door: str) -> tuple[Any, dict[str, Any]]:
    """The model in a folder, in float32.

    Args:
        folder: Where config.json and the weights lie.
        door: The class of transformers that loads it, as "AutoModel".

    Returns:
        The model, and what transformers tells of its loading: missing_keys, unexpected_keys, ...

    Raises:
        DataError: It cannot be loaded from safetensors, or a weight is stored in numbers of another kind.
    """
    _check_weights(folder)
    with transformers_for(folder) as transformers:
        model, loading = getattr(transformers, door).from_pretrained(
            str(folder),
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            dtype="float32",
            output_loading_info=True,
            ignore_mismatched_sizes=True,  # else transformers prints a report; they are refused here
        )
        _check_shapes(folder, loading["mismatched_keys"])
        _check_kinds(folder, {name for name, _ in model.named_parameters()})
    return model, loading


def _check_weights(folder: Path) -> None:
    """Raises DataError where weights are to be added to others, or an index names files that lie elsewhere."""
    if (folder / "adapter_config.json").is_file():
        raise DataError(f"{folder}: it holds an adapter for another network: merge both and save the whole (peft)")
    for index in folder.glob("*.safetensors.index.json"):
        try:
            named = json.loads(read_regular(index))["weight_map"].values()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DataError(f"{index}: no index that can be read ({in_short(error)})") from error
        for name in named:
            if not isinstance(name, str) or Path(name).name != name:
                raise DataError(f"{index}: it names {name!r}, which lies elsewhere: all weights lie in the folder")


def _check_nothing_is_dropped(folder: Path, encoder: Any, unexpected: Iterable[str]) -> None:
    """Raises DataError where weights of the encoder's own modules have no place in it, as those of further layers."""
    modules = {name for name, _ in encoder.named_children()} - {"pooler"}
    before = f"{encoder.base_model_prefix}."
    left = [name for name in unexpected if not name.endswith(MADE_ANEW)]
    own = sorted(name for name in left if name.removeprefix(before).partition(".")[0] in modules)
    if own:
        raise DataError(
            f"{folder}: {own[0]} ({len(own)} such) has no place in the {type(encoder).__name__} of its config.json: "
            "weights of another network, or parts that are not merged into it"
        )


def _check_shapes(folder: Path, mismatched: Iterable[tuple[str, Any, Any]]) -> None:
    """Raises DataError where a weight has another shape than config.json asks for: name, shape, and the other one."""
    found = sorted(mismatched, key=str)
    if found:
        name, stored, wanted = found[0]
        shapes = f"{tuple(stored)}, and config.json asks for {tuple(wanted)}"
        raise DataError(
            f"{folder}: {name} has the shape {shapes} ({len(found)} such): the weights are another network's"
        )


def _check_kinds(folder: Path, weights: Set[str]) -> None:
    """Check that weights are stored as floats: transformers would convert any other numbers.

    Args:
        folder: Where the safetensors lie.
        weights: The names of the model's weights, whatever prefix they have in the file.

    Raises:
        DataError: A weight is not.
    """
    from safetensors import safe_open

    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "pt") as stored:
            for name in stored.keys():  # noqa: SIM118  # it is no mapping
                kind, parts = stored.get_slice(name).get_dtype(), name.split(".")
                own = any(".".join(parts[start:]) in weights for start in range(len(parts)))  # whatever its prefix
                if own and kind not in FLOATS:
                    raise DataError(f"{file}: {name} is of {kind}, not of {', '.join(FLOATS)}")


@cache
def _lock_doors() -> None:
    """Make transformers refuse where it would ask on stdin, and believe that there is no package `kernels`.

    A door without `trust_remote_code=False` asks for so many seconds; with 0 it refuses at once. transformers finds out
    once in a process whether there are kernels. That is done here, while they cannot be imported; whoever else uses
    them finds them as before.
    """
    importlib.import_module("transformers.dynamic_module_utils").TIME_OUT_REMOTE_CODE = 0  # type: ignore[attr-defined]
    imports: Any = importlib.import_module("transformers.utils.import_utils")
    hidden = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == KERNELS}
    for name in hidden:
        del sys.modules[name]
    sys.modules[KERNELS] = None  # type: ignore[assignment]  # that is how Python keeps a module from being imported
    try:
        imports.is_kernels_available.cache_clear()
        imports.is_kernels_available()
        importlib.import_module("transformers.integrations.hub_kernels")
    finally:
        del sys.modules[KERNELS]
        sys.modules.update(hidden)


def _check_config(file: Path) -> None:
    """Check that a config.json asks for no code from elsewhere.

    Raises:
        DataError: It does, or it cannot be read.
    """
    try:
        config = json.loads(read_regular(file))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{file}: no configuration that can be read ({in_short(error)})") from error
    for part in _parts(config):
        for key, value in part.items():
            if key.removesuffix("_internal").endswith("_implementation") and value not in COMPUTED:
                raise DataError(
                    f"{file}: {key} is {repr(value)[:SHOWN]}, not eager or sdpa: no code is taken from elsewhere"
                )
            if key == "quantization_config" and value is not None:
                raise DataError(f"{file}: {key}: quantized weights are not read; save the encoder without it")


def _parts(config: Any) -> Iterator[dict[str, Any]]:
    """A configuration, and those that lie within it."""
    left = [config]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            yield part
            left += part.values()
        elif isinstance(part, list):
            left += part
