"""Sellers, their people and their stores."""
