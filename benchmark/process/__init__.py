"""The process: its environment, its signals, its streams and locks, and what is said while it works. No torch."""
