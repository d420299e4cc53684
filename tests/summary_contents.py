"""Everything a summary of many values holds, to compare two of them."""

from benchmark.information.summary import Summary


def contents(found: Summary) -> tuple:
    return (found.count, found.population, found.total, found.low, found.high, found.first, found.levels.tolist())
