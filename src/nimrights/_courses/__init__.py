"""The course: its pages, and its export to learning systems."""
