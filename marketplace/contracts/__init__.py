"""Electronic contracts: their text, formation, evidence and verification."""
