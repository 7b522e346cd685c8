"""Baskets: what a shopper means to buy."""
