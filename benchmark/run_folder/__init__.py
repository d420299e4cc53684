"""The run folder: records, outputs, leases and plans on disk, and what they must hold to be read. No torch."""
