"""Cases in files and tables, and the model that the classifier asks."""
