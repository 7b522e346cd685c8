"""The shop's public pages: home, search, categories, products, stores."""
