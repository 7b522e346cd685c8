"""Categories, products, stock keeping units, stock and search."""
