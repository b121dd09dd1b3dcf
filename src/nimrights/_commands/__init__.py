"""The commands of `nimrights.cli`, one module each."""
