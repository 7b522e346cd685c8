"""The province's indicators."""
