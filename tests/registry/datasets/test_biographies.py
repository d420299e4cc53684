"""What sets of biographies share: the published classes, and a split inside each of them."""

import numpy as np

from registry.datasets._biographies import CLASSES, GENDERS, split
from registry.datasets._texts import Labelled

# De-Arteaga et al. 2019, Figure 1; numbered in this order by the published table.
PUBLISHED = """
accountant architect attorney chiropractor comedian composer dentist dietitian dj filmmaker interior_designer journalist
model nurse painter paralegal pastor personal_trainer photographer physician poet professor psychologist rapper
software_engineer surgeon teacher yoga_teacher
"""


def biographies(counts: dict[int, int]) -> list[Labelled]:
    """So many of each occupation, one after the other by turns."""
    made = [(n, label) for label, count in counts.items() for n in range(count)]
    return [Labelled(f"{label} {n}", label, f"row {n}", n % 2) for n, label in sorted(made)]


def test_occupations_are_numbered_as_they_were_published() -> None:
    assert list(CLASSES) == PUBLISHED.split()
    assert GENDERS.index("F") == 1


def test_of_each_occupation_65_in_a_hundred_are_to_train_on_and_25_held_out() -> None:
    data = split(biographies({0: 100, 13: 40, 27: 4}))
    assert np.bincount(data.train.labels, minlength=28)[[0, 13, 27]].tolist() == [65, 26, 3]
    assert np.bincount(data.held_out.labels, minlength=28)[[0, 13, 27]].tolist() == [25, 10, 1]
    assert not set(data.train.inputs) & set(data.held_out.inputs)


def test_the_split_is_the_same_every_time_and_keeps_groups_with_their_texts() -> None:
    first, again = split(biographies({1: 60})), split(biographies({1: 60}))
    for part, other in ((first.train, again.train), (first.held_out, again.held_out)):
        assert part.groups is not None
        assert part.inputs.tolist() == other.inputs.tolist()
        assert part.groups.tolist() == [int(str(text).split()[1]) % 2 for text in part.inputs]
    places = [int(str(text).split()[1]) for text in first.train.inputs]
    assert places == sorted(places)  # in the order of the file
    assert places != list(range(39))  # but not the first of it
