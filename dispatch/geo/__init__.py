"""Coordinate systems, grid lookup and tile geometry."""
