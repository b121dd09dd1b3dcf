"""The records of a dataset: their classes, how they are read from a release, and the tables they stand in."""
