"""Packages: what goes in, what they look like, whether systems take them."""
