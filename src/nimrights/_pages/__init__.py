"""Words, lines and documents: what every room uses to write for people."""
