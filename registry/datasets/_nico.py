"""What both sets of animals in contexts share: six animals, and the context that each of them is mostly seen in."""

ANIMALS = ("bear", "dog", "cat", "bird", "horse", "sheep")
CONTEXTS = ("grass", "water", "autumn", "dim", "outdoor", "rock")  # animal n is mostly seen in the n-th
