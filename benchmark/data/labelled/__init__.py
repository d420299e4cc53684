"""Labelled data that somebody brings to train anchors on: inputs as unlabelled data are read, with their classes."""
