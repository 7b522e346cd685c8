"""Use cases of orders: placing, answering, fulfilling, reading."""
