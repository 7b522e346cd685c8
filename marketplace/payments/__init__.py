"""Payments: what a buyer owes and how it comes."""
