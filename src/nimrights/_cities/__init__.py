"""The human rights city: states, files, pages and drafts."""
