"""A board as files: one module for each format."""
