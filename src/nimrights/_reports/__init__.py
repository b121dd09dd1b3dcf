"""The report for one municipality."""
