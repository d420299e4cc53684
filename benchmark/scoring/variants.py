"""Other ways to measure than the plan's: one thing changed at a time.

In: the plan's settings, and a network's outputs. Out: the variants, and mean entropy and mean MI under each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from benchmark.estimator import BinnedSettings, Edges, EntropySettings, NearestSettings, Settings, Ties
from benchmark.measures import HEADLINES, MEASURES
from benchmark.record import MeasuredContent, VariantValue
from benchmark.scoring.score import sampled
from benchmark.types import Outputs

ENTROPY_BINS = (10, 30, 100, 250)
MI_BINS = (5, 10, 30)
NEIGHBOURS = (1, 3, 5, 10)
PARTS = (2, 4)
PAIRS = 8192  # nearest neighbours of all pairs under every variant would take an hour where this takes minutes


@dataclass(frozen=True)
class Variant:
    """One measure under settings that differ from the plan's in one thing, the `axis`; in nothing where it is "plan".

    `label` says what is changed, in words. The measure reads one in `part` of the examples that the plan reads.
    """

    measure: str
    axis: str
    label: str
    settings: Settings
    part: int = 1


def variants(planned: Settings) -> list[Variant]:
    """Every variant of both measures, those of the plan first."""
    found = [Variant(measure, "plan", "as planned", planned) for measure in HEADLINES]
    found += [*_entropy_variants(planned), *_mi_variants(planned)]
    return [one for one in found if one.axis == "plan" or one.part > 1 or one.settings != planned]


def variant_value(outputs: Outputs, variant: Variant, scored: Mapping[str, MeasuredContent]) -> VariantValue:
    """The value of a variant's measure, over all taps and at each.

    Args:
        outputs: Those of one network.
        variant: The measure and its settings.
        scored: Measures as the network's record has them under the plan's own settings, as far as they are known:
            these are not computed again.

    Returns:
        `measure`, `axis` and `label` of the variant, `value` and `per_tap`; the value is None where the measure is
        undefined or there are too few examples.
    """
    if variant.axis == "plan" and variant.measure in scored:
        known = scored[variant.measure]
        return _value(variant, known["value"], known["per_tap"])
    examples = min(variant.settings.samples, len(outputs.labels)) // variant.part
    compute: Any = MEASURES[variant.measure].compute
    try:
        found = compute(sampled(outputs, examples), variant.settings)
    except ValueError:
        return _value(variant, None, {})
    return _value(variant, found.value, dict(found.per_tap))


def _value(variant: Variant, value: float | None, per_tap: dict[str, float | None]) -> VariantValue:
    return {
        "measure": variant.measure,
        "axis": variant.axis,
        "label": variant.label,
        "value": value,
        "per_tap": per_tap,
    }


def _entropy_variants(planned: Settings) -> Iterator[Variant]:
    own = planned.entropy
    for bins in ENTROPY_BINS:
        settings = _changed(planned, entropy=EntropySettings(bins=bins, edges=own.edges))
        yield Variant("mean-entropy", "bins", str(bins), settings)
    for edges in get_args(Edges):
        settings = _changed(planned, entropy=EntropySettings(bins=own.bins, edges=edges))
        yield Variant("mean-entropy", "edges", edges, settings)
    yield from _of_both("mean-entropy", planned)


def _mi_variants(planned: Settings) -> Iterator[Variant]:
    """From the plan's own estimator, nearest neighbours on a sample of the pairs; bins on all."""
    base = planned
    if isinstance(planned.mi, NearestSettings):
        base = _changed(planned, mi=planned.mi.model_copy(update={"pairs": PAIRS}))
        yield Variant("mean-mi", "pairs", f"{PAIRS} of them", base)
        for ties in get_args(Ties):
            settings = _changed(base, mi=base.mi.model_copy(update={"ties": ties}))
            if settings != base:
                yield Variant("mean-mi", "ties", ties, settings)
    nearest = planned.mi if isinstance(planned.mi, NearestSettings) else NearestSettings()
    for k in NEIGHBOURS:
        settings = _changed(planned, mi=nearest.model_copy(update={"k": k, "pairs": PAIRS}))
        if settings != base:
            yield Variant("mean-mi", "estimator", f"nearest, k {k}", settings)
    for bins in MI_BINS:
        for edges in get_args(Edges):
            if bins == MI_BINS[1] or edges == "per-neuron":
                settings = _changed(planned, mi=BinnedSettings(kind="binned", bins=bins, edges=edges))
                yield Variant("mean-mi", "estimator", f"{bins} bins, {edges}", settings)
    yield from _of_both("mean-mi", base)


def _of_both(measure: str, base: Settings) -> Iterator[Variant]:
    other = "network" if base.scope == "tap" else "tap"
    yield Variant(measure, "scope", other, _changed(base, scope=other))
    for part in PARTS:
        yield Variant(measure, "samples", f"1/{part}", base, part)


def _changed(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update=changes)
