"""Statistics: agreement and its p, errors, claims, selection and power. Pure functions of numbers."""

LEVEL = 0.05  # the p, corrected, up to which something is shown
