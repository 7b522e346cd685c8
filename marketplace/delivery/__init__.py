"""How goods reach the buyer, and for how much."""
