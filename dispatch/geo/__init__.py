"""Coordinate systems, distances, and which grid a point lies in; store and screen unknown."""
