"""Cells on machines without a shared disk: what travels to them and back, and the processes that compute there."""
