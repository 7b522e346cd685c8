"""Finding goods: a window of all that shoppers may find, in memory, and how it is kept in step with the database."""

from marketplace.catalog.search.keeping import keeper
from marketplace.catalog.search.window import CERTIFICATE_BITS, Found, Order, Question

__all__ = ["CERTIFICATE_BITS", "Found", "Order", "Question", "keeper"]
