"""Shapes of events and of the sync protocol, one set for both ends, with a version."""
