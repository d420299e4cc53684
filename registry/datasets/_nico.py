"""What both sets of animals in contexts share: six animals, the context that each is mostly seen in."""

ANIMALS = ("bear", "dog", "cat", "bird", "horse", "sheep")
CONTEXTS = ("grass", "water", "autumn", "dim", "outdoor", "rock")  # of animal n mostly the n-th
