"""Debian: setting up, running, testing, packing."""
