"""Figures beside a floor or a peer; not timed tests."""
