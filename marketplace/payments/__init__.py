"""Payments and the double-entry ledger."""
