"""The rules of grid governance: pure, standard library only."""
