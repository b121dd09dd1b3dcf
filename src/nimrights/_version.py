"""The version of the package; that of the data is `nimrights.dataset.Dataset.version`."""

__version__ = "0.1.0"
