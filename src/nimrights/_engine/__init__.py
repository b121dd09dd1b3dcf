"""The search engine: folded words, an index in one file, and what a query matches in it."""
