"""The design system: one markup for first views and the live app, layout, forms, cards; knows no feature."""
