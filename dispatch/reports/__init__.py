"""Shift figures (pure) and the writers that print them."""
