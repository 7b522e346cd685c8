"""Believable data to try the marketplace with: sellers, goods, pictures and fourteen months of orders."""
