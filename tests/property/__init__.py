"""Random histories over the whole."""
