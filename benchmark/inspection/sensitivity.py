"""The two measures of every network under every variant of the settings, from stored outputs: nothing trains.

In: a run folder. Out: values by network, inputs and variant. What has been computed is kept in the run folder.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.plain.canonical import canonical
from benchmark.plain.strict_json import read_json
from benchmark.plan.content import ResolvedContent
from benchmark.process import files, interruption
from benchmark.process.progress import Progress
from benchmark.record import MeasuredContent, Record, VariantValues, of_score
from benchmark.run_folder.outputs import NotTrained, read
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell
from benchmark.scoring.variants import Variant, variant_value, variants
from benchmark.types import Outputs
from registry.regular_files import read_regular

Measures = Mapping[str, MeasuredContent]
INPUTS = ("evaluation", "in-distribution")
Values = dict[str, VariantValues]  # by key of the network


def sensitivity_values(run: Path, progress: Progress, digest: str | None = None) -> Values:
    """The values of every trained network of a run; what is computed is kept in the run folder.

    Args:
        run: The run folder.
        progress: Told of every network, and of those that are left out because their outputs cannot be used.
        digest: That of another plan of the folder; None for its own.

    Returns:
        Values by the key of the network and the inputs, one for each variant.

    Raises:
        UserError: The folder is no run folder.
    """
    resolved = read_resolved(run, digest)
    records, _ = read_records(run, resolved["cells"])
    networks = _networks(resolved, records)
    known = kept_values(run, resolved, records)
    missing = [key for key in networks if key not in known]
    with progress.over(len(missing)):
        for key in missing:
            interruption.check()
            progress.begin(key)
            try:
                known[key] = values_of(run, key, resolved, records)
                files.write_file(_place(run, key, _variety(resolved)), canonical(known[key]).encode())
            except (NotTrained, DamagedCell) as error:
                progress.say(f"{key}: left out of the sensitivity: {error}")
            progress.end(key)
    return {key: known[key] for key in networks if key in known}


def kept_values(run: Path, resolved: ResolvedContent, records: Mapping[str, Record]) -> Values:
    """The values that have been computed before and kept, by the key of the network."""
    kept = {key: kept_of(run, key, resolved) for key in _networks(resolved, records)}
    return {key: values for key, values in kept.items() if values is not None}


def kept_of(run: Path, key: str, resolved: ResolvedContent) -> VariantValues | None:
    """The kept values of one network, None where there are none or they cannot be read."""
    variety = _variety(resolved)
    return _read_kept(_place(run, key, variety), len(variety))


def values_of(run: Path, key: str, resolved: ResolvedContent, records: Mapping[str, Record]) -> VariantValues:
    """Compute the values of one network, by inputs.

    Raises:
        NotTrained: The network is not there, or diverged.
        DamagedCell: Its outputs are not what they were.
    """
    return _values(read(run, key), _variety(resolved), _scored(resolved, records, key))


def _networks(resolved: ResolvedContent, records: Mapping[str, Record]) -> list[str]:
    return [
        cell["key"]
        for cell in resolved["cells"]
        if cell["work"] == "train" and not cell["anchor"] and _is_done(records.get(cell["key"]))
    ]


def _is_done(record: Record | None) -> bool:
    return record is not None and record["outcome"] == "done"


def _variety(resolved: ResolvedContent) -> list[Variant]:
    return variants(planned_settings(resolved))


def _place(run: Path, key: str, variety: list[Variant]) -> Path:
    return run / "sensitivity" / f"{key}-{_hash(variety)}.json"


def _scored(resolved: ResolvedContent, records: Mapping[str, Record], key: str) -> dict[str, Measures]:
    """What the network's score records have already: its measures in the plan's first scope, by inputs."""
    scope = resolved["plan"]["estimator"]["scope"][0]
    return {
        str(cell["inputs"]): record["measures"]
        for cell in resolved["cells"]
        if (cell["train"], cell["scope"]) == (key, scope) and (record := of_score(records.get(cell["key"])))
    }


def _values(outputs: Mapping[str, Outputs], variety: list[Variant], scored: Mapping[str, Measures]) -> VariantValues:
    """One network's values by inputs; nothing that is known already is computed."""
    values: VariantValues = {}
    for inputs in INPUTS:
        same = next((other for other in values if outputs[other].activations is outputs[inputs].activations), None)
        found = scored.get(inputs, {})
        values[inputs] = values[same] if same else [variant_value(outputs[inputs], one, found) for one in variety]
    return values


def planned_settings(resolved: ResolvedContent) -> Settings:
    """The plan's settings in its first scope."""
    estimator = resolved["plan"]["estimator"]
    fields = {name: value for name, value in estimator.items() if name in Settings.model_fields}
    return Settings.model_validate_json(canonical({**fields, "scope": estimator["scope"][0]}))


def _hash(variety: list[Variant]) -> str:
    """The hash of everything besides the network that changes the values."""
    plain = [{**asdict(one), "settings": one.settings.model_dump(mode="json")} for one in variety]
    versions = {one.measure: MEASURES[one.measure].version for one in variety}
    return hashlib.sha256(canonical([plain, versions]).encode()).hexdigest()[:8]


def _read_kept(path: Path, count: int) -> VariantValues | None:
    """What was computed before, None where it is not there or no longer whole."""
    try:
        found: Any = read_json(read_regular(path))
        whole = all(len(found[inputs]) == count and all(map(_is_value, found[inputs])) for inputs in INPUTS)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if whole else None


def _is_value(one: Mapping[str, object]) -> bool:
    return "value" in one and (one["value"] is None or type(one["value"]) in (int, float))
