"""How citations are written: their numbers and their grammar."""
