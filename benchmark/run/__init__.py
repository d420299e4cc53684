"""The run: cells given out, computed by one worker or many, here or elsewhere, and published."""
