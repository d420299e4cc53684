"""Anybody's data without labels: texts, pictures and numbers from files, folders and data sets. No label is read."""
