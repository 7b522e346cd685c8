"""Where all money stands: double entry, append only."""
