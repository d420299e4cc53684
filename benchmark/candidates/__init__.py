"""Networks that somebody brings, as they lie on disk: what each path holds, and how it is read to activations."""
