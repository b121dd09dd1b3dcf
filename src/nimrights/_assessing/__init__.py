"""An assessment: its questions, what was filled in, and its pages."""
