"""A seller's goods by the file: brought in after a dry run, taken back, and taken out in the same format."""
