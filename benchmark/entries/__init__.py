"""Entries in the making: a scaffold of each kind to start from, and the checks of what an entry must do."""
