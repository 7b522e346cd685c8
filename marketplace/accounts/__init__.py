"""People: accounts, sessions and roles."""
