"""A ranking of three made-up networks, of which the first two are tied."""

import numpy as np

from benchmark.ranking.assembly import RankingContent, ranking_of
from registry import Kind


def made_ranking(kind: Kind | None = "heuristic", names: tuple[str, str, str] = ("a", "b", "c")) -> RankingContent:
    generator = np.random.default_rng(1)
    common = generator.normal(size=(300, 1))
    shares = (0.0, 0.0, 2.0)
    given = {name: generator.normal(size=(300, 6)) + share * common for name, share in zip(names, shares, strict=True)}
    return ranking_of(given, kind)
