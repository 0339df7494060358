"""The city hub."""
