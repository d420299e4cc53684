"""A plan of two toy networks, and the declaration of a measure that a test's own `compute` gives."""

PLAN = """
name: one
seeds: [0]
suites:
  - {suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}
threads: 1
limit: 20
estimator: {sub_samples: 0, inputs: [evaluation]}
"""


def declared(name: str) -> str:
    """The end of a file whose function `compute` is a measure of this name."""
    return f"""
MEASURE = Measure(
    name="{name}",
    better={{"heuristic": "high", "example-level": "low"}},
    needs=("activations",),
    compute=compute,
    reference="none",
)
"""
