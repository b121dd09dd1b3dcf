"""What is checked before a dataset is published, and the templates for new records."""
