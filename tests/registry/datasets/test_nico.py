"""Six animals and six contexts: those of NICO++ that both data sets have, each animal with a context of its own."""

from registry.datasets._contexts import _TEXTURES
from registry.datasets._nico import ANIMALS, CONTEXTS
from registry.datasets.animal_contexts import KINDS
from registry.suites import nico


def test_the_contexts_are_the_six_of_nico_plus_plus() -> None:
    """Zhang et al. 2023, Section 3: the common contexts, which all categories have."""
    assert set(CONTEXTS) == {"autumn", "dim", "grass", "outdoor", "rock", "water"}
    assert len(CONTEXTS) == len(set(ANIMALS)) == len(ANIMALS) == nico.ANIMALS == nico.CONTEXTS


def test_each_animal_has_silhouettes_and_each_context_a_texture() -> None:
    assert set(ANIMALS) <= set(KINDS)
    assert set(_TEXTURES) == set(CONTEXTS)
