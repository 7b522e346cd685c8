"""What shoppers say of goods they received, what sellers answer, and what staff hide."""
