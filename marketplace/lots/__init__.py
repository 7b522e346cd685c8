"""Lots of goods: the passport of a harvest, from the plot to whoever bought of it."""
