"""Purchases, orders of one seller each, and their fulfilment."""
