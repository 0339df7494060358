"""Rules and figures without a screen, a store or a line."""
