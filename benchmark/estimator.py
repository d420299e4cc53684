"""How measures are estimated: the part of a plan that never trains again when it changes.

In: the `estimator` of a plan. Out: one `Settings` for each score cell.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

Inputs = Literal["evaluation", "in-distribution"]
Scope = Literal["tap", "network"]
Edges = Literal["global", "per-neuron", "robust"]
Ties = Literal["plain", "jitter"]


def _all_or_some(value: Any) -> Any:
    if value == "all" or (type(value) is int and value >= 2):
        return value
    raise PydanticCustomError("pairs", "should be 'all' or a number of pairs, at least 2")


# all pairs that the scope admits, or a seeded sample of this many of them
Pairs = Annotated[Literal["all"] | int, BeforeValidator(_all_or_some)]


SubSamples = Annotated[int, Field(ge=0, le=100)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class EntropySettings(_Strict):
    """Binned entropy: how many bins, and the range that they are spread over (`binned.entropy`)."""

    bins: Annotated[int, Field(ge=1, le=256)] = 100
    edges: Edges = "global"


class NearestSettings(_Strict):
    """Mutual information from the distance to the k-th nearest neighbour (`nearest.mutual_information`)."""

    kind: Literal["nearest"] = "nearest"
    k: Annotated[int, Field(ge=1)] = 3
    ties: Ties = "jitter"
    pairs: Pairs = "all"


class BinnedSettings(_Strict):
    """Mutual information from bins (`binned.mutual_information`)."""

    kind: Literal["binned"]
    bins: Annotated[int, Field(ge=1, le=256)] = 10
    edges: Edges = "per-neuron"
    pairs: Pairs = "all"


def _nearest_unless_said(value: Any) -> Any:
    return {"kind": "nearest", **value} if isinstance(value, dict) else value


MiSettings = NearestSettings | BinnedSettings
MiChoice = Annotated[MiSettings, Field(discriminator="kind"), BeforeValidator(_nearest_unless_said)]


class Settings(_Strict):
    """The estimators of one score cell.

    `entropy` says how the entropy of a neuron is estimated, and `mi` how the mutual information of two neurons is. With
    `scope` "tap" each tap is measured by itself, with "network" all taps together. Measures are computed on at most
    `samples` examples. They are computed again on `sub_samples` halves of the examples and neurons, which shows how
    much they depend on which ones are read.
    """

    entropy: EntropySettings = EntropySettings()
    mi: MiChoice = NearestSettings()
    scope: Scope = "tap"
    samples: Annotated[int, Field(ge=2)] = 2500
    sub_samples: SubSamples = 10


class Estimator(_Strict):
    """The estimators of a plan: `Settings` with every scope, on every kind of inputs."""

    entropy: EntropySettings = EntropySettings()
    mi: MiChoice = NearestSettings()
    scope: Annotated[tuple[Scope, ...], Field(min_length=1, strict=False)] = ("tap",)
    inputs: Annotated[tuple[Inputs, ...], Field(min_length=1, strict=False)] = ("evaluation",)
    samples: Annotated[int, Field(ge=2)] = 2500
    sub_samples: SubSamples = 10

    def settings(self, scope: Scope) -> Settings:
        """The settings of the score cells of one scope."""
        return Settings(scope=scope, **{name: getattr(self, name) for name in Settings.model_fields if name != "scope"})
